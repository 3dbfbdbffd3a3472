"""From rows to what the clauses about records may look at. Guarded by the case row."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from subrosa.policy.actor import Actor, Kind
from subrosa.policy.facts import CareTeamFacts, ConsentFacts, DangerFacts, RecordFacts
from subrosa.policy.ruling import Boundary
from subrosa.records.appointment.models import Booking
from subrosa.records.appointment.states import State
from subrosa.records.case.models import CareMember, Case
from subrosa.records.case.queries import on_care_team
from subrosa.records.consent.queries import open_points, signatures
from subrosa.records.duty.models import Duty
from subrosa.records.duty.steps import NEXT_STEP, danger_facts, duty_of
from subrosa.records.school.calendar import school_profile
from subrosa.records.school.prepared import Prepared
from subrosa.records.vault.rings import ask_ring

from .mark import NOWHERE, Mark, stale
from .models import DraftBeside, Note
from .parts import NoteText


def _of_meeting(booking: UUID, case: UUID, staff: UUID, step: UUID) -> QuerySet[Booking, tuple[Any, ...]]:
    """What is known of one meeting and its record, in one statement: an act of writing has twelve."""
    record = Note.objects.filter(booking=OuterRef("pk"), adds_to=None)
    member = CareMember.objects.filter(case=OuterRef("case_id"), staff_id=staff, until=None)
    before = Note.objects.filter(case=OuterRef("case_id"), adds_to=None, short_of=None).exclude(signed_at=None)
    kept = record.filter(signed_at=None)
    rows = Booking.objects.filter(pk=booking, case_id=case).annotate(
        joined=Exists(member),
        signed=Exists(record.exclude(signed_at=None)),
        begun_by_another=Exists(record.filter(signed_at=None).exclude(author_id=staff)),
        agreed=Exists(signatures(OuterRef("case_id"))),
        recorded=Exists(before),
        listed=Exists(open_points(OuterRef("case_id"))),
        said_why=Q(why_long__isnull=False),
        beside=Exists(DraftBeside.objects.filter(note__booking=OuterRef("pk"))),
        kept_page=Subquery(kept.values("draft_page")),
        kept_turn=Subquery(kept.values("draft_turn")),
        short=Exists(Note.objects.filter(short_of=OuterRef("pk"))),
        step_named=Exists(Duty.objects.filter(pk=step)),
    )
    return rows.values_list(*KNOWN)


KNOWN = (
    *("state", "joined", "signed", "begun_by_another", "agreed", "recorded", "listed"),
    *("client__lacks", "starts_at", "ends_at", "lasted", "said_why", "beside", "kept_page", "kept_turn"),
    *("short", "step_named"),
)
OF_MEETING = Prepared(_of_meeting)


def _which(by: Actor, case: Case, booking: Booking) -> dict[str, UUID]:
    return {"booking": booking.pk, "case": case.pk, "staff": by.id, "step": duty_of(booking.pk, NEXT_STEP)}


def ask_ahead(*, by: Actor, case: Case, booking: Booking, **_: Any) -> None:
    """Send what the facts of a record and the opening of its case will read."""
    OF_MEETING.ask(**_which(by, case, booking))
    ask_ring("case", case.pk, by.opener)


def _asked(by: Actor, case: Case, booking: Booking) -> dict[str, Any]:
    rows = OF_MEETING.rows(**_which(by, case, booking))
    return dict(zip(KNOWN, rows[0], strict=True)) if rows else {}


def _team_and_record(by: Actor, case: Case, text: NoteText, asked: dict[str, Any]) -> tuple[CareTeamFacts, RecordFacts]:
    on_team = by.kind is Kind.STAFF and bool(asked) and (case.counselor_id == by.id or asked["joined"])
    if on_team and asked["begun_by_another"]:
        raise Boundary("REC-01", "a_meeting_has_one_record")
    record = RecordFacts(text.empty_parts(), asked.get("state") == State.HELD, asked.get("signed", False))
    return CareTeamFacts(on_team), record


def draft_facts(
    *, by: Actor, case: Case, booking: Booking, text: NoteText, **_: Any
) -> tuple[CareTeamFacts, RecordFacts]:
    """A draft may be kept by who is on the care team, until the record is signed; never over a colleague's own draft."""
    return _team_and_record(by, case, text, _asked(by, case, booking))


def _minutes(asked: dict[str, Any]) -> int:
    """How long a meeting was: as planned, unless something else was noted."""
    if not asked:
        return 0
    planned = int((asked["ends_at"] - asked["starts_at"]).total_seconds() // 60)
    return planned if asked["lasted"] is None else int(asked["lasted"])


def choice_facts(*, by: Actor, case: Case, booking: Booking, **_: Any) -> tuple[CareTeamFacts, RecordFacts]:
    """One of two texts of the same record, chosen by who typed both."""
    return _team_and_record(by, case, NoteText(), _asked(by, case, booking))


def _another_text(asked: dict[str, Any], mark: Mark) -> bool:
    """Whether something was typed for this record that the page about to be signed does not know."""
    if not asked:
        return False
    begun = asked["kept_turn"] is not None
    return bool(asked["beside"]) or (begun and stale(asked["kept_page"], asked["kept_turn"], mark))


def _about_to_be_signed(record: RecordFacts, asked: dict[str, Any], mark: Mark) -> RecordFacts:
    """With what only signing asks: the registration form before the first record, and why a meeting was long."""
    return replace(
        record,
        text_beside=_another_text(asked, mark),
        form_lacks=() if asked.get("recorded", True) else tuple(asked["client__lacks"]),
        minutes=_minutes(asked),
        asks_after_minutes=school_profile()["sessions.overrun_asks_after_minutes"],
        long_for_a_reason=asked.get("said_why", False),
    )


def write_facts(
    *, by: Actor, at: datetime, case: Case, booking: Booking, text: NoteText, mark: Mark = NOWHERE, **_: Any
) -> tuple[CareTeamFacts, RecordFacts, ConsentFacts, DangerFacts]:
    """A record about to be signed. Where the client has ended it, it is the rest of a file: nobody is asked to sign any more."""
    asked = _asked(by, case, booking)
    team, record = _team_and_record(by, case, text, asked)
    record = _about_to_be_signed(record, asked, mark)
    consent = ConsentFacts(
        bookings_before=0,
        full_records_before=int(asked.get("recorded", False)),
        signed=asked.get("agreed", False),
        signature_from_contact=school_profile()["sessions.signature_from_contact"],
        full_record=case.left_at is None or booking.starts_at > case.left_at,
        points_open=asked.get("listed", False),
    )
    return team, record, consent, danger_facts(text.asked.danger, at, owed_already=asked.get("step_named", False))


def short_facts(
    *, by: Actor, at: datetime, case: Case, booking: Booking, text: NoteText, **_: Any
) -> tuple[CareTeamFacts, RecordFacts, DangerFacts]:
    """A short record about to be signed: once, and never after the full one."""
    asked = _asked(by, case, booking)
    team, record = _team_and_record(by, case, text, asked)
    signed = record.signed_already or asked.get("short", False)
    lines = () if text.asked.lines.strip() else ("lines",)
    return team, replace(record, empty_parts=lines, signed_already=signed), danger_facts(text.asked.danger, at)


def length_facts(*, by: Actor, case: Case, booking: Booking, **_: Any) -> tuple[CareTeamFacts, RecordFacts]:
    """A meeting whose length is noted: times change until its record is signed."""
    return _team_and_record(by, case, NoteText(), _asked(by, case, booking))


def addition_facts(*, by: Actor, note: Note, text: NoteText, **_: Any) -> tuple[CareTeamFacts, RecordFacts]:
    """An addition to (or an attempt to change) one record."""
    record = RecordFacts((), held=True, signed_already=note.signed_at is not None)
    return CareTeamFacts(on_care_team(note.case, by)), record
