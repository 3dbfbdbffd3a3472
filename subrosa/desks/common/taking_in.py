"""Colleagues who wait for the teams' keys: shown on the clients' pages with one press, taken in with another (CON-09)."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from subrosa.policy.roles import Role
from subrosa.policy.rows.joining import TEAM_AT_ONCE
from subrosa.records.person import queries as people
from subrosa.records.person import teams
from subrosa.records.school.calendar import calendar, shown_until, works_from

from .requests import Visit

TEAM = ((Role.COUNSELOR, "duty"), (Role.CUSTODIAN, "archive"))  # the team by which one sees that somebody waits
CALLED: Final = {"duty": _("duty team"), "crisis": _("crisis team"), "archive": _("archive")}
GROUNDS: Final = {
    "danger": _("Somebody is in danger, and one more is needed now"),
    "nobody_on_duty": _("Nobody would be on duty otherwise"),
}


@dataclass(frozen=True, slots=True)
class Newcomer:
    """One colleague and how it stands: `free` where the teams open nothing yet, else shown since, and from when it works.

    `rush` where a ground may hand keys over at once.
    """

    id: UUID
    name: Any
    teams: str
    free: bool
    since: date | None
    starts: date | None
    ready: bool
    rush: bool
    once: UUID


def grounds() -> list[tuple[str, Any]]:
    """Why it cannot wait, in the order of the list."""
    return [(key, GROUNDS[key]) for key in TEAM_AT_ONCE]


def newcomers(there: Visit) -> list[Newcomer]:
    """Colleagues whom the one who looks may take into the own teams."""
    if there.locked:
        return []
    waits: dict[UUID, Any] = {}
    missing: dict[UUID, list[str]] = {}
    on = teams.members(teams.ROLE_OF)
    for role, team in TEAM:
        if role in there.roles and there.by.id in on[team]:
            for one in teams.outside_the_team(team, role):
                waits[one.id] = one
                missing.setdefault(one.id, []).extend(teams.TEAMS_OF[role])
    opens = teams.opening_teams(teams.ROLE_OF) if waits else set()
    rows = _open_rows(teams.ROLE_OF) if waits else {}
    return [_newcomer(there, one, missing[key], opens, rows.get(key, {})) for key, one in waits.items()]


def _open_rows(names: Collection[str]) -> dict[UUID, dict[str, Any]]:
    found: dict[UUID, dict[str, Any]] = {}
    for row in teams.announced(names):
        if row.ended_at is None:
            found.setdefault(row.staff_id, {})[row.team] = row
    return found


def _newcomer(there: Visit, one: Any, wanted: list[str], opens: Collection[str], rows: Mapping[str, Any]) -> Newcomer:
    asked = [team for team in wanted if team in opens]
    shown = max((rows[team].shown_at for team in asked), default=None) if all(team in rows for team in asked) else None
    return Newcomer(
        id=one.id,
        name=one.name,
        teams=called(wanted),
        free=not asked,
        since=calendar().local(shown) if shown else None,
        starts=works_from(shown) if shown else None,
        ready=not asked or (shown is not None and shown_until(shown) <= there.at),
        rush=any(team not in teams.PATIENT for team in asked),
        once=uuid.uuid4(),
    )


def from_when(there: Visit, key: UUID) -> str:
    """From which day on a colleague's keys go, as a sentence; empty where nothing is shown yet."""
    day = next((one.starts for one in newcomers(there) if one.id == key), None)
    said = gettext("It stands on the clients' pages. The keys go from %(day)s on.")
    return said % {"day": date_format(day, gettext("l, F j"))} if day else ""


def called(names: Iterable[str]) -> str:
    """Some teams in words."""
    names = set(names)
    return gettext(", ").join(str(word) for team, word in CALLED.items() if team in names)


def press(there: Visit, newcomer: Any) -> None:
    """Show a certified colleague to the clients, or not after all, or hand over the teams' keys."""
    given = there.request.POST
    asked: dict[str, Any] = {"by": there.by, "at": there.at, "newcomer": newcomer, "once": there.once}
    if "show" in given:
        teams.show_joining(**asked)
    elif "drop" in given:
        teams.drop_joining(**asked)
    else:
        teams.take_in(at_once=given.get("at_once", "none" if "now" in given else ""), **asked)


@dataclass(frozen=True, slots=True)
class Widening:
    """One line of the lead's page: who is to join which teams from when, or joined at once and why."""

    name: Any
    teams: str
    starts: date | None
    since: date | None
    why: Any


def widenings() -> list[Widening]:
    """What waits, and what could not wait; the lead sees both and hands on no key."""
    rows = teams.announced(teams.ROLE_OF)
    names = people.names({row.staff_id for row in rows})
    found: dict[tuple[Any, ...], list[str]] = {}
    for row in rows:
        since = calendar().local(row.ended_at) if row.ended_at else None
        starts = works_from(row.shown_at) if since is None else None
        found.setdefault((row.staff_id, starts, since, row.at_once), []).append(row.team)
    return [
        Widening(names.get(staff, "–"), called(on), starts, since, GROUNDS.get(ground, ""))
        for (staff, starts, since, ground), on in found.items()
    ]
