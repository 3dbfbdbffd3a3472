"""The calendar and the profile of the school in force."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from subrosa.policy.profile import Profile, profile
from subrosa.timetable.calendar import Calendar
from subrosa.timetable.terms import NEAR, Begin, term_of
from subrosa.timetable.year import Entry, Kind, calendar_of

from . import context
from .context import current_school, school_in_force
from .models import YearSpan

_changes: dict[int, int] = {}  # by school, how often this process has changed the calendar: what was read before is old


def calendar() -> Calendar:
    """The calendar of this school, read once a request (and again where it was changed)."""
    changes = _changes.get(current_school(), 0)
    kept = context.kept()
    known: tuple[int, Calendar] | None = kept.get("calendar")
    if known is None or known[0] != changes:
        known = changes, calendar_of(entered(), zone())
        kept["calendar"] = known
    return known[1]


def zone() -> ZoneInfo:
    """Where the school lies."""
    return ZoneInfo(settings.TIME_ZONE)


def begins_of(setting: str) -> list[Begin]:
    """Month and day of each of the profile's days of every year, such as those on which terms begin."""
    return [(int(day[:2]), int(day[3:])) for day in school_profile()[setting]]


def school_year_of(day: date) -> date:
    """The first day of the school year in which a day lies: the term that begins near the profile's day, or that day."""
    begins = begins_of("sessions.school_year_begins")
    near = [
        one.first
        for one in calendar().terms
        if any(abs(one.first - date(one.first.year, *on)) <= NEAR for on in begins)
    ]
    return term_of(day, begins, near).first


def entered() -> list[Entry]:
    """The spans as they were entered, terms first, then by day."""
    rows = YearSpan.objects.order_by("first", "id").values_list("kind", "first", "last")
    order = list(Kind)
    return sorted((Entry(Kind(kind), first, last) for kind, first, last in rows), key=lambda one: order.index(one.kind))


def changed() -> None:
    """Whatever this process has read of the calendar is read anew; other processes read it with their next request or round."""
    _changes[current_school()] = _changes.get(current_school(), 0) + 1


def shown_until(shown_at: datetime) -> datetime:
    """Until when who is to open a file too stands on the client's page before the key goes: school days of the profile."""
    return calendar().after_school_days(shown_at, school_profile()["records.wider_access_shown_school_days"])


def works_from(shown_at: datetime) -> date:
    """The day from which it works: the one after the last day on which it was only shown."""
    return calendar().local(shown_until(shown_at)) + timedelta(days=1)


def school_profile() -> Profile:
    """The numbers of this school's kind."""
    return profile(school_in_force().kind)
