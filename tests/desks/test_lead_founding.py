"""A center founded from its first link to its teams, over the pages alone; each step once, each missing one named."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest

from subrosa.policy.roles import Role
from subrosa.records.person import founding_link
from subrosa.records.person.queries import colleagues, founding_progress
from subrosa.records.school import context
from subrosa.records.vault.models import Keypair
from tests.desks.hand import Hand
from tests.ground import new_school
from tests.records.center import noted

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
PASSPHRASE = "rain on a quiet roof"
WHO = {"name": "沈若兰", "sign_in": "shen", "passphrase": PASSPHRASE, "again": PASSPHRASE}


@pytest.fixture
def empty(database: Any) -> Any:
    """A school that nobody has founded."""
    with context.on(new_school()):
        yield


def found(hand: Hand, **changes: str) -> Any:
    return hand.post(f"/found/{founding_link.make(hand.at)}/", **(WHO | changes))


def test_the_link_opens_once_and_in_time(monkeypatch: pytest.MonkeyPatch, empty: Any) -> None:
    hand = Hand(monkeypatch, None, AT)
    old = founding_link.make(AT)
    link = founding_link.make(AT)
    assert hand.get(f"/found/{old}/").status_code == hand.get("/found/changed/").status_code == 404
    assert hand.get(f"/found/{link}/").status_code == 200
    hand.at = AT + timedelta(hours=25)
    assert hand.get(f"/found/{link}/").status_code == 404
    hand.at = AT
    assert hand.post(f"/found/{link}/", **(WHO | {"again": "another one here"})).status_code == 422
    page = hand.post(f"/found/{link}/", **WHO)
    assert page.status_code == 200 and "Shown once, now." in page.content.decode()
    assert hand.get(f"/found/{link}/").status_code == 404 and hand.post(f"/found/{link}/", **WHO).status_code == 404
    assert hand.get("/center/").status_code == 200  # the session of the one who founded


@pytest.mark.clause("MGMT-01", "refuses")
def test_a_center_is_founded_once(monkeypatch: pytest.MonkeyPatch, empty: Any) -> None:
    assert found(Hand(monkeypatch, None, AT)).status_code == 200
    assert found(Hand(monkeypatch, None, AT), sign_in="other").status_code == 403
    assert len(noted("found_center")) == 1 and [one.roles for one in colleagues()] == [(Role.LEAD,)]


@pytest.mark.clause("CONF-07", "refuses")
def test_each_seat_sheet_is_shown_once_and_nowhere_kept(monkeypatch: pytest.MonkeyPatch, empty: Any) -> None:
    hand = Hand(monkeypatch, None, AT)
    found(hand)
    assert "Show sheet 1" in hand.text("/center/founding/")
    assert hand.post("/center/founding/seal/").status_code == 409
    assert hand.post("/center/founding/seats/2/").status_code == 403  # out of turn
    sheets = []
    for number in (1, 2, 3):
        page = hand.post(f"/center/founding/seats/{number}/").content.decode()
        match = re.search(r'id="sheet">([^<]+)<', page)
        assert match
        sheets.append(match[1])
        assert hand.post(f"/center/founding/seats/{number}/").status_code == 403
        assert match[1] not in hand.text("/center/founding/")
    assert len(set(sheets)) == 3 and not Keypair.objects.filter(kind="seat").exclude(locked=None).exists()
    assert hand.post("/center/founding/seal/").status_code == 302 and founding_progress().sealed


def test_every_step_is_led_to_until_all_are_done(monkeypatch: pytest.MonkeyPatch, empty: Any) -> None:
    hand = Hand(monkeypatch, None, AT)
    found(hand)
    for number in (1, 2, 3):
        hand.post(f"/center/founding/seats/{number}/")
    hand.post("/center/founding/seal/")
    _next(hand, "The principal&#x27;s page")
    hand.post("/center/principal/", text_zh="不问", text_en="no list", signer="何校长")
    _next(hand, "Two outside professionals")
    assert hand.post("/center/founding/outside/", name=" ").status_code == 422
    for name in ("区督导", "邻校心理老师"):
        hand.post("/center/founding/outside/", name=name)
    _next(hand, "The code of practice")
    hand.post("/center/versions/", change_zh="首次发布。", change_en="First publication.", dropped_reason="")
    _next(hand, "The agreement")
    texts = _agreement(hand)
    given = dict(zip(("text_zh", "text_en", "simple_zh", "simple_en"), texts, strict=True))
    short = hand.post("/center/agreement/", **{**given, "simple_zh": given["simple_zh"].replace("## 也请你", "也请你")})
    assert short.status_code == 409 and "CON-02" in short.content.decode()
    assert "duties (in simpler words, Chinese)" in short.content.decode()
    assert hand.post("/center/agreement/", **given).status_code == 302
    _next(hand, "Colleagues, with certified keys")
    assert hand.post("/center/teams/").status_code == 409
    _join(monkeypatch, hand, "林知夏", "lin", "counselor")
    _join(monkeypatch, hand, "周明远", "zhou", "custodian")
    _next(hand, "The teams")
    assert hand.post("/center/teams/").status_code == 302
    assert hand.post("/center/teams/").status_code == 403  # founded once
    assert "The founding is not finished" not in hand.text("/center/")
    assert "The center can receive" in hand.text("/center/founding/")


def _next(hand: Hand, title: str) -> None:
    page = hand.text("/center/")
    assert re.search(rf"Next: {re.escape(title)}\.", page), page


def _agreement(hand: Hand) -> list[str]:
    page = hand.text("/center/agreement/")
    return [unescape(one).lstrip("\n") for one in re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.S)]


def _join(patch: pytest.MonkeyPatch, lead: Hand, name: str, sign_in: str, role: str) -> None:
    page = lead.post("/center/colleagues/", name=name, roles=role).content.decode()
    link = re.search(r'id="link">https?://[^/]+([^<]+)<', page)
    assert link
    new = Hand(patch, None, lead.at)
    answer = new.post(link[1], sign_in=sign_in, passphrase=PASSPHRASE, again=PASSPHRASE)
    assert answer.status_code == 200
    key = next(one.id for one in colleagues() if one.name == name)
    assert lead.post(f"/center/colleagues/{key}/certify/").status_code == 302
