"""Signs of danger (RISK-02): every record is asked for them, and the answer brings a next step or names who knows."""

from __future__ import annotations

from datetime import date

from ..danger import Danger
from ..facts import DangerFacts, StepFacts
from ..ruling import Outcome
from .base import clause

SINCE = date(2018, 7, 1)


@clause("RISK-02", since=SINCE, otherwise=Outcome.NOT_YET, missing=("danger",))
def every_record_answers_the_question_of_danger(facts: DangerFacts) -> bool:
    """Danger today: no, watch or act. Nothing is chosen beforehand, and nothing is signed without one of the three."""
    return facts.answer in set(Danger)


def _of_watching(facts: DangerFacts) -> tuple[str, ...]:
    day = facts.days_ahead is not None and 0 < facts.days_ahead <= facts.most_days
    return (*(() if facts.step_named else ("next_step",)), *(() if day else ("next_day",)))


@clause("RISK-02", since=SINCE, otherwise=Outcome.NOT_YET, missing=_of_watching)
def watching_names_a_next_step_and_its_day(facts: DangerFacts) -> bool:
    """What is to be watched has a next step on a day of the coming weeks; a short record that named it was enough."""
    return facts.answer != Danger.WATCH or facts.owed_already or not _of_watching(facts)


@clause("RISK-02", since=SINCE, otherwise=Outcome.NOT_YET, missing=("who_knows",))
def acting_says_who_knows_now(facts: DangerFacts) -> bool:
    """Where there is danger, the record says who knows of it now, and since when."""
    return facts.answer != Danger.ACT or facts.told


@clause("RISK-02", since=SINCE, otherwise=Outcome.NOT_YET, missing=("open_step",))
def only_what_danger_owes_is_noted_as_done(facts: StepFacts) -> bool:
    """One tap settles a next step, or says that a danger was passed on; nothing else is settled in this way."""
    return facts.listed and facts.open
