"""The keyrings of many cases at once: their grants come in one statement, each is unwrapped once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Q

from .opener import Opener
from .rings import WHOLE, _grants

OF = WHOLE.index("keyring__of")


def fetch_rings(kind: str, of: Collection[UUID], by: Opener) -> set[UUID]:
    """Fetch the actor's own grants of many keyrings, for `open_ring` in this request; answers which ones he holds."""
    wanted = [one for one in of if (kind, one) not in by.rings]
    rows: defaultdict[UUID, list[tuple[Any, ...]]] = defaultdict(list)
    if wanted:
        found = _grants(Q(keyring__kind=kind, keyring__of__in=wanted), [by.keypair])
        for row in found.select_related(None).values_list(*WHOLE):
            rows[row[OF]].append(row)
    for one, held in rows.items():
        by.fetched[(kind, one)] = held
    return set(rows) | {one for one in of if (kind, one) in by.rings}
