"""Bind the archived files of one counselor and term, look a volume up, hand it out. What is bound is never changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.policy.facts import ArchivedFacts, RunFacts, VolumeFacts, VolumeWholeFacts
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Owed
from subrosa.records import audit
from subrosa.records.audit.volume import sign_index
from subrosa.records.case.models import Case, Counter
from subrosa.records.case.series import draw
from subrosa.records.case.states import State
from subrosa.records.duty.models import Duty
from subrosa.records.person.models import Staff
from subrosa.records.school.calendar import calendar
from subrosa.records.school.context import current_school
from subrosa.records.vault import rings
from subrosa.records.vault.files import PIECE, key_of_file, open_part, seal_part
from subrosa.records.vault.opener import Opener, opener_of
from subrosa.records.vault.rings import Ring, Scope
from subrosa.timetable.terms import Term

from .contents import Contents, contents_of
from .models import Bound, Sheet, Volume
from .shelf import held_meetings, is_whole, left_of, missing_records, owed_before, sheets_of
from .terms import RUN, due_of, ended_before

BODY = 130  # the number of the field that holds the pieces, FORMAT.md §10


@dataclass(frozen=True, slots=True)
class Typeset:
    """One file as it is bound: its PDF, and on which pages of the volume it stands."""

    case: UUID
    pdf: bytes
    first_page: int
    last_page: int

    def __repr__(self) -> str:
        return "…"


def _archived(*, case: Case, **_: Any) -> tuple[ArchivedFacts]:
    return (ArchivedFacts(case.state),)


@audit.act(Act.OPEN_ARCHIVED, on="case", facts=_archived, reads=True)
def open_archived(*, by: Actor, at: datetime, case: Case) -> Case:
    """Open one file with the archive's key: to bind it, or to look something up. The client sees it in the file's log."""
    rings.open_ring("case", case.pk, opener_of(by))
    return case


def contents(by: Actor, case: Case) -> Contents:
    """What stands in a file that `open_archived` has opened in this request."""
    return contents_of(opener_of(by), case)


def _binding(*, counselor: Staff, term: Term, cases: Sequence[Case], **_: Any) -> tuple[VolumeFacts]:
    archived = all(one.state == State.ARCHIVED and one.counselor_id == counselor.pk for one in cases)
    return (VolumeFacts(len(cases), archived, missing_records(counselor.pk, term)),)


@audit.act(Act.BIND_VOLUME, on="cases", facts=_binding)
def bind(
    *,
    by: Actor,
    at: datetime,
    counselor: Staff,
    term: Term,
    cases: Sequence[Case],
    typeset: Mapping[UUID, Typeset],
    once: UUID | None = None,
) -> Volume:
    """Seal each file's PDF under a key of that file, write the index, sign it. The type was set before, outside of the act.

    The number of the volume is drawn last. A file is bound once: the database refuses it in a second volume.
    """
    who, ordered = opener_of(by), sorted(cases, key=lambda one: typeset[one.pk].first_page)
    volume = Volume(
        counselor=counselor,
        first=term.first,
        last=term.last,
        files=len(ordered),
        pages=typeset[ordered[-1].pk].last_page,
        made_at=at,
    )
    bound, sheets, index = [], list[Sheet](), list[dict[str, Any]]()
    meetings = held_meetings(ordered)
    for place, case in enumerate(ordered):
        one = typeset[case.pk]
        row = Bound(volume=volume, case=case, place=place, first_page=one.first_page, last_page=one.last_page)
        ring = rings.open_ring("case", case.pk, who, to_seal=True, client=case.client_id)
        pieces = _sealed(row, ring, one.pdf)
        bound.append(row)
        sheets += [Sheet(volume=volume, place=place, piece=n, body=body) for n, body in enumerate(pieces)]
        index.append(_entry(row, ring, pieces, meetings.get(case.pk, 0)))
    _number_and_sign(volume, index)
    Bound.objects.bulk_create(bound)
    Sheet.objects.bulk_create(sheets, batch_size=8)
    audit.sealed(hashlib.sha256(bytes(volume.head)).digest())
    _settle_run(by=by, at=at)
    return volume


def _sealed(row: Bound, ring: Ring, pdf: bytes) -> list[bytes]:
    """A file's PDF in pieces under a key of its own."""
    key, whole = key_of_file(row, BODY, ring.key(Scope.FILE)), len(pdf) // PIECE
    full = [seal_part(key, n, pdf[n * PIECE : (n + 1) * PIECE]) for n in range(whole)]
    return [*full, seal_part(key, whole, pdf[whole * PIECE :], last=True)]


def _entry(row: Bound, ring: Ring, pieces: Sequence[bytes], meetings: int) -> dict[str, Any]:
    """One line of the index: numbers and days, and what a second reader needs to find the key."""
    case = row.case
    assert case.closed_at is not None, "what is archived was closed"
    return {
        "number": case.number,
        "from": calendar().local(case.opened_at).isoformat(),
        "until": calendar().local(case.closed_at).isoformat(),
        "sessions": meetings,
        "first_page": row.first_page,
        "last_page": row.last_page,
        "case": str(case.pk),
        "bound": str(row.pk),
        "keyring": str(ring.row.pk),
        "generation": ring.row.generation,
        "pieces": [len(one) for one in pieces],
        "sha256": hashlib.sha256(b"".join(pieces)).hexdigest(),
    }


def _number_and_sign(volume: Volume, index: list[dict[str, Any]]) -> None:
    """The number comes from a series without gaps; the signature is over it too, so it is drawn before the row is put in."""

    def sign(number: int) -> None:
        head = {
            "volume": str(volume.pk),
            "number": number,
            "school": current_school(),
            "counselor": str(volume.counselor_id),
            "first": volume.first.isoformat(),
            "last": volume.last.isoformat(),
            "made": calendar().local(volume.made_at).isoformat(),
            "files": index,
        }
        volume.head, volume.note = sign_index(head)

    draw("volume", volume, numbered=sign)


def _settle_run(*, by: Actor, at: datetime) -> None:
    """When nothing is left of the term that ended last, what was owed of it is done."""
    if not left_of(ended_before(calendar().local(at))):
        Duty.objects.filter(kind=RUN, settled_at=None).update(settled_at=at, settled_by=by.id)


def _giving_out(*, volume: Volume, **_: Any) -> tuple[VolumeWholeFacts]:
    return (VolumeWholeFacts(is_whole(volume)),)


@audit.act(Act.TAKE_VOLUME, on="volume", facts=_giving_out, reads=True)
def take(*, by: Actor, at: datetime, volume: Volume) -> Volume:
    """Hand a volume out as a sealed file: nobody reads it without the keys that stay here."""
    return volume


@dataclass(frozen=True, slots=True)
class Part:
    """One file of an opened volume; `pdf` is empty where the file was destroyed since."""

    case: Case
    first_page: int
    last_page: int
    pdf: bytes

    def __repr__(self) -> str:
        return "…"


@audit.act(Act.OPEN_VOLUME, on="volume", facts=_giving_out, reads=True)
def open_volume(*, by: Actor, at: datetime, volume: Volume) -> list[Part]:
    """Open every file of a volume that still has its key, to print and bind it; each opening stands in its file's log."""
    who = opener_of(by)
    found = []
    for row in Bound.objects.select_related("case").filter(volume=volume).order_by("place"):
        pdf = b""
        if row.case.state != State.DESTROYED:
            open_archived(by=by, at=at, case=row.case)
            pdf = b"".join(_opened(row, who))
        found.append(Part(row.case, row.first_page, row.last_page, pdf))
    return found


def _opened(row: Bound, who: Opener) -> Iterator[bytes]:
    ring: Ring = who.rings[("case", row.case_id)]
    key, pieces = key_of_file(row, BODY, ring.key(Scope.FILE)), list(sheets_of(row.volume_id, row.place))
    for n, body in enumerate(pieces):
        yield open_part(key, n, body, last=n == len(pieces) - 1)


def _run(*, at: datetime, term: Term, **_: Any) -> tuple[RunFacts]:
    """The counter's row is locked: of two clocks one is the first."""
    Counter.objects.select_for_update(no_key=True).get_or_create(name=RUN)
    return (RunFacts(calendar().local(at) > term.last, owed_before(term), left_of(term)),)


def _run_owed(*, term: Term, **_: Any) -> list[Owed]:
    people = list(Staff.objects.filter(state="active").order_by("invited_at", "id"))
    keeper = next((one for role in (Role.CUSTODIAN, Role.LEAD) for one in people if role in one.roles), None)
    return [Owed(RUN, "REC-04", due_of(term), keeper.pk if keeper else None)]


@audit.act(Act.OWE_ARCHIVE_RUN, facts=_run, owes=_run_owed)
def owe_run(*, by: Actor, at: datetime, term: Term) -> None:
    """The clock's act: a term is over and files of it are not bound yet, so the custodian owes the volumes."""
