"""What is owed, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from .models import Duty


@dataclass(frozen=True, slots=True)
class Owed:
    """One open duty."""

    id: UUID
    kind: str
    clause: str
    owner: UUID | None
    about: str
    case: UUID | None
    due: datetime


def _owed(row: Duty) -> Owed:
    return Owed(row.pk, row.kind, row.clause, row.owner_id, row.about, row.case_id, row.due)


def owed_by(owner: UUID) -> list[Owed]:
    """What one person owes, soonest first."""
    return [_owed(row) for row in Duty.objects.filter(owner_id=owner, settled_at=None).order_by("due", "id")[:50]]


def owed_by_all() -> list[Owed]:
    """What anybody owes, soonest first."""
    return [_owed(row) for row in Duty.objects.filter(settled_at=None).order_by("due", "id")[:100]]
