"""What somebody has not seen yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from .models import Notice

MOST = 20


@dataclass(frozen=True, slots=True)
class Told:
    """One message."""

    kind: str
    about: UUID
    at: datetime


def unseen(to: UUID) -> list[Told]:
    """Messages that one person has not seen, newest first."""
    rows = Notice.objects.filter(to=to, seen_at=None).order_by("-at")[:MOST]
    return [Told(row.kind, row.about_id, row.at) for row in rows]
