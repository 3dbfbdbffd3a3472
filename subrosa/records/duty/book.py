"""Opening and settling duties inside the act that causes it. Not acts themselves: they are part of one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import QuerySet

from subrosa.policy.ruling import Owed
from subrosa.records.audit.entries import about as about_row
from subrosa.records.audit.entries import name_of
from subrosa.records.school.prepared import PreparedUpdate

from .models import Duty


def open_duty(*, owed: Owed, about: models.Model | None, actor: UUID, at: datetime) -> None:
    """Open one duty, by its owner or else by whoever acted."""
    Duty.objects.create(
        kind=owed.kind,
        clause=owed.clause,
        owner_id=owed.owner or actor,
        about=name_of(about) if about is not None else "",
        case_id=about_row(about).case,
        due=owed.due,
        opened_at=at,
    )


def _settling(kind: str, about: str, by: UUID, at: datetime) -> tuple[QuerySet[Duty], dict[str, Any]]:
    return Duty.objects.filter(kind=kind, about=about, settled_at=None), {"settled_at": at, "settled_by": by}


SETTLE = PreparedUpdate(_settling)


def settle(*, kind: str, about: models.Model, by: UUID, at: datetime) -> int:
    """Settle what of this kind is open about one row; answers how many there were."""
    return SETTLE.run(kind=kind, about=name_of(about), by=by, at=at)


def settle_of_case(*, kind: str, case: UUID, by: UUID, at: datetime) -> int:
    """Settle what of this kind is open in one case, whichever row it is about; answers how many there were."""
    return Duty.objects.filter(kind=kind, case_id=case, settled_at=None).update(settled_at=at, settled_by=by)


def due_again(*, kind: str, case: UUID, due: datetime) -> int:
    """Let what of this kind is open in one case be due at another time; answers how many there were."""
    return Duty.objects.filter(kind=kind, case_id=case, settled_at=None).update(due=due)


def open_kinds(case: UUID, kinds: Iterable[str]) -> set[str]:
    """Which of some kinds of duty are open in one case."""
    rows = Duty.objects.filter(case_id=case, kind__in=list(kinds), settled_at=None)
    return set(rows.values_list("kind", flat=True))
