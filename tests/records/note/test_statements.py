"""What writing and reading cost: statements to the database, BEGIN and COMMIT among them."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from subrosa.records.note import actions as notes
from subrosa.records.note.models import Note
from subrosa.records.vault import rings
from subrosa.records.vault.opener import opener_of
from subrosa.records.vault.texts import close_text
from tests.ground import statements
from tests.records.center import FULL, Center, Visit
from tests.records.joining import joined

MOST_WRITING, MOST_READING = 12, 8


def write_counted(visit: Visit) -> list[str]:
    booking, case, by = visit.booking, visit.case, visit.center.lin
    with statements() as said:
        notes.write(by=by, at=booking.ends_at, case=case, booking=booking, text=FULL, once=uuid4())
    return said


def ready(visit: Visit, by: object = None) -> Visit:
    """Booked, held, signed for; the record is the next thing."""
    visit.book(by, reason="睡不着")
    visit.hold()
    visit.sign()
    return visit


def test_writing_a_record_of_a_case_that_the_client_opened(visit: Visit) -> None:
    said = write_counted(ready(visit))
    assert said[0] == "BEGIN" and said[-1] == "COMMIT"
    assert len(said) <= MOST_WRITING, "\n".join(said)


def test_writing_over_a_draft_of_a_case_that_the_counselor_opened(center: Center) -> None:
    visit = ready(center.visit(), center.lin)
    booking = visit.booking
    notes.keep_draft(by=center.lin, at=booking.ends_at, case=visit.case, booking=booking, text=FULL)
    said = write_counted(visit)
    assert len(said) <= MOST_WRITING, "\n".join(said)


def more_records(visit: Visit, count: int) -> None:
    """Signed records without meetings, as years of a file would hold them."""
    case, by = visit.case, visit.center.lin
    key = rings.open_ring("case", case.pk, opener_of(by)).key(rings.Scope.FILE)
    for n in range(count):
        at = visit.center.at - timedelta(days=n)
        note = Note(
            case=case, author_id=by.id, adds_to=Note.objects.filter(case=case).first(), happened_at=at, written_at=at
        )
        close_text(note, "body", FULL.as_text(), key)
        note.signed_at, note.school_id = at, visit.center.school.id
        note.save(using="owner", force_insert=True)


def test_reading_one_record_and_123(visit: Visit) -> None:
    visit.recorded()
    counts = []
    for more in (0, 122):
        more_records(visit, more)
        case, by = visit.case, visit.center.lin
        with statements() as said:
            pages = notes.read_file(by=by, at=visit.center.later, case=case)
        assert len(pages) == 1 + more
        counts.append(len(said))
    assert counts[0] == counts[1] <= MOST_READING, "\n".join(said)


def test_reading_by_a_colleague_on_the_care_team(visit: Visit) -> None:

    visit.recorded()
    center = visit.center
    joined(by=center.lin, at=center.later, case=visit.case, colleague=center.row("fang"))
    case, by = visit.case, center.fang
    with statements() as said:
        assert len(notes.read_file(by=by, at=center.later, case=case)) == 1
    assert len(said) <= MOST_READING, "\n".join(said)
