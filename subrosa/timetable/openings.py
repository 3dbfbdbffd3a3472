"""Weekly openings unrolled into slots of real days: pure arithmetic, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Generic, TypeVar

from .calendar import Calendar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Weekly(Generic[T]):
    """An hour offered each week: Monday is 0, `minutes` its length, `what` whatever the caller wants back."""

    what: T
    weekday: int
    starts: time
    minutes: int
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Slot(Generic[T]):
    """One opening on one day, in the school's zone."""

    what: T
    starts_at: datetime
    ends_at: datetime


def slots(openings: Iterable[Weekly[T]], calendar: Calendar, first: date, days: int) -> Iterator[Slot[T]]:
    """Every slot of the school days from `first` on, `days` days long, in order of time."""
    chosen = list(openings)
    found = []
    for ahead in range(days):
        day = first + timedelta(days=ahead)
        if not calendar.is_school_day(day):
            continue
        for one in chosen:
            if one.weekday == day.weekday() and one.since <= day and (one.until is None or day <= one.until):
                starts = datetime.combine(day, one.starts, calendar.zone)
                found.append(Slot(one.what, starts, starts + timedelta(minutes=one.minutes)))
    yield from sorted(found, key=lambda slot: slot.starts_at)


def overlap(a: tuple[datetime, datetime], b: tuple[datetime, datetime]) -> bool:
    """Whether two spans, ends not included, share a moment."""
    return a[0] < b[1] and b[0] < a[1]
