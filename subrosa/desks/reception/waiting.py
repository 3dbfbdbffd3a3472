"""Who waits for a free time, in the order of having asked and in no other (ETH-05)."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from subrosa.desks.common.newcomers import meet
from subrosa.desks.common.order import in_order_of_time
from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import margin
from subrosa.desks.common.sealed import asked_for
from subrosa.records.appointment.registering import waiting
from subrosa.records.person import clients

from .names import AT_THE_DESK

A_PAGE = 50


@require_safe
@asked_for
@audience(*AT_THE_DESK, unlocked=True)
@in_order_of_time
def waits(there: Visit) -> HttpResponse:
    """The list: since when, who, and the way to a time."""
    page = Paginator(waiting(there.at), A_PAGE).get_page(there.request.GET.get("page"))
    keys = [row.client_id for row in page]
    if keys:
        meet(there, keys)
    who = clients.read_identities(by=there.by, at=there.at, clients=keys) if keys else {}
    rows = [(row, clients.name_shown(who.get(row.client_id)), who.get(row.client_id)) for row in page]
    values = {"rows": rows, "page_obj": page, "margin": margin("ETH-05", "APPT-01", "CONF-05")}
    return render(there.request, "reception/waiting.html", values)
