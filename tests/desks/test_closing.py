"""The end on one page: numbers of both, a letter or none, why; and the client's side of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import signing

from subrosa.records.case.models import Goal, Letter
from subrosa.records.case.queries import goals
from tests.desks.hand import Hand
from tests.records.case.test_handing import hand as handed_over
from tests.records.center import Center, Visit, booked, center, noted, shared_center, visit

__all__ = ["booked", "center", "shared_center", "visit"]
WORDS = "你做到的，我都记得。\n\n门一直开着。"
FOUND = "你患有抑郁症，已经好多了。"


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch, center: Center) -> Callable[..., Hand]:
    return lambda who, at, **more: Hand(monkeypatch, who, at, **more)


@pytest.fixture
def lin(hand: Any, booked: Visit) -> Hand:
    """Lin at a file with one goal, the meeting held."""
    booked.hold()
    lin: Hand = hand(booked.center.lin, booked.center.later)
    assert lin.post(f"/cases/{booked.case_id}/goals/", goal="睡到六点").status_code == 302
    return lin


def page_of(visit: Visit) -> str:
    return f"/cases/{visit.case_id}/close/"


def goal_of(visit: Visit) -> Goal:
    (one,) = goals(visit.case_id)  # type: ignore[arg-type]  # there is a case
    return one


def close(lin: Hand, visit: Visit, **given: str) -> Any:
    return lin.post(page_of(visit), **{"why": "goals_reached", "letter": WORDS} | given)


@pytest.mark.clause("ETH-02", "not_yet")
def test_without_the_clients_number_it_waits_and_nothing_typed_is_lost(lin: Hand, booked: Visit) -> None:
    goal = goal_of(booked)
    answer = close(lin, booked, **{f"goal-{goal.pk}": "8"})
    page = answer.content.decode()
    assert answer.status_code == 409 and "ETH-02" in page and "own rating of each goal" in page
    assert "睡到六点" in page and "门一直开着" in page and "<option selected>8</option>" in page
    assert 'value="goals_reached" checked' in page
    assert booked.case.state == "open" and goal_of(booked).rated_at is not None, "what was done stays done"
    done = close(lin, booked, why_not="did_not_come_back", **{f"goal-{goal.pk}": "8", f"was-{goal.pk}": "8"})
    assert done.status_code == 302 and booked.case.state == "closed"
    assert len(noted("write_letter", "done")) and Letter.objects.filter(case_id=booked.case_id).count() == 1
    file = lin.text(f"/cases/{booked.case_id}/")
    assert "8 · did not come back" in file and "门一直开着" in file


@pytest.mark.clause("ETH-02", "passes")
def test_the_client_rates_on_the_own_account_and_opens_the_letter_with_the_passphrase(
    hand: Any, lin: Hand, booked: Visit
) -> None:
    goal, me = goal_of(booked), hand(booked.me, booked.center.later)
    assert "How far have we come" in me.text("/mine/plan/")
    assert me.post("/mine/goals/", **{f"goal-{goal.pk}": "12"}).status_code == 409
    assert me.post("/mine/goals/", **{f"goal-{goal.pk}": "7"}).status_code == 302
    assert 'value="7" checked' in me.text("/mine/goals/")
    assert "to write one, and to read what comes back" in me.text("/mine/")
    assert close(lin, booked, **{f"goal-{goal.pk}": "8"}).status_code == 302
    mine = me.text("/mine/")
    assert "A letter lies there for you." in mine and "it opens with your passphrase" in mine and "门一直" not in mine
    assert "门一直开着" not in me.text("/mine/letters/")
    wrong = me.post("/mine/letters/", passphrase="not this one")
    assert wrong.status_code == 403 and "门一直开着" not in wrong.content.decode()
    opened = me.post("/mine/letters/", passphrase="four quiet words here")
    page = opened.content.decode()
    assert opened.status_code == 200 and "门一直开着" in page and "林知夏" in page
    token = page.partition('name="token" value="')[2].partition('"')[0]
    letter = Letter.objects.get(case_id=booked.case_id)
    made = me.post(f"/mine/letters/{letter.pk}/", token=token)
    assert (
        made["Content-Type"] == "application/pdf"
        and made.content.startswith(b"%PDF")
        and "paper.pdf" in made["Content-Disposition"]
    )
    for other in ("", "made:up:token"):
        assert me.post(f"/mine/letters/{letter.pk}/", token=other)["Location"] == "/mine/letters/"


@pytest.mark.clause("CONF-02", "refuses")
def test_another_client_opens_no_letter_of_it(hand: Any, lin: Hand, booked: Visit) -> None:
    close(lin, booked, why_not="left_school", **{f"goal-{goal_of(booked).pk}": "8"})
    letter = Letter.objects.get(case_id=booked.case_id)
    other = booked.center.visit("别人")
    other.book(days=3)
    them = hand(other.me, booked.center.later)
    assert "There is no letter" in them.text("/mine/letters/")
    stolen = signing.dumps([str(letter.pk), str(other.client.pk)], salt="letters")
    assert them.post(f"/mine/letters/{letter.pk}/", token=stolen)["Location"] == "/mine/letters/"


@pytest.mark.clause("COMP-03", "not_yet")
@pytest.mark.clause("COMP-03", "passes")
def test_a_letter_that_names_an_illness_waits_with_the_words_marked(lin: Hand, booked: Visit) -> None:
    goal = {f"goal-{goal_of(booked).pk}": "8", "why_not": "did_not_want"}
    answer = close(lin, booked, letter=FOUND, **goal)
    page = answer.content.decode()
    assert answer.status_code == 409 and "COMP-03" in page and FOUND in page and booked.case.state == "open"
    phrase = page.partition('name="phrase" value="')[2].partition('"')[0]
    key = page.partition('name="whose_')[2].partition('"')[0]
    assert "抑郁症" in phrase and f'<mark class="asserts">{phrase}</mark>' in page and "describe instead" in page
    half = {"phrase": phrase, f"whose_{key}": "hospital", f"place_{key}": "市六院"}
    assert close(lin, booked, letter=FOUND, **goal, **half).status_code == 409
    whole = {**half, f"on_{key}": "2026-02-01"}
    assert close(lin, booked, letter=FOUND, **goal, **whole).status_code == 302
    assert booked.case.state == "closed"


def test_a_letter_or_one_tap_that_there_is_none(lin: Hand, booked: Visit) -> None:
    goal = {f"goal-{goal_of(booked).pk}": "8", "why_not": "did_not_want"}
    for given in ({"letter": " "}, {"no_letter": "1"}, {"why": "no such reason"}, {"letter": "长" * 20_001}):
        answer = close(lin, booked, **{**goal, **given})
        assert answer.status_code == 422 and b'role="alert"' in answer.content, given
    assert close(lin, booked, letter="", no_letter="1", **goal).status_code == 302
    assert not Letter.objects.filter(case_id=booked.case_id).exists()


def test_what_is_only_kept_closes_nothing_and_is_there_again(lin: Hand, booked: Visit) -> None:
    goal = goal_of(booked)
    kept = lin.post(page_of(booked), letter=WORDS, keep="1", **{f"goal-{goal.pk}": "5"})
    assert kept.status_code == 302 and booked.case.state == "open"
    page = lin.text(page_of(booked))
    assert "门一直开着" in page and "<option selected>5</option>" in page
    assert "not handed over yet" in lin.text(f"/cases/{booked.case_id}/")


@pytest.mark.clause("CONF-02", "refuses")
@pytest.mark.parametrize("who", ["zhou", "lead", "rui", "sun"])
def test_nobody_else_comes_to_the_end_of_it(hand: Any, booked: Visit, who: str) -> None:
    other = hand(getattr(booked.center, who), booked.center.at)
    assert other.get(page_of(booked)).status_code in (403, 404)
    assert other.post(page_of(booked), why="left_school", no_letter="1").status_code in (403, 404)
    assert other.get(f"/cases/{booked.case_id}/letter/").status_code in (302, 403, 404)
    assert booked.case.state == "open"


def test_without_an_account_the_letter_is_printed_by_the_counselor(hand: Any, center: Center) -> None:
    bare = center.visit("没有手机", account=False)
    bare.book(center.lin, days=2)
    bare.hold()
    lin = hand(center.lin, center.later)
    assert "print it after closing" in lin.text(page_of(bare))
    assert close(lin, bare).status_code == 302
    made = lin.get(f"/cases/{bare.case_id}/letter/")
    assert made.status_code == 200 and made.content.startswith(b"%PDF")


def test_on_the_centers_device_the_client_rates(hand: Any, lin: Hand, booked: Visit) -> None:
    device = handed_over(booked)[1]
    here = hand(None, booked.center.at)
    here.client.cookies["vault_key"] = device.cookie
    assert "How far have we come?" in here.text("/here/")
    assert here.post("/mine/goals/", **{f"goal-{goal_of(booked).pk}": "10"}).status_code == 302
    assert goal_of(booked).own_how == "client_mode"
