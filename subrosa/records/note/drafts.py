"""The draft of a record: sealed to its author while it is typed, and never written over from another page.

A page that opens a draft draws an id, and says with every text what it was opened on. What was kept from one page is
written over by that page alone, or by one that was opened on it; any other text is kept beside, for its author to look at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.records import audit
from subrosa.records.appointment.models import Booking
from subrosa.records.case.models import Case
from subrosa.records.school.prepared import put, put_and_ask
from subrosa.records.vault import held
from subrosa.records.vault.opener import opener_of

from .facts import choice_facts, draft_facts
from .mark import NOWHERE, Mark, said, stale
from .models import DraftBeside, Note
from .parts import NoteText

KEPT = ["author", "draft", "body", "happened_at", "written_at", "signed_at", "draft_page", "draft_turn"]


def record_of(by: Actor, at: datetime, case: Case, booking: Booking) -> Note:
    """The row of a meeting's one record, not saved: its id follows from the booking's, so nobody has to look it up."""
    key = uuid5(booking.pk, "record")
    return Note(pk=key, case=case, booking=booking, author_id=by.id, happened_at=booking.starts_at, written_at=at)


def save(note: Note) -> bool:
    """Insert it, or put it in place of its own draft, in one statement; whether it is the first of it."""
    return put_and_ask(note, instead=KEPT)


@audit.act(Act.KEEP_DRAFT, on=("case",), facts=draft_facts)
def keep_draft(
    *,
    by: Actor,
    at: datetime,
    case: Case,
    booking: Booking,
    text: NoteText,
    mark: Mark = NOWHERE,
    once: UUID | None = None,
) -> Note:
    """Keep what was typed, sealed to its author's public half: a locked session can do it too.

    A draft is an entry when it is begun and when it is signed; what is typed in between is not (keys.md, the ledger).
    Answers the row as it is kept: where its `draft_page` is another one, this text stands beside it.
    """
    note = record_of(by, at, case, booking)
    last = Note.objects.filter(pk=note.pk).defer("draft", "body").first()
    if last is not None and stale(last.draft_page, last.draft_turn, mark):
        return _keep_beside(last, by, at, text, mark)
    if last is not None and last.draft_page == mark.page and mark.turn < last.draft_turn:
        audit.goes_on()  # sent earlier and come later: the page has kept more since
        return last
    note.draft_page, note.draft_turn = mark.page, mark.turn
    held.close_to(note, "draft", text.as_text(), held.keypair_of_staff(by.id))
    if not save(note):
        audit.goes_on()
    return note


def _keep_beside(note: Note, by: Actor, at: datetime, text: NoteText, mark: Mark) -> Note:
    audit.goes_on()
    key = uuid5(note.pk, str(mark.page))
    if not DraftBeside.objects.filter(pk=key, turn__gt=mark.turn).exists():
        row = DraftBeside(pk=key, note=note, page=mark.page, turn=mark.turn, kept_at=at)
        held.close_to(row, "text", text.as_text(), held.keypair_of_staff(by.id))
        put(row, instead=["text", "turn", "kept_at"])
    return note


@dataclass(frozen=True, slots=True)
class Beside:
    """One more text of the same record, from another page."""

    page: UUID
    kept_at: datetime
    text: NoteText


@dataclass(frozen=True, slots=True)
class Draft:
    """The own draft, opened: its text, what a page that shows it was opened on, and what stands beside it."""

    text: NoteText = field(default_factory=NoteText)
    opened_on: str = ""
    kept_at: datetime | None = None
    beside: Sequence[Beside] = ()


@audit.act(Act.READ_DRAFT, on="booking", reads=True)
def read_draft(*, by: Actor, at: datetime, booking: Booking) -> Draft:
    """The author's own draft, opened with the own key: it belongs to nobody else yet. Empty where there is none."""
    note = Note.objects.filter(booking=booking, adds_to=None, author_id=by.id).exclude(draft=None).first()
    if note is None:
        return Draft()
    who = opener_of(by)
    rows = DraftBeside.objects.filter(note=note).order_by("kept_at", "id")
    beside = [Beside(row.page, row.kept_at, NoteText.of(held.open_own(row, "text", who))) for row in rows]
    text = NoteText.of(held.open_own(note, "draft", who))
    return Draft(text, said(note.draft_page, note.draft_turn), note.written_at, beside)


@audit.act(Act.CHOOSE_DRAFT, on=("case",), facts=choice_facts)
def choose_draft(
    *, by: Actor, at: datetime, case: Case, booking: Booking, page: UUID, once: UUID | None = None
) -> Note:
    """Go on with the text that stands beside; the one that was gone on with until now takes its place. Neither is lost."""
    note = Note.objects.get(booking=booking, adds_to=None, author_id=by.id)
    chosen = DraftBeside.objects.filter(note=note, page=page).first()
    if chosen is None:
        return note  # pressed twice: it stands there already
    who, pair = opener_of(by), held.keypair_of_staff(by.id)
    last, next_one = held.open_own(note, "draft", who), held.open_own(chosen, "text", who)
    left = note.draft_page or NOWHERE.page
    other = DraftBeside(
        pk=uuid5(note.pk, str(left)), note=note, page=left, turn=note.draft_turn, kept_at=note.written_at
    )
    held.close_to(other, "text", last, pair)
    note.draft_page, note.draft_turn, note.written_at = chosen.page, chosen.turn, chosen.kept_at
    held.close_to(note, "draft", next_one, pair)
    chosen.delete()
    other.save(force_insert=True)
    note.save(update_fields=["draft", "draft_page", "draft_turn", "written_at"])
    return note


@audit.act(Act.PUT_DRAFT_AWAY, on=("case",), facts=choice_facts)
def put_draft_away(
    *, by: Actor, at: datetime, case: Case, booking: Booking, page: UUID, once: UUID | None = None
) -> Booking:
    """The text that stands beside is not needed: it is gone for good, and this press is an entry."""
    DraftBeside.objects.filter(note__booking=booking, note__author_id=by.id, page=page).delete()
    return booking


def forget_drafts(case: Case) -> None:
    """When a file is destroyed: a draft opens with its author's key, not with the case's, so it goes by itself."""
    DraftBeside.objects.filter(note__case=case).delete()
    Note.objects.filter(case=case).update(draft=None)


def kept_instead(*, by: Actor, at: datetime, **given: Any) -> None:
    """What a signature that was *not yet* leaves behind: the draft, as it was typed."""
    known = {name: given[name] for name in ("case", "booking", "text", "mark") if name in given}
    keep_draft(by=by, at=at, **known)
