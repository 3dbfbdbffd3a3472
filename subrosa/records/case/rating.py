"""How far a goal was reached: each says it for himself, or one tap says why the client did not (ETH-02)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from subrosa.policy.actor import Actor, Kind
from subrosa.policy.acts import Act
from subrosa.policy.facts import CareTeamFacts, RatingFacts
from subrosa.records import audit
from subrosa.records.vault import rings
from subrosa.records.vault.opener import opener_of
from subrosa.records.vault.rings import Scope
from subrosa.records.vault.texts import close_text

from .models import Case, Goal
from .plan import how
from .queries import on_care_team

WHY_NOT = ("did_not_want", "did_not_come_back", "left_school")
MOST = 10


def _number(rating: str) -> bool:
    return rating.isascii() and rating.isdigit() and len(rating) <= 2 and int(rating) <= MOST


def rating_facts(
    *, by: Actor, case: Case, goal: Goal, rating: str = "", why_not: str = "", **_: Any
) -> tuple[CareTeamFacts, RatingFacts]:
    """Who rates, and whether it is a number or one of the reasons. Guarded by the case row."""
    listed = not why_not if by.kind is Kind.CLIENT else why_not in ("", *WHY_NOT)
    told = _number(rating) or (rating == "" and why_not != "")
    return CareTeamFacts(on_care_team(case, by) and goal.case_id == case.pk), RatingFacts(listed and told)


@audit.act(Act.RATE_GOAL, on=("case", "goal"), facts=rating_facts)
def rate_goal(
    *, by: Actor, at: datetime, case: Case, goal: Goal, rating: str = "", why_not: str = "", once: UUID | None = None
) -> Goal:
    """The client's number, or the counselor's; with `why_not` the counselor says why the client's is missing.

    Nobody rates in another's place: a number from the counselor's session is the counselor's.
    """
    key = rings.open_ring("case", case.pk, opener_of(by), to_seal=True, client=case.client_id).key(Scope.SHARED)
    if by.kind is Kind.CLIENT:
        close_text(goal, "own", str(int(rating)), key)
        goal.own_at, goal.own_how = at, how(by)
    elif rating:
        close_text(goal, "rating", str(int(rating)), key)
        goal.rated_at = at
    if why_not:
        close_text(goal, "why_not", why_not, key)
        goal.without_at = at
    goal.save()
    return goal


def lacking(case: UUID) -> tuple[int, int]:
    """Of the goals that stand: how many the counselor has not rated, and how many the client has not; none after the tap."""
    rows = Goal.objects.filter(case_id=case, replaced_at=None, without_at=None)
    found = rows.aggregate(mine=Count("pk", filter=Q(rated_at=None)), theirs=Count("pk", filter=Q(own_at=None)))
    return found["mine"], found["theirs"]
