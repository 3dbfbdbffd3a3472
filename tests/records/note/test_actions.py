"""The record on real rows: six parts, kept while locked, never changed, opened by the care team only, exact to the letter."""

from __future__ import annotations

from typing import Any

import pytest

from subrosa.policy.ruling import Outcome
from subrosa.records.audit.models import Entry
from subrosa.records.duty.models import Duty
from subrosa.records.note import actions as notes
from subrosa.records.note.models import Note
from subrosa.records.note.parts import PARTS, NoteText
from tests.ground import together
from tests.records.center import FULL, SAFE, Center, Visit, locked, noted, refused
from tests.records.joining import joined


@pytest.fixture
def held(visit: Visit) -> Visit:
    """The first meeting took place, the agreement is signed."""
    visit.book(reason="睡不着")
    visit.hold()
    visit.sign()
    return visit


def writing(visit: Visit, **more: Any) -> dict[str, Any]:
    booking = visit.booking
    given = {"by": visit.center.lin, "at": booking.ends_at, "case": visit.case, "booking": booking, "text": FULL}
    return given | more


def file_of(visit: Visit, by: str = "lin") -> list[NoteText]:
    pages = notes.read_file(by=getattr(visit.center, by), at=visit.center.later, case=visit.case)
    return [page.text for page in pages]


def draft_of(visit: Visit, by: str = "lin") -> NoteText:
    return notes.read_draft(by=getattr(visit.center, by), at=visit.center.later, booking=visit.booking).text


@pytest.mark.clause("REC-01", "passes")
@pytest.mark.clause("REC-02", "passes")
@pytest.mark.clause("CONF-02", "passes")
def test_a_record_is_signed_and_opened(held: Visit) -> None:
    note = held.record()
    assert note.signed_at and note.draft is None
    assert [text.as_text() for text in file_of(held)] == [FULL.as_text()]
    assert not Duty.objects.filter(case_id=held.case_id, kind="record", settled_at=None).exists()
    assert noted("read_notes", "done")[-1].case_id == held.case_id


@pytest.mark.clause("REC-02", "not_yet")
@pytest.mark.parametrize("part", PARTS)
def test_an_empty_part_is_named_and_the_draft_kept(held: Visit, part: str) -> None:
    words = {one: "字" for one in PARTS if one != part} | {part: " \u3000\n\t"}
    text = NoteText(words, {part: "no such choice"}, asked=SAFE)
    ruling = refused(held.record, text=text)
    assert ruling.outcome is Outcome.NOT_YET and ruling.missing == (part,)
    assert draft_of(held).as_text() == text.as_text()
    assert file_of(held) == []


@pytest.mark.clause("CONF-04", "passes")
def test_a_draft_is_kept_while_locked(held: Visit) -> None:
    text = NoteText({"situation": "还没写完"})
    notes.keep_draft(**writing(held, by=locked(held.center.lin), text=text))
    assert draft_of(held).as_text() == text.as_text()
    assert refused(notes.write, **writing(held, by=locked(held.center.lin))).clauses == ("CONF-04",)
    assert draft_of(held).as_text() == text.as_text(), "and what was kept is still there"
    notes.keep_draft(**writing(held, by=locked(held.center.lin)))
    assert draft_of(held).as_text() == FULL.as_text()
    held.record()
    assert draft_of(held).as_text() == NoteText().as_text()


def test_a_draft_is_an_entry_when_begun_and_when_signed(held: Visit) -> None:
    """Typing for ten minutes saves a hundred times; who reads the own log learns of one thing begun and one finished."""

    def entries() -> list[str]:
        rows = Entry.objects.filter(case_id=held.case_id, act__in=("keep_draft", "write_note")).order_by("at", "act")
        return list(rows.values_list("act", flat=True))

    for words in ("今", "今天", "今天说"):
        notes.keep_draft(**writing(held, text=NoteText({"situation": words})))
    assert entries() == ["keep_draft"] and draft_of(held).words["situation"] == "今天说"
    assert refused(notes.write, **writing(held, text=NoteText({"situation": "今天"}))).outcome is Outcome.NOT_YET
    held.record()
    assert entries() == ["keep_draft", "write_note"]


@pytest.mark.clause("CONF-04", "refuses")
def test_a_draft_opens_for_its_author_only(held: Visit) -> None:
    notes.keep_draft(**writing(held))
    for who in ("fang", "zhou"):
        assert draft_of(held, who).words == {}
    given = {"at": held.center.at, "booking": held.booking}
    assert refused(notes.read_draft, by=locked(held.center.lin), **given).clauses == ("CONF-04",)
    for who in ("lead", "rui", "sun", "qian"):
        assert refused(notes.read_draft, by=getattr(held.center, who), **given)


def test_a_colleague_does_not_write_over_a_draft(held: Visit) -> None:
    """Two on the care team: the second neither loses the first one's words nor signs in that name."""
    notes.keep_draft(**writing(held))
    fang = held.center.row("fang")
    joined(by=held.center.lin, at=held.center.at, case=held.case, colleague=fang)
    for act in (notes.keep_draft, notes.write):
        given = writing(held, by=held.center.fang, text=NoteText({"other": "x"}))
        assert refused(act, **given).clauses == ("REC-01",)
    assert draft_of(held).as_text() == FULL.as_text()
    assert held.record().author_id == held.center.lin.id


@pytest.mark.clause("CON-01", "not_yet")
def test_the_first_record_waits_for_the_signature(booked: Visit) -> None:
    booked.hold()
    ruling = refused(booked.record)
    assert ruling.outcome is Outcome.NOT_YET and ruling.missing == ("agreement_signature",)
    assert draft_of(booked).as_text() == FULL.as_text()
    entry = noted("write_note", "not_yet")[-1]
    assert (entry.actor_id, entry.case_id, entry.about) == (None, None, ""), "what is missing is counted without a name"


@pytest.mark.clause("REC-01", "not_yet")
def test_what_did_not_take_place_is_not_recorded(booked: Visit) -> None:
    booked.sign()
    assert refused(booked.record).missing == ("held_meeting",)


@pytest.mark.clause("REC-01", "refuses")
def test_a_signed_record_never_changes(held: Visit) -> None:
    note = held.record()
    body = bytes(Note.objects.get(pk=note.pk).body)
    for act in (notes.write, notes.keep_draft):
        assert refused(act, **writing(held, text=NoteText({"other": "x"}))).clauses == ("REC-01",)
    given = {"by": held.center.lin, "at": held.center.later, "note": note, "text": FULL}
    assert refused(notes.change, **given).clauses == ("REC-01",)
    row = Note.objects.get(pk=note.pk)
    assert bytes(row.body) == body and row.draft is None


@pytest.mark.clause("REC-01", "passes")
def test_what_comes_later_stands_beside_it(held: Visit) -> None:
    note = held.record()
    body = bytes(Note.objects.get(pk=note.pk).body)
    for words in ("补充一", "补充二"):
        text = NoteText({"other": words})
        notes.add(by=held.center.lin, at=held.center.later, note=note, text=text)
    assert {text.words["other"] for text in file_of(held)} == {"", "补充一", "补充二"}
    assert bytes(Note.objects.get(pk=note.pk).body) == body


@pytest.mark.clause("REC-01", "not_yet")
def test_an_addition_belongs_to_a_signed_record(held: Visit) -> None:
    draft = notes.keep_draft(**writing(held))
    given = {"by": held.center.lin, "at": held.center.later, "note": draft, "text": FULL}
    assert refused(notes.add, **given).missing == ("signed_record",)


@pytest.mark.clause("CONF-02", "refuses")
@pytest.mark.parametrize("who", ["fang", "zhou", "rui", "lead", "qian", "sun"])
def test_outsiders_neither_read_nor_write(held: Visit, who: str) -> None:
    note = held.record()
    by = getattr(held.center, who)
    before = len(noted("read_notes"))
    given = {"by": by, "at": held.center.later}
    assert refused(notes.read_file, **given, case=held.case).clauses == ("CONF-02",)
    assert refused(notes.read_reasons, **given, case=held.case).clauses == ("CONF-02",)
    assert refused(notes.add, **given, note=note, text=FULL).clauses == ("CONF-02",)
    assert "CONF-02" in refused(notes.write, **writing(held, by=by)).clauses
    entries = noted("read_notes")
    assert len(entries) == before + 1 and entries[-1].actor_id == by.id


@pytest.mark.clause("CONF-02", "refuses")
def test_clients_open_no_file_and_no_other_reason(held: Visit) -> None:
    held.record()
    other = held.center.visit("王一")
    given = {"at": held.center.at, "case": held.case}
    for who in (held, other):
        assert refused(notes.read_file, by=who.me, **given).clauses == ("CONF-02",)
    assert refused(notes.read_reasons, by=other.me, **given).clauses == ("CONF-02",)


@pytest.mark.clause("CONF-02", "refuses")
def test_a_meeting_of_another_case(held: Visit) -> None:
    other = held.center.visit("王一")
    other.book(days=2)
    other.hold()
    other.sign()
    given = writing(held, booking=other.booking)
    assert refused(notes.write, **given).clauses == ("CONF-02",)
    assert refused(notes.keep_draft, **given).clauses == ("CONF-02",)


TEXTS = {
    "a megabyte": "心" * 350_000,
    "zero width": "睡\u200b不\u200d着\ufeff\u2060",
    "right to left": "\u202eabc\u202c שלום العربية",
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈🙂 \U0001f9e0",
    "combining": "e\u0301 é \ufb01 ㍿",
    "markup": "</script><b>&amp;\"'{{ x }}%s\\u0000\\",
    "lines": "a\r\nb\rc\n\n\td\u2028e\u0000f",
    "edges": "  begin and end  ",
}


@pytest.mark.parametrize("words", TEXTS.values(), ids=TEXTS)
def test_text_is_exact(held: Visit, words: str) -> None:
    text = NoteText(dict.fromkeys(("situation", "problem", "course"), words), FULL.choices, asked=SAFE)
    notes.keep_draft(**writing(held, text=text))
    assert draft_of(held).words["course"] == words
    held.record(text)
    notes.add(by=held.center.lin, at=held.center.later, note=Note.objects.get(booking=held.booking), text=text)
    assert [page.words["problem"] for page in file_of(held)] == [words, words]


@pytest.mark.parametrize("words", TEXTS.values(), ids=TEXTS)
def test_a_reason_is_exact(visit: Visit, words: str) -> None:
    made = visit.book(reason=words)
    assert notes.read_reasons(by=visit.center.lin, at=visit.center.at, case=visit.case) == {made.pk: words}


def test_pressed_in_two_tabs_it_is_one_record(held: Visit) -> None:
    asked = [writing(held) for _ in range(3)]
    answers = together(*(lambda one=one: notes.write(**one) for one in asked))
    signed = [one for one in answers if isinstance(one, Note)]
    assert len(signed) == 1
    assert {one.ruling.clauses for one in answers if not isinstance(one, Note)} == {("REC-01",)}
    assert [text.as_text() for text in file_of(held)] == [FULL.as_text()]


def test_a_text_shows_nothing_in_a_log(center: Center) -> None:
    assert "高二" not in repr(FULL) + str(FULL) and center
