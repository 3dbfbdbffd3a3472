"""The lead's first page: who owes what, how late, how everybody stands to the code, and what the founding still lacks."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from subrosa.desks.common.owed import shown as owed_shown
from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import margin
from subrosa.policy.roles import Role
from subrosa.records.duty.queries import owed_by_all
from subrosa.records.standing.queries import standings, version_in_force

from .progress import next_step, steps
from .tabs import tabs


@audience(Role.LEAD)
def lead(there: Visit) -> HttpResponse:
    """The page itself; nothing on it opens a file."""
    everybody = standings(there.at)
    names = {one.person.id: one.person.name for one in everybody}
    founding = steps()
    values = {
        "owed": owed_shown(owed_by_all(), there.at, names, there.by.id),
        "everybody": everybody,
        "version": version_in_force(),
        "steps": founding,
        "next": next_step(founding),
        "done": sum(one.done for one in founding),
        "tabs": tabs(there, "lead"),
        "margin": margin("MGMT-01", "ETH-01", "COMP-01"),
    }
    return render(there.request, "lead/center.html", values)
