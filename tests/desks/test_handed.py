"""Client mode on pages: the device goes over, the back button leads nowhere, "I am done" leaves a locked desk."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from subrosa.records.case.models import Handed
from subrosa.records.consent.queries import consents
from subrosa.records.person import entrance
from subrosa.records.vault.models import Grant
from tests.desks.hand import Hand
from tests.records.center import Center, Visit, center, own_center, shared_center

__all__ = ["center", "own_center", "shared_center"]


@pytest.fixture
def bare(center: Center) -> Visit:
    visit = center.visit(account=False)
    visit.book(center.lin)
    return visit


@pytest.fixture
def device(bare: Visit, monkeypatch: pytest.MonkeyPatch) -> Hand:
    """The center's device, with Lin's session on it."""
    return Hand(monkeypatch, bare.center.lin, bare.center.at)


def cookie(hand: Hand) -> str:
    return str(hand.client.cookies["vault_key"].value)


def give(hand: Hand, visit: Visit) -> Any:
    return hand.post(f"/cases/{visit.case_id}/hand-over/")


@pytest.mark.clause("CON-01", "passes")
def test_over_and_back(device: Hand, bare: Visit) -> None:
    staff = cookie(device)
    answer = give(device, bare)
    assert (answer.status_code, answer["Location"]) == (302, "/here/") and cookie(device) != staff
    assert "cache" in answer["Clear-Site-Data"]
    assert entrance.signed_in(staff, at=device.at).locked, "the colleague's session is locked at once"  # type: ignore[union-attr]
    page = device.get("/here/")
    assert page.status_code == 200 and page["Cache-Control"] == "no-store" and b"I am done" in page.content
    for path in (f"/cases/{bare.case_id}/", "/desk/", f"/reception/client/{bare.client.pk}/", "/reception/find/"):
        back = device.get(path)
        assert back.status_code == 403 and "李小雨" not in back.content.decode(), path
    done = device.post("/here/done/")
    assert done["Location"].startswith("/unlock/?next=%2Fcases%2F") and "cache" in done["Clear-Site-Data"]
    for path in ("/here/", "/mine/", "/mine/agreement/", "/talk/"):
        assert device.get(path).status_code in (302, 403), path
    locked = device.get(f"/cases/{bare.case_id}/")
    assert locked.status_code == 302 and locked["Location"].startswith("/unlock/")
    assert not Grant.objects.filter(holder__in=Handed.objects.filter(client=bare.client).values("keypair")).exists()


@pytest.mark.clause("CON-01", "passes")
@pytest.mark.clause("CON-05", "passes")
def test_the_client_guesses_and_signs_on_it(device: Hand, bare: Visit) -> None:
    give(device, bare)
    assert device.post("/mine/cards/", guess_quarrel="stays", guess_adult="heard", guess_vanish="?")["Location"] == (
        "/mine/cards/?kept=1"
    )
    version = str(bare.center.agreement.pk)
    answer = device.post("/mine/agreement/", version=version)
    (signed,) = consents(bare.case_id)  # type: ignore[arg-type]
    assert answer.status_code == 302 and (signed.given_how, signed.language) == ("client_mode", "en")
    assert "on the center's device" in device.text(answer["Location"])
    pdf = device.get(f"/mine/agreement/{signed.pk}/paper/")
    assert pdf.status_code == 200 and pdf["Content-Type"] == "application/pdf" and pdf.content.startswith(b"%PDF-")
    assert pdf["Content-Disposition"] == 'inline; filename="paper.pdf"' and pdf["Cache-Control"] == "no-store"


@pytest.mark.clause("CONF-04", "passes")
def test_nobody_touched_it(device: Hand, bare: Visit) -> None:
    give(device, bare)
    device.at += timedelta(minutes=4)
    assert device.get("/here/").status_code == 200
    device.at += timedelta(minutes=6)
    answer = device.get("/mine/words/")
    assert answer["Location"].startswith("/unlock/?next=%2Fcases%2F")
    handed = Handed.objects.get(client=bare.client)
    assert handed.ended_at == device.at and not Grant.objects.filter(holder=handed.keypair_id).exists()
    assert device.get("/unlock/").status_code == 200


def test_what_was_typed_on_it_comes_back(device: Hand, bare: Visit) -> None:
    give(device, bare)
    device.at += timedelta(minutes=10)
    answer = device.post("/talk/", reason="我想说的话", slot="")
    assert "我想说的话" in answer.content.decode() and "vault_key" in answer.cookies
    assert device.get("/desk/").status_code == 200, "the colleague's, locked: times and no names"
    assert "李小雨" not in device.text("/desk/")


def test_writing_keeps_it_open(device: Hand, bare: Visit) -> None:
    give(device, bare)
    for _ in range(4):
        device.at += timedelta(minutes=3)
        assert device.post("/here/").status_code == 204


@pytest.mark.clause("CONF-02", "refuses")
@pytest.mark.parametrize("who", ["zhou", "rui", "lead"])
def test_nobody_hands_over_a_case_of_somebody_else(bare: Visit, monkeypatch: pytest.MonkeyPatch, who: str) -> None:
    hand = Hand(monkeypatch, getattr(bare.center, who), bare.center.at)
    assert give(hand, bare).status_code in (403, 404)
    assert not Handed.objects.filter(client=bare.client).exists()


def test_from_reception_without_the_case(bare: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    hand = Hand(monkeypatch, bare.center.rui, bare.center.at)
    assert hand.post(f"/reception/client/{bare.client.pk}/hand-over/")["Location"] == "/here/"
    handed = Handed.objects.get(client=bare.client)
    assert handed.case_id is None and not Grant.objects.filter(holder=handed.keypair_id).exists()
    assert "does not hold the key" in hand.text("/mine/cards/")
    assert hand.post("/here/done/")["Location"].startswith("/unlock/?next=%2Freception%2F")


def test_an_account_at_home_has_no_device(center: Center, monkeypatch: pytest.MonkeyPatch) -> None:
    visit = center.visit()
    hand = Hand(monkeypatch, visit.me, center.at)
    assert hand.get("/here/").status_code == 404 and hand.post("/here/done/").status_code == 404
    assert "I am done" not in hand.text("/mine/")
