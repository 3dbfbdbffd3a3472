"""Looking for a word at the desk: it travels in a form, and stands in no address, log or entry."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from subrosa.records.audit.models import Entry
from subrosa.records.note.finding import MOST_WORD
from tests.desks.hand import Hand
from tests.records.center import Visit, booked, center, noted, shared_center, visit

__all__ = ["booked", "center", "shared_center", "visit"]

WORD = "怕考试"


@pytest.fixture
def lin(monkeypatch: pytest.MonkeyPatch, booked: Visit) -> Hand:
    booked.hold()
    booked.sign()
    booked.record()
    return Hand(monkeypatch, booked.center.lin, booked.center.later)


def looked(hand: Hand, word: str = WORD, **more: str) -> Any:
    return hand.post("/desk/search/", word=word, **more)


def test_the_passage_is_shown_with_the_way_to_it(lin: Hand, booked: Visit) -> None:
    page = looked(lin).content.decode()
    assert (
        f"<mark>{WORD}</mark>" in page
        and "睡不着," in page
        and "李小雨" in page
        and "What weighs on the client" in page
    )
    assert f'href="/cases/{booked.case_id}/#m-{booked.booking.pk}"' in page
    assert "Not in your records" in looked(lin, "没有这个词").content.decode()


@pytest.mark.parametrize("word", ["", "   ", "长" * (MOST_WORD + 1)])
def test_a_search_for_nothing_asks_again_and_is_no_entry(lin: Hand, word: str) -> None:
    before = len(noted("search_notes", "done"))
    answer = looked(lin, word)
    assert answer.status_code == 422 and "what you are looking for" in answer.content.decode()
    assert word in answer.content.decode() and len(noted("search_notes", "done")) == before


def test_the_word_stands_in_no_address_log_or_entry(lin: Hand, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        page = looked(lin).content.decode()
        asked = lin.get(f"/desk/search/?word={WORD}").content.decode()
    assert WORD not in asked, "an address is not read"
    for line in page.split("href=")[1:]:
        assert WORD not in line.split(">")[0]
    assert WORD not in caplog.text
    assert not [row for row in Entry.objects.all() if WORD.encode() in bytes(row.bytes)]


@pytest.mark.parametrize("start", ["", "x", "-3", "99", "9" * 30])
def test_a_page_that_is_none_is_empty_or_the_first(lin: Hand, start: str) -> None:
    assert looked(lin, start=start).status_code == 200


@pytest.mark.clause("CONF-02", "refuses")
@pytest.mark.parametrize("who", ["lead", "rui", "qian", "sun"])
def test_it_is_the_counselors_page(monkeypatch: pytest.MonkeyPatch, lin: Hand, booked: Visit, who: str) -> None:
    other = Hand(monkeypatch, getattr(booked.center, who), booked.center.later)
    assert other.get("/desk/search/").status_code == 403 and looked(other).status_code == 403


def test_a_locked_session_looks_for_nothing(lin: Hand) -> None:
    before = len(noted("search_notes", "done"))
    lin.lock()
    assert looked(lin)["Location"].startswith("/unlock/") and lin.get("/desk/search/")["Location"].startswith(
        "/unlock/"
    )
    assert len(noted("search_notes", "done")) == before


def test_colleagues_find_nothing_of_it(monkeypatch: pytest.MonkeyPatch, lin: Hand, booked: Visit) -> None:
    zhou = Hand(monkeypatch, booked.center.zhou, booked.center.later)
    page = looked(zhou).content.decode()
    assert "<mark>" not in page and "李小雨" not in page
