"""From rows to what the clauses about records may look at. Guarded by the case row."""

from __future__ import annotations

from typing import Any

from subrosa.policy.actor import Actor
from subrosa.policy.facts import CareTeamFacts, ConsentFacts, RecordFacts
from subrosa.records.appointment.models import Booking
from subrosa.records.appointment.states import State
from subrosa.records.case.models import Case
from subrosa.records.case.queries import on_care_team
from subrosa.records.consent.queries import signed_in_force
from subrosa.records.school.calendar import school_profile

from .models import Note
from .parts import NoteText


def _signed(booking: Booking) -> bool:
    return Note.objects.filter(booking=booking, adds_to=None).exclude(signed_at=None).exists()


def draft_facts(
    *, by: Actor, case: Case, booking: Booking, text: NoteText, **_: Any
) -> tuple[CareTeamFacts, RecordFacts]:
    """A draft may be kept by who is on the care team, until the record is signed."""
    record = RecordFacts(text.empty_parts(), booking.state == State.HELD, _signed(booking))
    return CareTeamFacts(on_care_team(case, by) and booking.case_id == case.pk), record


def write_facts(
    *, by: Actor, case: Case, booking: Booking, text: NoteText, **_: Any
) -> tuple[CareTeamFacts, RecordFacts, ConsentFacts]:
    """A record about to be signed."""
    team, record = draft_facts(by=by, case=case, booking=booking, text=text)
    consent = ConsentFacts(
        bookings_before=0,
        full_records_before=0,
        signed_in_force=signed_in_force(case.pk),
        signature_from_contact=school_profile()["sessions.signature_from_contact"],
    )
    return team, record, consent


def addition_facts(*, by: Actor, note: Note, text: NoteText, **_: Any) -> tuple[CareTeamFacts, RecordFacts]:
    """An addition to (or an attempt to change) one record."""
    record = RecordFacts((), held=True, signed_already=note.signed_at is not None)
    return CareTeamFacts(on_care_team(note.case, by)), record
