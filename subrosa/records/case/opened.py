"""What a file holds beside its records. Part of the act that opened the case in this request, never one itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from subrosa.policy.plan import GOAL
from subrosa.records.vault.opened import Opened
from subrosa.records.vault.opener import Opener
from subrosa.records.vault.rings import Key, Scope, opened_ring
from subrosa.records.vault.texts import open_text

from .letter_text import LetterText
from .models import Goal, Letter, Plan
from .plan_text import PlanText
from .queries import goals, letter, plans


@dataclass(frozen=True, slots=True)
class GoalOpened:
    """One goal in words, each one's number for it, and the one tap why the client's is missing.

    What was rated before each rated for himself stands in `rating` alone: "counselor/client", or "not:" and the tap.
    """

    id: UUID
    text: Opened
    rating: Opened
    own: Opened
    why_not: Opened
    row: Goal

    def __repr__(self) -> str:
        return "…"

    @property
    def agreed_at(self) -> datetime:
        """When both agreed on it."""
        return self.row.agreed_at

    @property
    def stands(self) -> bool:
        """Nothing else was put in its place."""
        return self.row.replaced_at is None

    @property
    def rated_at(self) -> datetime | None:
        """When the last of what closing asks for was there; None before."""
        if self.row.without_at is not None:
            return self.row.without_at
        both = self.row.rated_at, self.row.own_at
        return max(one for one in both if one) if all(both) else None


@dataclass(frozen=True, slots=True)
class PlanOpened:
    """One version of a plan in words; `changed` are the parts that the last agreed version said otherwise."""

    row: Plan
    text: PlanText
    changed: tuple[str, ...]

    def __repr__(self) -> str:
        return "…"

    @property
    def goal(self) -> str:
        """What is to be reached."""
        return self.text.part(GOAL)


def _key(who: Opener, case: UUID) -> Key:
    return opened_ring(who, "case", case).key(Scope.SHARED)


def goals_of(who: Opener, case: UUID) -> list[GoalOpened]:
    """The goals of a case that an act of this request has opened; a boundary where none has."""
    key = _key(who, case)
    return [_goal(row, key) for row in goals(case)]


def _goal(row: Goal, key: Key) -> GoalOpened:
    text, rating, own, why_not = (open_text(row, name, key) for name in ("text", "rating", "own", "why_not"))
    return GoalOpened(row.pk, text, rating, own, why_not, row)


def plans_of(who: Opener, case: UUID) -> list[PlanOpened]:
    """Every version of a plan, oldest first, of a case that an act of this request has opened; a boundary where none has."""
    key, found = _key(who, case), list[PlanOpened]()
    agreed: PlanText | None = None
    for row in plans(case):
        text = PlanText.of(open_text(row, "text", key))
        found.append(PlanOpened(row, text, text.changed_since(agreed) if agreed else ()))
        agreed = text if row.agreed_at is not None else agreed
    return found


@dataclass(frozen=True, slots=True)
class LetterOpened:
    """The letter at the end of a case in words."""

    row: Letter
    text: LetterText

    def __repr__(self) -> str:
        return "…"


def letter_of(who: Opener, case: UUID) -> LetterOpened | None:
    """The letter of a case that an act of this request has opened; None where there is none, a boundary where none has."""
    key, row = _key(who, case), letter(case)
    return LetterOpened(row, LetterText.of(open_text(row, "text", key))) if row is not None else None
