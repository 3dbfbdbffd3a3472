"""What is bound of a file: its records with their additions, what was said beforehand, plan, goals, brief contacts, letter.

Part of the act that opened the file in this request, never one itself.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from subrosa.records.appointment.brief import BriefText, briefs_of
from subrosa.records.appointment.models import Booking
from subrosa.records.case.letter_text import LetterText
from subrosa.records.case.models import Case, Letter
from subrosa.records.case.opened import GoalOpened, goals_of, plans_of
from subrosa.records.case.plan_text import PlanText
from subrosa.records.note.models import Note
from subrosa.records.note.parts import NoteText
from subrosa.records.vault.opened import Opened
from subrosa.records.vault.opener import Opener
from subrosa.records.vault.rings import Ring, Scope, opened_ring
from subrosa.records.vault.texts import open_text


@dataclass(frozen=True, slots=True)
class Record:
    """One signed record (or an addition to one) in a file."""

    happened_at: datetime
    written_at: datetime
    text: NoteText
    beforehand: Opened
    additions: tuple[Record, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief contact that lies in a file."""

    began_at: datetime
    text: BriefText


@dataclass(frozen=True, slots=True)
class Contents:
    """A whole file, opened. It says how the case ended, and of nobody who it was."""

    number: int
    opened_at: datetime
    closed_at: datetime
    why_closed: str
    records: tuple[Record, ...]
    briefs: tuple[Brief, ...]
    plan: PlanText | None
    goals: tuple[GoalOpened, ...]
    letter: LetterText | None

    def __repr__(self) -> str:
        return "…"


def contents_of(who: Opener, case: Case) -> Contents:
    """The contents of a file that an act of this request has opened; a boundary where none has."""
    ring = opened_ring(who, "case", case.pk)
    assert case.number is not None and case.closed_at is not None, "what is archived was closed"
    letter = Letter.objects.filter(case=case).first()
    briefs = tuple(Brief(row.began_at, text) for row, text in briefs_of(who, case.pk) if text is not None)
    return Contents(
        case.number,
        case.opened_at,
        case.closed_at,
        case.why_closed,
        _records(ring, case.pk),
        briefs,
        next((one.text for one in reversed(plans_of(who, case.pk)) if one.row.agreed_at is not None), None),
        tuple(goals_of(who, case.pk)),
        LetterText.of(open_text(letter, "text", ring.key(Scope.SHARED))) if letter is not None else None,
    )


def _records(ring: Ring, case: UUID) -> tuple[Record, ...]:
    """In order of time, each with its additions; what was said before a meeting stands with its record."""
    said = {
        row.pk: open_text(row, "reason", ring.key(Scope.SHARED))
        for row in Booking.objects.filter(case_id=case).exclude(reason=None)
    }
    key, first, more = ring.key(Scope.FILE), list[Note](), defaultdict[UUID, list[Record]](list)
    for row in Note.objects.filter(case_id=case).exclude(body=None).order_by("happened_at", "written_at", "id"):
        if row.adds_to_id is None:
            first.append(row)
        else:
            text = NoteText.of(open_text(row, "body", key))
            more[row.adds_to_id].append(Record(row.happened_at, row.written_at, text, Opened("")))
    return tuple(
        Record(
            row.happened_at,
            row.written_at,
            NoteText.of(open_text(row, "body", key)),
            said.get(row.booking_id or UUID(int=0), Opened("")),
            tuple(more[row.pk]),
        )
        for row in first
    )
