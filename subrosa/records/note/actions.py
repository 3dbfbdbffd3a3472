"""Write a record, keep its draft, add to it, read it. A signed record never changes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.records import audit
from subrosa.records.appointment.models import Booking
from subrosa.records.case.facts import care_facts
from subrosa.records.case.models import Case
from subrosa.records.duty.steps import owe, settle_written
from subrosa.records.school.prepared import put
from subrosa.records.vault import held, rings
from subrosa.records.vault.opened import Opened
from subrosa.records.vault.opener import opener_of
from subrosa.records.vault.rings import Scope
from subrosa.records.vault.texts import close_text, open_text

from .drafts import KEPT, kept_instead, record_of
from .drafts import keep_draft as keep_draft
from .drafts import read_draft as read_draft
from .facts import addition_facts, ask_ahead, write_facts
from .mark import NOWHERE, Mark
from .models import Note
from .parts import NoteText


@audit.act(Act.WRITE_NOTE, on=("case",), facts=write_facts, draft=kept_instead)
@audit.asking(ask_ahead)
@audit.together
def write(
    *,
    by: Actor,
    at: datetime,
    case: Case,
    booking: Booking,
    text: NoteText,
    mark: Mark = NOWHERE,
    once: UUID | None = None,
) -> Note:
    """Sign and lock the record of one meeting: six parts, sealed under the case's FILE key."""
    ring = rings.open_ring("case", case.pk, opener_of(by), to_seal=True, client=case.client_id)
    note = record_of(by, at, case, booking)
    note.signed_at = at
    full = text.full()
    sealed = close_text(note, "body", full.as_text(), ring.key(Scope.FILE))
    put(note, instead=KEPT)
    audit.sealed(hashlib.sha256(sealed).digest())
    settle_written(full.asked.danger, booking, by=by.id, at=at)
    owe(full.asked.danger, booking, by=by.id, at=at)
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
