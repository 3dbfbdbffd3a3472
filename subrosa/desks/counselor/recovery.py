"""A case that the lead has named to me: two keepers of a seat each type a sheet, and this one case opens for me."""

from __future__ import annotations

import uuid
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import margin, shown, status_of
from subrosa.policy.roles import Role
from subrosa.policy.rows.joining import CASE_AT_ONCE
from subrosa.policy.ruling import Refused, Ruling
from subrosa.records.case import recovering
from subrosa.records.school.calendar import shown_until, works_from

from .closed import closed_to_you

GROUNDS = {
    "told": _("The client knows: I have said so, or a colleague has"),
    "danger": _("The client is in danger, and it cannot wait"),
}


@audience(Role.COUNSELOR, unlocked=True)
def recover_case(there: Visit, key: UUID) -> HttpResponse:
    """The form, and the press. What was typed comes back where something is missing; it is kept nowhere."""
    row = recovering.recovery(key)
    if row is None or row.holder_id != there.by.id or row.done_at is not None or row.dropped_at is not None:
        return closed_to_you(there.request)
    if there.request.method != "POST":
        return _page(there, row)
    at_once = there.request.POST.get("at_once", "")
    sheets = [there.request.POST.get(name, "")[:4000] for name in ("first", "second")]
    try:
        recovering.recover_case(by=there.by, at=there.at, recovery=row, sheets=sheets, at_once=at_once, once=there.once)
    except Refused as refused:
        return _page(there, row, refused.ruling, sheets)
    return redirect("case", key=row.case_id)


def _page(
    there: Visit, row: recovering.Recovery, ruling: Ruling | None = None, typed: list[str] | None = None
) -> HttpResponse:
    missing = ruling.missing if ruling else ()
    boxes = zip(("first", "second"), typed or ["", ""], ("sheet_1", "sheet_2"), strict=True)
    values = {
        "ruling": shown(ruling) if ruling else None,
        "row": row,
        "boxes": [(name, text, part in missing) for name, text, part in boxes],
        "waits": shown_until(row.named_at) > there.at,
        "starts": works_from(row.named_at),
        "grounds": [(key, GROUNDS[key]) for key in CASE_AT_ONCE],
        "at_once": there.request.POST.get("at_once", ""),
        "margin": margin("CONF-07", "CONF-02", "CON-09"),
        "once": uuid.uuid4(),
    }
    return render(there.request, "counselor/recovery.html", values, status=status_of(ruling))
