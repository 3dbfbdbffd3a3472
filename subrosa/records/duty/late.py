"""From when a duty is late and when it climbs: the table of `policy.lateness`, read with this school's calendar."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Protocol

from subrosa.policy.lateness import Climb, Clock, Late, pace
from subrosa.records.school.calendar import calendar, school_profile
from subrosa.timetable.calendar import Calendar


class Timed(Protocol):
    """What has a kind and a time: a row, or what the queries answer."""

    @property
    def kind(self) -> str:
        """Which kind of duty."""

    @property
    def due(self) -> datetime:
        """By when."""


def late_from(duty: Timed) -> datetime:
    """From this moment on it counts as late."""
    line = pace(duty.kind)
    if line.late is Late.WHEN_DUE:
        return duty.due
    year = calendar()
    day = year.next_school_day(year.local(duty.due), quiet_too=not line.quiet_weeks_stop_it)
    noon = time.fromisoformat(str(school_profile()["records.late_from"]).partition(" ")[0])
    return datetime.combine(day, noon, year.zone)


def climbs_at(duty: Timed) -> datetime | None:
    """From this moment on it climbs to the lead; None for what never does."""
    late, how = late_from(duty), pace(duty.kind).climbs
    if how is Climb.NEVER:
        return None
    if how is Climb.SOON:
        return late + timedelta(minutes=school_profile()["danger.high_by_voice_minutes"])
    return calendar().after_school_days(late, 1) if how is Climb.NEXT_SCHOOL_DAY else late


def moved(kind: str, opened_at: datetime, due: datetime, at: datetime, years: tuple[Calendar, Calendar]) -> datetime:
    """When a duty is due by a new calendar: after as many counting days as it was given by the old one.

    What has a moment of its own stays. Nothing becomes late by a change of the calendar: what was not due yet is due at the
    end of today at the earliest.
    """
    clock, (old, new) = pace(kind).clock, years
    if clock is Clock.SCHOOL_DAYS and (days := old.school_days_until(opened_at, due)) is not None:
        then = new.after_school_days(opened_at, days)
    elif clock is Clock.TERM_DAYS and (days := old.term_days_until(opened_at, due)) is not None:
        then = new.after_term_days(opened_at, days)
    else:
        return due
    return max(then, new.end_of(new.local(at))) if due > at else then
