"""What can be asked of the log: counts and outcomes; it holds no content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from .models import Entry


def entry_count() -> int:
    """How many entries this school's log has."""
    return Entry.objects.count()


def answer_of(once: UUID) -> str:
    """The row ("drawer.Model:uuid") that answered a key of repetition; empty where the key was never used."""
    return Entry.objects.filter(once=once).values_list("answer", flat=True).first() or ""


@dataclass(frozen=True, slots=True)
class Noted:
    """One entry as pages show it."""

    at: datetime
    act: str
    outcome: str
    actor: UUID | None
    actor_kind: str
    clauses: tuple[str, ...]
    id: UUID


def entries_of_case(case: UUID) -> list[Noted]:
    """What happened to one case, newest first."""
    rows = Entry.objects.filter(case_id=case).order_by("-at")[:200]
    return [Noted(r.at, r.act, r.outcome, r.actor_id, r.actor_kind, tuple(r.clauses), r.pk) for r in rows]
