"""From the third meeting on a shared plan is owed (CON-06). Nothing is refused: a fourth is held, and the plan is late."""

from __future__ import annotations

from datetime import datetime

from subrosa.policy.ruling import Owed
from subrosa.records.case.models import Case
from subrosa.records.case.plan import DUTY
from subrosa.records.case.queries import plan_agreed
from subrosa.records.duty.book import open_kinds
from subrosa.records.duty.models import Duty
from subrosa.records.school.calendar import calendar, school_profile

from .models import Booking
from .states import State

CLAUSE = "CON-06"
WITHIN = 10  # school days, where no next meeting is booked yet


def owed_plan(at: datetime, case: Case) -> list[Owed]:
    """After a held meeting: owed by the counselor until the next one has ended. Brief contacts are no meetings."""
    held = Booking.objects.filter(case=case, state=State.HELD).count()
    if held < school_profile()["sessions.plan_owed_from_meeting"] or plan_agreed(case.pk):
        return []
    if open_kinds(case.pk, [DUTY]):
        _late_now(case, at)
        return []
    ahead = Booking.objects.filter(case=case, state=State.BOOKED, starts_at__gt=at).order_by("starts_at")
    due = ahead.values_list("ends_at", flat=True).first() or calendar().after_school_days(at, WITHIN)
    return [Owed(DUTY, CLAUSE, due, case.counselor_id)]


def _late_now(case: Case, at: datetime) -> None:
    """One more meeting was held without it: not later than now."""
    Duty.objects.filter(kind=DUTY, case_id=case.pk, settled_at=None, due__gt=at).update(due=at)


def plan_comes_with(booking: Booking) -> None:
    """Part of a booking: what is owed and not late yet is due when this meeting has ended."""
    rows = Duty.objects.filter(kind=DUTY, case_id=booking.case_id, settled_at=None, due__gt=booking.booked_at)
    rows.update(due=booking.ends_at)
