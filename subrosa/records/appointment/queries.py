"""What is offered and what is booked; times and rooms, no words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from subrosa.records.school.calendar import calendar
from subrosa.timetable.openings import Slot, Weekly, overlap, slots

from .facts import TAKEN, overlaps, sitting_until
from .models import Booking, Opening, Proposal, Room
from .states import State

AHEAD = 14  # days
FIRST_HOUR, LAST_HOUR, STEP = 7, 21, 5  # of a day at a school, and the minutes at which an hour may begin


@dataclass(frozen=True, slots=True)
class Offer:
    """One free slot."""

    opening: Opening
    starts_at: datetime
    ends_at: datetime


def rooms() -> list[Room]:
    """Rooms by name."""
    return list(Room.objects.order_by("name"))


def room(key: UUID) -> Room | None:
    """One room."""
    return Room.objects.filter(pk=key).first()


def opening(key: UUID) -> Opening | None:
    """One opening."""
    return Opening.objects.select_related("room", "staff").filter(pk=key).first()


def openings_of(staff: UUID) -> list[Opening]:
    """What one counselor offers now, in the order of the week."""
    return list(Opening.objects.select_related("room").filter(staff_id=staff, until=None).order_by("weekday", "starts"))


def free(counselors: Sequence[UUID], at: datetime, *, days: int = AHEAD) -> list[Offer]:
    """Free slots of some counselors from now on: four statements for any number of slots."""
    weekly = [
        Weekly(one, one.weekday, one.starts, one.minutes, one.since, one.until)
        for one in Opening.objects.select_related("room").filter(staff_id__in=list(counselors), staff__state="active")
    ]
    found: list[Slot[Opening]] = list(slots(weekly, calendar(), calendar().local(at), days))
    end = at + timedelta(days=days + 1)
    booked = list(
        Booking.objects.filter(state__in=TAKEN, starts_at__gte=at - timedelta(days=1), starts_at__lt=end).values_list(
            "staff_id", "room_id", "starts_at", "ends_at"
        )
    )

    booked += Proposal.objects.filter(starts_at__gte=at, starts_at__lt=end).values_list(
        "staff_id", "room_id", "starts_at", "ends_at"
    )

    def is_free(slot: Slot[Opening]) -> bool:
        span = (slot.starts_at, slot.ends_at)
        who, where = slot.what.staff_id, slot.what.room_id
        return not any((s == who or r == where) and overlap(span, (a, b)) for s, r, a, b in booked)

    sits = sitting_until(counselors, at)
    ahead = [one for one in found if one.starts_at > at and one.starts_at >= sits.get(one.what.staff_id, at)]
    return [Offer(one.what, one.starts_at, one.ends_at) for one in ahead if is_free(one)]


def next_openings(counselors: Sequence[UUID], at: datetime, *, days: int = AHEAD) -> dict[UUID, datetime]:
    """When each counselor is at the desk next: the first opening that begins from now on, booked or not."""
    weekly = [
        Weekly(one.staff_id, one.weekday, one.starts, one.minutes, one.since, one.until)
        for one in Opening.objects.filter(staff_id__in=list(counselors), staff__state="active")
    ]
    found: dict[UUID, datetime] = {}
    for slot in slots(weekly, calendar(), calendar().local(at), days):
        if slot.starts_at > at:
            found.setdefault(slot.what, slot.starts_at)
    return found


def booking(key: UUID) -> Booking | None:
    """One booking with its case."""
    return Booking.objects.select_related("case", "room", "client").filter(pk=key).first()


def day_of(staff: UUID | None, at: datetime) -> list[Booking]:
    """The bookings of one school day, of one counselor or of the whole center."""
    first = calendar().begin_of(calendar().local(at))
    rows = Booking.objects.select_related("room", "case", "staff").filter(
        starts_at__gte=first, starts_at__lt=first + timedelta(days=1)
    )
    if staff is not None:
        rows = rows.filter(staff_id=staff)
    return list(rows.exclude(state="cancelled").order_by("starts_at", "id"))


def of_case(case: UUID) -> list[Booking]:
    """Every booking of a case, in order of time."""
    return list(Booking.objects.select_related("room").filter(case_id=case).order_by("starts_at"))


def of_client(client: UUID) -> list[Booking]:
    """A client's own bookings, newest first."""
    return list(Booking.objects.select_related("room", "case").filter(client_id=client).order_by("-starts_at")[:50])


def cases_met(cases: Iterable[UUID]) -> set[UUID]:
    """Of some cases, those with a meeting that took place: whatever comes next there is no first meeting."""
    rows = Booking.objects.filter(case_id__in=list(cases), state=State.HELD)
    return set(rows.values_list("case_id", flat=True))


def bookings(keys: Iterable[UUID]) -> dict[UUID, Booking]:
    """Several bookings by id, with their rooms."""
    return {row.pk: row for row in Booking.objects.select_related("room").filter(pk__in=list(keys))}


def next_day_of(staff: UUID, at: datetime) -> list[Booking]:
    """The bookings of the next day, after today, on which this counselor has any."""
    tomorrow = calendar().begin_of(calendar().local(at) + timedelta(days=1))
    ahead = Booking.objects.filter(staff_id=staff, state=State.BOOKED, starts_at__gte=tomorrow)
    first = ahead.order_by("starts_at").values_list("starts_at", flat=True).first()
    return day_of(staff, first) if first else []


def free_starts(staff: UUID, room: UUID, weekday: int, minutes: int) -> list[time]:
    """When a weekly hour of this length could begin: neither counselor nor room is offered then. Every five minutes."""
    lasting = Opening.objects.filter(weekday=weekday, until=None)
    others = list(lasting.filter(staff_id=staff) | lasting.filter(room_id=room))
    moments = (time(hour, minute) for hour in range(FIRST_HOUR, LAST_HOUR) for minute in range(0, 60, STEP))
    return [one for one in moments if not any(overlaps(other, one, minutes) for other in others)]


def week_of(day: date) -> list[Booking]:
    """The bookings of the school week of a day, from Monday on; cancelled ones left out."""
    monday = datetime.combine(day - timedelta(days=day.weekday()), time(0), calendar().zone)
    rows = Booking.objects.select_related("room", "staff").filter(
        starts_at__gte=monday, starts_at__lt=monday + timedelta(days=7)
    )
    return list(rows.exclude(state=State.CANCELLED).order_by("starts_at", "id"))


def booked_on_closed_days(at: datetime, *, most: int = 20) -> list[datetime]:
    """When somebody is booked on a day ahead that is no school day (any more); whom, nobody is told here."""
    year = calendar()
    rows = Booking.objects.filter(state=State.BOOKED, starts_at__gt=at).order_by("starts_at", "id")
    times = (one for one in rows.values_list("starts_at", flat=True) if not year.is_school_day(year.local(one)))
    return [one for one, _ in zip(times, range(most), strict=False)]
