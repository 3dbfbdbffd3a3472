"""An end that the client chose, as the rows tell it: what has followed, what the words say. Parts of acts, none itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from subrosa.policy.facts import EndingFacts
from subrosa.records.duty.book import settle_of_case
from subrosa.records.duty.steps import open_steps
from subrosa.records.vault.opened import Opened
from subrosa.records.vault.opener import Opener
from subrosa.records.vault.rings import Scope, opened_ring
from subrosa.records.vault.texts import open_text

from .models import Case, Ending

DUTY = "closing"


def ending(case: UUID) -> Ending | None:
    """The end that stands: the client has not come back."""
    return Ending.objects.filter(case_id=case, back_at=None).first()


def ending_facts(case: Case) -> EndingFacts:
    """How the client stands to a case, and what has followed. Guarded by the case row."""
    row = ending(case.pk) if case.left_at is not None else None
    if row is None:
        return EndingFacts()
    danger = open_steps(case=case.pk).exists()
    return EndingFacts(left=True, told=row.told_at is not None, danger=danger, asked=row.asked_at is not None)


def is_back(case: Case, *, by: UUID, at: datetime) -> None:
    """Part of an act of the client's own: whoever comes again has not left any more, and nothing is owed about it."""
    Ending.objects.filter(case=case, back_at=None).update(back_at=at)
    settle_of_case(kind=DUTY, case=case.pk, by=by, at=at)
    case.left_at = None
    case.save(update_fields=["left_at"])


@dataclass(frozen=True, slots=True)
class EndingOpened:
    """An end in words: what the client left with it, and what was heard to the one question after it."""

    row: Ending
    words: Opened
    heard: Opened

    def __repr__(self) -> str:
        return "…"


def endings_of(who: Opener, case: UUID) -> list[EndingOpened]:
    """Every end of a case that an act of this request has opened, the latest first; a boundary where none has."""
    ring = opened_ring(who, "case", case)
    shared, file = ring.key(Scope.SHARED), ring.key(Scope.FILE)
    rows = Ending.objects.filter(case_id=case).order_by("-ended_at")
    return [EndingOpened(row, open_text(row, "words", shared), open_text(row, "heard", file)) for row in rows]
