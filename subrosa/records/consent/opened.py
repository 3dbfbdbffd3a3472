"""What a file holds of the agreement beside the signature. Part of the act that opened the case in this request."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from subrosa.policy.wording import Wording
from subrosa.records.vault.opened import Opened
from subrosa.records.vault.opener import Opener
from subrosa.records.vault.rings import Key, Scope, opened_ring
from subrosa.records.vault.texts import open_text

from .models import Consent
from .points import Point, Points, listed, told_of_rows
from .queries import expectation, understanding
from .understanding import points_in


@dataclass(frozen=True, slots=True)
class Talks:
    """What is still listed for the next meeting, and every point as it stands; nothing where the client has not signed."""

    listed: list[Point] = field(default_factory=list)
    points: Points = field(default_factory=dict)

    def __repr__(self) -> str:
        return "…"


@dataclass(frozen=True, slots=True)
class Hope:
    """What would be different, and what is realistic, in words; when each was written."""

    hope: Opened
    realistic: Opened
    written_at: datetime
    answered_at: datetime | None


def wording_in(row: Consent, key: Key) -> Wording | None:
    """Which text was read before a signature; None where nobody kept it. Part of an act, never one itself."""
    said = open_text(row, "wording", key)
    return Wording(said) if said else None


def mark_simpler(who: Opener, case: UUID, signed: Iterable[Consent]) -> None:
    """Say of each signature of an opened case whether the text in simpler words was read before it."""
    key = _key(who, case)
    for row in signed:
        row.simpler = wording_in(row, key) is Wording.SIMPLE


def _key(who: Opener, case: UUID) -> Key:
    return opened_ring(who, "case", case).key(Scope.SHARED)


def talks_of(who: Opener, case: UUID) -> Talks:
    """The points of a case that an act of this request has opened; a boundary where none has."""
    key, row = _key(who, case), understanding(case)
    if row is None:
        return Talks()
    points = points_in(row, key)
    return Talks(listed(points, told_of_rows(row.told)), points)


def hope_of(who: Opener, case: UUID) -> Hope | None:
    """The expectation of a case that an act of this request has opened; None where nobody has written one."""
    key, row = _key(who, case), expectation(case)
    if row is None:
        return None
    return Hope(open_text(row, "hope", key), open_text(row, "realistic", key), row.written_at, row.answered_at)
