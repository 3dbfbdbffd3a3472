"""The founding, step by step: seat sheets shown once, the keys split over them, outside professionals named."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import margin, shown, status_of
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused, Ruling
from subrosa.records.person import founding as acts
from subrosa.records.person.access import LEFT
from subrosa.records.person.queries import colleagues, founding_progress
from subrosa.records.standing.actions import name_outside_professional

from .progress import OUTSIDE, SEATS, next_step, steps
from .tabs import tabs

LONGEST_NAME = 60


@audience(Role.LEAD)
def founding(there: Visit) -> HttpResponse:
    """The list of steps, with the form of the next one."""
    return _page(there)


def _page(there: Visit, ruling: Ruling | None = None, wrong: str = "") -> HttpResponse:
    every, keys = steps(), founding_progress()
    step = next_step(every)
    values = {
        "ruling": shown(ruling) if ruling else None,
        "wrong": wrong,
        "steps": every,
        "next": step,
        "seat": min(keys.seats + 1, SEATS),
        "seats": SEATS,
        "outside": [one.name for one in colleagues() if one.outside and one.state != LEFT],
        "outside_wanted": OUTSIDE,
        "tabs": tabs(there, "founding"),
        "margin": margin("CONF-07", "MGMT-01", "COMP-01"),
        "once": uuid.uuid4(),
    }
    status = status_of(ruling, otherwise=422 if wrong else 200)
    return render(there.request, "lead/founding.html", values, status=status)


@require_POST
@audience(Role.LEAD, unlocked=True)
def seat(there: Visit, number: int) -> HttpResponse:
    """Make one seat and show its sheet: now, to one person, and never again."""
    pair, sheet = acts.new_seat(number, there.at)
    try:
        acts.seat(by=there.by, at=there.at, number=number, pair=pair)
    except Refused as refused:
        return _page(there, refused.ruling)
    values = {"sheet": sheet, "number": number, "seats": SEATS, "margin": margin("CONF-07")}
    return render(there.request, "lead/seat.html", values)


@require_POST
@audience(Role.LEAD, unlocked=True)
def seal(there: Visit) -> HttpResponse:
    """Split house and desk key over the seats."""
    try:
        acts.seal(by=there.by, at=there.at, once=there.once)
    except Refused as refused:
        return _page(there, refused.ruling)
    return redirect("founding")


@require_POST
@audience(Role.LEAD)
def outside(there: Visit) -> HttpResponse:
    """Name somebody outside the school."""
    name = " ".join(there.request.POST.get("name", "").split())
    if not name or len(name) > LONGEST_NAME:
        return _page(there, wrong=gettext("Please give the name of one person."))
    try:
        name_outside_professional(by=there.by, at=there.at, name=name, once=there.once)
    except Refused as refused:
        return _page(there, refused.ruling)
    return redirect("founding")
