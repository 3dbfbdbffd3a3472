"""Slips of paper to ask for a time with: for the box at the door, and to hand out in a class to everybody (APPT-01)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import margin

from .names import AT_THE_DESK

ON_A_LEAF = 4


@require_safe
@audience(*AT_THE_DESK)
def papers(there: Visit) -> HttpResponse:
    """One leaf of slips, empty; what comes back is entered by finding the student and holding a time."""
    values = {"slips": range(ON_A_LEAF), "margin": margin("APPT-01", "CONF-05")}
    return render(there.request, "reception/papers.html", values)
