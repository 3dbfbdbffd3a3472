"""Saying yes to a plan: one tap of each. It opens with what is hoped for, so that line is answered first (CLIENT-03)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from subrosa.policy.actor import Actor, Kind
from subrosa.policy.acts import Act
from subrosa.policy.facts import CareTeamFacts, PlanFacts
from subrosa.records import audit
from subrosa.records.case.models import Case, Plan
from subrosa.records.case.plan import confirm_facts, said_yes
from subrosa.records.vault import rings
from subrosa.records.vault.opener import opener_of
from subrosa.records.vault.rings import Scope

from .queries import hope_waits


def _facts(*, by: Actor, case: Case, plan: Plan, in_place: bool = False, **_: Any) -> tuple[CareTeamFacts, PlanFacts]:
    team, facts = confirm_facts(by=by, case=case, plan=plan)
    own = by.kind is Kind.STAFF and not in_place
    return team, replace(facts, hope_waits=own and hope_waits(case.pk))


@audit.act(Act.CONFIRM_PLAN, on=("case", "plan"), facts=_facts)
def confirm(
    *, by: Actor, at: datetime, case: Case, plan: Plan, in_place: bool = False, once: UUID | None = None
) -> Plan:
    """One tap of each. `in_place` is the counselor noting that the client said yes: true as that, and no more."""
    ring = rings.open_ring("case", case.pk, opener_of(by), to_seal=True, client=case.client_id)
    return said_yes(plan, by, at, ring.key(Scope.SHARED), in_place=in_place)
