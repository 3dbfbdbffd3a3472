"""Somebody asks about a student: two presses to the sentence, nothing noted of whom, and nobody confirms anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from subrosa.records.outreach.lists import Asker
from subrosa.records.outreach.models import Inquiry
from subrosa.records.outreach.queries import inquiries
from tests.desks.hand import Hand
from tests.records.center import Center, Visit, booked, center, noted, shared_center, visit

__all__ = ["booked", "center", "shared_center", "visit"]
SENTENCE = {
    Asker.PARENT: "not even whether somebody came",
    Asker.CLASS_TEACHER: "what you can do I can",
    Asker.LEADER: "I cannot give you the list",
    Asker.AUTHORITY: "case by case",
    Asker.POLICE: "written demand",
    Asker.CLASSMATE: "I cannot talk about anybody else",
    Asker.INSISTS: "I will ask the lead",
}


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch, center: Center) -> Callable[..., Hand]:
    return lambda who, at, **more: Hand(monkeypatch, who, at, **more)


def ask(hand: Hand, asker: str, **given: Any) -> str:
    answer = hand.post(f"/stand-in/asked/{asker}/", **given)
    assert answer.status_code == 302, answer.status_code
    return str(answer["Location"])


@pytest.mark.clause("CONF-02", "passes")
@pytest.mark.parametrize("asker", Asker)
def test_two_presses_to_the_right_sentence(hand: Any, center: Center, asker: Asker) -> None:
    lin = hand(center.lin, center.at)
    assert "/stand-in/" in lin.text("/desk/") and f"/stand-in/asked/{asker}/" in lin.text("/stand-in/")
    page = lin.text(ask(lin, asker))
    assert SENTENCE[asker] in page and "data-print" in page and 'data-copy="#sentence"' in page
    assert ("As the principal signed on" in page) == (asker not in (Asker.CLASSMATE, Asker.INSISTS))


def test_it_stands_in_the_head_of_those_who_are_asked(hand: Any, center: Center) -> None:
    for who, path in (("lin", "/desk/"), ("rui", "/reception/"), ("lead", "/center/"), ("zhou", "/standing/")):
        assert 'href="/stand-in/"' in hand(getattr(center, who), center.at).text(path)
    for who, path in (("qian", "/leadership/"), ("sun", "/machine/")):
        assert 'href="/stand-in/"' not in hand(getattr(center, who), center.at).text(path)


def test_it_is_the_same_sentence_whether_or_not_somebody_comes(hand: Any, center: Center) -> None:
    lin = hand(center.lin, center.at)
    before = _main(lin.text(ask(lin, "parent")))
    center.visit().book(reason="想说说话")
    assert _main(lin.text(ask(lin, "parent"))) == before


def _main(page: str) -> str:
    """The sentence itself: ids of the press aside."""
    return page.partition('<blockquote class="read-out"')[2].partition("</blockquote>")[0]


def test_the_phone_rings_when_the_page_is_locked(hand: Any, center: Center) -> None:
    rui = hand(center.rui, center.at).lock()
    assert "Who asks?" in rui.text("/stand-in/")
    assert SENTENCE[Asker.POLICE] in rui.text(ask(rui, "police"))


def test_a_page_may_be_pressed_twice_and_for_two_callers(hand: Any, center: Center) -> None:
    lin, once = hand(center.lin, center.at), str(uuid4())
    first, again, other = (ask(lin, asker, once=once) for asker in ("parent", "parent", "police"))
    assert first == again != other
    ask(lin, "parent", once="nonsense")


@pytest.mark.clause("CONF-02", "refuses")
@pytest.mark.clause("EXC-10", "refuses")
def test_who_insists_is_refused_with_the_next_step(hand: Any, center: Center) -> None:
    lin = hand(center.lin, center.at)
    page = ask(lin, "parent")
    before = len(noted("tell_outsider"))
    answer = lin.post(f"{page}tell/")
    said = answer.content.decode()
    assert answer.status_code == 403 and "CONF-02" in said and "EXC-10" in said and 'href="/stand-in/"' in said
    assert SENTENCE[Asker.PARENT] in said  # the sentence stays in front of whoever is on the phone
    assert len(noted("tell_outsider")) == before + 1


def test_what_is_not_there_is_not_found(hand: Any, center: Center) -> None:
    lin = hand(center.lin, center.at)
    assert lin.get(f"/stand-in/{uuid4()}/").status_code == lin.post(f"/stand-in/{uuid4()}/tell/").status_code == 404
    before = Inquiry.objects.count()
    assert lin.post("/stand-in/asked/李小雨的妈妈/").status_code == 409 and Inquiry.objects.count() == before


def test_the_leader_gets_a_page_instead(hand: Any, center: Center) -> None:
    lin = hand(center.lin, center.at)
    assert "/stand-in/sure/" in lin.text(ask(lin, "leader"))
    page = lin.text("/stand-in/sure/")
    assert "no list" in page and "何校长" in page and "data-print" in page


def test_the_lead_sees_who_asked_and_never_about_whom(hand: Any, booked: Visit) -> None:
    center = booked.center
    lin, lead = hand(center.lin, center.at), hand(center.lead, center.at)
    for asker in ("parent", "parent", "police"):
        ask(lin, asker)
    lin.post(ask(lin, "leader") + "tell/")
    page, found = lead.text("/center/inquiries/"), inquiries(center.at)
    assert f"<dt>A parent</dt><dd>{found.counts['parent']}</dd>" in page and "the code refused it" in page
    assert "李小雨" not in page and hand(center.lin, center.at).get("/center/inquiries/").status_code == 403
