"""Laws of the school calendar: what stops the clock of a duty, and what does not."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrosa.timetable.calendar import Calendar, Span, plus_years

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))
SPANS = st.builds(lambda first, days: Span(first, first + timedelta(days=days)), DAYS, st.integers(0, 40))
CALENDARS = st.builds(
    Calendar,
    zone=st.just(SHANGHAI),
    holidays=st.lists(SPANS, max_size=4).map(tuple),
    quiet=st.lists(SPANS, max_size=3).map(tuple),
    worked=st.frozensets(DAYS, max_size=5),
)
COUNTS = st.integers(1, 30)


@given(CALENDARS, MOMENTS, COUNTS)
def test_due_is_the_end_of_a_counting_day_and_exactly_that_many_count(year: Calendar, at: datetime, days: int) -> None:
    due = year.after_school_days(at, days)
    first, last = year.local(at), due.astimezone(SHANGHAI).date()
    assert year.counts(last)
    passed = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    assert sum(year.counts(day) for day in passed) == days


@given(CALENDARS, MOMENTS, COUNTS)
def test_term_time_goes_on_at_weekends(year: Calendar, at: datetime, days: int) -> None:
    first, last = year.local(at), year.after_term_days(at, days).astimezone(SHANGHAI).date()
    passed = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    assert sum(year.in_term(day) for day in passed) == days and year.in_term(last)


@given(CALENDARS, MOMENTS, COUNTS)
def test_one_day_more_is_later(year: Calendar, at: datetime, days: int) -> None:
    assert year.after_school_days(at, days) < year.after_school_days(at, days + 1)
    assert year.after_term_days(at, days) < year.after_term_days(at, days + 1)


@given(CALENDARS, MOMENTS, st.timedeltas(timedelta(0), timedelta(days=20)), COUNTS)
def test_who_presses_later_is_never_due_earlier(year: Calendar, at: datetime, more: timedelta, days: int) -> None:
    assert year.after_school_days(at, days) <= year.after_school_days(at + more, days)


@given(CALENDARS, SPANS, MOMENTS, COUNTS)
def test_a_holiday_more_never_brings_a_day_forward(year: Calendar, span: Span, at: datetime, days: int) -> None:
    longer = Calendar(year.zone, (*year.holidays, span), year.quiet, year.worked)
    assert longer.after_school_days(at, days) >= year.after_school_days(at, days)
    assert longer.after_term_days(at, days) >= year.after_term_days(at, days)


@given(CALENDARS, DAYS)
def test_what_counts_is_a_school_day_and_quiet_weeks_are_not_counted(year: Calendar, day: date) -> None:
    quiet = any(day in span for span in year.quiet)
    assert year.counts(day) == (year.is_school_day(day) and not quiet)
    if day in year.worked:
        assert year.is_school_day(day)


@given(DAYS)
def test_without_holidays_five_days_a_week_count(day: date) -> None:
    plain = Calendar(SHANGHAI)
    assert sum(plain.counts(day + timedelta(days=n)) for n in range(7)) == 5
    assert all(plain.in_term(day + timedelta(days=n)) for n in range(7))


@given(CALENDARS, MOMENTS)
def test_nothing_to_wait_for_ends_today(year: Calendar, at: datetime) -> None:
    assert year.after_school_days(at, 0) == year.end_of(year.local(at))


def test_the_school_decides_which_day_it_is() -> None:
    late = datetime(2026, 3, 1, 16, 30, tzinfo=UTC)  # half past midnight in Shanghai
    assert Calendar(SHANGHAI).local(late) == date(2026, 3, 2)
    assert Calendar(ZoneInfo("UTC")).local(late) == date(2026, 3, 1)


def test_the_end_of_a_day_is_its_last_minute_at_the_school() -> None:
    end = Calendar(SHANGHAI).end_of(date(2026, 3, 2))
    assert end == datetime.combine(date(2026, 3, 2), time(23, 59), SHANGHAI) == datetime(2026, 3, 2, 15, 59, tzinfo=UTC)


def test_friday_plus_two_school_days_is_tuesday() -> None:
    friday = datetime(2026, 3, 6, 2, 0, tzinfo=UTC)
    assert Calendar(SHANGHAI).after_school_days(friday, 2).date() == date(2026, 3, 10)


def test_a_saturday_that_is_worked_counts_and_the_holiday_for_it_does_not() -> None:
    year = Calendar(
        SHANGHAI, holidays=(Span(date(2026, 5, 1), date(2026, 5, 5)),), worked=frozenset({date(2026, 5, 9)})
    )
    thursday = datetime(2026, 4, 30, 2, 0, tzinfo=UTC)
    assert year.after_school_days(thursday, 1).date() == date(2026, 5, 6)
    assert year.after_school_days(datetime(2026, 5, 8, 2, 0, tzinfo=UTC), 1).date() == date(2026, 5, 9)


def test_examination_weeks_stop_the_clock() -> None:
    year = Calendar(SHANGHAI, quiet=(Span(date(2026, 6, 22), date(2026, 7, 5)),))
    friday = datetime(2026, 6, 19, 2, 0, tzinfo=UTC)
    assert year.after_school_days(friday, 1).date() == date(2026, 7, 6)
    assert year.after_term_days(friday, 3).date() == date(2026, 7, 6)


def test_a_calendar_that_never_opens_again_says_so() -> None:
    closed = Calendar(SHANGHAI, holidays=(Span(date(2026, 1, 1), date(2099, 1, 1)),))
    with pytest.raises(ValueError, match="never opens"):
        closed.after_school_days(datetime(2026, 3, 2, tzinfo=UTC), 1)


@given(DAYS, st.integers(0, 30))
def test_years_later_is_the_same_day(day: date, years: int) -> None:
    later = plus_years(day, years)
    assert later.year == day.year + years and later.month == day.month
    assert later.day == day.day or (day.month, day.day, later.day) == (2, 29, 28)


def test_the_twenty_ninth_of_february_becomes_the_twenty_eighth() -> None:
    assert plus_years(date(2024, 2, 29), 3) == date(2027, 2, 28)
    assert plus_years(date(2024, 2, 29), 4) == date(2028, 2, 29)


@given(CALENDARS, MOMENTS, COUNTS)
def test_so_many_school_days_ago_is_over_when_so_many_have_passed(year: Calendar, at: datetime, days: int) -> None:
    """What was earlier than that, and nothing else, would have been due before today."""
    ago = year.school_days_ago(at, days)
    day = year.local(ago)
    assert year.counts(day) and ago.astimezone(SHANGHAI).time() == time(0)
    before = datetime.combine(day - timedelta(days=1), time(12), SHANGHAI)
    assert year.local(year.after_school_days(before, days)) < year.local(at)
    assert year.local(year.after_school_days(ago, days)) >= year.local(at)


def test_ago_ends_somewhere_even_where_no_day_counts() -> None:
    closed = Calendar(SHANGHAI, holidays=(Span(date(1990, 1, 1), date(2099, 1, 1)),))
    assert closed.school_days_ago(datetime(2026, 3, 2, tzinfo=UTC), 20).year == 2016
