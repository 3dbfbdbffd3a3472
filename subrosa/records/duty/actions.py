"""Acts of the clock about the house as a whole and about what is late; and the calendar by which days are counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.records import audit
from subrosa.records.school.calendar import calendar, changed, zone
from subrosa.records.school.models import YearSpan
from subrosa.timetable.year import Entry, calendar_of

from .facts import calendar_facts, climb_facts, one_calendar
from .models import Duty
from .moving import move_all


@audit.act(Act.RECOVER_HOUSE)
def recover_house(*, by: Actor, at: datetime) -> None:
    """Note that the house came back after something was killed: every acknowledged write was kept."""


@audit.act(Act.CLIMB_DUTY, on="duty", facts=climb_facts)
def climb(*, by: Actor, at: datetime, duty: Duty) -> Duty:
    """Something owed is late: from now on it stands on the lead's page. Row and entry are one transaction, so it is done once."""
    duty.climbed_at = at
    duty.save(update_fields=["climbed_at"])
    return duty


@audit.act(Act.SET_CALENDAR, days=one_calendar, facts=calendar_facts)
def set_calendar(*, by: Actor, at: datetime, entries: Sequence[Entry], once: UUID | None = None) -> None:
    """The school's year, whole: what counts its days moves with it in the same act, danger and the same day never."""
    old, new = calendar(), calendar_of(entries, zone())
    YearSpan.objects.all().delete()
    YearSpan.objects.bulk_create(YearSpan(kind=one.kind, first=one.first, last=one.last) for one in entries)
    move_all(old, new, at)
    changed()
