"""When the last copy of what is destroyed is gone: backups keep the keys a while, volumes keep nothing that opens."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from subrosa.records.school.calendar import calendar, school_profile

from .models import Gone


def copies_gone_on(at: datetime) -> date:
    """The day from which no copy of something that is destroyed now opens any more.

    A file lies in the database, in backups, in its volume and in whoever's downloaded volume. All of them are closed under
    the file's own key; that key goes now, and from backups when the youngest of them that still holds it is thrown away.
    """
    return calendar().local(at) + timedelta(days=school_profile()["records.backups_kept_days"] + 1)


def gone(cases: Iterable[UUID]) -> dict[UUID, Gone]:
    """By case, when it was destroyed and from which day no copy opens."""
    return {row.case_id: row for row in Gone.objects.filter(case__in=list(cases)) if row.case_id}


def briefs_gone(*, most: int = 50) -> list[Gone]:
    """The brief contacts that were destroyed, the newest first."""
    return list(Gone.objects.exclude(briefs_up_to=None).order_by("-at")[:most])
