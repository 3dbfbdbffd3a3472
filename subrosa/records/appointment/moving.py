"""Who is here, a time moved to another, and a cancelled time taken again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from subrosa.policy.actor import Actor, Kind
from subrosa.policy.acts import Act
from subrosa.policy.facts import MeetingFacts, OwnFacts, SlotFacts
from subrosa.records import audit
from subrosa.records.case.ended import is_back
from subrosa.records.case.states import State as CaseState
from subrosa.records.school.calendar import calendar

from .facts import booking_days, booking_facts, is_proposed, meeting_facts, sitting_until, taken
from .models import Booking, Opening
from .others import tell_other
from .states import TRANSITIONS, State
from .unsaid import settle_unsaid


@audit.act(Act.CHECK_IN, on=("booking.case", "booking"), facts=meeting_facts)
def check_in(*, by: Actor, at: datetime, booking: Booking, once: UUID | None = None) -> Booking:
    """Somebody has come and waits: a quiet line for the counselor, nothing else."""
    booking.here_at = booking.here_at or at
    booking.save(update_fields=["here_at"])
    return booking


def _both_days(*, booking: Booking, opening: Opening, starts_at: datetime, **_: Any) -> Iterable[tuple[UUID, str]]:
    """The day locks of the old time and of the new one."""
    yield from booking_days(opening=opening, starts_at=starts_at, client=booking.client)
    yield from _its_day(booking=booking)


def _its_day(*, booking: Booking, **_: Any) -> Iterable[tuple[UUID, str]]:
    day = calendar().local(booking.starts_at).isoformat()
    return [(key, day) for key in (booking.staff_id, booking.room_id, booking.client_id) if key]


def _move_facts(
    *, by: Actor, at: datetime, booking: Booking, opening: Opening, starts_at: datetime, ends_at: datetime, **_: Any
) -> tuple[MeetingFacts, SlotFacts]:
    """The new time as for a booking, but that the booking is not in its own way. Guarded by the day locks of both."""
    meeting, *_rest = meeting_facts(by=by, at=at, booking=booking)
    slot, *_rest = booking_facts(
        by=by, at=at, client=booking.client, opening=opening, starts_at=starts_at, ends_at=ends_at, besides=booking.pk
    )
    return meeting, slot


@audit.act(Act.MOVE_BOOKING, on=("booking.case", "booking"), days=_both_days, facts=_move_facts)
def move(
    *,
    by: Actor,
    at: datetime,
    booking: Booking,
    opening: Opening,
    starts_at: datetime,
    ends_at: datetime,
    once: UUID | None = None,
) -> Booking:
    """The same meeting at another time; what was said beforehand stays with it."""
    booking.staff_id, booking.room_id = opening.staff_id, opening.room_id
    booking.starts_at, booking.ends_at, booking.here_at = starts_at, ends_at, None
    booking.save(update_fields=["staff", "room", "starts_at", "ends_at", "here_at"])
    settle_unsaid(booking, by=by, at=at)
    tell_other(by, booking, "booking_moved", at)
    return booking


def _revive_facts(*, by: Actor, at: datetime, booking: Booking, **_: Any) -> tuple[MeetingFacts, OwnFacts, SlotFacts]:
    """A time that was given back: whether it is still ahead and nobody took it. Guarded by its day locks."""
    meeting, *_rest = meeting_facts(by=by, at=at, booking=booking)
    others = taken(booking.starts_at, booking.ends_at)
    clash = any(
        one.staff_id == booking.staff_id or one.room_id == booking.room_id or one.client_id == booking.client_id
        for one in others
        if one.pk != booking.pk
    )
    clash = clash or is_proposed(booking.staff_id, booking.room_id, (booking.starts_at, booking.ends_at), at)
    sits = sitting_until([booking.staff_id], at).get(booking.staff_id)
    free = not clash and (sits is None or sits <= booking.starts_at)
    runs = booking.case.state == CaseState.OPEN  # the hour may be offered no more: this time of it was the client's
    left = booking.case.left_at is not None and by.kind is not Kind.CLIENT
    slot = SlotFacts(booking.starts_at > at, runs, free, counselor_receives=True, principal_signed=True, left=left)
    return meeting, OwnFacts(own=by.kind is not Kind.CLIENT or by.id == booking.client_id), slot


@audit.act(Act.REVIVE_BOOKING, on=("booking.case", "booking"), days=_its_day, facts=_revive_facts)
def revive(*, by: Actor, at: datetime, booking: Booking, once: UUID | None = None) -> Booking:
    """Undo: the cancelled time is held again while nobody has taken it."""
    if booking.case.left_at is not None:
        is_back(booking.case, by=by.id, at=at)  # the clause let only the client's own press through
    booking.state = TRANSITIONS[(State(booking.state), Act.REVIVE_BOOKING)]
    booking.save(update_fields=["state"])
    tell_other(by, booking, "booking_made", at)
    return booking
