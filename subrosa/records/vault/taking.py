"""Keys that are taken back: one kind of holder's grants of a keyring, and a pair that is used no more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from .models import Grant, Keypair
from .rings import TEAMS


def take_back(kind: str, of: UUID, *, holders: str) -> int:
    """Delete the grants of one kind of holder (a team, say) of every generation of a keyring; answers how many went."""
    gone, _ = Grant.objects.filter(keyring__kind=kind, keyring__of=of, holder__kind=holders, share=0).delete()
    return gone


def take_from(kind: str, of: Iterable[UUID], pairs: Iterable[UUID]) -> int:
    """Delete what some pairs hold of some keyrings; answers how many grants went."""
    rows = Grant.objects.filter(keyring__kind=kind, keyring__of__in=list(of), holder_id__in=list(pairs), share=0)
    gone, _ = rows.delete()
    return gone


def end_pair(pair: UUID, *, at: datetime) -> None:
    """A pair whose passphrase is lost: it holds nothing from now on. What it signed stays signed."""
    Grant.objects.filter(holder_id=pair).delete()
    Keypair.objects.filter(pk=pair, ended_at=None).update(ended_at=at, locked=None, recovery=None)


def held_alone(pair: UUID | None, others: Iterable[UUID]) -> int:
    """How many keys of the house and its teams one pair holds while none of the others does."""
    rows = Grant.objects.filter(keyring__kind__in=("house", *TEAMS), keyring__destroyed_at=None, dormant=False, share=0)
    mine = set(rows.filter(holder_id=pair).values_list("keyring_id", flat=True)) if pair else set()
    theirs = set(rows.filter(holder__in=list(others), keyring__in=mine).values_list("keyring_id", flat=True))
    return len(mine - theirs)


def holds(kind: str, of: UUID, pair: UUID) -> bool:
    """Whether a pair has a grant of a keyring."""
    return Grant.objects.filter(keyring__kind=kind, keyring__of=of, holder_id=pair, share=0).exists()
