"""One more holder of a file (CON-09): on the client's page first, then the key, or not after all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.policy.facts import CareTeamFacts, JoiningFacts
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Boundary
from subrosa.records import audit
from subrosa.records.notice.book import seen_by, tell
from subrosa.records.person.models import Staff
from subrosa.records.school.calendar import shown_until
from subrosa.records.vault import rings
from subrosa.records.vault.models import Keypair
from subrosa.records.vault.opener import opener_of
from subrosa.records.vault.rings import Holder, Scope

from .facts import care_facts
from .models import CareMember, Case, Joining
from .queries import care_team

NOTICE = "joining"


def _counsels(colleague: Staff) -> UUID:
    if colleague.keypair_id is None or colleague.state != "active" or Role.COUNSELOR not in colleague.roles:
        raise Boundary("CONF-02", "only_the_care_team_opens")
    return colleague.keypair_id


def joinings(case: UUID) -> list[Joining]:
    """Who is to join, in the order in which the client could read it."""
    return list(Joining.objects.select_related("case").filter(case_id=case, ended_at=None).order_by("shown_at", "id"))


def waited(row: Joining, at: datetime) -> bool:
    """Whether the client's page has named the colleague for so long that nobody needs to have told the client."""
    return shown_until(row.shown_at) <= at


@audit.act(Act.SHOW_JOINING, on="case", facts=care_facts)
def show_joining(*, by: Actor, at: datetime, case: Case, colleague: Staff, once: UUID | None = None) -> Joining:
    """Say on the client's page that a colleague is to open this file too. No key goes anywhere yet.

    Who has left is told nothing more by a message (CLIENT-01); the line stands on the page all the same.
    """
    _counsels(colleague)
    if colleague.pk in care_team(case.pk):
        raise Boundary("CONF-02", "only_who_holds_a_case_hands_it_on")
    row, fresh = Joining.objects.get_or_create(
        case=case, staff=colleague, ended_at=None, defaults={"by_id": by.id, "shown_at": at}
    )
    if fresh and case.left_at is None:
        tell(to=case.client_id, kind=NOTICE, about=row.pk, at=at)
    return row


@audit.act(Act.DROP_JOINING, on="case", facts=care_facts)
def drop_joining(*, by: Actor, at: datetime, case: Case, colleague: Staff, once: UUID | None = None) -> Case:
    """Not after all: the line is gone from the client's page, the entry stays."""
    end_joinings([one for one in joinings(case.pk) if one.staff_id == colleague.pk], at)
    return case


def end_joinings(rows: Iterable[Joining], at: datetime) -> None:
    """Part of an act: these are not to open a file any more, and the message about each need not be read."""
    for row in rows:
        row.ended_at = at
        row.save(update_fields=["ended_at"])
        seen_by(to=row.case.client_id, kind=NOTICE, about=[row.pk], at=at)


def nobody_joins_now(case: Case, at: datetime) -> None:
    """Part of closing: whoever was to open the file too does not any more."""
    end_joinings(joinings(case.pk), at)


def _facts(
    *, by: Actor, at: datetime, case: Case, colleague: Staff, told: bool = False, **_: Any
) -> tuple[CareTeamFacts, JoiningFacts]:
    (team,) = care_facts(by=by, case=case)
    shown = next((one for one in joinings(case.pk) if one.staff_id == colleague.pk), None)
    return team, JoiningFacts(shown is not None, told or (shown is not None and waited(shown, at)))


@audit.act(Act.GRANT_CASE, on="case", facts=_facts)
def grant_case(
    *, by: Actor, at: datetime, case: Case, colleague: Staff, told: bool = False, once: UUID | None = None
) -> CareMember:
    """Hand the key of a case to one more colleague who counsels. Only who holds it can, and the client knows of it."""
    who = opener_of(by)
    ring = rings.open_ring("case", case.pk, who, to_seal=True, client=case.client_id)
    pair = Keypair.objects.get(pk=_counsels(colleague))
    rings.grant_to(ring, [Holder(pair, Scope.ROOT, of=colleague.pk)], who, clause="CONF-02", at=at)
    Joining.objects.filter(case=case, staff=colleague, ended_at=None).update(ended_at=at)
    return CareMember.objects.create(case=case, staff=colleague, since=at)
