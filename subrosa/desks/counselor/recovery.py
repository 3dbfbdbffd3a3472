"""A case that the lead has named to me: two keepers of a seat each type a sheet, and this one case opens for me."""

from __future__ import annotations

import uuid
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import margin, shown, status_of
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused, Ruling
from subrosa.records.case import recovering

from .closed import closed_to_you


@audience(Role.COUNSELOR, unlocked=True)
def recover_case(there: Visit, key: UUID) -> HttpResponse:
    """The form, and the press. What was typed comes back where something is missing; it is kept nowhere."""
    row = recovering.recovery(key)
    if row is None or row.holder_id != there.by.id or row.done_at is not None:
        return closed_to_you(there.request)
    if there.request.method != "POST":
        return _page(there, row)
    sheets = [there.request.POST.get(name, "")[:4000] for name in ("first", "second")]
    try:
        recovering.recover_case(by=there.by, at=there.at, recovery=row, sheets=sheets, once=there.once)
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
        "margin": margin("CONF-07", "CONF-02"),
        "once": uuid.uuid4(),
    }
    return render(there.request, "counselor/recovery.html", values, status=status_of(ruling))
