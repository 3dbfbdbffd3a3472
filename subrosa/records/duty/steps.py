"""What a record owes: that it is written, the full one after a short one, and what danger brings. Parts of acts, none itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid5

from django.db import models
from django.db.models import Q, QuerySet

from subrosa.policy.actor import NOBODY
from subrosa.policy.danger import Danger, DangerAnswer
from subrosa.policy.facts import DangerFacts
from subrosa.records.audit.entries import about as about_row
from subrosa.records.audit.entries import name_of
from subrosa.records.school.calendar import school_profile, zone
from subrosa.records.school.prepared import PreparedUpdate, put

from .models import Duty

NEXT_STEP, DANGER_REPORT, FULL_RECORD = "next_step", "danger_report", "full_record"
STEPS = (NEXT_STEP, DANGER_REPORT)
CLAUSE = "RISK-02"
AGAIN = ["due", "owner", "settled_at", "settled_by", "climbed_at"]


def duty_of(about: UUID, kind: str) -> UUID:
    """The id of what danger owes about one meeting: a short record and the full one of the same meeting owe it once."""
    return uuid5(about, kind)


def today(at: datetime) -> date:
    """The day at the school; needs no calendar, for danger knows no holidays."""
    return at.astimezone(zone()).date()


def ahead(answer: DangerAnswer, at: datetime) -> bool:
    """Whether the next step lies on a day that a record may name."""
    days = answer.days_ahead(today(at))
    return days is not None and 0 < days <= school_profile()["danger.next_step_days_at_most"]


def danger_facts(answer: DangerAnswer, at: datetime, *, owed_already: bool = False) -> DangerFacts:
    """What the answer of a record about to be signed says, for the clauses. Guarded by the row of the act."""
    return DangerFacts(
        answer.answer,
        step_named=bool(answer.step.strip()),
        days_ahead=answer.days_ahead(today(at)),
        most_days=school_profile()["danger.next_step_days_at_most"],
        told=bool(answer.told.strip()),
        owed_already=owed_already,
    )


def owe(answer: DangerAnswer, about: models.Model, *, by: UUID, at: datetime) -> None:
    """Open what the answer brings, in one statement; *no* brings nothing. What is owed already is not owed twice."""
    if answer.answer == Danger.WATCH and ahead(answer, at):
        assert answer.on is not None, "it lies ahead"
        _put(NEXT_STEP, answer.on, about, by=by, at=at, instead=AGAIN)
    elif answer.answer == Danger.ACT:
        _put(DANGER_REPORT, today(at), about, by=by, at=at, instead=["kind"])


def _put(kind: str, day: date, about: models.Model, *, by: UUID, at: datetime, instead: list[str]) -> None:
    due = datetime.combine(day, time(23, 59), zone())
    row = Duty(pk=duty_of(about.pk, kind), kind=kind, clause=CLAUSE, owner_id=by, due=due, opened_at=at)
    row.about, row.case_id = name_of(about), about_row(about).case
    put(row, instead=instead)


def _settling(about: str, case: UUID, by: UUID, at: datetime) -> tuple[QuerySet[Duty], dict[str, Any]]:
    written = Q(about=about, kind__in=("record", FULL_RECORD)) | Q(case_id=case, kind=NEXT_STEP)
    return Duty.objects.filter(written, settled_at=None), {"settled_at": at, "settled_by": by}


WRITTEN = PreparedUpdate(_settling)


def settle_written(answer: DangerAnswer, booking: models.Model, *, by: UUID, at: datetime) -> None:
    """A record is written: it is owed no more, and a new next step takes the place of an earlier one. One statement."""
    case = about_row(booking).case if answer.answer == Danger.WATCH and ahead(answer, at) else NOBODY
    WRITTEN.run(about=name_of(booking), case=case or NOBODY, by=by, at=at)


def settle_steps(kind: str, *, case: UUID | None, about: str, by: UUID, at: datetime) -> int:
    """Settle what of one kind is open in a case, or about one row that belongs to none; answers how many there were."""
    return open_steps(case=case, about=about).filter(kind=kind).update(settled_at=at, settled_by=by)


def open_steps(*, case: UUID | None = None, about: str = "") -> QuerySet[Duty]:
    """What danger owes in a case, or about one row, soonest first."""
    rows = Duty.objects.filter(kind__in=STEPS, settled_at=None).order_by("due", "id")
    return rows.filter(case_id=case) if case is not None else rows.filter(about=about)


@dataclass(frozen=True, slots=True)
class Step:
    """One open thing that danger owes."""

    kind: str
    about: str
    due: datetime


def open_of(*, case: UUID | None = None, about: str = "") -> list[Step]:
    """The same as frozen values, for a page."""
    return [Step(row.kind, row.about, row.due) for row in open_steps(case=case, about=about)]
