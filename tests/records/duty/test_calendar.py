"""The school's calendar: entered whole, it moves what counts its days, once, in the same act; danger and the same day never."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from subrosa.policy.actor import CLOCK, Actor
from subrosa.policy.lateness import PACES, Clock
from subrosa.policy.ruling import Outcome
from subrosa.records.audit.models import Entry as LogEntry
from subrosa.records.duty.actions import climb, set_calendar
from subrosa.records.duty.late import moved
from subrosa.records.duty.models import Duty
from subrosa.records.school import context
from subrosa.records.school.calendar import calendar, entered
from subrosa.records.standing import queries as standing
from subrosa.timetable.calendar import Calendar
from subrosa.timetable.year import Entry, Kind
from tests.ground import statements
from tests.records.center import refused
from tests.records.duty.test_climbing import DAY, HOUR, MONDAY, owed
from tests.timetable.test_calendar import CALENDARS, COUNTS, MOMENTS

WEDNESDAY, FRIDAY = date(2026, 3, 4), date(2026, 3, 6)
DAYS_OFF = Entry(Kind.HOLIDAY, WEDNESDAY, FRIDAY)


def days_of(due: datetime) -> date:
    return calendar().local(due)


def due_of(row: Duty) -> datetime:
    return Duty.objects.get(pk=row.pk).due


def test_what_was_entered_is_the_calendar_from_now_on(lead: Actor) -> None:
    assert calendar().is_school_day(WEDNESDAY) and entered() == []
    set_calendar(by=lead, at=MONDAY, entries=[DAYS_OFF, Entry(Kind.WORKED, date(2026, 3, 7), date(2026, 3, 7))])
    assert not calendar().is_school_day(WEDNESDAY) and calendar().is_school_day(date(2026, 3, 7))
    assert calendar().after_school_days(MONDAY, 2) == calendar().end_of(date(2026, 3, 7))
    set_calendar(by=lead, at=MONDAY + HOUR, entries=[])
    assert calendar().is_school_day(WEDNESDAY) and entered() == []


def test_each_school_has_its_own(lead: Actor, other_school: Any) -> None:
    set_calendar(by=lead, at=MONDAY, entries=[DAYS_OFF])
    with context.on(other_school):
        assert calendar().is_school_day(WEDNESDAY)
    assert not calendar().is_school_day(WEDNESDAY)


def test_it_is_read_once_a_request(lead: Actor) -> None:
    with context.on(context.school_in_force()), statements() as said:
        for _ in range(5):
            calendar()
    assert len([one for one in said if "school_yearspan" in one]) == 1


@pytest.mark.clause("REC-01", "passes")
@pytest.mark.parametrize("kind", sorted(PACES))
def test_a_holiday_moves_what_counts_school_days_and_nothing_else(kind: str, counselor: Actor, lead: Actor) -> None:
    counted = PACES[kind].clock is not Clock.MOMENT
    row = owed(counselor, kind, calendar().after_school_days(MONDAY, 3))
    set_calendar(by=lead, at=MONDAY + HOUR, entries=[DAYS_OFF])
    wanted = date(2026, 3, 5)
    if PACES[kind].clock is Clock.SCHOOL_DAYS:
        wanted = date(2026, 3, 10)  # Tuesday, then Monday and Tuesday
    elif PACES[kind].clock is Clock.TERM_DAYS:
        wanted = date(2026, 3, 8)  # weekends count
    assert days_of(due_of(row)) == wanted and counted == (wanted != date(2026, 3, 5))


@pytest.mark.parametrize("kind", ["cry", "danger_report", "next_step", "slip", "record", "sitting"])
def test_danger_and_the_same_day_are_never_moved(kind: str, counselor: Actor, lead: Actor) -> None:
    assert not PACES[kind].quiet_weeks_stop_it
    rows = [
        owed(counselor, kind),
        owed(counselor, kind, calendar().after_school_days(MONDAY, 2)),
        owed(counselor, kind, MONDAY),
    ]
    before = [row.due for row in rows]
    set_calendar(by=lead, at=MONDAY + HOUR, entries=[Entry(Kind.QUIET, date(2026, 3, 2), date(2026, 3, 20))])
    assert [due_of(row) for row in rows] == before


def test_an_examination_week_stops_it_like_a_holiday(counselor: Actor, lead: Actor) -> None:
    row = owed(counselor, "full_record", calendar().after_school_days(MONDAY, 2))
    set_calendar(by=lead, at=MONDAY, entries=[Entry(Kind.QUIET, date(2026, 3, 3), FRIDAY)])
    assert days_of(due_of(row)) == date(2026, 3, 10)


def test_it_moves_once_and_back_again_when_the_holiday_is_taken_out(counselor: Actor, lead: Actor) -> None:
    row = owed(counselor, "full_record", calendar().after_school_days(MONDAY, 3))
    before = row.due
    for _ in range(2):  # the same calendar a second time moves nothing
        set_calendar(by=lead, at=MONDAY, entries=[DAYS_OFF])
        assert days_of(due_of(row)) == date(2026, 3, 10)
    set_calendar(by=lead, at=MONDAY, entries=[])
    assert due_of(row) == before


def test_what_is_settled_is_not_touched(counselor: Actor, lead: Actor) -> None:
    row = owed(counselor, "full_record", calendar().after_school_days(MONDAY, 3), settled_at=MONDAY)
    set_calendar(by=lead, at=MONDAY, entries=[DAYS_OFF])
    assert due_of(row) == row.due


def test_a_holiday_taken_out_makes_nothing_late_at_once(counselor: Actor, lead: Actor) -> None:
    set_calendar(by=lead, at=MONDAY, entries=[DAYS_OFF])
    row = owed(counselor, "full_record", calendar().after_school_days(MONDAY, 2))
    assert days_of(row.due) == date(2026, 3, 9)
    sunday = MONDAY + 6 * DAY
    set_calendar(by=lead, at=sunday, entries=[])
    assert due_of(row) == calendar().end_of(date(2026, 3, 8)), "by the new days it was due on Wednesday"


def test_a_holiday_entered_late_takes_what_climbed_back_and_lets_it_climb_again(counselor: Actor, lead: Actor) -> None:
    row = owed(counselor, "full_record", calendar().after_school_days(MONDAY, 2))
    climb(by=CLOCK, at=MONDAY + 3 * DAY + 2 * HOUR, duty=row)
    set_calendar(by=lead, at=MONDAY + 4 * DAY, entries=[Entry(Kind.HOLIDAY, date(2026, 3, 3), FRIDAY)])
    now = Duty.objects.get(pk=row.pk)
    assert days_of(now.due) == date(2026, 3, 10) and now.climbed_at is None
    climb(by=CLOCK, at=MONDAY + 9 * DAY + 2 * HOUR, duty=now)


def test_the_day_of_signing_moves_with_its_duty(lead: Actor, counselor: Actor, code: Any, at: datetime) -> None:
    before = standing.version_in_force()
    assert before is not None
    set_calendar(by=lead, at=at, entries=[Entry(Kind.HOLIDAY, date(2026, 3, 10), date(2026, 3, 14))])
    after, duty = standing.version_in_force(), Duty.objects.filter(kind="sign_code").first()
    assert after is not None and duty is not None
    assert after.sign_until == before.sign_until + 5 * DAY == duty.due


@pytest.mark.clause("REC-01", "not_yet")
def test_what_cannot_be_meant_changes_nothing(counselor: Actor, lead: Actor) -> None:
    set_calendar(by=lead, at=MONDAY, entries=[DAYS_OFF])
    row = owed(counselor, "full_record", calendar().after_school_days(MONDAY, 2))
    wrong = [Entry(Kind.TERM, FRIDAY, WEDNESDAY), DAYS_OFF, Entry(Kind.HOLIDAY, FRIDAY, FRIDAY)]
    ruling = refused(set_calendar, by=lead, at=MONDAY + HOUR, entries=wrong)
    assert ruling.outcome is Outcome.NOT_YET and ruling.missing == ("calendar_reversed", "calendar_overlap")
    assert entered() == [DAYS_OFF] and due_of(row) == row.due


@pytest.mark.clause("REC-01", "refuses")
def test_only_the_lead_enters_it(counselor: Actor, steward: Actor) -> None:
    for who in (counselor, steward, CLOCK):
        assert refused(set_calendar, by=who, at=MONDAY, entries=[DAYS_OFF]).outcome is Outcome.REFUSED
    assert entered() == []


def test_one_press_is_one_entry(lead: Actor) -> None:
    from uuid import uuid4

    once = uuid4()
    for _ in range(2):
        set_calendar(by=lead, at=MONDAY, entries=[DAYS_OFF], once=once)
    assert LogEntry.objects.filter(act="set_calendar").count() == 1 and entered() == [DAYS_OFF]


def test_half_a_change_is_none(counselor: Actor, lead: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    row = owed(counselor, "full_record", calendar().after_school_days(MONDAY, 3))

    def dies(*_: Any, **__: Any) -> None:
        raise RuntimeError("the plug was pulled")

    monkeypatch.setattr("subrosa.records.audit.entries.write", dies)
    with pytest.raises(RuntimeError):
        set_calendar(by=lead, at=MONDAY, entries=[DAYS_OFF])
    assert entered() == [] and due_of(row) == row.due and calendar().is_school_day(WEDNESDAY)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CALENDARS, CALENDARS, MOMENTS, COUNTS)
def test_a_counted_time_keeps_its_count_by_any_two_calendars(
    old: Calendar, new: Calendar, at: datetime, days: int
) -> None:
    due = old.after_school_days(at, days)
    then = moved("full_record", at, due, at, (old, new))
    assert then == new.after_school_days(at, days)
    assert moved("full_record", at, then, at, (new, old)) == due, "and back"
    assert moved("cry", at, due, at, (old, new)) == due


@given(CALENDARS, CALENDARS, MOMENTS, COUNTS)
def test_what_was_ahead_stays_ahead(old: Calendar, new: Calendar, at: datetime, days: int) -> None:
    opened = at - timedelta(days=9)
    due = old.after_school_days(opened, days)
    if due > at:
        assert moved("full_record", opened, due, at, (old, new)) > at


def test_a_moment_in_the_middle_of_a_day_stays(counselor: Actor, lead: Actor) -> None:
    row = owed(counselor, "guardian_talk", datetime(2026, 3, 5, 4, 20, tzinfo=UTC))
    set_calendar(by=lead, at=MONDAY, entries=[DAYS_OFF])
    assert due_of(row) == row.due
