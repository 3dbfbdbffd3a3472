"""What the school's systems ask of the center: figures of a short list, and nothing that belongs to anybody (CONF-05)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.policy.facts import ExportFacts
from subrosa.records import audit
from subrosa.records.appointment.models import Booking, Sitting
from subrosa.records.appointment.sitting import BRIEF
from subrosa.records.appointment.states import State
from subrosa.records.school.calendar import calendar, school_profile

MONTHS = 12  # shown at once


class Figure(StrEnum):
    """The whole list of what leaves. Whoever lengthens it adds an aggregate, never a row about somebody."""

    MEETINGS = "meetings_by_month"


class Wanted(StrEnum):
    """What is asked for as well, and is never given: each try is an entry with a name."""

    NAMES = "names"
    STUDENT = "student"
    RESULT = "result"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class Month:
    """One month; `count` is None where the number is small enough to guess somebody by."""

    first: date
    count: int | None


def _asked(*, what: str, **_: Any) -> tuple[ExportFacts]:
    return (ExportFacts(listed=what in set(Figure)),)


@audit.act(Act.EXPORT_TO_SCHOOL, facts=_asked)
def export(*, by: Actor, at: datetime, what: str, once: UUID | None = None) -> list[Month]:
    """Give a figure of the list; anything else is refused by the charter, whoever asks."""
    return meetings_by_month(at)


def meetings_by_month(at: datetime) -> list[Month]:
    """Meetings held and brief contacts together, newest month first, the running month left out; small numbers hidden."""
    this = calendar().local(at).replace(day=1)
    held = Booking.objects.filter(state=State.HELD).values_list("starts_at", flat=True)
    brief = Sitting.objects.filter(became=BRIEF, signed_at__isnull=False).values_list("began_at", flat=True)
    counts = Counter(calendar().local(one).replace(day=1) for one in (*held, *brief))
    least = school_profile()["tests.cell_minimum"]
    months = sorted((month for month in counts if month < this), reverse=True)[:MONTHS]
    return [Month(month, counts[month] if counts[month] >= least else None) for month in months]
