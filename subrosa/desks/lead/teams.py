"""The teams: who is on duty and crisis team, who keeps the archive. The lead makes them and keeps none of their keys."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import margin, shown, status_of
from subrosa.desks.common.taking_in import widenings
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused
from subrosa.records.person import actions, queries
from subrosa.records.person.queries import Colleague
from subrosa.records.person.teams import members

from .tabs import tabs


def _certified(role: Role) -> list[Colleague]:
    return [one for one in queries.colleagues() if one.certified and one.state == "active" and role in one.roles]


def _rows(people: list[Colleague]) -> list[Any]:
    return [row for one in people if (row := queries.staff(one.id)) is not None]


@audience(Role.LEAD)
def teams(there: Visit) -> HttpResponse:
    """Who will sit where; founded once."""
    counselors, custodians = _certified(Role.COUNSELOR), _certified(Role.CUSTODIAN)
    ruling, status = None, 200
    if there.request.method == "POST":
        try:
            actions.found_teams(
                by=there.by, at=there.at, counselors=_rows(counselors), custodians=_rows(custodians), once=there.once
            )
            return redirect("teams")
        except Refused as refused:
            ruling, status = shown(refused.ruling), status_of(refused.ruling)
    founded = queries.founding_progress().teams
    on = members(("duty", "archive")) if founded else {}
    values = {
        "ruling": ruling,
        "founded": founded,
        "counselors": [one for one in queries.colleagues() if one.id in on["duty"]] if founded else counselors,
        "custodians": [one for one in queries.colleagues() if one.id in on["archive"]] if founded else custodians,
        "widenings": widenings(),
        "tabs": tabs(there, "founding"),
        "margin": margin("CONF-07", "CONF-02", "CON-09"),
        "once": uuid.uuid4(),
    }
    return render(there.request, "lead/teams.html", values, status=status)
