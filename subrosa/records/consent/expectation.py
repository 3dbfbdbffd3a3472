"""What would be different if this helps? One line of either, and the counselor's sentence on what is realistic (CLIENT-03)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from subrosa.policy.actor import Actor, Kind
from subrosa.policy.acts import Act
from subrosa.policy.facts import CareTeamFacts, ExpectationFacts
from subrosa.records import audit
from subrosa.records.case.models import Case
from subrosa.records.case.queries import on_care_team
from subrosa.records.vault import rings
from subrosa.records.vault.opener import opener_of
from subrosa.records.vault.rings import Scope
from subrosa.records.vault.texts import close_text

from .models import Expectation
from .queries import expectation


def _facts(
    *, by: Actor, case: Case, hope: str, realistic: str = "", **_: Any
) -> tuple[CareTeamFacts, ExpectationFacts]:
    team = CareTeamFacts(on_care_team(case, by))
    return team, ExpectationFacts(by.kind is Kind.CLIENT, bool(hope.strip()), bool(realistic.strip()))


@audit.act(Act.WRITE_EXPECTATION, on="case", facts=_facts)
def write_expectation(
    *, by: Actor, at: datetime, case: Case, hope: str, realistic: str = "", once: UUID | None = None
) -> Expectation:
    """Write or change the line. What is realistic is the counselor's to say: a client's own words leave it as it stands."""
    key = rings.open_ring("case", case.pk, opener_of(by), to_seal=True, client=case.client_id).key(Scope.SHARED)
    row = expectation(case.pk) or Expectation(case=case, written_at=at)
    close_text(row, "hope", hope, key)
    row.written_at = at
    if by.kind is not Kind.CLIENT:
        close_text(row, "realistic", realistic, key)
        row.answered_at = at
    row.save()
    return row
