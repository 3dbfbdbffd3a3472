"""A case that rests: on purpose until a day, or with its client told that the door is open (ETH-02)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.policy.facts import AccountFacts, CareTeamFacts, RestFacts
from subrosa.records import audit
from subrosa.records.notice.book import tell
from subrosa.records.person.clients import account_of
from subrosa.records.school.calendar import calendar

from .models import Case
from .queries import on_care_team
from .states import State

NOTICE = "invited_back"
LONGEST = timedelta(days=366)


def _rest_facts(*, by: Actor, at: datetime, case: Case, until: date, **_: Any) -> tuple[CareTeamFacts, RestFacts]:
    today = calendar().local(at)
    ahead = today < until <= today + LONGEST
    return CareTeamFacts(on_care_team(case, by)), RestFacts(case.state == State.OPEN, ahead)


@audit.act(Act.REST_CASE, on="case", facts=_rest_facts)
def rest(*, by: Actor, at: datetime, case: Case, until: date, once: UUID | None = None) -> Case:
    """On purpose, with an end: until then nobody is asked about it."""
    case.rests_until = until
    case.save(update_fields=["rests_until"])
    return case


def _goes_on(case: Case) -> RestFacts:
    return RestFacts(case.state == State.OPEN, left=case.left_at is not None)


def _invite_facts(*, by: Actor, case: Case, **_: Any) -> tuple[CareTeamFacts, RestFacts, AccountFacts]:
    there = account_of(case.client_id) is not None
    return CareTeamFacts(on_care_team(case, by)), _goes_on(case), AccountFacts(there)


@audit.act(Act.INVITE_BACK, on=("case.client", "case"), facts=_invite_facts)
def invite_back(*, by: Actor, at: datetime, case: Case, once: UUID | None = None) -> Case:
    """One line in the client's own account, and nowhere else: the door is open, and staying away is fine."""
    case.invited_at = at
    case.save(update_fields=["invited_at"])
    tell(to=case.client_id, kind=NOTICE, about=case.pk, at=at)
    return case
