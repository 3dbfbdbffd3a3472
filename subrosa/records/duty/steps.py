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
    row = _brought(answer, about, by, at)
    if row is not None:
        put(row, instead=AGAIN if row.kind == NEXT_STEP else ["kind"])


def owe_after_short(answer: DangerAnswer, booking: models.Model, due: datetime, *, by: UUID, at: datetime) -> None:
    """The full record, and what the answer of the short one brings, in one statement."""
    full = _row(FULL_RECORD, "REC-01", due, booking, by, at)
    Duty.objects.bulk_create([full, *filter(None, [_brought(answer, booking, by, at)])])


def _brought(answer: DangerAnswer, about: models.Model, by: UUID, at: datetime) -> Duty | None:
    if answer.answer == Danger.WATCH and answer.on is not None and ahead(answer, at):
        kind, day = NEXT_STEP, answer.on
    elif answer.answer == Danger.ACT:
        kind, day = DANGER_REPORT, today(at)
    else:
        return None
    row = _row(kind, CLAUSE, datetime.combine(day, time(23, 59), zone()), about, by, at)
    row.pk = duty_of(about.pk, kind)
    return row


def _row(kind: str, clause: str, due: datetime, about: models.Model, by: UUID, at: datetime) -> Duty:
    of = about_row(about)
    return Duty(kind=kind, clause=clause, owner_id=by, about=of.name, case_id=of.case, due=due, opened_at=at)


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
