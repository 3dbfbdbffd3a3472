"""The calendar and the profile of the school in force."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.conf import settings

from subrosa.policy.profile import Profile, profile
from subrosa.timetable.calendar import Calendar

from .context import school_in_force


def calendar() -> Calendar:
    """The calendar of this school; holidays and quiet weeks are entered with a later issue."""
    return Calendar(ZoneInfo(settings.TIME_ZONE))


def school_profile() -> Profile:
    """The numbers of this school's kind."""
    return profile(school_in_force().kind)
