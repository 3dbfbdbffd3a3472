"""Danger today? The question in every record, what an answer brings, and what is still to be done about it."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from subrosa.desks.common.help import in_danger_of
from subrosa.desks.common.words.file import DANGER
from subrosa.policy.danger import Danger, DangerAnswer
from subrosa.records.duty.steps import DANGER_REPORT, NEXT_STEP, open_of
from subrosa.records.duty.steps import today as today_of
from subrosa.records.school.calendar import school_profile

OWED: Final[Mapping[str, tuple[object, object]]] = {  # what is owed, and the tap that settles it
    NEXT_STEP: (_("Next step"), _("It is done")),
    DANGER_REPORT: (_("Danger: whoever has a task in it is told today"), _("Passed on")),
}


def typed_danger(post: Mapping[str, Any]) -> DangerAnswer:
    """What was answered, exactly as it was typed."""
    said = {name: str(post.get(field, "")).replace("\r\n", "\n") for name, field in FIELDS.items()}
    return DangerAnswer(**said)


FIELDS: Final = {"answer": "danger", "step": "danger_step", "day": "danger_day", "told": "danger_told"}


@dataclass(frozen=True, slots=True)
class DangerShown:
    """The answer of a signed record in words."""

    answer: str
    word: object
    step: str
    day: date | None
    told: str

    def __repr__(self) -> str:
        return "…"


def in_words(said: DangerAnswer) -> DangerShown | None:
    """None for a record from before this question."""
    if said.answer not in set(Danger):
        return None
    return DangerShown(said.answer, DANGER[Danger(said.answer)], said.step, said.on, said.told)


def question(said: DangerAnswer, at: datetime, missing: Collection[str]) -> dict[str, Any]:
    """For the page of a record: the three answers, what each brings, and what is still missing of it."""
    today = today_of(at)
    return {
        "danger": {
            "said": said,
            "answers": [(key, word, key == said.answer) for key, word in DANGER.items()],
            "first": today + timedelta(days=1),
            "last": today + timedelta(days=school_profile()["danger.next_step_days_at_most"]),
            "calls": in_danger_of(),
            "missing": {one: one in missing for one in ("danger", "next_step", "next_day", "who_knows")},
        }
    }


@dataclass(frozen=True, slots=True)
class StepShown:
    """Something that danger owes and that is open: what, until when, and the words where this page has opened them."""

    kind: str
    about: str
    title: object
    tap: object
    due: datetime
    late: bool
    words: str
    once: UUID

    def __repr__(self) -> str:
        return "…"


def steps(at: datetime, words: Mapping[str, str], *, case: UUID | None = None, about: str = "") -> list[StepShown]:
    """What is open in a case, or about one brief contact; `words` by what the duty is about."""
    return [
        StepShown(row.kind, row.about, *OWED[row.kind], row.due, row.due < at, words.get(row.about, ""), uuid.uuid4())
        for row in open_of(case=case, about=about)
    ]
