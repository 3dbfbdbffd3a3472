"""Telling somebody inside the act that causes it. Not an act itself: it is part of one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from .models import Notice


def tell(*, to: UUID, kind: str, about: UUID, at: datetime) -> None:
    """Leave a message for one person."""
    Notice.objects.create(to=to, kind=kind, about_id=about, at=at)


def seen_by(*, to: UUID, kind: str, at: datetime, about: Iterable[UUID] | None = None) -> None:
    """Part of an act that answers what one person was told (about some rows): it need not be said any more."""
    rows = Notice.objects.filter(to=to, kind=kind, seen_at=None)
    (rows if about is None else rows.filter(about_id__in=list(about))).update(seen_at=at)
