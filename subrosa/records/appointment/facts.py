"""From rows to what the clauses about booking and meeting may look at."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from subrosa.policy.actor import Actor, Kind
from subrosa.policy.facts import CareTeamFacts, ConsentFacts, HoursFacts, MeetingFacts, OwnFacts, SlotFacts
from subrosa.policy.roles import Role
from subrosa.records.case.models import Case
from subrosa.records.case.queries import on_care_team, open_case_of
from subrosa.records.consent.queries import has_signed
from subrosa.records.duty.queries import late_records
from subrosa.records.person.models import Client, Staff
from subrosa.records.person.queries import roles_of
from subrosa.records.person.ties import unnamed_ties
from subrosa.records.school.calendar import calendar, school_profile
from subrosa.records.standing.facts import receiving
from subrosa.records.standing.qualified import may_be_offered
from subrosa.records.standing.queries import principal_page

from .minors import family_facts
from .models import Booking, Opening, Proposal, Room, Sitting
from .states import State

TAKEN = (State.BOOKED, State.HELD)
SITS, SITS_ON = timedelta(minutes=30), timedelta(minutes=10)  # how long a sitting is taken to last, and to go on
FORGOTTEN = timedelta(hours=3)  # a clock that nobody stopped holds no time any more


def taken(starts_at: datetime, ends_at: datetime) -> Iterable[Booking]:
    """Bookings that overlap a span: two comparisons on the day's index, no range operator."""
    return Booking.objects.filter(state__in=TAKEN, starts_at__lt=ends_at, ends_at__gt=starts_at)


def is_proposed(staff: UUID, room: UUID | None, span: tuple[datetime, datetime], at: datetime) -> bool:
    """Whether counselor or room is held for somebody who has not answered; once its time has come it holds nothing."""
    rows = Proposal.objects.filter(starts_at__lt=span[1], ends_at__gt=span[0], starts_at__gt=at)
    return rows.filter(Q(staff_id=staff) | Q(room_id=room)).exists()


def sitting_until(staff: Iterable[UUID], at: datetime) -> dict[UUID, datetime]:
    """Which of some counselors sit with somebody now, and until when no time of theirs is held."""
    rows = Sitting.objects.filter(staff_id__in=list(staff), ended_at=None, began_at__gt=at - FORGOTTEN)
    known = rows.order_by("began_at").values_list("staff_id", "began_at")
    return {key: max(began + SITS, at + SITS_ON) for key, began in known}


def _offered(opening: Opening, starts_at: datetime, ends_at: datetime) -> bool:
    local = starts_at.astimezone(calendar().zone)
    row = Opening.objects.filter(pk=opening.pk).first()
    if row is None or not calendar().is_school_day(local.date()):
        return False
    if ends_at - starts_at != timedelta(minutes=row.minutes):
        return False
    in_time = row.since <= local.date() and (row.until is None or local.date() <= row.until)
    return in_time and row.weekday == local.weekday() and row.starts == local.time().replace(tzinfo=None)


def booking_facts(
    *,
    by: Actor,
    at: datetime,
    client: Client,
    opening: Opening,
    starts_at: datetime,
    ends_at: datetime,
    besides: UUID | None = None,
    **more: Any,
) -> tuple[SlotFacts, OwnFacts, ConsentFacts]:
    """The time asked for, and how the client stands to the agreement. Guarded by day locks and the client row.

    `besides` is a booking that is not in the way: the one that is being moved.
    """
    others = [one for one in taken(starts_at, ends_at) if one.pk != besides]
    clash = any(
        one.staff_id == opening.staff_id or one.room_id == opening.room_id or one.client_id == client.pk
        for one in others
    )
    clash = clash or is_proposed(opening.staff_id, opening.room_id, (starts_at, ends_at), at)
    case = open_case_of(client.pk)
    counselor = Staff.objects.get(pk=opening.staff_id)
    sits = sitting_until([opening.staff_id], at).get(opening.staff_id)
    slot = SlotFacts(
        in_future=starts_at > at,
        offered=counselor.state == "active" and _offered(opening, starts_at, ends_at),
        free=not clash and (sits is None or sits <= starts_at),
        counselor_receives=case.counselor_id == counselor.pk if case is not None else receiving(counselor, at),
        principal_signed=principal_page() is not None,
        verified=case is not None or may_be_offered(counselor, calendar().local(at)),
        new_client=case is None,
        late_records=0 if case is not None else late_records([counselor.pk], at).get(counselor.pk, 0),
        pause_after_late=school_profile()["records.pause_new_clients_after_late"],
        left=case is not None and case.left_at is not None and by.kind is not Kind.CLIENT,
        words_from_the_desk=bool(more.get("reason")) and not may_write(by, case),
    )
    before = Booking.objects.filter(case=case, state__in=TAKEN).count() if case else 0
    signed = case is not None and has_signed(case.pk)
    consent = ConsentFacts(
        bookings_before=before,
        full_records_before=0,
        signed=signed,
        waits_for_staff=not signed and case is not None and unnamed_ties(case.counselor_id) > 0,
        signature_from_contact=school_profile()["sessions.signature_from_contact"],
        **family_facts(by, client.pk, case.pk if case else None, before, starts_at),
    )
    return slot, OwnFacts(own=by.kind is not Kind.CLIENT or by.id == client.pk), consent


def may_write(by: Actor, case: Case | None) -> bool:
    """Whose words may go with a booking: the client's own, or what a counselor copies from a paper."""
    if by.kind is not Kind.STAFF:
        return True
    if case is not None:
        return on_care_team(case, by)
    return Role.COUNSELOR in roles_of(by.id)


def overlaps(one: Opening, starts: time, minutes: int) -> bool:
    """Whether an hour of the same weekday shares a minute with another."""
    begin, other = _minute(starts), _minute(one.starts)
    return begin < other + one.minutes and other < begin + minutes


def _minute(of_day: time) -> int:
    return of_day.hour * 60 + of_day.minute


def offering_facts(
    *, by: Actor, at: datetime, room: Room, weekday: int, starts: time, minutes: int, **_: Any
) -> tuple[HoursFacts]:
    """A weekly hour about to be offered. Guarded by the locks of the counselor's and the room's hours."""
    lasting = Opening.objects.filter(weekday=weekday, until=None)
    others = lasting.filter(staff_id=by.id) | lasting.filter(room=room)
    listed = minutes in school_profile()["sessions.lengths_minutes"]
    return (HoursFacts(listed, not any(overlaps(one, starts, minutes) for one in others)),)


def their_hours(*, by: Actor, room: Room, **_: Any) -> Iterable[tuple[UUID, str]]:
    """Two who offer the same room, or one who offers twice, look one after the other."""
    return [(key, "hours") for key in (by.id, room.pk)]


def hours_facts(*, by: Actor, opening: Opening, **_: Any) -> tuple[OwnFacts]:
    """Whose weekly hours these are. Guarded by the opening's row."""
    return (OwnFacts(own=opening.staff_id == by.id),)


def booking_days(*, opening: Opening, starts_at: datetime, client: Client, **_: Any) -> Iterable[tuple[UUID, str]]:
    """The day locks of a booking: counselor, room and client on its day."""
    day = calendar().local(starts_at).isoformat()
    return [(key, day) for key in (opening.staff_id, opening.room_id, client.pk)]


def meeting_facts(
    *, by: Actor, at: datetime, booking: Booking, promise_said: bool = False, **_: Any
) -> tuple[MeetingFacts, CareTeamFacts, OwnFacts]:
    """A booking whose end is noted. Guarded by the case row."""
    first = not Booking.objects.filter(case=booking.case_id, state=State.HELD).exists()
    today = calendar().local(at) == calendar().local(booking.starts_at)
    meeting = MeetingFacts(booking.state, at >= booking.starts_at, first, promise_said, on_its_day=today)
    own = by.kind is not Kind.CLIENT or by.id == booking.client_id
    return meeting, CareTeamFacts(on_care_team(booking.case, by)), OwnFacts(own=own)
