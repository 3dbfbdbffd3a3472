"""The day until which the version in force is signed counts term time: it moves with the calendar, like what is owed."""

from __future__ import annotations

from datetime import datetime

from subrosa.records.duty.late import moved
from subrosa.timetable.calendar import Calendar

from .models import CodeVersion


def move_sign_until(old: Calendar, new: Calendar, at: datetime) -> None:
    """Of the version in force; part of the act that changes the calendar."""
    version = CodeVersion.objects.order_by("-number").first()
    if version is None:
        return
    until = moved("sign_code", version.published_at, version.sign_until, at, (old, new))
    if until != version.sign_until:
        version.sign_until = until
        version.save(update_fields=["sign_until"])
