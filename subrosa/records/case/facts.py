"""From rows to what the clauses about a case may look at. Guarded by the case row."""

from __future__ import annotations

from typing import Any

from subrosa.policy.actor import Actor, Kind
from subrosa.policy.facts import AccountFacts, CareTeamFacts, OwnFacts
from subrosa.records.person.clients import account_of

from .models import Case
from .queries import on_care_team
from .states import IN_HAND, State


def care_facts(*, by: Actor, case: Case, **_: Any) -> tuple[CareTeamFacts]:
    """Whether the actor is on the care team of a case. Guarded by the case row."""
    bound = by.kind is Kind.STAFF and case.state not in IN_HAND
    return (CareTeamFacts(on_care_team(case, by), open=case.state == State.OPEN, bound=bound),)


def own_facts(*, by: Actor, case: Case, **_: Any) -> tuple[OwnFacts]:
    """Whether a case is the client's own. Guarded by the case row."""
    return (OwnFacts(own=case.client_id == by.id),)


def share_facts(*, by: Actor, case: Case, **_: Any) -> tuple[CareTeamFacts, AccountFacts]:
    """Whether the actor holds the case and its client has an account. Guarded by the client row."""
    return (CareTeamFacts(on_care_team(case, by)), AccountFacts(account_of(case.client_id) is not None))
