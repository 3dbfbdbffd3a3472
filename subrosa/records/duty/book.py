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


def open_for_center(*, owed: Owed, about: models.Model, at: datetime) -> None:
    """Open one duty of the center: nobody's own until somebody takes it (`hand_to`), and the lead's when it is late."""
    of = about_row(about)
    Duty.objects.create(kind=owed.kind, clause=owed.clause, about=of.name, case_id=of.case, due=owed.due, opened_at=at)


def hand_to(*, kind: str, about: models.Model, owner: UUID) -> int:
    """Whoever takes it owes what of this kind is open about one row; answers how many there were."""
    return Duty.objects.filter(kind=kind, about=name_of(about), settled_at=None).update(owner_id=owner)


def open_about(kind: str) -> set[str]:
    """The names of the rows about which something of this kind is open."""
    return set(Duty.objects.filter(kind=kind, settled_at=None).values_list("about", flat=True))


def due_about(kind: str, rows: Iterable[models.Model]) -> dict[str, datetime]:
    """By when what of this kind is open about some rows is due, by their names."""
    names = [name_of(row) for row in rows]
    return dict(Duty.objects.filter(kind=kind, about__in=names, settled_at=None).values_list("about", "due"))


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
