"""One booking as the day and the file show it: where it stands, and what it still needs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from subrosa.records.appointment.queries import cases_met
from subrosa.records.note.queries import short_bookings, signed_bookings

from .words import STATES


@dataclass(frozen=True, slots=True)
class Meeting:
    """`begun` asks for its end, `first` for the promise, `record_owed` for its record: `short` where two lines are there."""

    row: Any
    name: str
    state: object
    when: str
    begun: bool
    first: bool
    record_owed: bool
    recorded: bool
    short: bool = False
    urgent: bool = False

    @property
    def id(self) -> UUID:
        """The booking's id."""
        key: UUID = self.row.pk
        return key


def meetings(
    rows: Sequence[Any], at: datetime, names: dict[UUID, str] | None = None, urgent: Collection[UUID] = ()
) -> list[Meeting]:
    """Bookings as pages show them: three statements for any number. `urgent` are times and files of which that was said."""
    met = cases_met({row.case_id for row in rows})
    keys = [row.pk for row in rows]
    signed, short = signed_bookings(keys), short_bookings(keys)
    made = [_meeting(row, at, met, signed, (names or {}).get(row.client_id, "")) for row in rows]
    return [replace(one, short=one.record_owed and one.id in short, urgent=_said_urgent(one, urgent)) for one in made]


def _said_urgent(one: Meeting, urgent: Collection[UUID]) -> bool:
    """Said of this time, or of the file at whose first meeting it is."""
    return one.id in urgent or (one.first and one.row.case_id in urgent)


def _meeting(row: Any, at: datetime, met: set[UUID], signed: set[UUID], name: str) -> Meeting:
    open_end = row.state == "booked"
    when = "past" if row.ends_at <= at else "now" if row.starts_at <= at else ""
    return Meeting(
        row=row,
        name=name,
        state=STATES[row.state],
        when="gone" if row.state in ("no_show", "cancelled") else when,
        begun=open_end and row.starts_at <= at,
        first=row.case_id not in met,
        record_owed=row.state == "held" and row.pk not in signed,
        recorded=row.pk in signed,
    )
