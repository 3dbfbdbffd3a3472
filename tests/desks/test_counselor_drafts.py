"""The record's page on two devices, and the quiet page before a meeting: what is answered, shown, and kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from subrosa.records.note import actions as notes
from tests.desks.hand import Hand
from tests.records.center import FULL, Center, Visit, noted, own_center

__all__ = ["own_center"]
HIDDEN = re.compile(r'name="(page|turn|opened_on|writer)" value="([^"]*)"')


@pytest.fixture
def held(own_center: Center) -> Visit:
    """A first meeting that took place."""
    visit = own_center.visit()
    visit.book(reason="睡不着")
    visit.hold()
    visit.sign()
    return visit


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Hand]:
    return lambda who, at, **more: Hand(monkeypatch, who, at, **more)


def editor(visit: Visit) -> str:
    return f"/cases/{visit.case_id}/record/{visit.booking.pk}/"


def page_of(lin: Hand, visit: Visit) -> dict[str, str]:
    """What a page that was just opened would send with its text."""
    return dict(HIDDEN.findall(lin.text(editor(visit))))


def draft_of(visit: Visit) -> Any:
    return notes.read_draft(by=visit.center.lin, at=visit.center.later, booking=visit.booking)


def keep(lin: Hand, visit: Visit, page: dict[str, str], turn: int, words: str) -> Any:
    return lin.post(f"{editor(visit)}draft/", **{**page, "turn": str(turn), "words_course": words})


@pytest.fixture
def overtaken(hand: Any, held: Visit) -> tuple[Hand, dict[str, str], dict[str, str]]:
    """Two pages of one record, the second kept first."""
    lin = hand(held.center.lin, held.booking.ends_at)
    old, new = page_of(lin, held), page_of(lin, held)
    assert keep(lin, held, new, 1, "typed on the way").status_code == 204
    return lin, old, new


@pytest.mark.clause("REC-01", "refuses")
def test_the_overtaken_page_is_told_and_offered_the_newer_text(
    held: Visit, overtaken: tuple[Hand, dict[str, str], dict[str, str]]
) -> None:
    lin, old, _new = overtaken
    answer = keep(lin, held, old, 1, "typed in the office")
    said = answer.content.decode()
    assert answer.status_code == 200 and "written on at" in said and "Go on with mine" in said
    assert "typed" not in said, "the answer to a saving holds no text"
    page = lin.text(editor(held))
    assert "typed on the way</textarea>" in page.replace("\n", "")
    assert "Another text of this record" in page and "typed in the office" in page


def test_going_on_with_mine_and_putting_the_other_away(
    held: Visit, overtaken: tuple[Hand, dict[str, str], dict[str, str]]
) -> None:
    lin, old, new = overtaken
    keep(lin, held, old, 1, "typed in the office")
    mine = lin.post(
        f"{editor(held)}texts/mine/", **{**old, "turn": "2", "words_course": "typed in the office, and more"}
    )
    assert mine["Location"] == editor(held)
    draft = draft_of(held)
    assert draft.text.words["course"] == "typed in the office, and more"
    assert [one.text.words["course"] for one in draft.beside] == ["typed on the way"]
    assert lin.post(f"{editor(held)}texts/{new['page']}/").status_code == 302
    assert draft_of(held).text.words["course"] == "typed on the way"
    assert lin.post(f"{editor(held)}texts/{old['page']}/away/").status_code == 302
    assert not draft_of(held).beside


@pytest.mark.clause("REC-01", "not_yet")
def test_signing_an_overtaken_page_shows_both_texts(
    held: Visit, overtaken: tuple[Hand, dict[str, str], dict[str, str]]
) -> None:
    lin, old, _new = overtaken
    whole = {f"words_{part}": words for part, words in FULL.words.items()}
    answer = lin.post(editor(held), **{**old, **whole, "danger": "no"})
    page = answer.content.decode()
    assert answer.status_code == 409 and "REC-01" in page and "data-ruling" in page
    assert "typed on the way" in page and FULL.words["problem"] in page
    assert lin.get(editor(held)).status_code == 200, "it is not signed"


def test_a_page_that_waited_is_not_kept_in_a_colleagues_name(hand: Any, held: Visit) -> None:
    lin = hand(held.center.lin, held.booking.ends_at)
    page = page_of(lin, held) | {"writer": str(held.center.zhou.id)}
    assert keep(lin, held, page, 1, "somebody else's").status_code == 404
    assert not draft_of(held).text.words


def test_a_locked_session_keeps_mine_and_asks_to_be_unlocked(
    held: Visit, overtaken: tuple[Hand, dict[str, str], dict[str, str]]
) -> None:
    lin, old, _new = overtaken
    lin.lock()
    assert keep(lin, held, old, 1, "typed while locked").status_code == 200
    answer = lin.post(
        f"{editor(held)}texts/mine/", **{**old, "turn": "2", "words_course": "typed while locked, to the end"}
    )
    assert answer.status_code == 302
    (beside,) = draft_of(held).beside
    assert beside.text.words["course"] == "typed while locked, to the end"


@pytest.mark.clause("CONF-02", "refuses")
def test_an_outsider_finds_no_text_to_choose(hand: Any, held: Visit) -> None:
    zhou = hand(held.center.zhou, held.booking.ends_at)
    for path in ("mine/", f"{uuid4()}/", f"{uuid4()}/away/"):
        assert zhou.post(f"{editor(held)}texts/{path}", words_course="x").status_code == 404
    assert zhou.get(f"/cases/{held.case_id}/meetings/{held.booking.pk}/before/").status_code in (302, 404)


@pytest.fixture
def ahead(held: Visit) -> Visit:
    """The next meeting is booked; the last record left something for it."""
    held.record(replace(FULL, later={"promised": "和班主任说换座位"}))
    held.book(days=7, reason="这次想说说妈妈")
    return held


def test_ten_minutes_before_the_desk_offers_one_quiet_page(hand: Any, ahead: Visit) -> None:
    starts, path = ahead.booking.starts_at, f"/cases/{ahead.case_id}/meetings/{ahead.booking.pk}/before/"
    line = re.compile(r'<p class="queue-line" data-from[^>]*?(hidden)?>.*?where we were', re.DOTALL)
    early = line.search(hand(ahead.center.lin, starts - timedelta(minutes=30)).text("/desk/"))
    assert early and early.group(1) == "hidden"
    lin = hand(ahead.center.lin, starts - timedelta(minutes=8))
    now = line.search(lin.text("/desk/"))
    assert now and now.group(1) is None
    before = len(noted("look_back", "done"))
    page = lin.text(path)
    assert "这次想说说妈妈" in page and "和班主任说换座位" in page and "data-leave-at" in page
    assert len(noted("look_back", "done")) == before + 1
    assert lin.get(path, **{"sec-purpose": "prefetch"}).status_code == 403


@pytest.mark.clause("CONF-04", "refuses")
def test_locked_it_says_only_that_there_is_something(hand: Any, ahead: Visit) -> None:
    lin = hand(ahead.center.lin, ahead.booking.starts_at - timedelta(minutes=8)).lock()
    page = lin.text("/desk/")
    assert "there is something to read" in page and "妈妈" not in page
    answer = lin.get(f"/cases/{ahead.case_id}/meetings/{ahead.booking.pk}/before/")
    assert answer.status_code == 302 and "/unlock/" in answer["Location"]


def test_when_the_student_sits_it_is_gone(hand: Any, ahead: Visit) -> None:
    path = f"/cases/{ahead.case_id}/meetings/{ahead.booking.pk}/before/"
    lin = hand(ahead.center.lin, ahead.booking.starts_at + timedelta(minutes=1))
    assert lin.get(path).status_code == 200
    from subrosa.records.appointment import actions as appointment

    appointment.hold(by=ahead.center.lin, at=lin.at, booking=ahead.booking)
    assert lin.get(path)["Location"] == "/desk/"
    assert "where we were" not in lin.text("/desk/")


@pytest.mark.clause("APPT-04", "passes")
def test_a_quiet_sign_ten_minutes_before_the_end(hand: Any, ahead: Visit) -> None:
    ends = ahead.booking.ends_at
    sign = re.compile(r'<p class="ending"[^>]*?(hidden)?>')
    for minutes, hidden in ((20, "hidden"), (9, None)):
        lin = hand(ahead.center.lin, ends - timedelta(minutes=minutes))
        for path in ("/desk/", f"/cases/{ahead.case_id}/"):
            found = sign.search(lin.text(path))
            assert found and found.group(1) == hidden, (path, minutes)
    assert not sign.search(hand(ahead.center.lin, ends + timedelta(minutes=1)).text("/desk/"))


def test_the_minutes_and_what_was_talked_over_outlive_a_lock(hand: Any, held: Visit) -> None:
    lin = hand(held.center.lin, held.booking.ends_at)
    page = page_of(lin, held)
    typed = {"lasted": "70", "why_long": "crisis", "point_quarrel": "again", "not_of_the_form": "x"}
    assert lin.lock().post(f"{editor(held)}draft/", **page, **typed, words_course="x").status_code == 204
    shown = hand(held.center.lin, held.booking.ends_at).text(editor(held))
    assert 'name="lasted" min="0" max="600" value="70"' in shown and 'value="crisis" checked' in shown
    assert draft_of(held).text.taps == {name: one for name, one in typed.items() if name != "not_of_the_form"}


def test_what_the_draft_alone_keeps_is_not_signed(held: Visit) -> None:
    held.record(replace(FULL, taps={"lasted": "70"}))
    (page,) = notes.read_file(by=held.center.lin, at=held.center.later, case=held.case)
    assert page.text.taps == {} and page.text.words["course"] == FULL.words["course"]
