"""The short record: it keeps the same day, is locked, stays beside the full one, and the archive waits for both."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from subrosa.policy.danger import NO_DANGER, UNANSWERED, Danger, DangerAnswer
from subrosa.policy.ruling import Outcome
from subrosa.records.archive import actions as archive
from subrosa.records.duty.models import Duty
from subrosa.records.note import actions as notes
from subrosa.records.note.asked import Asked
from subrosa.records.note.models import Note
from subrosa.records.note.parts import NoteText
from subrosa.records.note.queries import short_bookings, signed_bookings, unrecorded
from subrosa.records.note.short import write_short
from subrosa.records.school.calendar import calendar
from tests.ground import statements
from tests.records.center import FULL, SAFE, Visit, locked, noted, refused

MOST_WRITING = 12  # statements
LINES = "哭了很久，说睡不着。\n约好明天中午再来。"
TWO = NoteText({"situation": "写到一半"}, asked=Asked(NO_DANGER, LINES))


@pytest.fixture
def held(visit: Visit) -> Visit:
    """The first meeting took place. The agreement is not signed: a short record needs none."""
    visit.book(reason="睡不着")
    visit.hold()
    return visit


def short(visit: Visit, text: NoteText = TWO, **more: Any) -> Any:
    booking = visit.booking
    given = {"by": visit.center.lin, "at": booking.ends_at, "case": visit.case, "booking": booking}
    return write_short(**{**given, "text": text, **more})


def owed(visit: Visit, kind: str) -> list[Duty]:
    return list(Duty.objects.filter(case_id=visit.case_id, kind=kind, settled_at=None))


@pytest.mark.clause("REC-01", "passes")
def test_two_lines_keep_the_same_day_and_owe_the_full_one(held: Visit) -> None:
    note = short(held)
    assert not owed(held, "record")
    (duty,) = owed(held, "full_record")
    assert duty.due == calendar().after_school_days(held.booking.starts_at, 2) and duty.clause == "REC-01"
    assert duty.about == f"appointment.Booking:{held.booking.pk}" and duty.owner_id == held.center.lin.id
    assert note.signed_at and LINES.encode() not in bytes(note.body)
    assert short_bookings([held.booking.pk]) == {held.booking.pk} and not signed_bookings([held.booking.pk])
    assert noted("write_short", "done")[-1].case_id == held.case_id


def test_it_holds_its_lines_and_nothing_of_the_draft(held: Visit) -> None:
    short(held)
    (page,) = notes.read_file(by=held.center.lin, at=held.center.later, case=held.case)
    assert page.text.asked == Asked(NO_DANGER, LINES) and not any(page.text.words.values())


@pytest.mark.clause("REC-01", "not_yet")
@pytest.mark.clause("RISK-02", "not_yet")
@pytest.mark.parametrize(
    ("asked", "missing"),
    [(Asked(NO_DANGER, " \n"), ("lines",)), (Asked(UNANSWERED, LINES), ("danger",)), (Asked(), ("lines", "danger"))],
)
def test_what_is_missing_is_named_and_what_was_typed_is_kept(
    held: Visit, asked: Asked, missing: tuple[str, ...]
) -> None:
    text = replace(TWO, asked=asked)
    ruling = refused(short, visit=held, text=text)
    assert ruling.outcome is Outcome.NOT_YET and ruling.missing == missing
    draft = notes.read_draft(by=held.center.lin, at=held.center.later, booking=held.booking)
    assert draft.text.as_text() == text.as_text() and owed(held, "record") and not owed(held, "full_record")


@pytest.mark.clause("REC-01", "refuses")
def test_it_is_locked_and_written_once(held: Visit) -> None:
    note = short(held)
    body = bytes(Note.objects.get(pk=note.pk).body)
    other = replace(TWO, asked=Asked(NO_DANGER, "另一句"))
    assert refused(short, visit=held, text=other).clauses == ("REC-01",)
    given = {"by": held.center.lin, "at": held.center.later, "note": note, "text": other}
    assert refused(notes.change, **given).clauses == ("REC-01",)
    assert bytes(Note.objects.get(pk=note.pk).body) == body


@pytest.mark.clause("REC-01", "passes")
def test_the_full_record_comes_later_and_the_short_one_stays(held: Visit) -> None:
    note = short(held)
    body = bytes(note.body)
    held.sign()
    held.record()
    assert not owed(held, "record") and not owed(held, "full_record")
    pages = notes.read_file(by=held.center.lin, at=held.center.later, case=held.case)
    texts = {page.note.short_of_id: page.text for page in pages}
    assert texts[held.booking.pk].asked.lines == LINES and texts[None].as_text() == FULL.as_text() and len(pages) == 2
    assert bytes(Note.objects.get(pk=note.pk).body) == body
    assert refused(short, visit=held).clauses == ("REC-01",)


def test_after_the_full_record_no_short_one(held: Visit) -> None:
    held.sign()
    held.record()
    assert refused(short, visit=held).clauses == ("REC-01",)


@pytest.mark.clause("CON-01", "not_yet")
def test_the_full_record_still_waits_for_the_signature(held: Visit) -> None:
    short(held)
    assert refused(held.record).missing == ("agreement_signature",)


@pytest.mark.clause("REC-04", "not_yet")
def test_the_archive_waits_for_the_full_record(held: Visit) -> None:
    short(held)
    assert [row.pk for row in unrecorded(held.case_id)] == [held.booking.pk]  # type: ignore[arg-type]
    held.sign()
    held.closed()
    ruling = refused(archive.archive, by=held.center.lin, at=held.center.later, case=held.case)
    assert ruling.clauses == ("REC-04",) and len(ruling.missing) == 1
    held.record()
    assert archive.archive(by=held.center.lin, at=held.center.later, case=held.case).state == "archived"


@pytest.mark.clause("CONF-02", "refuses")
@pytest.mark.parametrize("who", ["fang", "zhou", "lead", "rui"])
def test_nobody_else_writes_one(held: Visit, who: str) -> None:
    assert refused(short, visit=held, by=getattr(held.center, who)).outcome is Outcome.REFUSED
    assert not short_bookings([held.booking.pk])


@pytest.mark.clause("REC-01", "not_yet")
def test_what_did_not_take_place_has_none(booked: Visit) -> None:
    assert refused(short, visit=booked).missing == ("held_meeting",)


def test_from_a_locked_session_it_is_kept_and_not_signed(held: Visit) -> None:
    assert refused(short, visit=held, by=locked(held.center.lin)).clauses == ("CONF-04",)
    assert not short_bookings([held.booking.pk])


def test_pressed_twice_it_is_one(held: Visit) -> None:
    once = uuid4()
    assert short(held, once=once).pk == short(held, once=once).pk
    assert len(owed(held, "full_record")) == 1


def test_both_records_of_a_meeting_owe_a_next_step_once(held: Visit) -> None:
    day = (calendar().local(held.booking.ends_at) + timedelta(days=3)).isoformat()
    watch = DangerAnswer(Danger.WATCH, step="课间问", day=day)
    short(held, replace(TWO, asked=Asked(watch, LINES)))
    held.sign()
    assert len(owed(held, "next_step")) == 1
    held.record(replace(FULL, asked=Asked(watch)))
    assert (
        Duty.objects.filter(case_id=held.case_id, kind="next_step").count() == 1 and len(owed(held, "next_step")) == 1
    )


def test_a_step_that_is_done_is_not_asked_for_again_by_the_full_record(held: Visit) -> None:
    from subrosa.records.appointment.steps import note_step_done

    day = (calendar().local(held.booking.ends_at) + timedelta(days=1)).isoformat()
    short(held, replace(TWO, asked=Asked(DangerAnswer(Danger.WATCH, step="课间问", day=day), LINES)))
    held.sign()
    note_step_done(by=held.center.lin, at=held.booking.ends_at, case=held.case, kind="next_step")
    held.record(replace(FULL, asked=Asked(DangerAnswer(Danger.WATCH))))
    assert not owed(held, "next_step")


def test_what_a_short_record_costs(held: Visit) -> None:
    day = (calendar().local(held.booking.ends_at) + timedelta(days=3)).isoformat()
    for_watch = replace(TWO, asked=Asked(DangerAnswer(Danger.WATCH, step="x", day=day), LINES))
    case, booking, by = held.case, held.booking, held.center.lin
    with statements() as said:
        write_short(by=by, at=booking.ends_at, case=case, booking=booking, text=for_watch, once=uuid4())
    assert len(said) <= MOST_WRITING, "\n".join(said)


def test_an_addition_to_a_short_record(held: Visit) -> None:
    note = short(held)
    notes.add(by=held.center.lin, at=held.center.later, note=note, text=NoteText({"other": "补充"}, asked=SAFE))
    pages = notes.read_file(by=held.center.lin, at=held.center.later, case=held.case)
    assert [page.note.adds_to_id for page in pages] == [None, note.pk]
