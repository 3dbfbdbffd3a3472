"""Rooms, openings, bookings, and what became of them."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from subrosa.policy.actor import Actor, Kind
from subrosa.policy.acts import Act
from subrosa.policy.ruling import Boundary, Owed
from subrosa.records import audit
from subrosa.records.case.actions import open_case
from subrosa.records.case.ended import is_back
from subrosa.records.case.queries import open_case_of
from subrosa.records.person.clients import stands
from subrosa.records.person.models import Client, Staff
from subrosa.records.school.calendar import calendar
from subrosa.records.vault import rings
from subrosa.records.vault.opener import Opener, opener_of
from subrosa.records.vault.rings import Scope
from subrosa.records.vault.taking import take_back
from subrosa.records.vault.texts import close_text

from .facts import booking_days, booking_facts, hours_facts, meeting_facts, offering_facts, their_hours
from .minors import look_after_booking, owed_after_meeting, talk_comes_with
from .models import Booking as Booking
from .models import Opening, Room
from .others import deputy_of, tell_other
from .plan import owed_plan, plan_comes_with
from .said import Said, close_urgency
from .states import TRANSITIONS, State
from .unsaid import settle_unsaid


@audit.act(Act.ADD_ROOM)
def add_room(*, by: Actor, at: datetime, name: str, once: UUID | None = None) -> Room:
    """A room of the center."""
    return Room.objects.create(name=name)


@audit.act(Act.SET_OPENING, days=their_hours, facts=offering_facts)
def set_opening(
    *, by: Actor, at: datetime, room: Room, weekday: int, starts: time, minutes: int, once: UUID | None = None
) -> Opening:
    """An hour that the actor offers each week from today on."""
    today = calendar().local(at)
    return Opening.objects.create(
        staff_id=by.id, room=room, weekday=weekday, starts=starts, minutes=minutes, since=today
    )


@audit.act(Act.END_OPENING, on="opening", facts=hours_facts)
def end_opening(*, by: Actor, at: datetime, opening: Opening, once: UUID | None = None) -> Opening:
    """The hour is offered no more; what is booked stays booked."""
    opening.until = calendar().local(at) - timedelta(days=1)
    opening.save(update_fields=["until"])
    return opening


@audit.act(Act.BOOK, on="client", days=booking_days, facts=booking_facts, owes=look_after_booking)
def book(
    *,
    by: Actor,
    at: datetime,
    client: Client,
    opening: Opening,
    starts_at: datetime,
    ends_at: datetime,
    reason: str | Said = "",
    once: UUID | None = None,
) -> Booking:
    """Take a time. The first booking opens the case; what the client wishes to say is sealed from its first save."""
    counselor = Staff.objects.get(pk=opening.staff_id)
    case = open_case_of(stands(client).pk) or open_case(
        by=by, at=at, client=client, counselor=counselor, deputy=deputy_of(counselor)
    )
    booking = Booking(
        client=client,
        case=case,
        staff=counselor,
        room_id=opening.room_id,
        starts_at=starts_at,
        ends_at=ends_at,
        booked_by=by.kind,
        booked_at=at,
    )
    if case.left_at is not None:
        is_back(case, by=by.id, at=at)  # the clause let only the client's own press through
    said = reason if isinstance(reason, Said) else Said(reason)
    if said.words:
        ring = rings.open_ring("case", case.pk, opener_of(by), to_seal=True, client=client.pk)
        close_text(booking, "reason", said.words, ring.key(Scope.SHARED))
    if by.kind is Kind.CLIENT and isinstance(reason, Said):
        close_urgency(booking, said)
    booking.save(force_insert=True)
    talk_comes_with(booking)
    plan_comes_with(booking)
    tell_other(by, booking, "booking_made", at)
    return booking


def _end(by: Actor, booking: Booking, act: Act, at: datetime, **changes: Any) -> Booking:
    settle_unsaid(booking, by=by, at=at)
    booking.state = TRANSITIONS[(State(booking.state), act)]
    for name, value in changes.items():
        setattr(booking, name, value)
    booking.save(update_fields=["state", *changes])
    return booking


@audit.act(Act.CANCEL_BOOKING, on=("booking.case", "booking"), facts=meeting_facts)
def cancel(*, by: Actor, at: datetime, booking: Booking, once: UUID | None = None) -> Booking:
    """I cannot come: the time is free again at once."""
    tell_other(by, booking, "booking_cancelled", at)
    return _end(by, booking, Act.CANCEL_BOOKING, at)


@audit.act(Act.NOTE_NO_SHOW, on=("booking.case", "booking"), facts=meeting_facts)
def note_no_show(*, by: Actor, at: datetime, booking: Booking, once: UUID | None = None) -> Booking:
    """Nobody came. A state, not a judgement."""
    return _end(by, booking, Act.NOTE_NO_SHOW, at)


def _owed_after(*, by: Actor, at: datetime, booking: Booking, **_: Any) -> list[Owed]:
    """REC-01: a held meeting owes its record the same day. After the second one the minors' ladder may owe a talk."""
    record = Owed("record", "REC-01", calendar().end_of(calendar().local(booking.starts_at)), by.id)
    return [record, *owed_after_meeting(by, at, booking.case), *owed_plan(at, booking.case)]


@audit.act(Act.HOLD_SESSION, on=("booking.case", "booking"), facts=meeting_facts, owes=_owed_after)
def hold(*, by: Actor, at: datetime, booking: Booking, promise_said: bool = False, once: UUID | None = None) -> Booking:
    """The meeting took place; its record is owed the same day. Whoever holds the case now vouches for the key it came with.

    The duty team could read what was said beforehand until somebody had met the client; now it cannot any more.
    """
    if isinstance(by.opener, Opener):
        with suppress(Boundary):  # that they met is noted whatever is wrong with a key: the record will say it
            rings.vouch("case", booking.case_id, by.opener, client=booking.client_id)
    take_back("case", booking.case_id, holders="duty")
    return _end(by, booking, Act.HOLD_SESSION, at, promise_said=promise_said)
