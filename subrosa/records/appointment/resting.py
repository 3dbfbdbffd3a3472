"""Which cases rest: nobody was met for some school weeks and nothing lies ahead. Asked of the rows each time, never kept.

The clock of a rest is the school's: holidays and quiet weeks stop it. A rest on purpose and an invitation that is not older
than that count as a next step.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from subrosa.policy.actor import NOBODY
from subrosa.records.case.models import Case
from subrosa.records.case.states import State as CaseState
from subrosa.records.school.calendar import calendar, school_profile

from .models import Booking, Sitting
from .states import State

WEEK = 5  # school days
MET = (State.BOOKED, State.HELD)  # one that was missed or given back is neither contact nor next step
MOST = 50


@dataclass(frozen=True, slots=True)
class Resting:
    """One case that rests, and when somebody was met last (or it was opened)."""

    case: Any
    since: datetime


def _resting(at: datetime, weeks: int) -> QuerySet[Case]:
    long_ago = calendar().school_days_ago(at, weeks * WEEK)
    met = Booking.objects.filter(case=OuterRef("pk"), state__in=MET, starts_at__gte=long_ago)
    came = Sitting.objects.filter(case=OuterRef("pk"), began_at__gte=long_ago)
    rows = Case.objects.filter(state=CaseState.OPEN, left_at=None, opened_at__lt=long_ago)
    rows = rows.filter(Q(rests_until=None) | Q(rests_until__lte=calendar().local(at)))
    rows = rows.filter(Q(invited_at=None) | Q(invited_at__lt=long_ago))
    return rows.filter(~Exists(met), ~Exists(came))


def _with_since(rows: list[Case]) -> list[Resting]:
    keys = [NOBODY, *(one.pk for one in rows)]  # never empty: the statement is sent with none as with many
    held = Booking.objects.filter(case_id__in=keys, state=State.HELD).values_list("case_id").annotate(Max("starts_at"))
    last = dict(held)
    return sorted((Resting(one, last.get(one.pk, one.opened_at)) for one in rows), key=lambda one: one.since)


def resting_of(staff: UUID, at: datetime) -> list[Resting]:
    """A counselor's resting cases, the longest first: two statements for any number."""
    weeks = school_profile()["standing.case_resting_school_weeks"]
    rows = _resting(at, weeks).filter(counselor_id=staff).order_by("opened_at", "id")
    return _with_since(list(rows[:MOST]))


def rests(case: UUID, at: datetime) -> Resting | None:
    """Whether one case rests, and since when."""
    weeks = school_profile()["standing.case_resting_school_weeks"]
    found = _with_since(list(_resting(at, weeks).filter(pk=case)))
    return found[0] if found else None


def resting_for_the_lead(at: datetime) -> list[Resting]:
    """What has rested so long that the lead sees it too: number and counselor, nobody's name."""
    weeks = school_profile()["standing.case_resting_lead_school_weeks"]
    rows = _resting(at, weeks).select_related("counselor").order_by("opened_at", "id")
    return _with_since(list(rows[:MOST]))
