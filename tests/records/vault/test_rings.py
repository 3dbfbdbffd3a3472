"""Keyrings on real rows: who holds, who may hand on, and that nothing is sealed under a key that nobody entitled signed."""

from __future__ import annotations

from typing import Any

import pytest

from subrosa.crypto.keys import new_root
from subrosa.policy.actor import Actor, Kind
from subrosa.policy.ruling import Boundary
from subrosa.records.case import actions as cases
from subrosa.records.note import actions as notes
from subrosa.records.note.models import Note
from subrosa.records.vault import keys, rings
from subrosa.records.vault.models import Grant
from subrosa.records.vault.opener import opener, opener_of
from tests.ground import by_owner
from tests.records.center import FULL, Center, Visit, refused
from tests.records.thief import flipped, forged, grant_of, join_by_owner, plant_ring, ring_of, tampered

UNSIGNED = ("CONF-04",)


def ready(visit: Visit) -> Visit:
    """Held and signed for: the counselor's next write is the record."""
    visit.book(reason="睡不着")
    visit.hold()
    visit.sign()
    return visit


def rules(ruling: Any) -> list[str]:
    return [reason.rule for reason in ruling.reasons]


@pytest.mark.clause("CONF-04", "passes")
def test_the_holders_of_a_new_case(booked: Visit) -> None:
    center = booked.center
    rows = Grant.objects.filter(keyring=ring_of(booked.case_id)).select_related("holder")
    held = {(row.holder.kind, row.holder.of, row.scope, row.dormant) for row in rows if row.share == 0}
    assert held == {
        ("staff", center.lin.id, rings.Scope.ROOT, False),
        ("staff", center.zhou.id, rings.Scope.ROOT, True),
        ("crisis", rings.team_id("crisis"), rings.Scope.CRISIS, False),
        ("duty", rings.team_id("duty"), rings.Scope.SHARED, False),
        ("client", booked.client.pk, rings.Scope.SHARED, False),
    }
    assert sorted(row.share for row in rows if row.share) == [1, 2, 3]


def test_a_scope_opens_its_own_and_no_other(booked: Visit) -> None:
    ring = rings.open_ring("case", booked.case_id, opener_of(booked.me))
    assert ring.key(rings.Scope.SHARED)
    for scope in (rings.Scope.FILE, rings.Scope.CRISIS):
        with pytest.raises(Boundary):
            ring.key(scope)
    both = rings.open_ring("case", booked.case_id, opener_of(booked.center.fang))  # crisis team and duty team
    assert both.key(rings.Scope.CRISIS) and both.key(rings.Scope.SHARED)
    with pytest.raises(Boundary):
        both.key(rings.Scope.FILE)
    booked.hold()
    crisis = rings.open_ring("case", booked.case_id, opener_of(booked.center.fang))
    assert crisis.key(rings.Scope.CRISIS)
    for scope in (rings.Scope.FILE, rings.Scope.SHARED):
        with pytest.raises(Boundary):
            crisis.key(scope)


def test_the_counselor_vouches_at_the_first_meeting(booked: Visit) -> None:
    """A client's signature costs the desk's key to believe; after the meeting the own one is enough, and only that."""
    grant = grant_of(booked.case_id, booked.center.lin)
    assert grant.granter.of == booked.client.pk
    booked.hold()
    grant = grant_of(booked.case_id, booked.center.lin)
    assert grant.granter.of == booked.center.lin.id
    who = opener_of(booked.center.lin)
    assert rings.open_ring("case", booked.case_id, who, to_seal=True, client=booked.client.pk).checked
    assert ("desk", rings.team_id("desk")) not in who.rings
    booked.sign()
    with tampered(grant, granter_id=grant_of(booked.case_id, booked.me).granter_id):
        assert rules(refused(booked.record)) == ["grants_are_signed_by_a_holder"]


def test_a_wrong_key_keeps_nobody_from_noting_the_meeting(booked: Visit) -> None:
    grant = grant_of(booked.case_id, booked.center.lin)
    with tampered(grant, signature=b"\x01" + bytes(64)):
        assert booked.hold().state == "held"
        assert grant_of(booked.case_id, booked.center.lin).granter.of == booked.client.pk, "and nothing was vouched for"
    booked.sign()
    with tampered(grant_of(booked.case_id, booked.center.lin), signature=b"\x01" + bytes(64)):
        assert refused(booked.record).clauses == UNSIGNED


CHANGES = {
    "unsigned": {"signature": b""},
    "signed by nobody": {"signature": b"\x01" + bytes(64)},
    "for another clause": {"clause": "EXC-01"},
    "for another scope": {"scope": rings.Scope.FILE},
    "for another share": {"share": 0, "wrapped": b"\x01" * 1200},
}


@pytest.mark.parametrize("fields", CHANGES.values(), ids=CHANGES)
@pytest.mark.clause("CONF-04", "refuses")
def test_a_grant_that_was_altered_takes_no_text(visit: Visit, fields: dict[str, Any]) -> None:
    ready(visit)
    with tampered(grant_of(visit.case_id, visit.center.lin), **fields):
        assert refused(visit.record).clauses == UNSIGNED
    assert not Note.objects.filter(case_id=visit.case_id).exists()
    assert visit.record().signed_at


def test_every_flipped_bit_of_a_grant_shows(visit: Visit) -> None:
    ready(visit)
    grant = grant_of(visit.case_id, visit.center.lin)
    for field in ("wrapped", "signature"):
        value = bytes(getattr(grant, field))
        for place in range(0, len(value), 31 if field == "wrapped" else 7):
            with tampered(grant, **{field: flipped(value, place)}), pytest.raises(Boundary):
                rings.open_ring(
                    "case", visit.case_id, opener_of(visit.center.lin), to_seal=True, client=visit.client.pk
                )


@pytest.mark.clause("CONF-04", "refuses")
def test_a_woken_dormant_grant_takes_no_text(visit: Visit) -> None:
    ready(visit)
    zhou, booking = visit.center.zhou, visit.booking
    join_by_owner(visit.case, zhou)
    given = {"by": zhou, "at": booking.ends_at, "case": visit.case, "booking": booking, "text": FULL}
    assert rules(refused(notes.write, **given)) == ["only_a_holder_opens"]
    with tampered(grant_of(visit.case_id, zhou), dormant=False):
        given["by"] = visit.center.zhou
        assert rules(refused(notes.write, **given)) == ["grants_are_signed_by_a_holder"]


@pytest.mark.clause("CONF-02", "refuses")
def test_a_dormant_grant_is_not_handed_out(visit: Visit) -> None:
    visit.recorded()
    zhou = visit.center.zhou
    join_by_owner(visit.case, zhou)
    assert grant_of(visit.case_id, zhou).dormant
    assert rules(refused(notes.read_file, by=zhou, at=visit.center.later, case=visit.case)) == ["only_a_holder_opens"]


@pytest.mark.clause("CONF-04", "refuses")
def test_a_grant_of_another_keyring(visit: Visit) -> None:
    ready(visit)
    other = visit.center.visit("王一")
    other.book(days=2)
    theirs = grant_of(other.case_id, visit.center.lin)
    mine = grant_of(visit.case_id, visit.center.lin)
    with tampered(mine, wrapped=bytes(theirs.wrapped), signature=bytes(theirs.signature)):
        assert refused(visit.record).clauses == UNSIGNED
        assert refused(notes.read_file, by=visit.center.lin, at=visit.center.at, case=visit.case).clauses == UNSIGNED


@pytest.mark.clause("CONF-04", "refuses")
def test_two_cases_whose_keyrings_were_exchanged(visit: Visit) -> None:
    """Else the other client would open what is SHARED here."""
    ready(visit)
    other = visit.center.visit("王一")
    other.book(visit.center.lin, days=2)  # the counselor's own signature, on a ring that was another case's
    mine, theirs = ring_of(visit.case_id), ring_of(other.case_id)
    with tampered(mine, of=visit.client.pk), tampered(theirs, of=visit.case_id):
        assert rules(refused(visit.record)) == ["grants_are_signed_by_a_holder"]


def attackers(center: Center, other: Visit) -> dict[str, Actor]:
    """Who signs a planted grant: a pair that nobody certified, certified people who hand nothing on, another client."""
    pair, both = keys.new_keypair("staff", center.lin.id, at=center.at)
    pair.grants, pair.ended_at = True, center.at
    by_owner(pair)
    nobody = Actor(Kind.STAFF, center.lin.id, opener(pair.pk, both))
    return {"uncertified": nobody, "steward": center.sun, "leadership": center.qian, "another client": other.me}


@pytest.mark.parametrize("who", ["uncertified", "steward", "leadership", "another client"])
@pytest.mark.clause("CONF-04", "refuses")
def test_a_keyring_with_a_root_of_the_attackers_making(center: Center, who: str) -> None:
    visit, other = ready(center.visit()), center.visit("王一")
    attacker = attackers(center, other)[who]
    plant_ring(visit.case_id, center.row("lin").keypair, attacker, new_root())
    assert refused(visit.record).clauses == UNSIGNED
    given = {"by": center.lin, "at": center.at, "case": visit.case, "text": "睡到六点"}
    assert refused(cases.agree_goal, **given).clauses == UNSIGNED
    assert not Note.objects.filter(case_id=visit.case_id).exists()


@pytest.mark.clause("CONF-04", "refuses")
def test_a_steward_who_says_that_he_hands_keys_on(center: Center) -> None:
    visit = ready(center.visit())
    plant_ring(visit.case_id, center.row("lin").keypair, center.sun, new_root())
    with tampered(center.row("sun").keypair, grants=True):
        assert rules(refused(visit.record)) == ["keys_are_signed_before_anything_is_sealed_to_them"]


@pytest.mark.clause("CONF-04", "refuses")
def test_a_planted_keyring_takes_no_reason(center: Center) -> None:
    visit = ready(center.visit())
    account = Grant.objects.get(keyring=ring_of(visit.case_id), holder__kind="client").holder
    grant = plant_ring(visit.case_id, account, center.sun, new_root(), scope=rings.Scope.SHARED)
    assert grant.keyring.generation == 2
    assert rules(refused(visit.book, days=8, reason="又睡不着")) == ["grants_are_signed_by_a_holder"]


@pytest.mark.clause("CONF-02", "refuses")
def test_a_stolen_case_does_not_open(visit: Visit) -> None:
    """An outsider's own row, copied from the counselor's or made up: the key inside is not for him."""
    visit.recorded()
    fang, lin = visit.center.fang, visit.center.lin
    join_by_owner(visit.case, fang)
    real = grant_of(visit.case_id, lin)
    holder = visit.center.row("fang").keypair
    copied = forged(real.keyring, holder, fang)
    copied.wrapped, copied.signature = bytes(real.wrapped), bytes(real.signature)
    for stolen in (copied, forged(real.keyring, holder, fang)):
        by_owner(stolen)
        assert (
            refused(notes.read_file, by=visit.center.fang, at=visit.center.later, case=visit.case).clauses == UNSIGNED
        )
        Grant.objects.using("owner").filter(pk=stolen.pk).delete()
    pages = notes.read_file(by=lin, at=visit.center.later, case=visit.case)
    assert [page.text.as_text() for page in pages] == [FULL.as_text()]


def test_a_planted_desk_key_takes_no_name(own_center: Center) -> None:
    """The desk key of a steward's making: no identity is sealed under it, no code either."""
    from subrosa.records.vault.models import Keyring

    desk = Keyring.objects.get(kind="desk")
    planted = by_owner(Keyring(kind="desk", of=desk.of, generation=2, made_at=desk.made_at))
    by_owner(forged(planted, own_center.row("lin").keypair, own_center.sun))
    from subrosa.records.person import clients

    given = {"by": own_center.lin, "at": own_center.at, "identity": clients.Identity("李小雨")}
    assert refused(clients.open_client, **given).clauses == UNSIGNED
    assert not clients.Client.objects.exists()
