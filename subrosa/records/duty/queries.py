"""What is owed, as frozen values: soonest first, danger before all. The number of statements never depends on the rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Case, Q, QuerySet, Value, When

from subrosa.policy.lateness import DANGER, RECORDS, STAYING, UNSIGNED
from subrosa.policy.roles import Role
from subrosa.records.person.models import Staff
from subrosa.records.school.calendar import calendar

from .late import climbs_at, late_from
from .models import Duty

MOST = 50  # on a first page; all of them stand on a page of their own
A_ROUND = 200  # that climb in one round of the clock


@dataclass(frozen=True, slots=True)
class Owed:
    """One open duty."""

    id: UUID
    kind: str
    clause: str
    owner: UUID | None
    about: str
    case: UUID | None
    due: datetime
    opened_at: datetime
    climbed_at: datetime | None = None

    @property
    def late_from(self) -> datetime:
        """From when on it is late."""
        return late_from(self)


Rows = QuerySet[Duty]
_FIRST = Case(When(kind__in=DANGER, then=Value(0)), default=Value(1))


def _owed(row: Duty) -> Owed:
    about = (row.owner_id, row.about, row.case_id)
    return Owed(row.pk, row.kind, row.clause, *about, row.due, row.opened_at, row.climbed_at)


def _open() -> Rows:
    return Duty.objects.filter(settled_at=None)


def _soonest(rows: Rows, most: int, start: int = 0) -> list[Owed]:
    return [_owed(row) for row in rows.order_by(_FIRST, "due", "id")[start : start + most]]


def owed_by(owner: UUID, *, most: int = MOST, start: int = 0) -> list[Owed]:
    """What one person owes, danger first, then soonest first; at most a page of it."""
    return _soonest(_open().filter(owner_id=owner), most, start)


def owed_count(owner: UUID) -> int:
    """How much one person owes."""
    return _open().filter(owner_id=owner).count()


def owed_this_evening(owner: UUID, at: datetime) -> list[Owed]:
    """What one person has not signed yet, and what else is due by the end of today; danger first, at most a page of it."""
    year = calendar()
    rows = _open().filter(Q(due__lte=year.end_of(year.local(at))) | Q(kind__in=UNSIGNED), owner_id=owner)
    return _soonest(rows, MOST)


def owed_by_all(*, most: int = MOST, start: int = 0) -> list[Owed]:
    """What anybody owes, danger first, then soonest first; at most a page of it."""
    return _soonest(_open(), most, start)


def owed_count_of_all() -> int:
    """How much anybody owes."""
    return _open().count()


def owed_below(*, most: int = MOST) -> list[Owed]:
    """What anybody owes and has not climbed: beside what did, on the lead's page."""
    return _soonest(_open().filter(climbed_at=None), most)


def climbed(*, most: int = MOST) -> list[Owed]:
    """What climbed to the lead and is open still, danger first, then the longest there first."""
    return [_owed(row) for row in _open().exclude(climbed_at=None).order_by(_FIRST, "climbed_at", "id")[:most]]


def climbed_count() -> int:
    """How much climbed and is open still."""
    return _open().exclude(climbed_at=None).count()


def open_rows(kind: str) -> list[Duty]:
    """What of one kind is open, oldest first: for a command that works through it."""
    return list(_open().filter(kind=kind).order_by("opened_at", "id"))


def to_climb(at: datetime) -> list[Duty]:
    """What is late by now and climbs: not what is the lead's own, and nothing where there is no lead."""
    leads = [one.pk for one in Staff.objects.filter(state="active") if Role.LEAD in one.roles]
    if not leads:
        return []
    rows = _open().filter(climbed_at=None, due__lte=at).exclude(owner_id__in=leads).exclude(kind__in=STAYING)
    rows = rows.order_by("due", "id")
    ready = (row for row in rows[: 10 * A_ROUND] if (when := climbs_at(row)) is not None and when <= at)
    return [row for row, _ in zip(ready, range(A_ROUND), strict=False)]


def late_records(owners: Iterable[UUID], at: datetime) -> dict[UUID, int]:
    """How many records of each of some colleagues are late now; who has none is left out."""
    rows = _open().filter(kind__in=RECORDS, owner_id__in=list(owners), due__lte=at)
    found: dict[UUID, int] = {}
    for row in rows:
        if row.owner_id is not None and late_from(row) <= at:
            found[row.owner_id] = found.get(row.owner_id, 0) + 1
    return found


def newest_needs(owner: UUID) -> dict[UUID, str]:
    """The cases in which somebody owes something, each with the kind of the newest of it; the newest first."""
    rows = _open().filter(owner_id=owner).exclude(case_id=None).order_by("case_id", "-opened_at", "id")
    newest = rows.distinct("case_id").values_list("opened_at", "case_id", "kind")
    return {case: kind for _, case, kind in sorted(newest, reverse=True) if case is not None}
