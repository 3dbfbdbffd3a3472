"""From rows to what the clauses about lateness and the calendar may look at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from subrosa.policy.actor import NOBODY
from subrosa.policy.facts import CalendarFacts, ClimbFacts
from subrosa.records.school.calendar import calendar
from subrosa.timetable.year import Entry, faults

from .late import climbs_at
from .models import Duty


def climb_facts(*, at: datetime, duty: Duty, **_: Any) -> tuple[ClimbFacts]:
    """Whether a duty is open, late and has not climbed yet. Guarded by its row."""
    when = climbs_at(duty)
    late = when is not None and at >= when
    return (ClimbFacts(open=duty.settled_at is None, late=late, climbed=duty.climbed_at is not None),)


def calendar_facts(*, at: datetime, entries: Sequence[Entry], **_: Any) -> tuple[CalendarFacts]:
    """What is wrong with the spans. Guarded by the calendar's lock."""
    found = faults(entries, calendar().local(at))
    return (CalendarFacts(tuple(dict.fromkeys(fault.value for fault in found.values()))),)


def one_calendar(**_: Any) -> Iterable[tuple[UUID, str]]:
    """Two who enter the calendar do it one after the other."""
    return [(NOBODY, "calendar")]
