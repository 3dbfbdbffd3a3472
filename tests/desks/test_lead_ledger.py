"""The log's page, the nightly check, and what a browser keeps: a changed log is an incident until it is explained."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from subrosa.desks.clock import loop
from subrosa.policy.ruling import Outcome
from subrosa.records.archive import keeping
from subrosa.records.audit import sequence, witness
from subrosa.records.duty.models import Duty
from subrosa.records.school import context
from tests.desks.hand import Hand
from tests.ground import as_clock
from tests.records.center import PASSPHRASE, Center, center, noted, own_center, refused, shared_center

__all__ = ["center", "own_center", "shared_center"]


def signed(center: Center) -> None:
    """What the clock does within the minute."""
    with as_clock():
        while sequence.sequence():
            pass
        assert sequence.sign_checkpoint(at=center.later) is not None


def changed() -> None:
    """By somebody who writes rows."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "UPDATE audit_entry SET bytes = 'x' WHERE id = (SELECT id FROM audit_leaf WHERE school_id = %s AND place = 3)",
            [context.current_school()],
        )


@pytest.fixture
def nightly(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The clock's daily job, due now."""
    monkeypatch.setattr(loop, "FIRST_CHECK", 0.0)
    monkeypatch.setattr(loop, "DAY", 0.0)
    loop._next_check.clear()  # of a school that another test had

    def check() -> int:
        with as_clock():
            return loop._check_ledger()

    yield check
    loop._next_check.clear()


@pytest.mark.clause("CONF-04", "refuses")
@pytest.mark.clause("CONF-07", "refuses")
def test_the_next_check_reports_a_changed_line(
    own_center: Center, nightly: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed(own_center)
    assert nightly() == 0 and keeping.open_since() is None, "whole: it says nothing"
    changed()
    assert nightly() == 1
    owners = set(Duty.objects.filter(kind=keeping.KIND, settled_at=None).values_list("owner_id", flat=True))
    assert owners == {own_center.lead.id, own_center.zhou.id}, "lead and custodian"
    assert nightly() == 0 and Duty.objects.filter(kind=keeping.KIND).count() == 2, "once, not every night anew"
    lead = Hand(monkeypatch, own_center.lead, own_center.later)
    assert "The log was changed" in lead.text("/center/ledger/") and "/center/ledger/" in lead.text("/center/")
    unsaid = lead.post("/center/ledger/explain/")
    assert unsaid.status_code == 409 and "CONF-07" in unsaid.content.decode()
    assert lead.post("/center/ledger/explain/", how="because").status_code == 409
    assert keeping.open_since() is not None
    assert lead.post("/center/ledger/explain/", how="machine").status_code == 302
    assert keeping.open_since() is None and noted("explain_ledger", "done")


def test_a_torn_log_is_reported_and_stops_no_other_work(own_center: Center) -> None:
    """A place taken out: nothing is signed on top of it, and the clock goes on."""
    signed(own_center)
    with connections["owner"].cursor() as cursor:
        cursor.execute("DELETE FROM audit_leaf WHERE school_id = %s AND place = 3", [context.current_school()])
    own_center.visit()
    with as_clock():
        assert loop._place_entries() > 0
        assert loop._done(loop._sign_checkpoint) == 0 == loop._done(loop._sign_checkpoint)
    assert len(noted("report_broken_ledger", "done")) == 1 and keeping.open_since() is not None


@pytest.mark.clause("CONF-07", "refuses")
@pytest.mark.parametrize("who", ["lin", "rui", "qian", "sun"])
def test_nobody_else_explains(center: Center, who: str) -> None:
    assert refused(keeping.explain, by=getattr(center, who), at=center.at, how="machine").clauses == ("CONF-07",)
    assert refused(keeping.report, by=getattr(center, who), at=center.at).outcome is Outcome.REFUSED


def test_the_page_shows_what_to_print(own_center: Center, monkeypatch: pytest.MonkeyPatch) -> None:
    before = Hand(monkeypatch, own_center.sun, own_center.later).text("/center/ledger/")
    assert "Nothing is signed yet" in before
    signed(own_center)
    for who in ("lead", "sun", "zhou"):
        page = Hand(monkeypatch, getattr(own_center, who), own_center.later).text("/center/ledger/")
        assert witness.origin() in page and witness.verifier_line().split("+")[1] in page


def sign_in(hand: Hand, client: Client) -> Any:
    hand.client = client
    return hand.post("/sign-in/", name="lin", passphrase=PASSPHRASE)


def test_a_browser_keeps_what_it_has_seen_and_notices(own_center: Center, monkeypatch: pytest.MonkeyPatch) -> None:
    signed(own_center)
    hand = Hand(monkeypatch, None, own_center.later)
    first = sign_in(hand, hand.client)
    kept = first.cookies["seen"].value
    assert first.status_code == 302 and first["Location"] == "/" and witness.seen_of(kept) == witness.newest_seen()
    assert first.cookies["seen"]["httponly"] and first.cookies["seen"]["secure"]
    again = sign_in(hand, hand.client)
    assert again["Location"] == "/", "it grew: nothing to say"
    with connections["owner"].cursor() as cursor:
        cursor.execute("DELETE FROM audit_checkpoint WHERE school_id = %s", [context.current_school()])
    rolled_back = sign_in(hand, hand.client)
    assert rolled_back["Location"] == "/log/doubt/" and "vault_key" in rolled_back.cookies, "signed in all the same"
    assert "seen" not in rolled_back.cookies, "the evidence stays in the browser"
    assert keeping.open_since() is not None and noted("report_broken_ledger", "done")
    page = hand.get("/log/doubt/").content.decode()
    assert "is not the one this browser has seen" in page


@pytest.mark.parametrize("value", ["", "x", "9.AAAA", "1.", "\u00e9"])
def test_a_cookie_that_is_none_keeps_nobody_out(
    own_center: Center, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    signed(own_center)
    hand = Hand(monkeypatch, None, own_center.later)
    hand.client.cookies["seen"] = value
    assert sign_in(hand, hand.client)["Location"] == "/" and keeping.open_since() is None
    assert "is as this browser has seen it" in hand.get("/log/doubt/").content.decode()
