"""The protective delay (CON-09): what the client's page may keep back, for how long, and what it never keeps back."""

from __future__ import annotations

from datetime import date

from ..facts import WithheldFacts
from ..ruling import Outcome
from .base import clause

SINCE = date(2018, 7, 1)


@clause("CON-09", since=SINCE)
def who_opened_a_file_is_never_withheld(facts: WithheldFacts) -> bool:
    """Whoever opened it or got its key stands on the client's page at once; nobody hides the own steps there."""
    return not facts.openings


def _lacks(facts: WithheldFacts) -> tuple[str, ...]:
    there = {"withheld_lines": facts.lines > 0, "withheld_reason": facts.reason_given, "next_look": facts.look_in_time}
    return tuple(name for name, given in there.items() if not given)


@clause("CON-09", since=SINCE, otherwise=Outcome.NOT_YET, missing=_lacks)
def what_is_withheld_has_a_reason_and_a_next_look(facts: WithheldFacts) -> bool:
    """A reason from the list, and a day within a week on which somebody looks again."""
    return not _lacks(facts)
