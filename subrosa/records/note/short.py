"""The short record: two lines and the question of danger keep the same day; the full record follows and the short one stays."""

from __future__ import annotations

import hashlib
from datetime import datetime
from uuid import UUID, uuid5

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.records import audit
from subrosa.records.appointment.models import Booking
from subrosa.records.case.models import Case
from subrosa.records.duty.steps import owe_after_short, settle_written
from subrosa.records.school.calendar import calendar, school_profile
from subrosa.records.school.prepared import put
from subrosa.records.vault import rings
from subrosa.records.vault.opener import Opener, opener_of
from subrosa.records.vault.rings import Scope, opened_ring
from subrosa.records.vault.texts import close_text, open_text

from .drafts import kept_instead
from .facts import short_facts
from .mark import NOWHERE, Mark
from .models import Note
from .parts import NoteText


@audit.act(Act.WRITE_SHORT, on=("case",), facts=short_facts, draft=kept_instead)
def write_short(
    *,
    by: Actor,
    at: datetime,
    case: Case,
    booking: Booking,
    text: NoteText,
    mark: Mark = NOWHERE,
    once: UUID | None = None,
) -> Note:
    """Sign and lock two lines: what was owed today is done, the full record is owed in some school days."""
    ring = rings.open_ring("case", case.pk, opener_of(by), to_seal=True, client=case.client_id)
    note = Note(pk=uuid5(booking.pk, "short"), case=case, short_of=booking, author_id=by.id, signed_at=at)
    note.happened_at, note.written_at = booking.starts_at, at
    short = text.short()
    sealed = close_text(note, "body", short.as_text(), ring.key(Scope.FILE))
    put(note, instead=["short_of"])
    audit.sealed(hashlib.sha256(sealed).digest())
    answer = short.asked.danger
    settle_written(answer, booking, by=by.id, at=at)
    days = school_profile()["records.full_record_due_school_days"]
    owe_after_short(answer, booking, calendar().after_school_days(booking.starts_at, days), by=by.id, at=at)
    return note


def short_of(who: Opener, case: UUID, booking: UUID) -> tuple[Note, NoteText] | None:
    """The short record of a meeting whose case an act of this request has opened; a boundary where none has."""
    row = Note.objects.filter(short_of=booking, case=case).first()
    if row is None:
        return None
    return row, _opened(who, row)


def last_text(who: Opener, booking: Booking) -> NoteText | None:
    """The record of the meeting before, of a case that an act of this request has opened."""
    rows = Note.objects.filter(case=booking.case_id, adds_to=None, short_of=None, happened_at__lt=booking.starts_at)
    row = rows.exclude(signed_at=None).order_by("-happened_at", "-written_at", "-id").first()
    return _opened(who, row) if row is not None else None


def _opened(who: Opener, row: Note) -> NoteText:
    ring = opened_ring(who, "case", row.case_id)
    return NoteText.of(open_text(row, "body", ring.key(Scope.FILE)))
