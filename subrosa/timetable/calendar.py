"""School days and term time. Weekends, holidays and quiet weeks (examinations) stop the clock of most duties."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SATURDAY = 5
LONGEST = 3660  # days looked ahead before a calendar that never opens again is called one


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Calendar:
    """A school's year: where it lies, which days are holidays, which weeks are quiet, which weekend days are worked."""

    zone: ZoneInfo
    holidays: tuple[Span, ...] = ()
    quiet: tuple[Span, ...] = ()
    worked: frozenset[date] = frozenset()
    terms: tuple[Span, ...] = ()

    def local(self, at: datetime) -> date:
        """The day at the school of a moment."""
        return at.astimezone(self.zone).date()

    def is_school_day(self, day: date) -> bool:
        """Neither weekend nor holiday (a weekend day that is worked counts)."""
        if day in self.worked:
            return True
        return day.weekday() < SATURDAY and not _within(day, self.holidays)

    def counts(self, day: date) -> bool:
        """Whether the clock of a duty in school days runs on this day."""
        return self.is_school_day(day) and not _within(day, self.quiet)

    def begin_of(self, day: date) -> datetime:
        """The first moment of a day at the school."""
        return datetime.combine(day, time.min, self.zone)

    def end_of(self, day: date) -> datetime:
        """The last minute of a day at the school."""
        return datetime.combine(day, time(23, 59), self.zone)

    def after_school_days(self, at: datetime, days: int) -> datetime:
        """The end of the `days`-th counting school day after the day of `at`."""
        return self.end_of(self._count(self.local(at), days, self.counts))

    def after_term_days(self, at: datetime, days: int) -> datetime:
        """The end of the `days`-th day of term time (holidays and quiet weeks stop the clock, weekends do not)."""
        return self.end_of(self._count(self.local(at), days, self.in_term))

    def in_term(self, day: date) -> bool:
        """Neither holiday nor quiet week."""
        return not _within(day, self.holidays) and not _within(day, self.quiet)

    def next_school_day(self, day: date, *, quiet_too: bool = True) -> date:
        """The first school day after a day; without `quiet_too` the first that counts."""
        return self._count(day, 1, self.is_school_day if quiet_too else self.counts)

    def school_days_until(self, at: datetime, due: datetime) -> int | None:
        """How many counting school days after `at` a duty was given; None where `due` is not the end of such a day."""
        return self._days_until(at, due, self.counts)

    def term_days_until(self, at: datetime, due: datetime) -> int | None:
        """The same in days of term time."""
        return self._days_until(at, due, self.in_term)

    def _days_until(self, at: datetime, due: datetime, counts: Callable[[date], bool]) -> int | None:
        first, last = self.local(at), self.local(due)
        if due != self.end_of(last) or not counts(last) or not first < last <= first + timedelta(days=LONGEST):
            return None
        return sum(counts(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))

    def school_days_ago(self, at: datetime, days: int) -> datetime:
        """The beginning of the `days`-th counting school day before the day of `at`: what was earlier is longer ago than that.

        As far back as the longest look ahead, where there were not so many.
        """
        day, left = self.local(at), days
        for _ in range(LONGEST):
            if left <= 0:
                break
            day -= timedelta(days=1)
            left -= bool(self.counts(day))
        return datetime.combine(day, time(0), self.zone)

    def _count(self, day: date, days: int, counts: Callable[[date], bool]) -> date:
        left = days
        for _ in range(LONGEST):
            if left <= 0:
                return day
            day += timedelta(days=1)
            left -= bool(counts(day))
        raise ValueError("this calendar never opens again")


def _within(day: date, spans: Iterable[Span]) -> bool:
    return any(day in span for span in spans)


def plus_years(day: date, years: int) -> date:
    """The same day `years` later; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
