"""A school's year as it is entered: what is wrong with a line, and which days the calendar makes of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrosa.timetable.calendar import Calendar, Span
from subrosa.timetable.year import MOST_DAYS, Entry, Fault, Kind, calendar_of, faults
from tests.timetable.test_calendar import CALENDARS, COUNTS, MOMENTS

SHANGHAI = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 3, 2)
TERM = Entry(Kind.TERM, date(2026, 2, 23), date(2026, 7, 3))
MAY = Entry(Kind.HOLIDAY, date(2026, 5, 1), date(2026, 5, 5))
QUIET = Entry(Kind.QUIET, date(2026, 6, 22), date(2026, 7, 3))
SATURDAY = Entry(Kind.WORKED, date(2026, 5, 9), date(2026, 5, 9))
AUTUMN = Entry(Kind.TERM, date(2026, 9, 1), date(2027, 1, 15))


def test_a_whole_year_has_no_fault() -> None:
    assert faults([TERM, MAY, QUIET, SATURDAY, AUTUMN], TODAY) == {}


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ([Entry(Kind.HOLIDAY, date(2026, 5, 5), date(2026, 5, 1))], {0: Fault.REVERSED}),
        ([Entry(Kind.HOLIDAY, date(2026, 5, 1), date(2027, 5, 5))], {0: Fault.LONG}),
        ([Entry(Kind.HOLIDAY, date(2036, 5, 1), date(2036, 5, 5))], {0: Fault.FAR}),
        ([MAY, Entry(Kind.HOLIDAY, date(2026, 5, 5), date(2026, 5, 7))], {1: Fault.OVERLAP}),
        ([TERM, Entry(Kind.TERM, date(2026, 7, 3), date(2026, 9, 1)), AUTUMN], {1: Fault.OVERLAP}),
        ([Entry(Kind.WORKED, date(2026, 5, 8), date(2026, 5, 8))], {0: Fault.NO_WEEKEND}),
        ([Entry(Kind.WORKED, date(2026, 5, 2), date(2026, 5, 2)), MAY], {0: Fault.HOLIDAY}),
        ([MAY, MAY, MAY], {1: Fault.OVERLAP, 2: Fault.OVERLAP}),
    ],
)
def test_what_cannot_be_meant_is_named_by_its_line(lines: list[Entry], found: dict[int, Fault]) -> None:
    assert faults(lines, TODAY) == found


def test_a_holiday_and_an_examination_week_may_share_days() -> None:
    assert faults([QUIET, Entry(Kind.HOLIDAY, date(2026, 6, 25), date(2026, 6, 26))], TODAY) == {}


def test_the_longest_span_of_a_kind_is_right_and_one_day_more_is_not() -> None:
    for kind, most in MOST_DAYS.items():
        first = date(2026, 3, 7)  # a Saturday
        one = Entry(kind, first, first + timedelta(days=most - 1))
        assert faults([one], TODAY) == {}, kind
        assert faults([Entry(kind, first, one.last + timedelta(days=1))], TODAY) == {0: Fault.LONG}, kind


def test_between_two_terms_is_a_vacation_and_beyond_them_nobody_knows() -> None:
    year = calendar_of([AUTUMN, TERM], SHANGHAI)
    assert year.holidays == (Span(date(2026, 7, 4), date(2026, 8, 31)),)
    assert not year.is_school_day(date(2026, 7, 6)) and year.is_school_day(date(2026, 2, 9))
    assert year.is_school_day(date(2027, 3, 1))
    assert year.terms == (Span(TERM.first, TERM.last), Span(AUTUMN.first, AUTUMN.last))


def test_terms_that_touch_have_no_vacation_between_them() -> None:
    touching = Entry(Kind.TERM, date(2026, 7, 4), date(2026, 12, 1))
    assert calendar_of([TERM, touching], SHANGHAI).holidays == ()


def test_each_kind_becomes_its_part_of_the_calendar() -> None:
    year = calendar_of([MAY, QUIET, SATURDAY], SHANGHAI)
    assert not year.is_school_day(date(2026, 5, 4)) and year.is_school_day(date(2026, 5, 9))
    assert year.is_school_day(date(2026, 6, 24)) and not year.counts(date(2026, 6, 24))


def test_noon_of_the_next_school_day_skips_weekends_and_holidays_and_for_the_same_day_no_examination_week() -> None:
    year = calendar_of([MAY, QUIET], SHANGHAI)
    assert year.next_school_day(date(2026, 4, 30)) == date(2026, 5, 6)
    assert year.next_school_day(date(2026, 3, 6)) == date(2026, 3, 9)
    assert year.next_school_day(date(2026, 6, 22)) == date(2026, 6, 23)
    assert year.next_school_day(date(2026, 6, 22), quiet_too=False) == date(2026, 7, 6)


@given(CALENDARS, MOMENTS, COUNTS)
def test_the_days_that_were_given_are_found_again(year: Calendar, at: datetime, days: int) -> None:
    assert year.school_days_until(at, year.after_school_days(at, days)) == days
    assert year.term_days_until(at, year.after_term_days(at, days)) == days


@given(CALENDARS, MOMENTS, st.integers(1, 10**6))
def test_a_moment_that_is_no_end_of_a_day_was_not_counted(year: Calendar, at: datetime, seconds: int) -> None:
    due = at + timedelta(seconds=seconds)
    if due != year.end_of(year.local(due)):
        assert year.school_days_until(at, due) is None and year.term_days_until(at, due) is None


def test_an_end_of_a_day_that_does_not_count_was_not_counted() -> None:
    friday = datetime(2026, 3, 6, 2, 0, tzinfo=UTC)
    year = Calendar(SHANGHAI)
    assert year.school_days_until(friday, year.end_of(date(2026, 3, 8))) is None
    assert year.school_days_until(friday, year.end_of(date(2026, 3, 6))) is None, "the same day was not counted"
