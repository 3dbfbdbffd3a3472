"""No form of the house makes a personal question compulsory, and none penalizes silence (CLIENT-02)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.urls import get_resolver

import subrosa.desks
from subrosa.policy.plan import standard
from subrosa.records.case.actions import agree_goal
from subrosa.records.case.plan import propose
from subrosa.records.case.plan_text import PlanText
from tests.architecture.house import CODE
from tests.desks.hand import Hand
from tests.desks.silence import Form, Page, walk
from tests.desks.test_audiences import ADDRESS, ROUTES
from tests.records.center import Center, Visit, booked, center, shared_center, visit

__all__ = ["booked", "center", "shared_center", "visit"]

# What a form may insist on: the thing itself that is pressed, never a question about the person. Anything new that is
# required somewhere fails below until it is classed here or made free.
OF_A_DOOR = {"code", "passphrase", "again", "old", "sign_in"}  # the key of a door
OF_A_TIME = {"slot", "weekday", "starts", "minutes", "room", "until", "signed_on"}  # when and where
OF_THE_HOUSE = {"text_zh", "text_en", "signer", "number", "name_zh", "name_en", "hours_zh", "hours_en", "place", "area"}
OF_THE_HOUSE |= {
    "file",
    "word",
    "colleague",
    "roles",
    "kind",
    "tie",
    "words",
    "whose",
    "what",
    "second_why",
}  # colleagues about the house
NAMED = {  # a name that is asked for, and the way for whoever does not say one
    "RegisterForm.name": "left unnamed: the press beside it (LEAVE_UNNAMED)",
    "GuestForm.name": "the desk may type whatever somebody wishes to be called",
    **{
        f"{one}.name": "a colleague's own"
        for one in ("FoundForm", "RecoverForm", "SignInForm", "InviteForm", "RoomForm")
    },
    **dict.fromkeys(
        (f"OutsideLookForm.{name}" for name in ("which", "whom", "day")), "a colleague about the own certificate"
    ),
    "founding.html.name": "the custodian of a seat",
    "FirstForm.reach": "stands on “I come by” before anybody touches it",
}
FREE = OF_A_DOOR | OF_A_TIME | OF_THE_HOUSE
# A form that is nothing but the words somebody came to leave says so, and asks nothing about who that is.
WORDS_THEMSELVES = {"/slip/": {"text"}, "/write/": {"text"}, "/mine/write/": {"text"}}


def form_classes(kind: type[forms.BaseForm] = forms.BaseForm) -> Iterator[type[forms.BaseForm]]:
    """Every form that the pages of the house have."""
    assert get_resolver().url_patterns, "every page is imported by the addresses"
    for one in kind.__subclasses__():
        yield from form_classes(one)
        if one.__module__.startswith(f"{subrosa.desks.__name__}."):
            yield one


def insisted(found: Iterable[type[forms.BaseForm]]) -> Iterator[str]:
    """What forms insist on that is nobody's business."""
    for one in found:
        for name, asked in one.base_fields.items():
            if asked.required and name not in FREE and f"{one.__name__}.{name}" not in NAMED:
                yield f"{one.__module__}.{one.__name__}.{name}"


def insisted_in_templates(pages: Iterable[Path]) -> Iterator[str]:
    """The same of fields that are written in the pages themselves."""
    for page in pages:
        for tag in re.findall(r"<(?:input|textarea|select)\b[^>]*\srequired\b[^>]*>", page.read_text(encoding="utf-8")):
            name = (re.search(r'\bname="([^"]+)"', tag) or ["", "?"])[1]
            if name not in FREE and f"{page.name}.{name}" not in NAMED:
                yield f"{page.name}: {name}"


@pytest.mark.clause("CLIENT-02", "refuses")
def test_no_form_insists_on_a_personal_answer() -> None:
    classes = set(form_classes())
    assert len(classes) > 25, "the forms of the house were found"
    assert list(insisted(classes)) == []
    assert list(insisted_in_templates((CODE / "desks").rglob("*.html"))) == []


@pytest.mark.clause("CLIENT-02", "refuses")
def test_a_planted_question_is_seen(tmp_path: Path) -> None:
    class Curious(forms.Form):
        why = forms.CharField()
        mood = forms.ChoiceField(choices=[("1", "1")], required=False)

    assert [one.rpartition(".")[2] for one in insisted([Curious])] == ["why"]
    page = tmp_path / "curious.html"
    page.write_text('<input name="once" type="hidden"><textarea id="x" name="reason" rows="2" required></textarea>')
    assert list(insisted_in_templates([page])) == ["curious.html: reason"]
    told = Page("/x/")
    told.feed(
        '<form method="post"><input type="radio" name="a" value="1"><select name="b"><option value="z"></select></form>'
    )
    assert told.forms[0].untouched() == {"b": "z"} and told.forms[0].questions == {"a", "b"}


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Hand]:
    return lambda who, at, **more: Hand(monkeypatch, who, at, **more)


@pytest.fixture
def known(visit: Visit) -> Visit:
    """A client with everything that a page of the own things may ask about: a past and a coming meeting, a plan, a goal."""
    visit.recorded()
    visit.book(days=4)
    lin, at = visit.center.lin, visit.center.at
    agree_goal(by=lin, at=at, case=visit.case, text="睡到六点")
    words = {"problem": "睡不着", "goal": "睡得着", "notice": "早读不趴着", **standard("zh-hans")}
    propose(by=visit.center.lin, at=at, case=visit.case, text=PlanText(words))
    return visit


LAST = ("/mine/cancel/", "/mine/stop/", "/mine/again/", "/mine/devices/", "/sign-out/", "/leave/", "/exit/")


def silent(hand: Hand, found: list[Form]) -> list[str]:
    """Each form sent untouched; what was answered with a fault although nothing but an answer was missing."""
    faults = []
    for form in sorted(found, key=lambda one: one.action.startswith(LAST)):
        asks = form.questions
        sent = form.with_a_choice(OF_A_TIME)  # a time is what the form is for; beside it nothing need be said
        answered = {name for name in OF_A_TIME & asks if sent.get(name)}
        itself = (asks & (FREE | WORDS_THEMSELVES.get(form.page, set()))) - answered
        answer = hand.client.post(form.action, sent)
        if answer.status_code >= 400 and not itself:
            faults.append(f"{form.page} → {form.action}: {answer.status_code} for silence about {sorted(asks)}")
    return faults


@pytest.mark.clause("CLIENT-02", "passes")
def test_every_form_of_a_client_takes_silence(hand: Any, known: Visit) -> None:
    me = hand(known.me, known.center.at)
    seen, found = walk(me, ["/mine/", "/talk/"])
    assert len(found) > 8 and {"/mine/stop/", "/mine/hope/", "/mine/cards/"} <= set(seen)
    assert "\n".join(silent(me, found)) == ""


@pytest.mark.clause("CLIENT-02", "passes")
def test_every_form_at_the_door_takes_silence(hand: Any, center: Center) -> None:
    door = hand(None, center.at)
    seen, found = walk(door, ["/", "/talk/", "/slip/", "/back/", "/account/", "/kept/"])
    assert len(found) > 4 and {"/slip/", "/back/"} <= set(seen)
    assert "\n".join(silent(door, found)) == ""


def test_every_page_with_a_form_for_clients_is_walked_through(hand: Any, known: Visit) -> None:
    """The walk follows links: a page that none leads to would be asked nothing. Found by the table of addresses."""
    walked = {*walk(hand(known.me, known.center.at), ["/mine/", "/talk/"])[0]}
    walked |= {*walk(hand(None, known.center.at), ["/", "/talk/", "/slip/", "/back/", "/account/"])[0]}
    shapes = {re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "*", path) for path in walked}
    mine = [route for route in ROUTES if route.callback.__module__.startswith("subrosa.desks.client.")]
    lacking = []
    for route in mine:
        shape = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "*", ADDRESS[str(route.name)])
        if shape.replace("/x/", "/before/") not in shapes and str(route.name) not in NOT_BY_A_LINK:
            lacking.append(f"{route.name} {shape}")
    assert lacking == []


NOT_BY_A_LINK = {
    *("here", "here_done"),  # a device that was handed over: its pages are those of a client
    *("mine_again", "mine_proposed"),  # buttons, for who has ended it and for who has a time proposed
    *("talk_first", "talk_sent", "talk_times"),  # what the buttons of /talk/ lead to
    *("mine_letter_paper", "mine_agreement_paper", "mine_passphrase"),  # papers, and the own passphrase
}


@pytest.mark.clause("CLIENT-02", "passes")
def test_who_says_nothing_is_offered_the_same(hand: Any, center: Center) -> None:
    said, silent_one = center.visit("李小雨"), center.visit("王小明")
    said.book(days=1, reason="最近总是睡不着")
    silent_one.book(days=2)
    assert hand(said.me, center.at).post("/mine/hope/", text="睡得着").status_code == 302
    talkative, quiet = (_offers(hand(one.me, center.at).text("/talk/")) for one in (said, silent_one))
    assert talkative == quiet and 'name="slot"' in quiet


def _offers(page: str) -> str:
    """The page of times, without what is another key on each page."""
    main = page.partition("<main")[2].partition("</main>")[0]
    return re.sub(r'name="(?:once|csrfmiddlewaretoken)" value="[^"]*"', "", main)
