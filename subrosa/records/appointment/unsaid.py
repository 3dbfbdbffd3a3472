"""Meetings of earlier days of which nobody has said whether they took place: no record is owed for one before it is said."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.policy.facts import OutcomeFacts
from subrosa.policy.ruling import Owed
from subrosa.records import audit
from subrosa.records.audit.entries import name_of
from subrosa.records.duty.book import due_about, open_about, settle
from subrosa.records.school.calendar import calendar

from .models import Booking
from .states import State

DUTY = "unsaid"
MOST = 10  # that a desk asks about at once
A_ROUND = 200  # that the clock asks about in one round


def _earlier(at: datetime) -> QuerySet[Booking]:
    today = calendar().begin_of(calendar().local(at))
    rows = Booking.objects.select_related("room", "case", "staff").filter(state=State.BOOKED, starts_at__lt=today)
    return rows.order_by("starts_at", "id")


def unsaid_meetings(staff: UUID, at: datetime) -> list[Booking]:
    """A counselor's own, oldest first. Where a case has gone to a colleague, it is the colleague's file that asks."""
    return list(_earlier(at).filter(staff_id=staff, case__counselor_id=staff)[:MOST])


def to_ask(at: datetime) -> list[Booking]:
    """Those of the whole center that nobody was asked about yet."""
    asked = open_about(DUTY)
    return [one for one in _earlier(at)[: A_ROUND + len(asked)] if name_of(one) not in asked][:A_ROUND]


def _facts(*, at: datetime, booking: Booking, **_: Any) -> tuple[OutcomeFacts]:
    over = calendar().local(at) > calendar().local(booking.starts_at)
    return (OutcomeFacts(booking.state == State.BOOKED, over, bool(due_about(DUTY, [booking]))),)


def _owed(*, booking: Booking, **_: Any) -> list[Owed]:
    """By whoever holds the case, as its record would be: until the day's end, and late from noon of the next school day."""
    due = calendar().end_of(calendar().local(booking.starts_at))
    return [Owed(DUTY, "REC-01", due, booking.case.counselor_id or booking.staff_id)]


@audit.act(Act.ASK_WHAT_CAME, on=("booking.case", "booking"), facts=_facts, owes=_owed)
def ask_what_came(*, by: Actor, at: datetime, booking: Booking) -> Booking:
    """The day is over and nobody said whether the meeting took place: whoever holds the case owes a word."""
    return booking


def settle_unsaid(booking: Booking, *, by: Actor, at: datetime) -> None:
    """It was said, or the meeting has another time now. Part of the act that does so."""
    settle(kind=DUTY, about=booking, by=by.id, at=at)
