"""The steward's page: how the machine is. It opens nothing, and says so."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import margin
from subrosa.policy.roles import Role
from subrosa.records.audit.queries import entry_count
from subrosa.records.person.queries import colleagues
from subrosa.records.roster.queries import size


@audience(Role.STEWARD)
def steward(there: Visit) -> HttpResponse:
    """Accounts and the log's size."""
    values = {
        "entries": entry_count(),
        "people": colleagues(),
        "students": size(),
        "margin": margin("CONF-05", "MGMT-02"),
    }
    return render(there.request, "steward/machine.html", values)
