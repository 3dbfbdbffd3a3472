"""What each sign-in is worth to a thief who also has the rows: every wrapped key is tried with every private half."""

from __future__ import annotations

from typing import Any

import pytest

from subrosa.crypto.errors import CannotOpen
from subrosa.crypto.wrapping import WrapInfo, holder_id, unwrap
from subrosa.policy.actor import Actor
from subrosa.policy.ruling import Boundary
from subrosa.records.school.context import current_school
from subrosa.records.vault import rings
from subrosa.records.vault.models import Grant, Keyring
from subrosa.records.vault.opener import opener_of
from tests.records.center import Center, Visit, again

Scope = rings.Scope


@pytest.fixture
def lived(own_center: Center) -> dict[str, Visit]:
    """Three cases: an open one of Lin's with a record, one of Fang's, one in the archive."""
    made = {name: own_center.visit(name) for name in ("open", "fang", "archived")}
    made["open"].recorded()
    booked_with(made["fang"], "fang", 2)
    visit = made["archived"]
    visit.book(days=3)
    visit.hold()
    visit.sign()
    visit.record()
    visit.archived()
    return made


def booked_with(visit: Visit, counselor: str, days: int) -> None:
    from subrosa.records.appointment import actions

    asked = {**visit.center.slot(days, counselor), "client": visit.client}
    visit.case_id = actions.book(by=visit.me, at=visit.center.at, **asked).case_id


def by_hand(who: Actor) -> set[tuple[str, Any, int]]:
    """What a private half opens of all rows, outside the program: kind and id of the keyring, and the scope."""
    opened = set()
    for grant in Grant.objects.select_related("keyring", "holder"):
        ring, public = grant.keyring, bytes(grant.holder.seal_public)
        info = WrapInfo(current_school(), ring.pk, ring.generation, Scope(grant.scope), holder_id(public))
        try:
            unwrap(who.opener.seal, bytes(grant.wrapped), info)
        except CannotOpen:
            continue
        opened.add((ring.kind, ring.of, grant.scope))
    return opened


def by_program(who: Actor) -> set[str]:
    """The keyrings that the program opens in this session."""
    found = set()
    for ring in Keyring.objects.filter(destroyed_at=None):
        try:
            rings.open_ring(ring.kind, ring.of, opener_of(again(who)))
        except Boundary:
            continue
        found.add(f"{ring.kind}:{ring.of}")
    return found


def team(kind: str) -> tuple[str, Any, int]:
    return (kind, rings.team_id(kind), Scope.ROOT)


@pytest.mark.clause("CONF-02", "refuses")
@pytest.mark.clause("MGMT-02", "refuses")
def test_what_each_private_half_opens(own_center: Center, lived: dict[str, Visit]) -> None:
    case = {name: visit.case_id for name, visit in lived.items()}
    teams = {team("desk"), team("duty"), team("crisis")}
    expected = {
        "sun": set(),
        "qian": set(),
        "lead": {team("house"), team("desk")},
        "rui": {team("desk")},
        "lin": teams | {("case", case["open"], Scope.ROOT), ("case", case["fang"], Scope.ROOT)},
        "fang": teams | {("case", case["fang"], Scope.ROOT)},
        "zhou": teams | {team("archive"), ("case", case["open"], Scope.ROOT)},
    }
    for name, keyrings in expected.items():
        assert by_hand(getattr(own_center, name)) == keyrings, name
    for name, visit in lived.items():
        assert by_hand(visit.me) == {("case", case[name], Scope.SHARED)}, name


@pytest.mark.clause("CONF-02", "refuses")
def test_what_the_program_opens_for_each(own_center: Center, lived: dict[str, Visit]) -> None:
    cases = {name: f"case:{visit.case_id}" for name, visit in lived.items()}
    everything = set(cases.values())
    for name in ("sun", "qian", "lead", "rui"):
        assert not by_program(getattr(own_center, name)) & everything, name
    assert by_program(own_center.sun) == by_program(own_center.qian) == set()
    assert by_program(own_center.lin) & everything == {cases["open"], cases["fang"]}, (
        "CRISIS of Fang's, not the dormant root"
    )
    ring = rings.open_ring("case", lived["fang"].case_id, opener_of(own_center.lin))
    assert set(ring.keys) == {Scope.CRISIS, Scope.SHARED}, "SHARED as one of the duty team, until the first meeting"
    with pytest.raises(Boundary):
        ring.key(Scope.FILE)
    archived = rings.open_ring("case", lived["archived"].case_id, opener_of(own_center.zhou))
    assert archived.key(Scope.FILE), "the custodian, through the archive"


def test_another_school_opens_nothing(own_center: Center, lived: dict[str, Visit]) -> None:
    from tests.records.center import own

    with own() as elsewhere:
        assert not Keyring.objects.filter(kind="case").exists()
        for name in elsewhere.staff:
            with pytest.raises(Boundary):
                rings.open_ring("case", lived["open"].case_id, opener_of(getattr(elsewhere, name)))
    for name in elsewhere.staff:
        assert by_hand(elsewhere.staff[name]) == set()
