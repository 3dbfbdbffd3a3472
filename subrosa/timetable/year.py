"""A school's year as it is entered: spans of four kinds, what can be wrong with them, and the calendar they make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

from .calendar import SATURDAY, Calendar, Span


class Kind(StrEnum):
    """What the days of a span are."""

    TERM = "term"
    HOLIDAY = "holiday"
    QUIET = "quiet"  # examination weeks
    WORKED = "worked"  # weekend days that are school days


class Fault(StrEnum):
    """What is wrong with one span."""

    REVERSED = "reversed"
    LONG = "long"
    FAR = "far"
    OVERLAP = "overlap"
    NO_WEEKEND = "no_weekend"
    HOLIDAY = "in_holiday"


MOST_DAYS = {Kind.TERM: 250, Kind.HOLIDAY: 120, Kind.QUIET: 60, Kind.WORKED: 2}
YEARS_AROUND = 6


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One line of the calendar."""

    kind: Kind
    first: date
    last: date

    @property
    def days(self) -> list[date]:
        """Every day of it."""
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]

    def meets(self, other: Entry) -> bool:
        """Whether both share a day."""
        return self.first <= other.last and other.first <= self.last


def faults(entries: Sequence[Entry], today: date) -> dict[int, Fault]:
    """By place in the list, the first thing that is wrong with a span; empty where all is well.

    Of two that overlap the later in the list is named. A worked day is a weekend day and lies in no holiday.
    """
    found: dict[int, Fault] = {}
    for place, one in enumerate(entries):
        before = [other for n, other in enumerate(entries[:place]) if n not in found]
        fault = _alone(one, today) or _beside(one, before, entries)
        if fault is not None:
            found[place] = fault
    return found


def _alone(one: Entry, today: date) -> Fault | None:
    if one.last < one.first:
        return Fault.REVERSED
    if (one.last - one.first).days >= MOST_DAYS[one.kind]:
        return Fault.LONG
    if not all(abs(day.year - today.year) <= YEARS_AROUND for day in (one.first, one.last)):
        return Fault.FAR
    if one.kind is Kind.WORKED and any(day.weekday() < SATURDAY for day in one.days):
        return Fault.NO_WEEKEND
    return None


def _beside(one: Entry, before: Iterable[Entry], entries: Sequence[Entry]) -> Fault | None:
    if any(other.kind is one.kind and other.meets(one) for other in before):
        return Fault.OVERLAP
    holidays = (other for other in entries if other.kind is Kind.HOLIDAY and other.first <= other.last)
    if one.kind is Kind.WORKED and any(other.meets(one) for other in holidays):
        return Fault.HOLIDAY
    return None


def calendar_of(entries: Iterable[Entry], zone: ZoneInfo) -> Calendar:
    """The calendar that these spans make. Between two terms is a vacation; before the first and after the last nobody knows."""
    known = sorted(entries)
    of = {kind: [one for one in known if one.kind is kind] for kind in Kind}
    terms = _spans(of[Kind.TERM])
    holidays = (*_spans(of[Kind.HOLIDAY]), *_vacations(terms))
    worked = frozenset(day for one in of[Kind.WORKED] for day in one.days)
    return Calendar(zone, holidays, _spans(of[Kind.QUIET]), worked, terms)


def _spans(entries: Iterable[Entry]) -> tuple[Span, ...]:
    return tuple(Span(one.first, one.last) for one in entries)


def _vacations(terms: Sequence[Span]) -> Iterator[Span]:
    a_day = timedelta(days=1)
    for one, following in pairwise(terms):
        if one.last + a_day < following.first:
            yield Span(one.last + a_day, following.first - a_day)
