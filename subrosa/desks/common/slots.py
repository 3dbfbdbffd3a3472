"""Free times as pages offer them: day by day, each with the value that its form carries, and the ones nearest to a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from subrosa.records.appointment import queries
from subrosa.records.appointment.queries import Offer
from subrosa.records.school.calendar import calendar

AT_ONCE = 5  # school days shown before "later days"
NEAREST = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """One free time on a page."""

    value: str
    starts_at: datetime
    ends_at: datetime
    counselor: str
    room: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Day:
    """The free times of one day."""

    day: date
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Days:
    """The next days, and the later ones that a page folds away."""

    soon: tuple[Day, ...]
    later: tuple[Day, ...]
    later_open: bool

    def __bool__(self) -> bool:
        return bool(self.soon)


def value_of(offer: Offer) -> str:
    """What a form carries for a free time: its opening and its first second."""
    return f"{offer.opening.pk}@{int(offer.starts_at.timestamp())}"


def picked(value: str) -> Offer | None:
    """The time that a form carried; whether it is still offered and free is the charter's business. None for no time at all."""
    key, _, second = value.partition("@")
    try:
        opening = queries.opening(UUID(key))
        starts_at = datetime.fromtimestamp(int(second), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    if opening is None:
        return None
    return Offer(opening, starts_at, starts_at + timedelta(minutes=opening.minutes))


def _choice(offer: Offer, names: Mapping[UUID, str], chosen: str) -> Choice:
    value, opening = value_of(offer), offer.opening
    who = names.get(opening.staff_id, "")
    return Choice(value, offer.starts_at, offer.ends_at, who, opening.room.name, value == chosen)


def by_day(offers: Iterable[Offer], names: Mapping[UUID, str], chosen: str = "") -> Days:
    """Free times day by day, in order; `names` are the counselors', shown where there is more than one."""
    found: dict[date, list[Choice]] = {}
    for offer in offers:
        found.setdefault(calendar().local(offer.starts_at), []).append(_choice(offer, names, chosen))
    days = tuple(Day(day, tuple(choices)) for day, choices in found.items())
    later = days[AT_ONCE:]
    return Days(days[:AT_ONCE], later, any(one.chosen for day in later for one in day.choices))


def nearest(offers: Sequence[Offer], to: datetime, names: Mapping[UUID, str]) -> list[Choice]:
    """The free times nearest to one that is gone, in order of time."""
    near = sorted(offers, key=lambda offer: abs(offer.starts_at - to))[:NEAREST]
    return [_choice(offer, names, "") for offer in sorted(near, key=lambda offer: offer.starts_at)]
