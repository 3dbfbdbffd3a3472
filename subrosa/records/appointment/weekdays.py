"""On which days of the week a counselor is in: read from the hours that are offered, as they stood on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from subrosa.records.school.calendar import calendar

from .models import Opening


def weekdays_of(staff: Iterable[UUID], at: datetime) -> dict[UUID, set[int]]:
    """Monday is 0; in one statement for any number of counselors."""
    day = calendar().local(at)
    rows = Opening.objects.filter(staff_id__in=list(staff), since__lte=day).filter(Q(until=None) | Q(until__gte=day))
    found: dict[UUID, set[int]] = {}
    for key, weekday in rows.values_list("staff_id", "weekday"):
        found.setdefault(key, set()).add(weekday)
    return found
