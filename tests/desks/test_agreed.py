"""The counselor's pages around the agreement: listed situations, paper, what would be different, words left around a meeting."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest

from subrosa.policy.agreement import proposed
from subrosa.policy.grounds import cards, table
from subrosa.records.consent import actions, understanding
from subrosa.records.consent.models import Understanding
from subrosa.records.consent.queries import consents
from subrosa.records.note.queries import signed_bookings
from tests.desks.hand import Hand
from tests.records.center import Center, Visit, center, own_center, shared_center

__all__ = ["center", "own_center", "shared_center"]
SITUATION = {one.key: one.situation[1] for one in cards()}
RECORD = {
    "words_situation": "高二",
    "words_problem": "睡不着",
    "words_course": "谈了",
    "choice_advice": "listened",
    "choice_effect": "too_early",
    "choice_other": "none",
    "danger": "no",
}


@pytest.fixture
def visit(center: Center) -> Visit:
    """Held and signed; two situations were guessed otherwise."""
    visit = center.visit()
    visit.book(reason="睡不着")
    guesses = {one.key: "heard" for one in cards()}
    given = {"by": visit.me, "at": center.at, "case": visit.case}
    understanding.guess(guesses=guesses, language="en", **given)
    visit.hold()
    actions.give(by=visit.me, at=center.at, case=visit.case, agreement=center.agreement, language="en")
    return visit


@pytest.fixture
def lin(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> Hand:
    return Hand(monkeypatch, visit.center.lin, visit.booking.ends_at)


def record_page(visit: Visit) -> str:
    return f"/cases/{visit.case_id}/record/{visit.booking.pk}/"


@pytest.mark.clause("CON-05", "not_yet")
def test_a_record_with_a_card_left_open_names_it_and_keeps_what_was_typed(lin: Hand, visit: Visit) -> None:
    page = lin.text(record_page(visit))
    assert SITUATION["quarrel"] in page and SITUATION["vanish"] in page and SITUATION["adult"] not in page
    listed = {"listed_quarrel": "1", "listed_vanish": "1"}
    answer = lin.post(record_page(visit), **RECORD, **listed, point_quarrel="understood")
    text = answer.content.decode()
    assert answer.status_code == 409 and 'data-ruling="not_yet"' in text and "睡不着" in text
    assert SITUATION["vanish"] in text and SITUATION["quarrel"] not in text.split('class="record"')[0]
    assert "Still open" in text and f"talked over: {SITUATION['vanish']}" in unescape(text), "the open card by name"
    assert 'href="#points-listed"' in text, "and the next step"
    done = lin.post(record_page(visit), **RECORD, listed_vanish="1", point_vanish="again")
    assert done.status_code == 302 and visit.booking.pk in signed_bookings([visit.booking.pk])
    file = lin.text(f"/cases/{visit.case_id}/")
    assert SITUATION["vanish"] in file and "Talked over" in file


@pytest.mark.clause("CON-05", "passes")
def test_one_press_carries_the_rest_over(lin: Hand, visit: Visit) -> None:
    path = f"/cases/{visit.case_id}/points/"
    listed = {"listed_quarrel": "1", "listed_vanish": "1", "point_quarrel": "understood", "rest": "1"}
    assert lin.post(path, **listed).status_code == 302
    assert Understanding.objects.get(case_id=visit.case_id).open_points == 0
    assert lin.post(record_page(visit), **RECORD).status_code == 302
    assert lin.post(path).status_code == 422, "nothing chosen: said on the page, nothing done"


@pytest.mark.clause("CON-01", "passes")
def test_paper_is_noted_and_the_client_objects(center: Center, monkeypatch: pytest.MonkeyPatch) -> None:
    visit = center.visit()
    visit.book()
    lin, path = Hand(monkeypatch, center.lin, center.at), f"/cases/{visit.case_id}/paper/"
    day = center.at.date().isoformat()
    given = {"seen_by": str(center.row("lin").pk), "language": "zh-hans"}
    for wrong in ({"signed_on": "soon"}, {"signed_on": day, "seen_by": "nobody"}, {"signed_on": day, "language": "fr"}):
        assert lin.post(path, **{**given, **wrong}).status_code == 422 and not consents(visit.case_id)  # type: ignore[arg-type]
    tomorrow = lin.post(path, **given, signed_on="2099-01-01")
    assert tomorrow.status_code == 409 and 'value="2099-01-01"' in tomorrow.content.decode(), (
        "the form comes back filled"
    )
    assert lin.post(path, **given, signed_on=day).status_code == 302
    assert "A signed paper waits to be scanned" in lin.text("/desk/")
    client = Hand(monkeypatch, visit.me, center.at)
    assert "signed on paper" in client.text("/mine/") and "林知夏 saw it" in client.text("/mine/agreement/")
    assert client.post("/mine/agreement/", object="1")["Location"] == "/mine/agreement/?objected=1"
    assert consents(visit.case_id)[0].withdrawn_at is not None  # type: ignore[arg-type]


@pytest.mark.clause("CLIENT-03", "not_yet")
def test_hope_without_an_answer_is_held_and_comes_back(lin: Hand, visit: Visit) -> None:
    path = f"/cases/{visit.case_id}/hope/"
    held = lin.post(path, hope="一次就变开心", realistic="")
    assert held.status_code == 409 and "一次就变开心" in held.content.decode()
    assert lin.post(path, hope="一次就变开心", realistic="慢慢来").status_code == 302
    assert "慢慢来" in lin.text(f"/cases/{visit.case_id}/")


@pytest.mark.clause("CLIENT-02", "passes")
def test_what_was_not_said_is_on_top_of_the_next_page(lin: Hand, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Hand(monkeypatch, visit.me, visit.booking.ends_at)
    key = visit.booking.pk
    assert client.post(f"/mine/words/{key}/after/", text="其实是因为我爸").status_code == 302
    visit.talk_over()
    visit.book(days=8)
    later = visit.booking.pk
    assert client.post(f"/mine/words/{later}/before/", text="今天想说考试").status_code == 302
    assert "今天想说考试" in client.text(f"/mine/words/{later}/before/")
    for path in (f"/cases/{visit.case_id}/", f"/cases/{visit.case_id}/record/{later}/"):
        page = lin.text(path)
        assert "其实是因为我爸" in page and "今天想说考试" in page, path
    assert client.get(f"/mine/words/{key}/between/").status_code == 404
    other = Hand(monkeypatch, visit.center.visit("王一").me, visit.center.at)
    assert other.get(f"/mine/words/{key}/after/").status_code == 404


def test_what_was_typed_in_a_locked_session_comes_back(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Hand(monkeypatch, visit.me, visit.booking.ends_at).lock()
    answer = client.post(f"/mine/words/{visit.booking.pk}/after/", text="没说完的话")
    assert answer.status_code == 403 and "没说完的话" in answer.content.decode()
    from tests.records.center import PASSPHRASE

    opened = client.post(f"/mine/words/{visit.booking.pk}/after/", text="没说完的话", passphrase=PASSPHRASE)
    assert opened.status_code == 302 and visit.booking.unsaid


@pytest.mark.clause("CLIENT-03", "not_yet")
def test_a_text_with_a_promise_is_held_with_the_words_marked(own_center: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    lead = Hand(monkeypatch, own_center.lead, own_center.at)
    whole = proposed()
    answer = lead.post("/center/agreement/", **{**whole, "text_zh": whole["text_zh"] + "\n三周治愈。"})
    page = answer.content.decode()
    assert answer.status_code == 409 and "<mark>治愈</mark>" in page and "三周治愈。" in page


def test_cards_turn_for_somebody_without_a_case_and_keep_nothing(
    center: Center, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Hand(monkeypatch, center.visit().me, center.at)
    page = unescape(client.text("/mine/cards/"))
    assert all(words in page for words in SITUATION.values()) and len(SITUATION) == len(table())
    assert client.post("/mine/cards/", guess_quarrel="heard").status_code == 200
    assert "only for looking" in page
