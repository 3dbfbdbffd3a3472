"""Today: what is owed, and my standing."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import render

from subrosa.desks.common.owed import shown as owed_shown
from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import margin
from subrosa.policy.roles import Role
from subrosa.records.duty.queries import owed_by
from subrosa.records.standing.queries import standing_of


@audience(Role.COUNSELOR)
def desk(there: Visit) -> HttpResponse:
    """The counselor's first page."""
    values = {
        "owed": owed_shown(owed_by(there.by.id), there.at),
        "mine": standing_of(there.by.id, there.at),
        "margin": margin("ETH-01", "REC-01"),
        "once": uuid.uuid4(),
    }
    return render(there.request, "counselor/desk.html", values)
