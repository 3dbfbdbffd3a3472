"""Who asked: the register of inquiries by kind and day. Nobody's name stands in it, for none was noted."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import margin
from subrosa.desks.common.words.stand_in import ASKERS
from subrosa.policy.roles import Role
from subrosa.records.outreach.queries import inquiries as found_inquiries

from .tabs import tabs

DAYS = 90


@audience(Role.LEAD)
def inquiries(there: Visit) -> HttpResponse:
    """Counts by kind, then day by day."""
    found = found_inquiries(there.at, days=DAYS)
    kinds = [(gettext(label), found.counts.get(kind, 0)) for kind, (label, _line) in ASKERS.items()]
    days = [
        (one.day, [(gettext(ASKERS[k][0]), one.counts[k]) for k in ASKERS if k in one.counts]) for one in found.days
    ]
    values = {
        "found": found,
        "kinds": kinds,
        "days": days,
        "span": DAYS,
        "tabs": tabs(there, "inquiries"),
        "margin": margin("CONF-02", "EXC-10", "MGMT-02"),
    }
    return render(there.request, "lead/inquiries.html", values)
