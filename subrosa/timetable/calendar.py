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
