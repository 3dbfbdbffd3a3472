"""What the files of a case are called. Part of the act that opened the case in this request, never one itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from subrosa.records.vault.opener import Opener
from subrosa.records.vault.rings import Scope, opened_ring
from subrosa.records.vault.texts import open_text

from .about import About
from .queries import attached_to


@dataclass(frozen=True, slots=True)
class Attached:
    """One file of an opened case: what it is, who attached it and when."""

    id: UUID
    about: About
    author: UUID
    at: datetime


def attached_of(who: Opener, case: UUID) -> list[Attached]:
    """The files of a case that an act of this request has opened; a boundary where none has."""
    ring = opened_ring(who, "case", case)
    key = ring.key(Scope.FILE)
    found = []
    for row in attached_to(case):
        assert row.attached_at is not None, "an upload is no file yet"
        found.append(Attached(row.pk, About.of(open_text(row, "about", key)), row.author_id, row.attached_at))
    return found
