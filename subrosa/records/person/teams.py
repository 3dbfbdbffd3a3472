"""Teams after their founding: who is certified later is taken in by somebody who already holds the team's key."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.policy.roles import Role
from subrosa.records import audit
from subrosa.records.vault import rings
from subrosa.records.vault.models import Grant, Keypair
from subrosa.records.vault.opener import opener_of

from .facts import joining_facts
from .models import Staff
from .queries import Colleague, colleague

TEAMS_OF = {Role.COUNSELOR: ("duty", "crisis"), Role.CUSTODIAN: ("archive",)}


@audit.act(Act.JOIN_TEAMS, on="newcomer", facts=joining_facts)
def take_in(*, by: Actor, at: datetime, newcomer: Staff, once: UUID | None = None) -> Staff:
    """Hand the keys of the teams that the actor is on to a certified colleague of the same calling.

    The lead made the teams and kept no key of theirs, so only a member can: a counselor takes a counselor into the duty
    and crisis teams, a custodian a custodian into the archive.
    """
    who, pair = opener_of(by), Keypair.objects.get(kind="staff", of=newcomer.pk, ended_at=None)
    mine = {Role(role) for role in Staff.objects.values_list("roles", flat=True).get(pk=by.id)}
    for role in TEAMS_OF:
        if role not in mine or role not in newcomer.roles:
            continue
        for team in TEAMS_OF[role]:
            ring = rings.open_ring(team, rings.team_id(team), who, to_seal=True)
            holder = rings.Holder(pair, rings.Scope.ROOT, of=newcomer.pk)
            rings.grant_to(ring, [holder], who, clause="CONF-07", at=at)
    return newcomer


def outside_the_team(team: str, role: Role) -> list[Colleague]:
    """Certified active colleagues with a role who hold no key of a team that exists; two statements."""
    held = Grant.objects.filter(keyring__kind=team, keyring__destroyed_at=None, holder=OuterRef("pk"), dormant=False)
    without = Keypair.objects.filter(kind="staff", ended_at=None, certificate__isnull=False).exclude(Exists(held))
    founded = Exists(Keypair.objects.filter(kind=team, ended_at=None))
    keys = list(without.filter(founded).values_list("pk", flat=True))
    rows = Staff.objects.select_related("keypair").filter(keypair__in=keys, state="active").order_by("invited_at", "id")
    return [colleague(row) for row in rows if role in row.roles]
