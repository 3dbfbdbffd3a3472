"""The plan on its pages: written on one, said yes to by each; what was changed is marked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from subrosa.policy.plan import standard
from subrosa.records.case.models import Plan
from tests.desks.hand import Hand
from tests.records.case.test_handing import hand as handed_over
from tests.records.center import Center, Visit, booked, center, shared_center, visit

__all__ = ["booked", "center", "shared_center", "visit"]
WORDS = {"problem": "晚上睡不着", "goal": "十一点半前躺下", "notice": "第一节课不趴着", **standard("en")}


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch, center: Center) -> Callable[..., Hand]:
    return lambda who, at, **more: Hand(monkeypatch, who, at, **more)


@pytest.fixture
def known(visit: Visit) -> Visit:
    visit.recorded()
    return visit


def latest(visit: Visit) -> Plan:
    return Plan.objects.filter(case_id=visit.case_id).order_by("-number").first() or Plan()


@pytest.mark.clause("CON-06", "passes")
def test_from_the_blank_page_to_both_yes(hand: Any, known: Visit) -> None:
    lin, me = hand(known.center.lin, known.center.later), hand(known.me, known.center.later)
    page = f"/cases/{known.case_id}/plan/"
    blank = lin.text(page)
    assert all(words in blank for words in standard("en").values()) and "Nothing is written down yet" in me.text(
        "/mine/plan/"
    )
    assert lin.post(page, **WORDS, yes="1")["Location"].endswith("#plan")
    assert latest(known).counselor_at and not latest(known).agreed_at
    assert "proposed" in lin.text(f"/cases/{known.case_id}/")
    mine = me.text("/mine/")
    assert (
        "a suggestion that waits for your yes" in mine
        and "十一点半" not in mine
        and "Something to look at lies there" in mine
    )
    shown = me.text("/mine/plan/")
    assert "十一点半前躺下" in shown and "Yes, that is how I see it" in shown
    assert me.post("/mine/plan/", plan=str(latest(known).pk)).status_code == 302
    assert latest(known).agreed_at
    file = lin.text(f"/cases/{known.case_id}/")
    assert "both said yes" in file and "Both have said yes to the plan, version 1." in file and "Goal agreed" in file


@pytest.mark.clause("CON-06", "refuses")
def test_the_counselors_tap_in_the_clients_place_leaves_it_proposed(hand: Any, known: Visit) -> None:
    lin = hand(known.center.lin, known.center.later)
    lin.post(f"/cases/{known.case_id}/plan/", **WORDS, yes="1")
    assert lin.post(f"/cases/{known.case_id}/plan/yes/", plan=str(latest(known).pk), in_place="1").status_code == 302
    assert latest(known).said_at and not latest(known).agreed_at
    assert "stays proposed until the client taps it" in lin.text(f"/cases/{known.case_id}/")


@pytest.mark.clause("CON-06", "passes")
def test_a_change_is_marked_for_both(hand: Any, known: Visit) -> None:
    lin, me = hand(known.center.lin, known.center.later), hand(known.me, known.center.later)
    page = f"/cases/{known.case_id}/plan/"
    lin.post(page, **WORDS, yes="1")
    first = latest(known).pk
    me.post("/mine/plan/", plan=str(first))
    lin.post(page, **{**WORDS, "goal": "十二点前躺下"}, yes="1")
    assert me.text("/mine/plan/").count("changed</span>") == 1 and "Something was changed" in me.text("/mine/plan/")
    file = lin.text(f"/cases/{known.case_id}/")
    assert "Until both have said yes to the change" in file and "Plan changed, version 2: proposed" in file
    old = me.post("/mine/plan/", plan=str(first))
    assert old.status_code == 409 and "changed while this page was open" in old.content.decode()


@pytest.mark.clause("CON-06", "not_yet")
def test_an_empty_part_comes_back_with_everything_typed(hand: Any, known: Visit) -> None:
    lin = hand(known.center.lin, known.center.later)
    answer = lin.post(f"/cases/{known.case_id}/plan/", **{**WORDS, "goal": " ", "roles": ""})
    page = answer.content.decode()
    assert (
        answer.status_code == 409
        and "CON-06" in page
        and "晚上睡不着" in page
        and page.count('aria-invalid="true"') == 2
    )
    long = lin.post(f"/cases/{known.case_id}/plan/", **{**WORDS, "goal": "长" * 2001})
    assert long.status_code == 422 and "长长" in long.content.decode()
    assert not Plan.objects.filter(case_id=known.case_id).exists()


@pytest.mark.clause("REC-03", "not_yet")
def test_before_danger_was_asked_it_is_kept_and_waits(hand: Any, booked: Visit) -> None:
    booked.hold()
    lin = hand(booked.center.lin, booked.center.later)
    answer = lin.post(f"/cases/{booked.case_id}/plan/", **WORDS, yes="1")
    assert answer.status_code == 409 and "REC-03" in answer.content.decode()
    assert latest(booked).number == 1 and latest(booked).counselor_at is None


@pytest.mark.clause("CONF-02", "refuses")
@pytest.mark.parametrize("who", ["zhou", "lead", "rui", "sun"])
def test_nobody_else_plans_or_learns_that_there_is_a_plan(hand: Any, known: Visit, who: str) -> None:
    other = hand(getattr(known.center, who), known.center.at)
    page = f"/cases/{known.case_id}/plan/"
    assert other.get(page).status_code in (403, 404) and other.post(page, **WORDS).status_code in (403, 404)
    assert not Plan.objects.filter(case_id=known.case_id).exists()


def test_another_clients_plan_is_not_said_yes_to(hand: Any, known: Visit) -> None:
    lin = hand(known.center.lin, known.center.later)
    lin.post(f"/cases/{known.case_id}/plan/", **WORDS, yes="1")
    other = known.center.visit("别人")
    other.book(days=3)
    them = hand(other.me, known.center.later)
    assert "十一点半" not in them.post("/mine/plan/", plan=str(latest(known).pk)).content.decode()
    assert latest(known).client_at is None


@pytest.mark.clause("CON-06", "passes")
def test_on_the_centers_device_one_tap(hand: Any, known: Visit) -> None:
    hand(known.center.lin, known.center.at).post(f"/cases/{known.case_id}/plan/", **WORDS, yes="1")
    device = handed_over(known)[1]
    here = hand(None, known.center.at)
    here.client.cookies["vault_key"] = device.cookie
    assert "What we agreed on" in here.text("/here/")
    assert here.post("/mine/plan/", plan=str(latest(known).pk)).status_code == 302
    assert latest(known).agreed_at and latest(known).client_how == "client_mode"


@pytest.mark.clause("ETH-02", "passes")
def test_a_resting_case_stands_on_the_desk_and_two_presses_answer_it(hand: Any, known: Visit) -> None:
    late = known.booking.starts_at + timedelta(days=40)
    lin, lead = hand(known.center.lin, late), hand(known.center.lead, late + timedelta(days=30))
    assert f"/cases/{known.case_id}/#rest" in lin.text("/desk/")
    assert f"/cases/{known.case_id}/" not in lin.lock().text("/desk/")
    lin = hand(known.center.lin, late)
    assert "This case rests" in lin.text(f"/cases/{known.case_id}/")
    center = lead.text("/center/")
    assert "Resting long" in center and str(known.case_id) not in center and "李小雨" not in center
    wrong = lin.post(f"/cases/{known.case_id}/rest/", until="2020-01-01")
    assert wrong.status_code == 409 and 'value="2020-01-01"' in wrong.content.decode()
    assert lin.post(f"/cases/{known.case_id}/invite/").status_code == 302
    assert "This case rests" not in lin.text(f"/cases/{known.case_id}/")
    me = hand(known.me, late)
    assert "The door is open" in me.text("/mine/")
    later = hand(known.center.lin, late + timedelta(days=40))
    until = (late + timedelta(days=90)).date().isoformat()
    assert later.post(f"/cases/{known.case_id}/rest/", until=until).status_code == 302
    assert "Rests on purpose until" in later.text(f"/cases/{known.case_id}/")
