"""What can be asked about inquiries and letters; nothing here opens a sealed text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from subrosa.policy.acts import Act
from subrosa.policy.ruling import Outcome
from subrosa.records.appointment.models import Booking
from subrosa.records.appointment.states import State as Booked
from subrosa.records.audit.models import Entry
from subrosa.records.audit.queries import answer_of
from subrosa.records.school.calendar import calendar, school_profile
from subrosa.records.vault import keys, server

from .facts import duty_pair, duty_team
from .lists import Choice, Kind
from .models import Inquiry, Slip, Sorted
from .states import State

MOST = 30  # letters opened on one page
LONGEST_BREAK = 100  # days looked back for a school day


def has_duty_team() -> bool:
    """Whether anybody can read what is left at the door."""
    return duty_pair() is not None


def is_on_duty_team(staff: UUID) -> bool:
    """Whether this colleague holds the duty team's key."""
    return staff in duty_team()


def slip(key: UUID) -> Slip | None:
    """One letter by id."""
    return Slip.objects.select_related("client").filter(pk=key).first()


def slip_code(once: UUID) -> str:
    """The code of the slip that this press leaves: the same press has the same code, and nobody else can make it."""
    return server.printed_code("slip", str(once))


def slip_for(typed: str) -> Slip | None:
    """The slip of a typed code; ValueError for what is no code."""
    return Slip.objects.filter(code_hash=keys.code_mark(keys.tidy_code(typed))).first()


def sent_with(once: UUID) -> Slip | None:
    """The cry that a press sent, by its key of repetition."""
    label, _, key = answer_of(once).partition(":")
    return slip(UUID(key)) if label == Slip._meta.label else None


def told(row: Slip, at: datetime) -> State:
    """What the sender reads. That it is closed shows from the next day on, so that no hour tells who came out of which door."""
    if row.state != State.CLOSED:
        return State(row.state)
    closed_on = calendar().local(row.closed_at) if row.closed_at else calendar().local(at)
    return State.CLOSED if calendar().local(at) > closed_on else State.TAKEN


def new_letters() -> Sequence[Slip]:
    """Nobody has taken these yet: cries first, then what is urgent, then in order of time."""
    rows = Slip.objects.select_related("holder").filter(state=State.RECEIVED)
    return list(rows.order_by("kind", "-urgent", "left_at", "id")[:MOST])  # "cry" stands before "slip"


def taken_letters() -> Sequence[Slip]:
    """Taken and not closed, by the day they are meant for."""
    order = list(Choice)
    rows = list(Slip.objects.filter(state=State.TAKEN).order_by("left_at", "id")[: 2 * MOST])
    return sorted(rows, key=lambda row: order.index(Choice(row.choice)) if row.choice in order else -1)


def _unsorted(staff: UUID, at: datetime) -> QuerySet[Booking]:
    """First meetings ahead that nobody has sorted yet: on duty those of everybody."""
    met = Booking.objects.filter(case=OuterRef("case_id"), state=Booked.HELD)
    looked = Sorted.objects.filter(booking=OuterRef("pk"))
    rows = Booking.objects.select_related("case", "room").filter(state=Booked.BOOKED, starts_at__gt=at)
    if not is_on_duty_team(staff):
        rows = rows.filter(case__counselor_id=staff)
    return rows.filter(~Exists(met), ~Exists(looked)).order_by("booked_at", "id")


def new_requests(staff: UUID, at: datetime) -> Sequence[Booking]:
    """First meetings ahead whose words this colleague can open and nobody has sorted yet."""
    return list(_unsorted(staff, at).filter(reason__isnull=False)[:MOST])


def from_the_door(staff: UUID, at: datetime) -> Sequence[Booking]:
    """The same of those who came without an account, with words or without: who says that it is urgent is one of them.

    That it is urgent stands under the desk's key and in no column, so that whoever opens the names picks them out. All of
    them: how many may wait the charter says.
    """
    return list(_unsorted(staff, at).filter(client__by_door=True))


def on_own_pages(staff: UUID, at: datetime) -> Sequence[Booking]:
    """Times ahead, sorted by nobody yet, that clients took on their own pages: some of them may be said to be urgent.

    First meetings as above; later ones for the care team's counselor alone, since the duty team holds nothing of them any
    more. Which are urgent the desk's key says (`appointment.said`), no column.
    """
    looked = Sorted.objects.filter(booking=OuterRef("pk"))
    mine = Booking.objects.select_related("case", "room").filter(
        ~Exists(looked), state=Booked.BOOKED, starts_at__gt=at, case__counselor_id=staff
    )
    first = _unsorted(staff, at).filter(pressing__isnull=False)
    rows = {row.pk: row for row in (*first, *mine.filter(pressing__isnull=False).order_by("booked_at", "id"))}
    return list(rows.values())


def last_school_end(at: datetime) -> datetime:
    """When the last school day ended: what came later is new this morning."""
    ends = time.fromisoformat(school_profile()["duty.school_day_ends"])
    year = calendar()
    day = year.local(at)
    for _ in range(LONGEST_BREAK):
        end = datetime.combine(day, ends, year.zone)
        if end <= at and year.is_school_day(day):
            return end
        day -= timedelta(days=1)
    return at - timedelta(days=LONGEST_BREAK)


def read_next(at: datetime) -> datetime:
    """When the duty team opens next what is left for it: each school morning at an hour of the center's own."""
    reads = time.fromisoformat(school_profile()["duty.letters_read_at"])
    year = calendar()
    day = year.local(at)
    for _ in range(LONGEST_BREAK):
        moment = datetime.combine(day, reads, year.zone)
        if moment > at and year.is_school_day(day):
            return moment
        day += timedelta(days=1)
    return datetime.combine(day, reads, year.zone)


def looked_at_today_until(at: datetime) -> datetime | None:
    """Until when somebody still looks today; None where nobody does any more, or it is no school day."""
    year = calendar()
    day = year.local(at)
    end = datetime.combine(day, time.fromisoformat(school_profile()["duty.school_day_ends"]), year.zone)
    return end if year.is_school_day(day) and at < end else None


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits in the queue: how much came since the last school day's end, how much before, and how many cries."""

    new: int
    earlier: int
    cries: int
    since: datetime

    @property
    def any(self) -> int:
        """All of it."""
        return self.new + self.earlier


def waiting(staff: UUID, at: datetime) -> Waiting:
    """Counts for one quiet line on the desk; nothing is opened."""
    since = last_school_end(at)
    came = [row.booked_at for row in new_requests(staff, at)]
    cries = 0
    if is_on_duty_team(staff):
        rows = Slip.objects.filter(state=State.RECEIVED).values_list("kind", "left_at")
        found = list(rows)
        came += [left for _, left in found]
        cries = sum(kind == Kind.CRY for kind, _ in found)
    new = sum(one > since for one in came)
    return Waiting(new, len(came) - new, cries, since)


@dataclass(frozen=True, slots=True)
class Day:
    """The inquiries of one day: how many of each kind."""

    day: date
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Inquiries:
    """The register of who asked, without anybody's name."""

    counts: dict[str, int]
    days: list[Day]
    insisted: int

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts.values())


def inquiry(key: UUID) -> Inquiry | None:
    """One inquiry by id."""
    return Inquiry.objects.filter(pk=key).first()


def inquiries(at: datetime, *, days: int = 90) -> Inquiries:
    """Counts by kind and by day, newest day first, and how often somebody tried to tell a caller after all."""
    since = at - timedelta(days=days)
    counts: dict[str, int] = {}
    by_day: dict[date, dict[str, int]] = {}
    for asker, when in Inquiry.objects.filter(at__gt=since).order_by("-at").values_list("asker", "at"):
        counts[asker] = counts.get(asker, 0) + 1
        of_day = by_day.setdefault(calendar().local(when), {})
        of_day[asker] = of_day.get(asker, 0) + 1
    tried = Entry.objects.filter(act=Act.TELL_OUTSIDER, outcome=Outcome.REFUSED, at__gt=since).count()
    return Inquiries(counts, [Day(day, of_day) for day, of_day in by_day.items()], tried)
