"""From rows to what the clauses about founding, links and teams may look at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from subrosa.policy.facts import FoundingFacts, InvitationFacts, LinkFacts, TeamFacts
from subrosa.policy.roles import STAFF_ROLES, Role
from subrosa.records.vault.models import Keypair, Package

from .models import Link, Staff

THE_DESKS = {str(Role.COUNSELOR), str(Role.RECEPTION)}  # who gets the desk key when the own one is certified
THE_SCHOOLS = {str(Role.LEADERSHIP), str(Role.STEWARD)}
AT_THE_DESK = {Role.COUNSELOR, Role.LEAD, Role.RECEPTION, Role.CUSTODIAN}


def link_facts(*, link: Link, at: datetime, **_: Any) -> tuple[LinkFacts]:
    """A one-time link as it stands now."""
    return (LinkFacts(used=link.used_at is not None, expired=at > link.until),)


def invitation_facts(*, roles: Iterable[str], **_: Any) -> tuple[InvitationFacts]:
    """Whether a colleague-to-be is invited as something that the house knows."""
    asked = {str(role) for role in roles}
    both = bool(asked & THE_DESKS) and bool(asked & THE_SCHOOLS)
    return (InvitationFacts(bool(asked) and asked <= set(map(str, STAFF_ROLES)), desk_and_school=both),)


def founding_facts(*, number: int = 0, **_: Any) -> tuple[FoundingFacts]:
    """How far the founding has come."""
    kinds = list(Keypair.objects.filter(kind__in=("house", "seat")).values_list("kind", flat=True))
    sealed = Package.objects.exists()
    return (FoundingFacts("house" in kinds, kinds.count("seat"), sealed, number),)


def certify_facts(*, colleague: Staff, **_: Any) -> tuple[TeamFacts]:
    """Whether a colleague who works here has a key to certify."""
    there = colleague.keypair_id is not None and colleague.state == "active"
    return (TeamFacts(certified=there, client_facing=True),)


def team_facts(*, counselors: Sequence[Staff], **_: Any) -> tuple[TeamFacts]:
    """Who would sit in the teams of a center."""
    facing = all(AT_THE_DESK & {Role(role) for role in one.roles} for one in counselors)
    return (TeamFacts(certified=True, client_facing=facing, members=len(counselors)),)


def joining_facts(*, newcomer: Staff, **_: Any) -> tuple[TeamFacts]:
    """Whether somebody may be taken into the teams: certified, and a counselor or custodian."""
    pair = (
        Keypair.objects.filter(pk=newcomer.keypair_id or UUID(int=0), ended_at=None).exclude(certificate=None).first()
    )
    facing = bool({Role.COUNSELOR, Role.CUSTODIAN} & {Role(role) for role in newcomer.roles})
    return (TeamFacts(certified=pair is not None and newcomer.state == "active", client_facing=facing, members=1),)
