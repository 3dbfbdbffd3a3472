"""Where one is signed in, the passphrase changed inside a session, and signing out within one press of everywhere."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from subrosa.records.person import entrance
from subrosa.records.person.models import Session
from tests.desks.hand import Hand
from tests.records.center import PASSPHRASE, Center, center, own_center, shared_center

__all__ = ["center", "own_center", "shared_center"]

NEW = "another four quiet words"
CHANGE = {"old": PASSPHRASE, "passphrase": NEW, "again": NEW}


def cookie(hand: Hand) -> str:
    return str(hand.client.cookies["vault_key"].value)


def alive(hand: Hand) -> bool:
    return entrance.signed_in(cookie(hand), at=hand.at) is not None


@pytest.fixture
def three(center: Center, monkeypatch: pytest.MonkeyPatch) -> list[Hand]:
    """Lin at three browsers, and nowhere else."""
    Session.objects.filter(holder=center.lin.id).delete()
    return [Hand(monkeypatch, center.lin, center.at) for _ in range(3)]


def test_a_colleague_sees_and_ends_the_own_sessions(three: list[Hand]) -> None:
    page = three[0].text("/standing/sessions/")
    assert page.count('class="leaf"') == 3 and page.count("Here, in this browser") == 1
    assert str(three[0].session.pk) not in page, "this one is ended by signing out"
    answer = three[0].post("/standing/sessions/", session=str(three[1].session.pk), passphrase=PASSPHRASE)
    assert answer["Location"] == "/standing/sessions/?ended=1"
    assert [alive(one) for one in three] == [True, False, True]
    three[0].post("/standing/sessions/", others="1", passphrase=PASSPHRASE)
    assert [alive(one) for one in three] == [True, False, False]
    assert "Nowhere else." in three[0].text("/standing/sessions/")


def test_a_press_that_names_nothing_ends_nothing(three: list[Hand]) -> None:
    for given in ({}, {"session": ""}, {"session": "all"}):
        three[0].post("/standing/sessions/", passphrase=PASSPHRASE, **given)
    assert all(alive(one) for one in three)


def test_whoever_sits_down_at_an_open_page_throws_nobody_out(three: list[Hand]) -> None:
    """Ending asks for the passphrase once more; without it, or with another, everybody stays."""
    for given in ({}, {"passphrase": ""}, {"passphrase": NEW}):
        for press in ({"others": "1"}, {"session": str(three[1].session.pk)}):
            assert three[0].post("/standing/sessions/", **press, **given).status_code == 422
    assert all(alive(one) for one in three)


def test_a_locked_device_ends_nobodys_session(three: list[Hand]) -> None:
    """Whoever finds a locked laptop does not throw its owner out elsewhere."""
    three[0].lock()
    assert three[0].post("/standing/sessions/", others="1", passphrase=PASSPHRASE)["Location"].startswith("/unlock/")
    assert three[0].get("/standing/sessions/")["Location"].startswith("/unlock/")
    assert all(alive(one) for one in three)


def test_the_own_page_leads_there_and_every_page_leads_out(center: Center, three: list[Hand]) -> None:
    assert 'href="/standing/sessions/"' in three[0].text("/standing/")
    for path in ("/desk/", "/openings/", "/standing/", "/standing/sessions/", "/standing/passphrase/", "/queue/"):
        assert 'action="/sign-out/"' in three[0].text(path), path


def test_the_passphrase_is_changed_with_the_old_one(own_center: Center, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other browsers are out, this one goes on under a new cookie, and the recovery code still opens."""
    browser, other = (Hand(monkeypatch, own_center.lead, own_center.at) for _ in range(2))
    before = cookie(browser)
    assert "recovery code" in browser.text("/standing/passphrase/")
    answer = browser.post("/standing/passphrase/", **CHANGE)
    assert answer.status_code == 302 and answer["Location"] == "/standing/sessions/?changed=1"
    assert cookie(browser) != before and alive(browser) and not alive(other)
    assert entrance.signed_in(before, at=browser.at) is None
    assert "Everywhere else you are signed out" in browser.text(answer["Location"])
    assert entrance.try_passphrase("shen", PASSPHRASE) is None
    assert entrance.try_passphrase("shen", NEW) is not None
    assert entrance.try_recovery("shen", own_center.recovery) is not None


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"old": "not the one at all"}, "That is not the passphrase you have now"),
        ({"old": ""}, "This field is required"),
        ({"passphrase": "short", "again": "short"}, "shorter than twelve"),
        ({"passphrase": "justinbieber", "again": "justinbieber"}, "Many people use this one"),
        ({"again": "something else entirely"}, "The two passphrases differ"),
        ({"passphrase": PASSPHRASE, "again": PASSPHRASE}, "This is the one you have now"),
    ],
)
def test_without_the_old_one_or_with_a_bad_new_one_nothing_changes(
    center: Center, three: list[Hand], given: dict[str, str], said: str, caplog: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(logging.getLogger("subrosa"), "propagate", True)
    with caplog.at_level(logging.WARNING, "subrosa"):
        answer = three[0].post("/standing/passphrase/", **{**CHANGE, **given})
    assert answer.status_code == 422 and said in answer.content.decode()
    assert all(alive(one) for one in three) and entrance.try_passphrase("lin", PASSPHRASE) is not None
    assert set(caplog.messages) == ({"a passphrase did not fit: change"} if given.get("old") else set())


def test_a_client_has_the_same_in_neutral_words(center: Center, monkeypatch: pytest.MonkeyPatch) -> None:
    visit = center.visit()
    assert visit.account is not None
    browser, phone = (Hand(monkeypatch, visit.account, center.at) for _ in range(2))
    assert 'href="/mine/devices/"' in browser.text("/mine/")
    for path in ("/mine/devices/", "/mine/passphrase/"):
        page = browser.text(path).casefold()
        assert "<title>my schedule</title>" in page
        assert not [word for word in ("counsel", "psych", "therap", "center") if word in page]
    browser.post("/mine/devices/", session=str(phone.session.pk), passphrase=PASSPHRASE)
    assert alive(browser) and not alive(phone)
    answer = browser.post("/mine/passphrase/", **CHANGE)
    assert answer["Location"] == "/mine/devices/?changed=1" and alive(browser)
    assert "Nowhere else." in browser.text("/mine/devices/")


def test_somebody_elses_session_is_not_ended_by_its_number(
    center: Center, three: list[Hand], monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = center.visit()
    me = Hand(monkeypatch, visit.account, center.at)
    me.post("/mine/devices/", session=str(three[0].session.pk), passphrase=PASSPHRASE)
    rui = Hand(monkeypatch, center.rui, center.at)
    rui.post("/standing/sessions/", session=str(three[0].session.pk), passphrase=PASSPHRASE)
    assert alive(three[0])


def test_the_centers_device_in_hand_is_no_place_for_it(center: Center, monkeypatch: pytest.MonkeyPatch) -> None:
    """The client's own sessions and passphrase stay out of a device that belongs to the center."""
    visit = center.visit()
    visit.book()
    at_home = Hand(monkeypatch, visit.account, center.at)
    device = Hand(monkeypatch, center.lin, center.at)
    device.post(f"/cases/{visit.case_id}/hand-over/")
    for path in ("/mine/devices/", "/mine/passphrase/"):
        assert device.get(path)["Location"] == "/here/"
    assert device.post("/mine/devices/", others="1")["Location"] == "/here/"
    assert device.post("/mine/passphrase/", **CHANGE)["Location"] == "/here/"
    assert alive(at_home) and "/mine/devices/" not in device.text("/mine/")


def test_sixteen_digits_are_not_changed_here(center: Center, monkeypatch: pytest.MonkeyPatch) -> None:
    """They say which account it is; a new slip makes an account with a passphrase of the own."""
    from tests.records.appointment.test_first import Came

    came = Came(center)
    came.press()
    me = Hand(monkeypatch, None, center.at)
    me.post("/back/", code=came.code)
    page = me.text("/mine/devices/")
    assert "sixteen digits stay" in page and "/mine/passphrase/" not in page
    assert me.post("/mine/passphrase/", **{**CHANGE, "old": came.code})["Location"] == "/mine/devices/"
    phone = Hand(monkeypatch, None, center.at)
    phone.post("/back/", code=came.code)
    me.post("/mine/devices/", others="1", passphrase=came.code)
    assert alive(me) and not alive(phone), "the digits are what is asked for here"
