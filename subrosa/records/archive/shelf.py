"""What lies on the shelf: files to be bound, volumes with their pages, what is followed up. No names and no text."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet

from subrosa.policy.actor import Actor
from subrosa.records.appointment.models import Booking
from subrosa.records.appointment.states import State as Meeting
from subrosa.records.audit.volume import Report, as_file, check
from subrosa.records.audit.witness import verifier_line
from subrosa.records.case.models import Case
from subrosa.records.case.states import State
from subrosa.records.duty.models import Duty
from subrosa.records.note.models import Note
from subrosa.records.person.models import Staff
from subrosa.records.school.calendar import calendar
from subrosa.records.school.context import Ground, on, school_in_force
from subrosa.records.vault.opener import Opener
from subrosa.records.vault.rings import team_id
from subrosa.records.vault.taking import holds
from subrosa.timetable.terms import Term

from .models import Bound, FileLine, Sheet, Volume
from .terms import RUN, begin_of, end_of, ended_before, owed_since, term_at

FOLLOWED = ("referred",)  # reasons of closing after which the archive keeps a case in sight
MOST = 200


def _unbound() -> QuerySet[Case]:
    """Closed cases that are in no volume."""
    closed = Case.objects.filter(state__in=[State.CLOSED, State.ARCHIVED])
    return closed.exclude(pk__in=Bound.objects.values("case_id"))


def _unbound_of(term: Term) -> QuerySet[Case]:
    """Those that were closed in a term: a case belongs to the term of its closing, whenever it was handed over."""
    return _unbound().filter(closed_at__gt=begin_of(term), closed_at__lte=end_of(term))


def left_of(term: Term) -> int:
    """How many cases of a term (or from before it) are not bound yet."""
    return _unbound().filter(closed_at__lte=end_of(term)).count()


def to_bind(counselor: UUID, term: Term) -> list[Case]:
    """The archived files of one counselor that the volume of a term would hold, by number."""
    return list(_unbound_of(term).filter(counselor_id=counselor, state=State.ARCHIVED).order_by("number"))


def _without_record(term: Term) -> list[Booking]:
    """Held meetings without a signed record, in closed cases that the volumes of a term wait for."""
    signed = Note.objects.filter(adds_to=None).exclude(signed_at=None).exclude(booking=None).values("booking_id")
    closed = _unbound_of(term).filter(state=State.CLOSED)
    rows = Booking.objects.select_related("case").filter(case__in=closed, state=Meeting.HELD)
    return list(rows.exclude(pk__in=signed).order_by("case__number", "starts_at"))


def _named(row: Booking) -> str:
    """A meeting without a record, as a ruling names it: the file's number, day and hour."""
    return f"{row.case.number}: {row.starts_at.astimezone(calendar().zone):%Y-%m-%d %H:%M}"


def missing_records(counselor: UUID, term: Term) -> tuple[str, ...]:
    """What one counselor's volume of a term waits for."""
    return tuple(_named(row) for row in _without_record(term) if row.case.counselor_id == counselor)


@dataclass(frozen=True, slots=True)
class Pile:
    """One counselor's files of one term: how many are ready, how many are closed and not handed over, what is missing."""

    counselor: Staff
    ready: int
    not_handed_over: int
    missing: tuple[str, ...]


def piles(term: Term) -> list[Pile]:
    """By counselor, what the volumes of a term would hold."""
    handed = Count("pk", filter=Q(state=State.ARCHIVED))
    rows = list(
        _unbound_of(term).values("counselor_id").annotate(ready=handed, every=Count("pk")).order_by("counselor_id")
    )
    people = Staff.objects.in_bulk([row["counselor_id"] for row in rows])
    lacking = _without_record(term)
    return [
        Pile(
            people[row["counselor_id"]],
            row["ready"],
            row["every"] - row["ready"],
            tuple(_named(one) for one in lacking if one.case.counselor_id == row["counselor_id"]),
        )
        for row in rows
    ]


def terms_to_bind() -> list[Term]:
    """The terms of which something is left, the oldest first."""
    days = {calendar().local(one) for one in _unbound().values_list("closed_at", flat=True) if one is not None}
    return sorted({term_at(day) for day in days})


def owed_before(term: Term) -> bool:
    """Whether the archive of a term was owed already, settled or not."""
    return Duty.objects.filter(kind=RUN, opened_at__gt=owed_since(term)).exists()


def run_to_owe(at: datetime) -> Term | None:
    """The term whose archive becomes owed now: it is over, something is left, and nobody was told yet."""
    term = ended_before(calendar().local(at))
    if owed_before(term) or not left_of(term):
        return None
    return term


def held_meetings(cases: Iterable[Case]) -> dict[UUID, int]:
    """How many meetings each case had."""
    rows = Booking.objects.filter(case__in=list(cases), state=Meeting.HELD)
    return dict(rows.values_list("case_id").annotate(n=Count("pk")))


def volumes(*, most: int = MOST) -> list[Volume]:
    """Every volume, the newest first."""
    return list(Volume.objects.select_related("counselor").defer("head", "note").order_by("-number")[:most])


def volume(key: UUID) -> Volume | None:
    """One volume."""
    return Volume.objects.select_related("counselor").filter(pk=key).first()


@dataclass(frozen=True, slots=True)
class IndexLine:
    """One line of a volume's signed index, and since when the file is destroyed, if it is."""

    number: int
    since: date
    until: date
    sessions: int
    first_page: int
    last_page: int
    destroyed_at: datetime | None


def index_of(volume: Volume) -> list[IndexLine]:
    """The index as it was signed, with what became of each file."""
    gone = Case.objects.filter(pk__in=Bound.objects.filter(volume=volume).values("case_id"), state=State.DESTROYED)
    since = dict(gone.values_list("number", "destroyed_at"))
    return [
        IndexLine(
            one["number"],
            date.fromisoformat(one["from"]),
            date.fromisoformat(one["until"]),
            one["sessions"],
            one["first_page"],
            one["last_page"],
            since.get(one["number"]),
        )
        for one in json.loads(bytes(volume.head))["files"]
    ]


def where_bound(cases: Sequence[Case]) -> dict[UUID, Bound]:
    """By case, the volume and the pages where it is bound."""
    return {row.case_id: row for row in Bound.objects.select_related("volume").filter(case__in=list(cases))}


def sheets_of(volume: UUID, place: int | None = None) -> Iterator[bytes]:
    """The sealed pieces of a volume (or of one file in it) in their order, a few in memory at once."""
    rows = Sheet.objects.filter(volume_id=volume, **({} if place is None else {"place": place}))
    return (bytes(body) for body in rows.order_by("place", "piece").values_list("body", flat=True).iterator(8))


def file_of(volume: Volume) -> Iterator[bytes]:
    """A volume as a sealed file."""
    return as_file(bytes(volume.head), volume.note, sheets_of(volume.pk))


def stream_of(volume: Volume) -> Iterator[bytes]:
    """The same on its way out, after the request, in whatever thread sends it: no connection is held between two pieces."""
    pieces = list(Sheet.objects.filter(volume=volume).order_by("place", "piece").values_list("pk", flat=True))
    connection.close()
    return as_file(bytes(volume.head), volume.note, _fetched(pieces, school_in_force()))


def _fetched(pieces: Sequence[UUID], school: Ground) -> Iterator[bytes]:
    for key in pieces:
        with on(school):
            try:
                body = bytes(Sheet.objects.values_list("body", flat=True).get(pk=key))
            finally:
                connection.close()  # back to the pool
        yield body


class _Reader(io.RawIOBase):
    """What comes in pieces, to be read like a file."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._held = pieces, b""

    def readable(self) -> bool:
        """It is read and not written."""
        return True

    def readinto(self, into: object) -> int:
        """The next bytes."""
        place = memoryview(into)  # type: ignore[arg-type]  # whatever reads gives its buffer
        while not self._held:
            following = next(self._pieces, None)
            if following is None:
                return 0
            self._held = following
        size = min(len(place), len(self._held))
        place[:size], self._held = self._held[:size], self._held[size:]
        return size


def checked(volume: Volume) -> Report:
    """A volume read to its end, as `subrosa archive verify` reads the file."""
    return check(io.BufferedReader(_Reader(file_of(volume))), verifier_line())


def is_whole(volume: Volume, report: Report | None = None) -> bool:
    """Whether a volume is as it was bound, and the columns that pages read say what its signed index says."""
    report = report or checked(volume)
    said = (report.number, report.files, report.pages)
    return report.whole and said == (volume.number, volume.files, volume.pages)


def digest_of(volume: Volume) -> str:
    """The hash of a volume's index: printed on its first page, it names exactly this volume."""
    return hashlib.sha256(bytes(volume.head)).hexdigest()


def followed_up() -> list[Case]:
    """Cases in the archive that are kept in sight: the client was referred on, and has not come back since."""
    again = Case.objects.filter(state=State.OPEN).values("client_id")
    rows = Case.objects.filter(state=State.ARCHIVED, why_closed__in=FOLLOWED).exclude(client_id__in=again)
    return list(rows.order_by("-closed_at", "id")[:MOST])


def keeps_the_key(by: Actor) -> bool:
    """Whether somebody's unlocked session holds the archive's key."""
    return isinstance(by.opener, Opener) and holds("archive", team_id("archive"), by.opener.keypair)


def register(*, most: int = MOST, start: int = 0) -> list[FileLine]:
    """The register of files, newest first."""
    return list(FileLine.objects.select_related("case", "case__counselor").order_by("-number")[start : start + most])
