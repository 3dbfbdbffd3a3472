"""The key of what is shared, handed to an account that was made after its case or anew after a lost passphrase."""

from __future__ import annotations

from typing import Any

import pytest

from subrosa.policy.ruling import Boundary
from subrosa.records.case import actions as cases
from subrosa.records.case.queries import account_without_key, who_can_open
from subrosa.records.note import actions as notes
from subrosa.records.person import clients, entrance
from subrosa.records.person.models import Account, Session
from subrosa.records.vault import keys, rings
from subrosa.records.vault.models import Grant, Keypair
from subrosa.records.vault.opener import opener_of
from tests.records.appointment.test_first import Came
from tests.records.center import PASSPHRASE, Center, Visit, again, open_account, refused
from tests.records.thief import tampered

WORDS = "最近总是睡不着"


def late(center: Center) -> Visit:
    """A case that the desk opened for a client without an account; the account is made afterwards."""
    visit = center.visit(account=False)
    visit.book(center.lin)
    clients.give_code(by=center.rui, at=center.at, client=visit.client, code=visit.code)
    visit.account = open_account(visit.client, visit.code, center.at)
    return visit


def share(visit: Visit, by: Any) -> Any:
    return cases.share_with_client(by=by, at=visit.center.at, case=visit.case)


@pytest.mark.clause("CONF-02", "passes")
def test_an_account_made_after_its_case_is_handed_the_key(center: Center) -> None:
    visit = late(center)
    assert account_without_key(visit.case)
    with pytest.raises(Boundary):
        rings.open_ring("case", visit.case_id, opener_of(visit.me))
    goal = cases.agree_goal(by=center.lin, at=center.at, case=visit.case, text="睡到六点")
    assert share(visit, center.lin).pk == visit.case_id
    assert not account_without_key(visit.case)
    ring = rings.open_ring("case", visit.case_id, opener_of(visit.me))
    assert ring.key(rings.Scope.SHARED) and goal.pk
    for scope in (rings.Scope.FILE, rings.Scope.CRISIS):
        with pytest.raises(Boundary):
            ring.key(scope)
    log = cases.read_own_log(by=visit.me, at=center.at, case=visit.case)
    assert ("share_with_client", "done", center.lin.id) in {(one.act, one.outcome, one.actor) for one in log}


@pytest.mark.clause("CONF-02", "refuses")
@pytest.mark.parametrize("who", ["fang", "zhou", "rui", "lead", "qian", "sun"])
def test_nobody_else_hands_it_over(center: Center, who: str) -> None:
    visit = late(center)
    assert refused(share, visit=visit, by=getattr(center, who)).clauses == ("CONF-02",)
    assert refused(share, visit=visit, by=visit.me).clauses == ("CONF-02",)
    assert account_without_key(visit.case)


@pytest.mark.clause("CONF-02", "not_yet")
def test_without_an_account_there_is_nothing_to_hand_it_to(center: Center) -> None:
    visit = center.visit(account=False)
    visit.book(center.lin)
    assert not account_without_key(visit.case)
    assert refused(share, visit=visit, by=center.lin).missing == ("account",)


@pytest.mark.clause("CONF-04", "refuses")
def test_a_pair_that_the_desk_did_not_introduce_is_handed_nothing(center: Center) -> None:
    visit = late(center)
    pair = Keypair.objects.get(kind="client", of=visit.client.pk)
    theirs = Keypair.objects.get(kind="client", of=center.visit("王一").client.pk)
    for change in ({"introduction": None}, {"certificate": b"\0" * 32}, {"seal_public": bytes(theirs.seal_public)}):
        with tampered(pair, **change):
            assert refused(share, visit=visit, by=center.lin).clauses == ("CONF-04",)
    with tampered(Account.objects.get(client=visit.client), keypair=theirs):
        assert refused(share, visit=visit, by=center.lin).clauses == ("CONF-04",)
    assert not [one for one in who_can_open(visit.case_id) if one.kind == "client"]
    share(visit, center.lin)


def test_pressed_twice_it_is_one_grant(center: Center) -> None:
    visit = late(center)
    for _ in (1, 2):
        share(visit, center.lin)
    assert Grant.objects.filter(keyring__of=visit.case_id, holder__kind="client").count() == 1


def new_passphrase(visit: Visit, passphrase: str = "another quiet sentence") -> str:
    """The desk has seen the person and gives a new slip; the client uses it. Answers the sign-in name."""
    code = keys.new_activation_code()
    clients.give_code(by=visit.center.rui, at=visit.center.at, client=visit.client, code=code)
    visit.account = open_account(visit.client, code, visit.center.at, passphrase)
    return str(Account.objects.get(client=visit.client).sign_in)


@pytest.mark.clause("CLIENT-01", "passes")
def test_a_forgotten_passphrase_ends_the_pair_and_keeps_the_name(booked: Visit) -> None:
    center, old = booked.center, booked.me
    before = Account.objects.get(client=booked.client)
    name = new_passphrase(booked)
    after = Account.objects.get(client=booked.client)
    assert (after.pk, after.sign_in) == (before.pk, name) == (before.pk, before.sign_in)
    assert after.keypair_id != before.keypair_id
    ended = Keypair.objects.get(pk=before.keypair_id)
    assert ended.ended_at == center.at and ended.locked is None and ended.certificate
    assert not Grant.objects.filter(holder=ended).exists()
    assert entrance.try_passphrase(name, PASSPHRASE) is None
    assert entrance.try_passphrase(name, "another quiet sentence") is not None
    assert Session.objects.filter(holder=booked.client.pk).count() == 1, "the session of the new one"
    for who in (again(old), booked.me):
        with pytest.raises(Boundary):
            rings.open_ring("case", booked.case_id, opener_of(who))


@pytest.mark.clause("CONF-02", "passes")
def test_after_a_lost_passphrase_the_counselor_hands_the_key_over_anew(booked: Visit) -> None:
    center = booked.center
    new_passphrase(booked)
    assert account_without_key(booked.case)
    given = {"at": center.at, "case": booked.case}
    assert list(notes.read_reasons(by=center.lin, **given).values()) == [WORDS], "what the old pair signed stays good"
    share(booked, center.lin)
    assert list(notes.read_reasons(by=booked.me, **given).values()) == [WORDS]
    assert {one.kind for one in who_can_open(booked.case_id) if one.kind == "client"} == {"client"}


def test_whoever_came_by_the_door_gets_an_account_with_a_name(center: Center) -> None:
    """The slip makes an account of a return code: the digits open nothing any more."""
    from subrosa.records.person import doorway, returning

    came = Came(center)
    booking = came.press()
    doorway.adopt_waiting(by=center.rui, at=center.at)
    visit = Visit(center, came.row, None, "", booking.case_id)
    name = new_passphrase(visit)
    assert not name.startswith(returning.PREFIX)
    assert returning.open_with(came.code) is None
    assert entrance.try_passphrase(name, "another quiet sentence") is not None
    share(visit, center.lin)
    assert list(notes.read_reasons(by=visit.me, at=center.at, case=visit.case).values()) == [came.given["reason"]]


def test_a_code_used_twice_at_once_replaces_once(booked: Visit) -> None:
    from tests.ground import together
    from tests.records.person.test_clients import account_asked

    code = keys.new_activation_code()
    row = clients.give_code(by=booked.center.lin, at=booked.center.at, client=booked.client, code=code)
    asked = [account_asked(booked.center, row, code) for _ in range(3)]
    answers = together(*(lambda one=one: clients.open_account(**one) for one in asked))
    assert len([one for one in answers if isinstance(one, Account)]) == 1, answers
    assert Keypair.objects.filter(kind="client", of=booked.client.pk, ended_at=None).count() == 1
