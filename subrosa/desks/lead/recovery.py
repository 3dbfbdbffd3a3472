"""A counselor is gone: the lead names who gets which case back. Case numbers and days; no name, and nothing opens here."""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import margin, shown, status_of
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused, Ruling
from subrosa.records.case import recovering
from subrosa.records.case.queries import case as case_row
from subrosa.records.person import queries as people
from subrosa.records.school.calendar import works_from

from .tabs import tabs

GROUNDS = {
    "counselor_gone": _("The counselor is gone: the colleague takes the case over"),
    "legal_demand": _("A court or the police demands this file by a written document"),
}


@audience(Role.LEAD)
def recovery(there: Visit) -> HttpResponse:
    """Every case in care, and who is named for it."""
    return _page(there)


def _page(there: Visit, ruling: Ruling | None = None) -> HttpResponse:
    rows = recovering.cases_in_care()
    named = recovering.waiting_of(row.pk for row in rows)
    names = people.names({row.counselor_id for row in rows} | {one.holder_id for one in named.values()})
    counselors = [one for one in people.colleagues() if one.certified and Role.COUNSELOR in one.roles]
    values = {
        "ruling": shown(ruling) if ruling else None,
        "rows": [_row(row, names, named.get(row.pk)) for row in rows],
        "counselors": [one for one in counselors if one.state == "active"],
        "grounds": [(key, GROUNDS[key]) for key in recovering.GROUNDS],
        "tabs": tabs(there, "recovery"),
        "margin": margin("CONF-07", "CON-09"),
    }
    return render(there.request, "lead/recovery.html", values, status=status_of(ruling))


def _row(row: Any, names: dict[UUID, Any], waits: Any) -> dict[str, Any]:
    holder = names.get(waits.holder_id, "") if waits else ""
    starts = works_from(waits.named_at) if waits else None
    shown_to_lead = {"case": row, "counselor": names.get(row.counselor_id, ""), "named": holder, "starts": starts}
    return {**shown_to_lead, "once": uuid.uuid4()}


@require_POST
@audience(Role.LEAD, unlocked=True)
def drop_holder(there: Visit, key: UUID) -> HttpResponse:
    """Take back who was named."""
    row = case_row(key)
    if row is None:
        raise Http404
    try:
        recovering.drop_holder(by=there.by, at=there.at, case=row, once=there.once)
    except Refused as refused:
        return _page(there, refused.ruling)
    return redirect("recovery")


@require_POST
@audience(Role.LEAD, unlocked=True)
def name_holder(there: Visit, key: UUID) -> HttpResponse:
    """Name a colleague for one case."""
    row, given = case_row(key), there.request.POST
    try:
        holder = people.staff(UUID(given.get("holder", "")))
    except ValueError:
        holder = None
    if row is None or holder is None:
        raise Http404
    try:
        recovering.name_holder(
            by=there.by, at=there.at, case=row, holder=holder, ground=given.get("ground", ""), once=there.once
        )
    except Refused as refused:
        return _page(there, refused.ruling)
    return redirect("recovery")
