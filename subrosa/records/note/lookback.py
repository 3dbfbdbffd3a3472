"""Where we were: ten minutes before a meeting, what was left open last time, in one opening (接着谈)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.records import audit
from subrosa.records.appointment.models import Booking
from subrosa.records.appointment.states import State
from subrosa.records.case.facts import care_facts
from subrosa.records.case.models import Case
from subrosa.records.vault import rings
from subrosa.records.vault.opener import opener_of
from subrosa.records.vault.rings import Scope
from subrosa.records.vault.texts import open_text

from .models import Note
from .parts import LATER, NoteText

BEFORE: Final = timedelta(minutes=10)
INSTEAD: Final = (
    ("advice", "other"),
    ("course",),
    ("problem",),
)  # what stands in for lines that nobody wrote, best first


@dataclass(frozen=True, slots=True)
class LookBack:
    """The lines of the last record (or the parts that stand in for them), and the client's own words around it."""

    happened_at: datetime | None = None
    lines: Mapping[str, str] = field(default_factory=dict)
    left_after: str = ""
    said: str = ""

    def __repr__(self) -> str:
        return "…"


def shown_from(booking: Booking) -> datetime:
    """From when there is something to see."""
    return booking.starts_at - BEFORE


def is_time(booking: Booking, at: datetime) -> bool:
    """From ten minutes before the meeting until it is noted as held, at the latest until its end."""
    return booking.state == State.BOOKED and shown_from(booking) <= at < booking.ends_at


def with_something_to_read(bookings: Iterable[Booking]) -> set[UUID]:
    """Of some bookings, those before which there is something to read; nothing is opened. One statement for any number."""
    rows = list(bookings)
    done = Note.objects.filter(case__in={row.case_id for row in rows}, adds_to=None).exclude(signed_at=None)
    met = set(done.values_list("case_id", flat=True).distinct())
    return {row.pk for row in rows if row.reason is not None or row.case_id in met}


@audit.act(Act.LOOK_BACK, on=("case", "booking"), facts=care_facts, reads=True)
def look_back(*, by: Actor, at: datetime, case: Case, booking: Booking) -> LookBack:
    """Open what was left open: one entry, whatever it holds."""
    ring = rings.open_ring("case", case.pk, opener_of(by))
    said = open_text(booking, "reason", ring.key(Scope.SHARED)) if booking.case_id == case.pk else ""
    before = Note.objects.filter(case=case, adds_to=None, happened_at__lt=booking.starts_at).exclude(signed_at=None)
    last = before.select_related("booking", "short_of").order_by("-happened_at", "-written_at", "-id").first()
    if last is None:
        return LookBack(said=said)
    meeting = last.booking or last.short_of
    left = open_text(meeting, "unsaid", ring.key(Scope.SHARED)) if meeting is not None else ""
    return LookBack(last.happened_at, _lines(NoteText.of(open_text(last, "body", ring.key(Scope.FILE)))), left, said)


def _lines(text: NoteText) -> dict[str, str]:
    later = {name: text.later[name] for name in LATER if text.later.get(name)}
    said = ({part: text.words[part] for part in some if text.words.get(part, "").strip()} for some in INSTEAD)
    return later or next(filter(None, said), {}) or ({"lines": text.asked.lines} if text.asked.lines else {})
