"""Attach a file to a case: it comes in pieces, each sealed before it is stored, and is there when the last one is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.records import audit
from subrosa.records.case.models import Case
from subrosa.records.consent.actions import SCAN
from subrosa.records.duty.book import settle_of_case
from subrosa.records.vault import rings
from subrosa.records.vault.files import PIECE as PIECE
from subrosa.records.vault.files import FileKey, key_of_file, seal_part
from subrosa.records.vault.opener import opener_of
from subrosa.records.vault.rings import Key, Scope
from subrosa.records.vault.texts import close_text, open_text

from .about import About
from .facts import dropping_facts, piece_facts, reading_facts, scan_facts, upload_facts, whole_facts
from .models import Attachment, Piece
from .queries import received

BODY: int = Piece._meta.get_field("body").number


def _sealing_key(by: Actor, attachment: Attachment) -> Key:
    case = attachment.case
    return rings.open_ring("case", case.pk, opener_of(by), to_seal=True, client=case.client_id).key(Scope.FILE)


def _keep(by: Actor, attachment: Attachment, number: int, plain: bytes, *, last: bool = False) -> None:
    file = key_of_file(attachment, BODY, _sealing_key(by, attachment))
    body = seal_part(file, number, plain, last=last)
    Piece.objects.create(attachment=attachment, number=number, body=body)


@audit.act(Act.UPLOAD_FILE, on="case", facts=upload_facts)
def begin(*, by: Actor, at: datetime, case: Case, once: UUID | None = None) -> Attachment:
    """Make room for a file. Nobody sees it until it is whole."""
    rings.open_ring("case", case.pk, opener_of(by), to_seal=True, client=case.client_id)
    return Attachment.objects.create(case=case, author_id=by.id, begun_at=at)


@audit.act(Act.UPLOAD_FILE, on=("attachment.case", "attachment"), facts=piece_facts)
def keep_piece(*, by: Actor, at: datetime, attachment: Attachment, number: int, plain: bytes) -> Attachment:
    """Seal and store one full piece. One that is there already is left as it is, so that a portion may be sent twice."""
    audit.goes_on()
    if number == received(attachment):
        _keep(by, attachment, number, plain)
    return attachment


@audit.act(Act.ATTACH_FILE, on=("attachment.case", "attachment"), facts=whole_facts)
def attach(
    *, by: Actor, at: datetime, attachment: Attachment, about: About, rest: bytes, once: UUID | None = None
) -> Attachment:
    """Seal what is left of the file, its name and type, and put it into the case. Whatever its type, it is sealed."""
    _keep(by, attachment, about.size // PIECE, rest, last=True)
    sealed = close_text(attachment, "about", about.as_text(), _sealing_key(by, attachment))
    attachment.attached_at = at
    attachment.save(update_fields=["about", "attached_at"])
    audit.sealed(hashlib.sha256(sealed).digest())
    return attachment


@audit.act(Act.NAME_SCAN, on=("attachment.case", "attachment"), facts=scan_facts)
def name_scan(*, by: Actor, at: datetime, attachment: Attachment, once: UUID | None = None) -> Attachment:
    """This file is the scan of the paper that was signed: nothing more is owed about it."""
    settle_of_case(kind=SCAN, case=attachment.case_id, by=by.id, at=at)
    return attachment


@audit.act(Act.DROP_UPLOAD, on=("attachment.case", "attachment"), facts=dropping_facts)
def drop(*, by: Actor, at: datetime, attachment: Attachment) -> None:
    """An upload that broke off leaves nothing."""
    Piece.objects.filter(attachment=attachment).delete()
    Attachment.objects.filter(pk=attachment.pk).delete()


@dataclass(frozen=True, slots=True)
class Opening:
    """A file about to be read: what it is, and its key. Its pieces come one after the other, outside the act."""

    id: UUID
    about: About
    key: FileKey

    def __repr__(self) -> str:
        return "…"


@audit.act(Act.READ_ATTACHMENT, on=("attachment.case", "attachment"), facts=reading_facts, reads=True)
def read(*, by: Actor, at: datetime, attachment: Attachment) -> Opening:
    """Open one file: one entry, however long it is."""
    key = rings.open_ring("case", attachment.case_id, opener_of(by)).key(Scope.FILE)
    about = About.of(open_text(attachment, "about", key))
    return Opening(attachment.pk, about, key_of_file(attachment, BODY, key))
