"""The school's leadership: what this role will see, what it never sees, and the page that its principal signed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import margin
from subrosa.policy.roles import Role
from subrosa.records.school.calendar import school_profile
from subrosa.records.standing.queries import principal_page, principal_signer


@audience(Role.LEADERSHIP)
def leadership(there: Visit) -> HttpResponse:
    """One page; it opens nothing."""
    page = principal_page()
    values = {
        "page": page,
        "signer": principal_signer(page) if page else "",
        "least": school_profile()["tests.cell_minimum"],
        "margin": margin("MGMT-02", "MGMT-01", "CONF-02"),
    }
    return render(there.request, "leadership/overview.html", values)
