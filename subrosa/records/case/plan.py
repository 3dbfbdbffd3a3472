"""The plan that both make: proposed here by the counselor, said yes to by each (`consent.plan`), changed with both (CON-06).

The client's yes is the client's own, from the account or the center's device in the client's hands. What a counselor notes in
the client's place is kept as what it is, and the plan stays proposed.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

from subrosa.policy.actor import Actor, Kind
from subrosa.policy.acts import Act
from subrosa.policy.facts import CareTeamFacts, PlanFacts
from subrosa.policy.plan import GOAL
from subrosa.records import audit
from subrosa.records.duty.book import settle_of_case
from subrosa.records.duty.models import Duty
from subrosa.records.notice.book import seen_by, tell
from subrosa.records.vault import rings
from subrosa.records.vault.opener import opener_of
from subrosa.records.vault.rings import Key, Scope
from subrosa.records.vault.texts import close_text, open_text

from .facts import care_facts
from .handing import in_client_mode
from .models import Case, Goal, Plan
from .plan_text import PlanText
from .queries import latest_plan, on_care_team
from .states import State

DUTY = "plan"
RECORDS = ("record", "full_record")  # settled by a signed record, and none is signed without the question of danger
NOTICE = "plan"
ACCOUNT, CLIENT_MODE = "account", "client_mode"


def how(by: Actor) -> str:
    """Where a client's own tap comes from."""
    return CLIENT_MODE if in_client_mode(by) else ACCOUNT


def _danger_asked(case: UUID) -> bool:
    """No record is signed without the question of danger, so one signed record is enough."""
    return Duty.objects.filter(case_id=case, kind__in=RECORDS).exclude(settled_at=None).exists()


def _propose_facts(*, by: Actor, case: Case, text: PlanText, **_: Any) -> tuple[CareTeamFacts, PlanFacts]:
    team = CareTeamFacts(by.kind is Kind.STAFF and on_care_team(case, by))
    return team, PlanFacts(text.empty_parts(), case_open=case.state == State.OPEN, left=case.left_at is not None)


@audit.act(Act.PROPOSE_PLAN, on="case", facts=_propose_facts)
def propose(*, by: Actor, at: datetime, case: Case, text: PlanText, once: UUID | None = None) -> Plan:
    """Write the first version or a changed one. Where nothing is changed, what stands goes on standing."""
    key = rings.open_ring("case", case.pk, opener_of(by), to_seal=True, client=case.client_id).key(Scope.SHARED)
    before = latest_plan(case.pk)
    if before is not None and PlanText.of(open_text(before, "text", key)).as_text() == text.as_text():
        return before
    plan = Plan(case=case, number=before.number + 1 if before else 1, proposed_at=at)
    sealed = close_text(plan, "text", text.as_text(), key)
    plan.save(force_insert=True)
    audit.sealed(hashlib.sha256(sealed).digest())
    tell(to=case.client_id, kind=NOTICE, about=plan.pk, at=at)
    return plan


def confirm_facts(*, by: Actor, case: Case, plan: Plan, **_: Any) -> tuple[CareTeamFacts, PlanFacts]:
    """How a plan stands that somebody is about to say yes to, as far as case and plan know it."""
    latest = latest_plan(case.pk)
    same = latest is not None and latest.pk == plan.pk
    asked = _danger_asked(case.pk)
    facts = PlanFacts(latest=same, case_open=case.state == State.OPEN, danger_asked=asked)
    return CareTeamFacts(on_care_team(case, by) and plan.case_id == case.pk), facts


def said_yes(plan: Plan, by: Actor, at: datetime, key: Key, *, in_place: bool = False) -> Plan:
    """Note one tap on the row; with the second of both its goal is the case's. Part of the act of saying yes."""
    if by.kind is Kind.CLIENT:
        plan.client_at, plan.client_how = plan.client_at or at, plan.client_how or how(by)
        seen_by(to=by.id, kind=NOTICE, at=at)
    elif in_place:
        plan.said_at = plan.said_at or at
    else:
        plan.counselor_at = plan.counselor_at or at
    if plan.counselor_at and plan.client_at and plan.agreed_at is None:
        plan.agreed_at = at
        _its_goal(plan, key, at)
        settle_of_case(kind=DUTY, case=plan.case_id, by=by.id, at=at)
    plan.save()
    return plan


def _its_goal(plan: Plan, key: Key, at: datetime) -> None:
    """The goal of an agreed plan is a goal of the case; one that says otherwise now is not rated any more."""
    wanted, there = PlanText.of(open_text(plan, "text", key)).part(GOAL), False
    for goal in Goal.objects.filter(case_id=plan.case_id, replaced_at=None).exclude(plan=None):
        if open_text(goal, "text", key) == wanted:
            there = True
        else:
            goal.replaced_at = at
            goal.save(update_fields=["replaced_at"])
    if not there:
        goal = Goal(case_id=plan.case_id, plan=plan, agreed_at=at)
        close_text(goal, "text", wanted, key)
        goal.save(force_insert=True)


@audit.act(Act.READ_PLAN, on="case", facts=care_facts, reads=True)
def read_plan(*, by: Actor, at: datetime, case: Case) -> Case:
    """Open what both agreed on, plan and goals: with the own key, the client also with that of the center's device."""
    rings.open_ring("case", case.pk, opener_of(by)).key(Scope.SHARED)
    return case
