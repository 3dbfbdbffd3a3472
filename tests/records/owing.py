"""What somebody owes in a center that many tests share: every open duty, not the first fifty that a page shows."""

from __future__ import annotations

from uuid import UUID

from subrosa.records.duty.models import Duty


def owing(owner: UUID, **more: object) -> list[Duty]:
    """The open duties of one person, soonest first; `more` narrows them (`kind=`, `about=`, `case_id=`)."""
    return list(Duty.objects.filter(owner_id=owner, settled_at=None, **more).order_by("due", "id"))
