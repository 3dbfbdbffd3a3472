"""The lead's first page: who owes what, how late, how everybody stands to the code, and what the founding still lacks."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from subrosa.desks.common.owed import shown as owed_shown
from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import margin
from subrosa.policy.roles import Role
from subrosa.records.appointment.resting import resting_for_the_lead
from subrosa.records.duty.queries import MOST, climbed, climbed_count, owed_below, owed_by_all, owed_count_of_all
from subrosa.records.person.access import LEFT
from subrosa.records.standing.queries import nobody_looks, standings, version_in_force

from .progress import next_step, steps
from .tabs import tabs


@audience(Role.LEAD)
def lead(there: Visit) -> HttpResponse:
    """The page itself; nothing on it opens a file."""
    everybody = standings(there.at)
    names = {one.person.id: one.person.name for one in everybody}
    founding = steps()
    alone = nobody_looks(everybody)
    above, owed, came_up = climbed(), owed_below(), climbed_count()
    values = {
        "climbed": owed_shown(above, there.at, names, there.by.id),
        "climbed_more": came_up - len(above),
        "owed": owed_shown(owed, there.at, names, there.by.id),
        "more": owed_count_of_all() - came_up - len(owed),
        "more_url": reverse("owed_by_all"),
        "resting": [(one, names.get(one.case.counselor_id, "")) for one in resting_for_the_lead(there.at)],
        "everybody": [one for one in everybody if one.person.state != LEFT],
        "unlooked": [one.person.name for one in alone],
        "my_own": any(one.person.id == there.by.id for one in alone),
        "version": version_in_force(),
        "steps": founding,
        "next": next_step(founding),
        "done": sum(one.done for one in founding),
        "tabs": tabs(there, "lead"),
        "margin": margin("REC-01", "MGMT-01", "ETH-01"),
    }
    return render(there.request, "lead/center.html", values)


@audience(Role.LEAD)
def owed_by_everybody(there: Visit) -> HttpResponse:
    """Every open duty of the center, page by page."""
    count = Paginator(range(owed_count_of_all()), MOST)
    page = count.get_page(there.request.GET.get("page"))
    rows = owed_by_all(start=(page.number - 1) * MOST)
    names = {one.person.id: one.person.name for one in standings(there.at)}
    values = {
        "owed": owed_shown(rows, there.at, names, there.by.id),
        "page_obj": page,
        "tabs": tabs(there, "lead"),
        "margin": margin("REC-01", "MGMT-01"),
    }
    return render(there.request, "lead/owed.html", values)
