"""Somebody who writes rows: the owner role changes, plants and copies what it likes, and puts it back for the next test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

from subrosa.crypto.keys import new_root
from subrosa.crypto.secret import Secret
from subrosa.crypto.signing import sign
from subrosa.crypto.wrapping import WrapInfo, holder_id, wrap
from subrosa.policy.actor import Actor
from subrosa.records.case.models import CareMember
from subrosa.records.school.context import current_school
from subrosa.records.vault import rings
from subrosa.records.vault.models import Grant, Keypair, Keyring
from tests.ground import by_owner


@contextmanager
def tampered(row: Any, **fields: Any) -> Iterator[None]:
    """A row changed by the owner inside the block."""
    rows = type(row)._default_manager.using("owner").filter(pk=row.pk)
    before = rows.values(*fields).get()
    rows.update(**fields)
    try:
        yield
    finally:
        rows.update(**before)


def set_rows(row: Any, **fields: Any) -> None:
    """A row changed by the owner for good."""
    assert type(row)._default_manager.using("owner").filter(pk=row.pk).update(**fields) == 1


def flipped(value: bytes, place: int) -> bytes:
    """One bit turned."""
    changed = bytearray(value)
    changed[place] ^= 1
    return bytes(changed)


def ring_of(case: UUID) -> Keyring:
    return Keyring.objects.get(kind="case", of=case)


def grant_of(case: UUID, who: Actor) -> Grant:
    """Somebody's grant of a case, whatever its scope."""
    return Grant.objects.select_related("keyring", "holder", "granter").get(
        keyring=ring_of(case), holder=who.opener.keypair, share=0
    )


def forged(keyring: Keyring, holder: Keypair, granter: Actor, root: Secret | None = None, **fields: Any) -> Grant:
    """A grant of a root of the forger's making, signed with the keys that he has; not saved."""
    given = {"scope": rings.Scope.ROOT, "clause": "CONF-02", "at": keyring.made_at, **fields}
    half = holder_id(bytes(holder.seal_public))
    info = WrapInfo(current_school(), keyring.pk, keyring.generation, given["scope"], half)
    grant = Grant(keyring=keyring, holder=holder, granter_id=granter.opener.keypair, **given)
    grant.wrapped = wrap(bytes(holder.seal_public), root or new_root(), info)
    grant.signature = sign(granter.opener.sign, "grant", *rings._signed(keyring, grant))
    return grant


def plant_ring(case: UUID, holder: Keypair, granter: Actor, root: Secret, **fields: Any) -> Grant:
    """A newer generation of a case's keyring, with a root that the planter knows."""
    old = ring_of(case)
    keyring = by_owner(Keyring(kind="case", of=case, generation=old.generation + 1, made_at=old.made_at))
    made: Grant = by_owner(forged(keyring, holder, granter, root, **fields))
    return made


def join_by_owner(case: Any, who: Actor) -> CareMember:
    """A row that says somebody is on the care team; no key comes with it."""
    made: CareMember = by_owner(CareMember(case=case, staff_id=who.id, since=case.opened_at, pk=uuid4()))
    return made
