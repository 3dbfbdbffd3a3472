"""Client mode: the device in a client's hands, with keys of five minutes, and nothing left when it is given back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from subrosa.policy.actor import CLOCK, Actor, Kind
from subrosa.policy.ruling import Outcome
from subrosa.records.appointment.words import leave_words
from subrosa.records.case import handing
from subrosa.records.case.handing import Device
from subrosa.records.case.models import Handed
from subrosa.records.case.queries import who_can_open
from subrosa.records.consent import actions as consent
from subrosa.records.consent import understanding
from subrosa.records.note import actions as notes
from subrosa.records.person import entrance
from subrosa.records.person.models import Session
from subrosa.records.vault.models import Grant, Keypair
from tests.records.center import Center, Visit, again, locked, refused


def staff_session(who: Actor, at: datetime) -> tuple[UUID, str]:
    """The session of a colleague at the center's device, unlocked, and its cookie."""
    held: Any = who.opener
    from subrosa.records.vault.opener import bundle

    session, cookie = entrance.new_session(Kind.STAFF, who.id, held.keypair, bundle(held.seal, held.sign), at=at)
    session.save(force_insert=True)
    return session.pk, cookie


def hand(visit: Visit, by: Actor | None = None, *, case: bool = True, **more: Any) -> tuple[Handed, Device]:
    center = visit.center
    device = handing.prepare(visit.client.pk, at=center.at)
    given = {"by": by or center.lin, "at": center.at, "client": visit.client, "device": device} | more
    if case:
        given.setdefault("case", visit.case)
    return handing.hand_over(**given), device


def holder(device: Device, at: datetime) -> Actor:
    """Who holds the device, as a request reads the cookie."""
    found = entrance.signed_in(device.cookie, at=at)
    assert found is not None and not found.locked
    return found.actor


@pytest.fixture
def bare(center: Center) -> Visit:
    """A client without an account, whom the counselor booked: a school that allows no phones."""
    visit = center.visit(account=False)
    visit.book(center.lin)
    return visit


@pytest.mark.clause("CON-01", "passes")
@pytest.mark.clause("CON-05", "passes")
def test_without_an_account_the_client_guesses_signs_writes_and_books(bare: Visit) -> None:
    at, case = bare.center.at, bare.case
    _, device = hand(bare)
    me = holder(device, at)
    row = understanding.guess(by=me, at=at, case=case, guesses={"quarrel": "stays"}, language="en")
    assert row.open_points == 8
    leave_words(by=again(me), at=at, booking=bare.booking, before=True, text="今天想说的")
    assert notes.read_reasons(by=again(me), at=at, case=case)[bare.booking.pk] == "今天想说的"
    bare.hold()
    agreement = bare.center.agreement
    signed = consent.give(by=again(me), at=at, case=case, agreement=agreement, language="en")
    assert (signed.given_how, signed.language) == ("client_mode", "en")
    bare.talk_over()
    assert bare.record().signed_at
    assert bare.book(again(me), days=8).booked_by == "client"
    assert notes.read_reasons(by=bare.center.lin, at=at, case=case)[bare.bookings[0].pk] == "今天想说的"


def test_with_an_account_it_is_client_mode_on_the_device_and_account_at_home(booked: Visit) -> None:
    given = {"at": booked.center.at, "case": booked.case, "agreement": booked.center.agreement, "language": "en"}
    _, device = hand(booked)
    at_home = consent.give(by=booked.me, **given)
    assert at_home.given_how == "account"
    consent.withdraw(by=booked.me, at=booked.center.at, case=booked.case)
    assert consent.give(by=holder(device, booked.center.at), **given).given_how == "client_mode"


@pytest.mark.clause("CON-01", "refuses")
@pytest.mark.parametrize("who", ["lin", "lead", "rui"])
def test_an_unlocked_staff_session_signs_nothing_even_while_the_device_is_out(booked: Visit, who: str) -> None:
    hand(booked)
    given = {"at": booked.center.at, "case": booked.case, "agreement": booked.center.agreement, "language": "en"}
    ruling = refused(consent.give, by=getattr(booked.center, who), **given)
    assert ruling.outcome is Outcome.REFUSED and ruling.clauses == ("CON-01",)


@pytest.mark.clause("CONF-04", "passes")
def test_the_staff_session_locks_at_once(booked: Visit) -> None:
    lin, at = booked.center.lin, booked.center.at
    key, cookie = staff_session(lin, at)
    hand(booked, locking=key)
    found = entrance.signed_in(cookie, at=at)
    assert found is not None and found.locked
    other, its = staff_session(booked.center.zhou, at)
    hand(booked, locking=other)
    assert entrance.signed_in(its, at=at).locked, "whoever stands at the device"  # type: ignore[union-attr]


@pytest.mark.clause("CONF-04", "passes")
def test_giving_it_back_ends_session_grant_and_pair(bare: Visit) -> None:
    at = bare.center.at
    handed, device = hand(bare)
    me = holder(device, at)
    assert sum(one.kind == "client" for one in who_can_open(bare.case_id or uuid4())) == 1
    assert handing.take_back(by=me, at=at, handed=handed).ended_at == at
    assert entrance.signed_in(device.cookie, at=at) is None
    assert not Grant.objects.filter(holder=device.keypair).exists()
    pair = Keypair.objects.get(pk=device.keypair.pk)
    assert pair.ended_at == at and (pair.kind, pair.number) == ("client", 1)
    given = {"by": again(me), "at": at, "case": bare.case, "guesses": {}, "language": "en"}
    assert refused(understanding.guess, **given).clauses == ("CON-05",), "no account, no device: nobody"
    assert refused(consent.give, by=again(me), at=at, case=bare.case, agreement=bare.center.agreement, language="en")
    assert handing.take_back(by=CLOCK, at=at, handed=handed).ended_at == at, "a second time changes nothing"


@pytest.mark.clause("CONF-04", "passes")
def test_nobody_touched_it_for_five_minutes(bare: Visit) -> None:
    at = bare.center.at
    _, device = hand(bare)
    mine = [one for one in handing.timed_out(at + timedelta(minutes=4)) if one.client_id == bare.client.pk]
    assert mine == [] and entrance.signed_in(device.cookie, at=at + timedelta(minutes=4)) is not None
    late = at + timedelta(minutes=10)
    (mine,) = (one for one in handing.timed_out(late) if one.client_id == bare.client.pk)
    handing.take_back(by=CLOCK, at=late, handed=mine)
    assert not Session.objects.filter(pk=device.session.pk).exists()
    assert not Grant.objects.filter(holder=device.keypair).exists()


@pytest.mark.parametrize("how", ["ended", "locked"])
def test_a_session_that_went_another_way_leaves_no_key(bare: Visit, how: str) -> None:
    """Signed out, left by the quick exit, somebody signed in over it: the row is gone, and the clock finds the pair."""
    _, device = hand(bare)
    entrance.end(device.session.pk) if how == "ended" else entrance.lock(device.session.pk)
    assert [one.client_id for one in handing.timed_out(bare.center.at)].count(bare.client.pk) == 1


def test_handed_over_again_the_earlier_one_ends(bare: Visit) -> None:
    _, first = hand(bare)
    _, second = hand(bare)
    assert entrance.signed_in(first.cookie, at=bare.center.at) is None
    assert not Grant.objects.filter(holder=first.keypair).exists()
    assert holder(second, bare.center.at).id == bare.client.pk


@pytest.mark.clause("CONF-02", "refuses")
def test_who_does_not_hold_the_case_hands_none_of_it_over(booked: Visit) -> None:
    other = booked.center.visit("王一")
    for by, case, client in (("zhou", booked, booked), ("rui", booked, booked), ("lin", booked, other)):
        center = booked.center
        device = handing.prepare(client.client.pk, at=center.at)
        given = {"at": center.at, "client": client.client, "device": device, "case": case.case}
        assert refused(handing.hand_over, by=getattr(center, by), **given).clauses == ("CONF-02",)
        assert not Keypair.objects.filter(pk=device.keypair.pk).exists()
    assert refused(handing.hand_over, by=locked(booked.center.lin), **given).clauses


def test_from_reception_it_opens_nothing_and_books_all_the_same(center: Center) -> None:
    visit = center.visit(account=False, by=center.rui)
    _, device = hand(visit, center.rui, case=False)
    me = holder(device, center.at)
    booking = visit.book(me, reason="第一次来")
    assert notes.read_reasons(by=center.lin, at=center.at, case=booking.case)[booking.pk] == "第一次来"
    given = {"by": again(me), "at": center.at, "case": visit.case, "guesses": {}, "language": "en"}
    assert refused(understanding.guess, **given).clauses == ("CONF-02",)
    handing.take_back(by=again(me), at=center.at, handed=handing.of_session(device.session.pk))
    visit.hold()
    assert visit.booking.state == "held", "what the ended pair signed stays signed"


@pytest.mark.clause("CONF-02", "refuses")
def test_nobody_else_ends_or_uses_it(booked: Visit) -> None:
    handed, device = hand(booked)
    other = booked.center.visit("王一")
    assert refused(handing.take_back, by=other.me, at=booked.center.at, handed=handed).clauses == ("CONF-02",)
    me = holder(device, booked.center.at)
    other.book(days=2)
    assert refused(notes.read_reasons, by=me, at=booked.center.at, case=other.case).clauses == ("CONF-02",)
    assert refused(notes.read_file, by=again(me), at=booked.center.at, case=booked.case).clauses == ("CONF-02",)
