"""At the end of a meeting: the same hour next week, proposed with one press; the client nods with the device in hand."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from subrosa.desks.common import handed, slots
from subrosa.desks.common.requests import Visit, audience
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused
from subrosa.records.appointment import queries
from subrosa.records.appointment.queries import Offer
from subrosa.records.case.queries import on_care_team
from subrosa.records.person.clients import client

from .closed import closed_to_you
from .file import answer

WEEK = timedelta(days=7)


def same_hour(row: Any, at: datetime) -> Offer | None:
    """The counselor's free time nearest to a week after this meeting; None where nothing is free or one is held already.

    None too where the client has ended it: nothing is proposed to who has left.
    """
    ahead = any(one.state == "booked" and one.starts_at > at for one in queries.of_case(row.case_id))
    if ahead or row.case.left_at is not None:
        return None
    wanted, offers = row.starts_at + WEEK, queries.free([row.case.counselor_id], at)
    return min(offers, key=lambda offer: abs(offer.starts_at - wanted), default=None)


@require_POST
@audience(Role.COUNSELOR, unlocked=True)
def propose(there: Visit, key: UUID, booking: UUID) -> HttpResponse:
    """Hand the device over on the page of times, this one chosen. Only the client's own press holds it (CLIENT-01)."""
    row = queries.booking(booking)
    who = client(row.client_id) if row else None
    if row is None or who is None or row.case_id != key or not on_care_team(row.case, there.by):
        return closed_to_you(there.request)
    try:
        response = handed.give(there, who, case=row.case, back_to=reverse("record", args=[key, booking]), to_book=True)
    except Refused as refused:
        return answer(there, row.case, refused)
    offer = same_hour(row, there.at)
    chosen = f"?{urlencode({'slot': slots.value_of(offer)})}" if offer else ""
    response["Location"] = f"{reverse('talk')}{chosen}"
    return response
