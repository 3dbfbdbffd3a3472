"""Teams after their founding: who is certified later is shown to the clients, then taken in by somebody who holds the key.

A team's key opens something of many clients at once, so it goes by the rule of one more holder of a file (CON-09): the page of
everybody whose words the team opens names the colleague first. What names colleagues here names no client.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.policy.facts import TeamFacts, WideningFacts
from subrosa.policy.roles import Role
from subrosa.policy.rows.joining import TEAM_AT_ONCE
from subrosa.policy.ruling import Boundary
from subrosa.records import audit
from subrosa.records.school.calendar import shown_until
from subrosa.records.vault import rings
from subrosa.records.vault.models import Grant, Keypair
from subrosa.records.vault.opener import opener_of

from .facts import joining_facts
from .models import Staff, TeamJoining
from .queries import Colleague, colleague, roles_of

TEAMS_OF = {Role.COUNSELOR: ("duty", "crisis"), Role.CUSTODIAN: ("archive",)}
PATIENT = {"archive"}  # teams whose key no ground hands over at once
ROLE_OF = {team: role for role, teams in TEAMS_OF.items() for team in teams}


def members(teams: Collection[str]) -> dict[str, list[UUID]]:
    """Who holds the key of each of some teams, the first one first; read from the grants themselves."""
    rows = Grant.objects.filter(
        keyring__kind__in=list(teams),
        keyring__destroyed_at=None,
        holder__kind="staff",
        holder__ended_at=None,
        dormant=False,
        share=0,
    )
    found: dict[str, list[UUID]] = {team: [] for team in teams}
    for team, one in rows.order_by("at", "holder__made_at", "holder_id").values_list("keyring__kind", "holder__of"):
        if one not in found[team]:
            found[team].append(one)
    return found


def opening_teams(teams: Iterable[str]) -> set[str]:
    """Those of some teams that could open anything now: a key is granted to their pair, or words are sealed to it."""
    pairs = dict(Keypair.objects.filter(kind__in=list(teams)).values_list("pk", "kind"))
    found: set[UUID] = set()
    for model in apps.get_models():
        if any(one.name == "holder" and one.related_model is Keypair for one in model._meta.concrete_fields):
            rows = model._default_manager.filter(holder__in=list(pairs))
            found.update(rows.values_list("holder", flat=True).distinct())
    return {pairs[key] for key in found}


def teams_to_join(by: UUID, newcomer: Staff) -> list[str]:
    """The teams that the actor is on and the newcomer, who has the same calling, is not yet."""
    mine = roles_of(by)
    common = [team for team, role in ROLE_OF.items() if role in mine and role in newcomer.roles]
    on = members(common)
    theirs = [team for team in common if by in on[team]]
    if common and not theirs:
        raise Boundary("CONF-02", "only_a_holder_grants")
    return [team for team in theirs if newcomer.pk not in on[team]]


def _shown(newcomer: Staff, teams: Iterable[str]) -> dict[str, TeamJoining]:
    rows = TeamJoining.objects.filter(staff=newcomer, team__in=list(teams), ended_at=None)
    return {row.team: row for row in rows}


def standing_of(newcomer: Staff, teams: list[str], at: datetime, at_once: str = "") -> WideningFacts:
    """How it stands with handing some teams' keys to a newcomer now. Guarded by the newcomer's staff row."""
    opens, rows = opening_teams(teams), _shown(newcomer, teams)
    return WideningFacts(
        opens=bool(opens),
        shown=opens <= set(rows),
        waited=all(team in rows and shown_until(rows[team].shown_at) <= at for team in opens),
        ground=at_once in TEAM_AT_ONCE and not opens & PATIENT if at_once else None,
    )


def _to_hand(by: UUID, newcomer: Staff, at_once: str) -> list[str]:
    """The teams of one press. What cannot wait is help for people: old files can, and stay with the ordinary way."""
    every = teams_to_join(by, newcomer)
    now = [team for team in every if team not in opening_teams(every) & PATIENT]
    return now if at_once and now else every


def _showing(*, by: Actor, newcomer: Staff, **_: Any) -> tuple[TeamFacts]:
    teams_to_join(by.id, newcomer)
    return joining_facts(newcomer=newcomer)


@audit.act(Act.SHOW_TEAM_JOINING, on="newcomer", facts=_showing)
def show_joining(*, by: Actor, at: datetime, newcomer: Staff, once: UUID | None = None) -> Staff:
    """Say on the clients' pages that a colleague is to join the teams. No key goes anywhere yet."""
    teams = teams_to_join(by.id, newcomer)
    there = _shown(newcomer, teams)
    rows = [TeamJoining(staff=newcomer, team=team, by_id=by.id, shown_at=at) for team in teams if team not in there]
    TeamJoining.objects.bulk_create(rows)
    return newcomer


@audit.act(Act.DROP_TEAM_JOINING, on="newcomer")
def drop_joining(*, by: Actor, at: datetime, newcomer: Staff, once: UUID | None = None) -> Staff:
    """Not after all: the lines are gone from the clients' pages, the entry stays."""
    teams = teams_to_join(by.id, newcomer)
    TeamJoining.objects.filter(staff=newcomer, team__in=teams, ended_at=None).update(ended_at=at)
    return newcomer


def nobody_joins(newcomer: Staff, at: datetime) -> None:
    """Part of an act by which somebody's access ends: whoever was to join the teams does not any more."""
    TeamJoining.objects.filter(staff=newcomer, ended_at=None).update(ended_at=at)


def _facts(*, by: Actor, at: datetime, newcomer: Staff, at_once: str = "", **_: Any) -> tuple[TeamFacts, WideningFacts]:
    (team,) = joining_facts(newcomer=newcomer)
    return team, standing_of(newcomer, _to_hand(by.id, newcomer, at_once), at, at_once)


@audit.act(Act.JOIN_TEAMS, on="newcomer", facts=_facts)
def take_in(*, by: Actor, at: datetime, newcomer: Staff, at_once: str = "", once: UUID | None = None) -> Staff:
    """Hand the keys of the teams that the actor is on to a certified colleague of the same calling.

    The lead made the teams and kept no key of theirs, so only a member can: a counselor takes a counselor into the duty
    and crisis teams, a custodian a custodian into the archive. `at_once` is the ground where it cannot wait.
    """
    who, pair = opener_of(by), Keypair.objects.get(kind="staff", of=newcomer.pk, ended_at=None)
    teams = _to_hand(by.id, newcomer, at_once)
    _note(by, at, newcomer, teams, at_once)
    for team in teams:
        ring = rings.open_ring(team, rings.team_id(team), who, to_seal=True)
        rings.grant_to(ring, [rings.Holder(pair, rings.Scope.ROOT, of=newcomer.pk)], who, clause="CONF-07", at=at)
    return newcomer


def _note(by: Actor, at: datetime, newcomer: Staff, teams: list[str], ground: str) -> None:
    """What was announced has happened; what could not wait keeps its ground, which the clients read."""
    rows = _shown(newcomer, teams)
    for team in opening_teams(teams):
        row = rows.pop(team, None) or TeamJoining(staff=newcomer, team=team, by_id=by.id, shown_at=at)
        row.at_once = "" if shown_until(row.shown_at) <= at else ground
        row.ended_at = at
        row.save()
    TeamJoining.objects.filter(pk__in=[row.pk for row in rows.values()]).update(ended_at=at)


def announced(teams: Collection[str]) -> list[TeamJoining]:
    """Who is to join some teams and who joined them at once, in the order in which clients could read it; nobody who is gone."""
    rows = TeamJoining.objects.select_related("staff").filter(Q(ended_at=None) | ~Q(at_once=""), team__in=list(teams))
    return list(rows.exclude(staff__state="left").order_by("shown_at", "staff_id", "team"))


def outside_the_team(team: str, role: Role) -> list[Colleague]:
    """Certified active colleagues with a role who hold no key of a team that exists; two statements."""
    held = Grant.objects.filter(keyring__kind=team, keyring__destroyed_at=None, holder=OuterRef("pk"), dormant=False)
    without = Keypair.objects.filter(kind="staff", ended_at=None, certificate__isnull=False).exclude(Exists(held))
    founded = Exists(Keypair.objects.filter(kind=team, ended_at=None))
    keys = list(without.filter(founded).values_list("pk", flat=True))
    rows = Staff.objects.select_related("keypair").filter(keypair__in=keys, state="active").order_by("invited_at", "id")
    return [colleague(row) for row in rows if role in row.roles]
