"""Write a record, keep its draft, add to it, read it. A signed record never changes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db.models import F

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.records import audit
from subrosa.records.appointment.models import Booking
from subrosa.records.case.facts import care_facts
from subrosa.records.case.models import Case
from subrosa.records.duty.book import settle
from subrosa.records.school.prepared import put
from subrosa.records.vault import held, rings
from subrosa.records.vault.opened import Opened
from subrosa.records.vault.opener import opener_of
from subrosa.records.vault.rings import Scope
from subrosa.records.vault.texts import close_text, open_text

from .facts import addition_facts, draft_facts, write_facts
from .models import Note
from .parts import NoteText

KEPT = ["author", "draft", "body", "happened_at", "written_at", "signed_at"]


def _record_of(by: Actor, at: datetime, case: Case, booking: Booking) -> Note:
    """The row of a meeting's one record, not saved: its id follows from the booking's, so nobody has to look it up."""
    key = uuid5(booking.pk, "record")
    return Note(pk=key, case=case, booking=booking, author_id=by.id, happened_at=booking.starts_at, written_at=at)


def _save(note: Note) -> bool:
    """Insert it, or put it in place of its own draft, in one statement; whether it is the first of it."""
    return put(note, instead=KEPT)


@audit.act(Act.KEEP_DRAFT, on=("case",), facts=draft_facts)
def keep_draft(
    *, by: Actor, at: datetime, case: Case, booking: Booking, text: NoteText, once: UUID | None = None
) -> Note:
    """Keep what was typed, sealed to its author's public half: a locked session can do it too.

    A draft is an entry when it is begun and when it is signed; what is typed in between is not (keys.md, the ledger).
    """
    note = _record_of(by, at, case, booking)
    held.close_to(note, "draft", text.as_text(), held.keypair_of_staff(by.id))
    if not _save(note):
        audit.goes_on()
    return note


def _draft(*, by: Actor, at: datetime, case: Case, booking: Booking, text: NoteText, **_: Any) -> None:
    keep_draft(by=by, at=at, case=case, booking=booking, text=text)


@audit.act(Act.WRITE_NOTE, on=("case",), facts=write_facts, draft=_draft)
def write(*, by: Actor, at: datetime, case: Case, booking: Booking, text: NoteText, once: UUID | None = None) -> Note:
    """Sign and lock the record of one meeting: six parts, sealed under the case's FILE key."""
    ring = rings.open_ring("case", case.pk, opener_of(by), to_seal=True, client=case.client_id)
    note = _record_of(by, at, case, booking)
    note.signed_at = at
    sealed = close_text(note, "body", text.as_text(), ring.key(Scope.FILE))
    _save(note)
    audit.sealed(hashlib.sha256(sealed).digest())
    settle(kind="record", about=booking, by=by.id, at=at)
    return note


@audit.act(Act.ADD_TO_NOTE, on=("note.case", "note"), facts=addition_facts)
def add(*, by: Actor, at: datetime, note: Note, text: NoteText, once: UUID | None = None) -> Note:
    """What comes later stands beside the signed record, with its own time; nothing is overwritten."""
    ring = rings.open_ring("case", note.case_id, opener_of(by), to_seal=True, client=note.case.client_id)
    later = Note(
        case_id=note.case_id, author_id=by.id, adds_to=note, happened_at=note.happened_at, written_at=at, signed_at=at
    )
    sealed = close_text(later, "body", text.as_text(), ring.key(Scope.FILE))
    later.save(force_insert=True)
    audit.sealed(hashlib.sha256(sealed).digest())
    return later


@audit.act(Act.CHANGE_NOTE, on=("note.case", "note"), facts=addition_facts)
def change(*, by: Actor, at: datetime, note: Note, text: NoteText) -> Note:
    """Changing what is signed: the charter refuses it, and the attempt is an entry. A draft is changed by writing on."""
    held.close_to(note, "draft", text.as_text(), held.keypair_of_staff(by.id))
    note.save(update_fields=["draft"])
    return note


@dataclass(frozen=True, slots=True)
class Page:
    """One opened record of a file."""

    note: Note
    text: NoteText


@audit.act(Act.READ_NOTES, on="case", facts=care_facts, reads=True)
def read_file(*, by: Actor, at: datetime, case: Case) -> Sequence[Page]:
    """Open the whole file of a case: one entry, however many records there are."""
    key = rings.open_ring("case", case.pk, opener_of(by)).key(Scope.FILE)
    first = F("adds_to").asc(nulls_first=True)
    rows = Note.objects.filter(case=case).exclude(signed_at=None).order_by("happened_at", "written_at", first, "id")
    return [Page(row, NoteText.of(open_text(row, "body", key))) for row in rows]


@audit.act(Act.READ_REASON, on="case", facts=care_facts, reads=True)
def read_reasons(*, by: Actor, at: datetime, case: Case) -> dict[UUID, Opened]:
    """What the client said beforehand, booking by booking."""
    ring = rings.open_ring("case", case.pk, opener_of(by))
    rows = Booking.objects.filter(case=case).exclude(reason=None)
    return {row.pk: open_text(row, "reason", ring.key(Scope.SHARED)) for row in rows}


@audit.act(Act.READ_DRAFT, on="booking", reads=True)
def read_draft(*, by: Actor, at: datetime, booking: Booking) -> NoteText:
    """The author's own draft, opened with the own key: it belongs to nobody else yet. Empty where there is none."""
    note = Note.objects.filter(booking=booking, adds_to=None, author_id=by.id).first()
    if note is None or note.draft is None:
        return NoteText()
    return NoteText.of(held.open_own(note, "draft", opener_of(by)))
