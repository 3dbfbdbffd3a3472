"""Putting messages away."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.records import audit

from .models import Notice


@audit.act(Act.SEE_NOTICES)
def see_notices(*, by: Actor, at: datetime, once: UUID | None = None) -> None:
    """The actor has seen what lay there."""
    Notice.objects.filter(to=by.id, seen_at=None).update(seen_at=at)
