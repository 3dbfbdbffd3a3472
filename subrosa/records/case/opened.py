"""What a file holds beside its records. Part of the act that opened the case in this request, never one itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from subrosa.policy.ruling import Boundary
from subrosa.records.vault.opened import Opened
from subrosa.records.vault.opener import Opener
from subrosa.records.vault.rings import Ring, Scope
from subrosa.records.vault.texts import open_text

from .queries import goals


@dataclass(frozen=True, slots=True)
class GoalOpened:
    """One goal in words, and how it was rated: "counselor/client", or "not:" and the one tap why not."""

    id: UUID
    text: Opened
    rating: Opened
    agreed_at: datetime
    rated_at: datetime | None


def goals_of(who: Opener, case: UUID) -> list[GoalOpened]:
    """The goals of a case that an act of this request has opened; a boundary where none has."""
    ring = who.rings.get(("case", case))
    if not isinstance(ring, Ring):
        raise Boundary("CONF-02", "only_a_holder_opens")
    key = ring.key(Scope.SHARED)
    return [
        GoalOpened(row.pk, open_text(row, "text", key), open_text(row, "rating", key), row.agreed_at, row.rated_at)
        for row in goals(case)
    ]
