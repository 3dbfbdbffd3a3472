"""What is pressed on one client's page besides booking: a time moved, somebody declined."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from subrosa.desks.common import slots
from subrosa.desks.common.requests import Visit, audience
from subrosa.policy.ruling import Refused
from subrosa.records.appointment import moving, queries, registering

from .names import AT_THE_DESK, at_the_desk
from .someone import client_page, the_client


@require_POST
@audience(*AT_THE_DESK, unlocked=True)
def move(there: Visit, key: UUID, booking: UUID) -> HttpResponse:
    """The same meeting at another time; the client hears of it in the own pages."""
    client, row, chosen = the_client(key), queries.booking(booking), there.request.POST.get("slot", "")
    if row is None or row.client_id != key:
        raise Http404
    offer = slots.picked(chosen)
    if offer is None:
        return client_page(there, client, error=gettext("Please choose a time."))
    try:
        moving.move(
            by=there.by,
            at=there.at,
            booking=row,
            opening=offer.opening,
            starts_at=offer.starts_at,
            ends_at=offer.ends_at,
            once=there.once,
        )
    except Refused as refused:
        gone = chosen if "APPT-01" in refused.ruling.clauses else ""
        return client_page(there, client, ruling=at_the_desk(refused.ruling), chosen=gone)
    return redirect(f"{reverse('reception_client', args=[key])}?booked={row.pk}")


@require_POST
@audience(*AT_THE_DESK, unlocked=True)
def decline(there: Visit, key: UUID) -> HttpResponse:
    """Not received, or not now: one reason of the list, no words."""
    client, reason = the_client(key), there.request.POST.get("reason", "")
    try:
        registering.decline(by=there.by, at=there.at, client=client, reason=reason, once=there.once)
    except Refused as refused:
        return client_page(there, client, ruling=at_the_desk(refused.ruling))
    return redirect("reception_client", key)
