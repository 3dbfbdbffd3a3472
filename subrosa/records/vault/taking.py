"""Keys that are taken back: one kind of holder's grants of a keyring, and a pair that is used no more."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from .models import Grant, Keypair


def take_back(kind: str, of: UUID, *, holders: str) -> int:
    """Delete the grants of one kind of holder (a team, say) of every generation of a keyring; answers how many went."""
    gone, _ = Grant.objects.filter(keyring__kind=kind, keyring__of=of, holder__kind=holders, share=0).delete()
    return gone


def end_pair(pair: UUID, *, at: datetime) -> None:
    """A pair whose passphrase is lost: it holds nothing from now on. What it signed stays signed."""
    Grant.objects.filter(holder_id=pair).delete()
    Keypair.objects.filter(pk=pair, ended_at=None).update(ended_at=at, locked=None, recovery=None)


def holds(kind: str, of: UUID, pair: UUID) -> bool:
    """Whether a pair has a grant of a keyring."""
    return Grant.objects.filter(keyring__kind=kind, keyring__of=of, holder_id=pair, share=0).exists()
