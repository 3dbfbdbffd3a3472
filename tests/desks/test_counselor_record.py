"""The record editor: six parts, a draft that outlives the lock, the signature, additions, and what does not fit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from subrosa.records.note import actions as notes
from subrosa.records.note.parts import MOST, NoteText
from tests.desks.hand import Hand
from tests.records.center import FULL, Center, Visit, booked, center, noted, shared_center, visit

__all__ = ["booked", "center", "shared_center", "visit"]
ODD = "‮שלום‬ a\u200bb\u200d 👩‍👩‍👧 é é\n\n  two lines 𠮷"
WHOLE = {f"words_{part}": words for part, words in FULL.words.items()} | {
    f"choice_{part}": choice for part, choice in FULL.choices.items()
}
WHOLE["danger"] = "no"


@pytest.fixture
def held(booked: Visit) -> Visit:
    """A first meeting that took place."""
    booked.hold()
    return booked


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch, center: Center) -> Callable[..., Hand]:
    return lambda who, at, **more: Hand(monkeypatch, who, at, **more)


def editor(visit: Visit) -> str:
    return f"/cases/{visit.case_id}/record/{visit.booking.pk}/"


def lin_at(hand: Any, visit: Visit) -> Hand:
    made: Hand = hand(visit.center.lin, visit.booking.ends_at)
    return made


@pytest.mark.clause("REC-02", "not_yet")
def test_an_empty_part_is_named_and_its_choices_offered(hand: Any, held: Visit) -> None:
    held.sign()
    lin = lin_at(hand, held)
    given = {name: value for name, value in WHOLE.items() if name != "choice_effect"}
    answer = lin.post(editor(held), **given)
    page = answer.content.decode()
    assert answer.status_code == 409 and 'data-ruling="not_yet"' in page and "REC-02" in page
    assert 'id="missing-effect"' in page and page.count("missing-line") == 1 and 'value="too_early"' in page
    assert all(words in page for words in FULL.words.values())  # everything typed is still there
    kept = notes.read_draft(by=held.center.lin, at=held.booking.ends_at, booking=held.booking)
    assert kept.text.words["course"] == FULL.words["course"]
    assert lin.post(editor(held), **WHOLE).status_code == 302


@pytest.mark.clause("CON-01", "not_yet")
def test_the_first_record_waits_for_the_signature_and_keeps_the_draft(hand: Any, held: Visit) -> None:
    lin = lin_at(hand, held)
    answer = lin.post(editor(held), **WHOLE)
    assert answer.status_code == 409 and "CON-01" in answer.content.decode()
    assert FULL.words["problem"] in lin.text(editor(held))
    held.sign()
    assert lin.post(editor(held), **WHOLE).status_code == 302
    assert "Signed and locked" in lin.text(f"/cases/{held.case_id}/")


def test_a_draft_is_kept_from_a_locked_session_and_comes_back(hand: Any, held: Visit) -> None:
    lin = lin_at(hand, held).lock()
    assert lin.post(f"{editor(held)}draft/", words_situation="typed while locked").status_code == 204
    assert "/unlock/" in lin.get(editor(held))["Location"]
    assert "typed while locked" in lin_at(hand, held).text(editor(held))


def test_signing_from_a_session_that_locked_meanwhile_keeps_what_was_typed(hand: Any, held: Visit) -> None:
    lin = lin_at(hand, held).lock()
    answer = lin.post(editor(held), words_problem="typed before the lock was noticed")
    assert answer.status_code == 302 and "/unlock/" in answer["Location"]
    assert "typed before the lock was noticed" in lin_at(hand, held).text(editor(held))


def test_odd_characters_come_back_exactly(hand: Any, held: Visit) -> None:
    held.sign()
    lin = lin_at(hand, held)
    assert lin.post(f"{editor(held)}draft/", words_course=ODD.replace("\n", "\r\n")).status_code == 204
    assert (
        notes.read_draft(by=held.center.lin, at=held.booking.ends_at, booking=held.booking).text.words["course"] == ODD
    )
    lin.post(editor(held), **{**WHOLE, "words_course": ODD})
    (page,) = notes.read_file(by=held.center.lin, at=lin.at, case=held.case)
    assert page.text.words["course"] == ODD


def test_a_megabyte_is_answered_in_a_sentence(hand: Any, held: Visit) -> None:
    lin, long = lin_at(hand, held), "x" * 1_000_000
    answer = lin.post(editor(held), **{**WHOLE, "words_course": long})
    page = answer.content.decode()
    assert answer.status_code == 422 and "1000000 characters" in page and str(MOST) in page and long in page
    assert lin.post(f"{editor(held)}draft/", words_course=long).status_code == 413
    assert notes.read_draft(by=held.center.lin, at=held.booking.ends_at, booking=held.booking).text == NoteText()


def test_a_choice_of_another_part_is_no_choice(hand: Any, held: Visit) -> None:
    held.sign()
    answer = lin_at(hand, held).post(editor(held), **{**WHOLE, "choice_effect": "listened"})
    assert answer.status_code == 409


@pytest.mark.clause("REC-01", "refuses")
def test_a_signed_record_is_locked_and_additions_stand_beside_it(hand: Any, held: Visit) -> None:
    held.sign()
    note, lin = held.record(), lin_at(hand, held)
    answer = lin.post(editor(held), **{**WHOLE, "words_course": "another story"})
    assert answer.status_code == 403 and "another story" in answer.content.decode()
    assert lin.get(editor(held)).status_code == 302
    beside = f"/cases/{held.case_id}/records/{note.pk}/add/"
    assert lin.post(beside, addition="  ").status_code == 422  # said again, in the page
    assert lin.post(beside, addition="He called the next day.").status_code == 302
    page = lin.text(f"/cases/{held.case_id}/")
    assert "He called the next day." in page and "another story" not in page


@pytest.mark.clause("CONF-02", "refuses")
def test_an_outsider_learns_nothing_and_writes_nothing(hand: Any, held: Visit) -> None:
    zhou = hand(held.center.zhou, held.booking.ends_at)
    nowhere = f"/cases/{held.case_id}/record/{held.client.pk}/"
    before = len(noted("write_note"))
    for path in (editor(held), nowhere):
        assert zhou.get(path).status_code == 404 and zhou.post(path, **WHOLE).status_code == 404
        assert zhou.post(f"{path}draft/", **WHOLE).status_code == 404
    assert len(noted("write_note")) == before + 1
    assert notes.read_draft(by=held.center.lin, at=held.booking.ends_at, booking=held.booking).text == NoteText()


def test_nothing_is_opened_ahead(hand: Any, held: Visit) -> None:
    lin = lin_at(hand, held)
    for path in (editor(held), f"/cases/{held.case_id}/"):
        assert lin.get(path, **{"sec-purpose": "prefetch;prerender"}).status_code == 403
