"""Two of three seats: any two sheets give back the house, the desk and one case; one gives nothing."""

from __future__ import annotations

from itertools import combinations
from uuid import UUID

import pytest

from subrosa.crypto import splitting
from subrosa.crypto.errors import BadShare, CannotOpen
from subrosa.crypto.secret import Secret
from subrosa.crypto.signing import check
from subrosa.crypto.wrapping import WrapInfo, holder_id, unwrap
from subrosa.records.school.context import current_school
from subrosa.records.vault import rings
from subrosa.records.vault.models import Grant, Keyring, Package
from subrosa.records.vault.opener import opener_of
from tests.records.center import Center, Visit


def ring(kind: str, of: UUID) -> Keyring:
    return Keyring.objects.get(kind=kind, of=of)


def share_of(keyring: Keyring, number: int, sheet: str) -> splitting.Share:
    """One seat's share of one keyring, opened with what is printed on its sheet."""
    grant = Grant.objects.select_related("holder").get(keyring=keyring, share__gt=0, holder__number=number)
    public = bytes(grant.holder.seal_public)
    scope = rings.Scope.SEATED
    info = WrapInfo(current_school(), keyring.pk, keyring.generation, scope, holder_id(public))
    return splitting.unpack_share(unwrap(splitting.from_sheet(sheet), bytes(grant.wrapped), info))


def roots(center: Center, visit: Visit) -> dict[Keyring, Secret]:
    """Each keyring and its real root, read by who holds it."""
    held = {("house", rings.team_id("house")): center.lead, ("desk", rings.team_id("desk")): center.lead}
    held[("case", visit.case_id)] = center.lin
    return {ring(*what): rings.open_ring(*what, opener_of(who)).keys[rings.Scope.ROOT] for what, who in held.items()}


@pytest.mark.clause("CONF-07", "passes")
def test_any_two_of_three_recover(booked: Visit) -> None:
    center = booked.center
    for keyring, root in roots(center, booked).items():
        shares = [share_of(keyring, number, sheet) for number, sheet in enumerate(center.sheets, 1)]
        for two in combinations(shares, 2):
            assert splitting.join(two) == root
        assert splitting.join(shares) == root


@pytest.mark.clause("CONF-07", "refuses")
def test_one_recovers_nothing(booked: Visit) -> None:
    center = booked.center
    for keyring in roots(center, booked):
        for number, sheet in enumerate(center.sheets, 1):
            with pytest.raises(CannotOpen):
                splitting.join([share_of(keyring, number, sheet)])
        with pytest.raises(CannotOpen):
            share_of(keyring, 1, center.sheets[1])


def test_a_wrong_share_is_named_by_the_package(booked: Visit) -> None:
    center, keyring = booked.center, ring("case", booked.case_id)
    package = Package.objects.select_related("maker").get(keyring=keyring)
    hashes = {n + 1: bytes(package.hashes)[32 * n : 32 * n + 32] for n in range(package.n)}
    texts = (str(current_school()), str(keyring.pk), str(package.k), str(package.n))
    signed = (*(text.encode() for text in texts), bytes(package.hashes))
    check(bytes(package.maker.sign_public), bytes(package.signature), "package", *signed)
    first, second = (share_of(keyring, n, center.sheets[n - 1]) for n in (1, 2))
    splitting.check_shares([first, second], hashes, keyring.pk.bytes)
    wrong = splitting.Share(2, Secret(bytes(len(second.value.bytes()))))
    with pytest.raises(BadShare) as named:
        splitting.check_shares([first, wrong], hashes, keyring.pk.bytes)
    assert named.value.index == 2


def test_a_destroyed_case_has_no_share_left(own_center: Center) -> None:
    visit = own_center.visit()
    visit.destroyed()
    keyring = ring("case", visit.case_id)
    assert keyring.destroyed_at
    assert not Grant.objects.filter(keyring=keyring).exists()
    assert not Package.objects.filter(keyring=keyring).exists()
