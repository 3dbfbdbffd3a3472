"""The lead's page of one colleague: signed out everywhere, suspended, let in again, leaving; the sign-in says nothing of it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from subrosa.records.audit.models import Entry
from subrosa.records.person import access, actions, entrance
from subrosa.records.person.models import Link
from tests.desks.hand import Hand
from tests.records.center import PASSPHRASE, Center, center, own_center, shared_center
from tests.records.joining import joined

__all__ = ["center", "own_center", "shared_center"]


@pytest.fixture
def lead(own_center: Center, monkeypatch: pytest.MonkeyPatch) -> Hand:
    return Hand(monkeypatch, own_center.lead, own_center.later)


def page_of(center: Center, name: str) -> str:
    return f"/center/colleagues/{center.staff[name].id}/"


def signed_in(hand: Hand, name: str) -> Any:
    """The answer to a right passphrase at the door."""
    door = Hand(hand.patch, None, hand.at)
    return door.post("/sign-in/", name=name, passphrase=PASSPHRASE)


def test_a_lost_laptop_is_signed_out_by_one_press(own_center: Center, lead: Hand) -> None:
    laptop = Hand(lead.patch, own_center.lin, own_center.later)
    assert laptop.get("/desk/").status_code == 200 and page_of(own_center, "lin") in lead.text("/center/colleagues/")
    answer = lead.post(page_of(own_center, "lin") + "sessions/")
    assert "Signed out everywhere" in lead.text(answer["Location"]) and "on 0 browsers" in lead.text(answer["Location"])
    assert laptop.get("/desk/")["Location"].startswith("/sign-in/")
    assert signed_in(lead, "lin").status_code == 302, "whoever knows the passphrase comes in again"


def test_who_is_suspended_meets_the_sign_in_of_a_stranger(own_center: Center, lead: Hand) -> None:
    """Word for word what an unknown name hears, at the sign-in and with the recovery code; then she is let back in."""
    laptop = Hand(lead.patch, own_center.lin, own_center.later)
    assert "林知夏" in Hand(lead.patch, None, own_center.at).text("/talk/"), "the control"
    lead.post(page_of(own_center, "lin") + "suspend/")
    assert laptop.get("/desk/")["Location"].startswith("/sign-in/")
    known, unknown = (signed_in(lead, name) for name in ("lin", "nobody-here"))
    assert (known.status_code, said(known)) == (unknown.status_code, said(unknown)) == (422, said(unknown))
    answers = [
        Hand(lead.patch, None, lead.at).post("/recover/", name=name, **forgotten()) for name in ("lin", "nobody")
    ]
    assert said(answers[0]) == said(answers[1]) and answers[0].status_code == 422
    assert "suspended" in lead.text("/center/colleagues/") and "Let back in" in lead.text(page_of(own_center, "lin"))
    assert "林知夏" not in Hand(lead.patch, None, own_center.at).text("/talk/"), "and nobody new is offered her"
    lead.post(page_of(own_center, "lin") + "lift/")
    assert signed_in(lead, "lin").status_code == 302


def said(answer: Any) -> str:
    """What the page says about name and passphrase."""
    text: str = answer.content.decode()
    return text.split('role="alert">')[1].split("</div>")[0]


def forgotten() -> dict[str, str]:
    from subrosa.records.vault import keys

    return {"code": keys.new_recovery_code(), "passphrase": "rain on a quiet roof", "again": "rain on a quiet roof"}


@pytest.mark.clause("CONF-07", "not_yet")
def test_what_is_missing_before_somebody_leaves_stands_there_with_the_next_step(own_center: Center, lead: Hand) -> None:
    visit = own_center.visit()
    visit.recorded()
    path = page_of(own_center, "lin")
    page = lead.text(path)
    assert "1 file is held by nobody else who stays" in page and 'href="/center/recovery/"' in page
    assert "Yes, close it" not in page and "Suspend now" in page
    answer = lead.post(path + "leave/")
    assert answer.status_code == 409 and "a second holder for each running file" in answer.content.decode()
    joined(by=own_center.lin, at=own_center.at, case=visit.case, colleague=own_center.row("fang"))
    assert "Yes, close it" in lead.text(path)
    done = lead.post(path + "leave/")
    page = lead.text(done["Location"])
    assert "The account is closed" in page and "has left" in page and "/suspend/" not in page and "/leave/" not in page
    assert signed_in(lead, "lin").status_code == 422
    fang = Hand(lead.patch, own_center.fang, own_center.later)
    assert fang.get(f"/cases/{visit.case_id}/").status_code == 200


def test_an_invitation_is_taken_back(own_center: Center, lead: Hand) -> None:
    key, token = entrance.new_token()
    actions.invite(by=own_center.lead, at=own_center.at, name="白老师", roles=("counselor",), link=key, token=token)
    path = f"/center/colleagues/{Link.objects.get(pk=key).staff_id}/"
    assert "Take the invitation back" in lead.text(path) and "Suspend now" not in lead.text(path)
    lead.post(path + "leave/")
    assert Hand(lead.patch, None, own_center.at).get(f"/enter/{token}/").status_code == 403


def test_the_own_page_ends_nothing(own_center: Center, lead: Hand) -> None:
    path = page_of(own_center, "lead")
    assert "This is you" in lead.text(path) and "Suspend now" not in lead.text(path)
    for press in ("suspend/", "leave/"):
        answer = lead.post(path + press)
        assert answer.status_code == 403 and "Nobody ends the own access" in answer.content.decode()
    assert lead.get(path).status_code == 200


def test_nobody_but_the_lead_sees_or_presses_it(own_center: Center, lead: Hand) -> None:
    """Nor does a lead's laptop that is locked."""
    for name in ("lin", "rui", "qian", "sun"):
        hand = Hand(lead.patch, getattr(own_center, name), own_center.later)
        for press in ("", "sessions/", "suspend/", "lift/", "leave/"):
            answer = (
                hand.get(page_of(own_center, "fang")) if not press else hand.post(page_of(own_center, "fang") + press)
            )
            assert answer.status_code == 403
    lead.lock()
    assert lead.post(page_of(own_center, "fang") + "suspend/")["Location"].startswith("/unlock/")
    assert own_center.row("fang").state == "active"


def test_a_press_sent_twice_is_one(own_center: Center, lead: Hand) -> None:
    once = str(uuid4())
    answers = [lead.post(page_of(own_center, "fang") + "suspend/", once=once) for _ in range(2)]
    assert [one.status_code for one in answers] == [302, 302]
    assert Entry.objects.filter(act="suspend_staff", actor_id=own_center.lead.id).count() == 1
    assert access.session_count(own_center.fang.id) == 0
