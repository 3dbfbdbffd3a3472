"""The plan that both make: a page to write it on together, and the taps of each (CON-06)."""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext

from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import margin, shown, status_of
from subrosa.desks.common.sealed import asked_for
from subrosa.policy.plan import LONGEST, PARTS, standard
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused, Ruling
from subrosa.records.case import plan as acts
from subrosa.records.case import queries
from subrosa.records.case.opened import plans_of
from subrosa.records.case.plan_text import PlanText
from subrosa.records.consent.opened import hope_of
from subrosa.records.consent.plan import confirm
from subrosa.records.vault.opener import opener_of

from .closed import closed_to_you, is_boundary
from .desk import who_they_are
from .planned import OWN, PartShown, heading
from .presses import Wrong, on_file


def _typed(request: HttpRequest) -> PlanText:
    return PlanText({one: request.POST.get(one, "").replace("\r\n", "\n") for one in PARTS})


@asked_for
@audience(Role.COUNSELOR, unlocked=True)
def plan(there: Visit, key: UUID) -> HttpResponse:
    """Write or change the plan. With "we both look at it now" the counselor's own yes goes along."""
    row = queries.case(key)
    if row is None:
        return closed_to_you(there.request)
    if there.request.method != "POST":
        return _page(there, row)
    text = _typed(there.request)
    if any(len(text.part(one)) > LONGEST for one in PARTS):
        wrong = gettext("One part is longer than fits (2,000 characters). Shorten it; nothing is lost.")
        return _page(there, row, text, wrong=wrong)
    try:
        made = acts.propose(by=there.by, at=there.at, case=row, text=text, once=there.once)
        if "yes" in there.request.POST:
            confirm(by=there.by, at=there.at, case=row, plan=made)
    except Refused as refused:
        if is_boundary(refused.ruling):
            return closed_to_you(there.request)
        return _page(there, row, text, refused.ruling)
    response = redirect("case", key=key)
    response["Location"] += "#plan"
    return response


def _page(
    there: Visit, row: Any, text: PlanText | None = None, ruling: Ruling | None = None, wrong: str = ""
) -> HttpResponse:
    try:
        acts.read_plan(by=there.by, at=there.at, case=row)
    except Refused:
        return closed_to_you(there.request)
    versions = plans_of(opener_of(there.by), row.pk)
    latest = versions[-1].text if versions else PlanText(standard(get_language() or "zh-hans"))
    center = {words for code in ("zh", "en") for words in standard(code).values()}
    words, lacks = text or latest, text.empty_parts() if text and ruling else ()
    changed = words.changed_since(latest) if text and versions else ()
    values = {
        "case": row,
        "client": who_they_are(there, [row.client_id]).get(row.client_id),
        "parts": [PartShown(one, *heading(one), words.part(one), one in changed, one in lacks) for one in PARTS],
        "opened": any(one in lacks or words.part(one) not in center for one in PARTS if one not in OWN),
        "agreed": bool(versions and versions[-1].row.agreed_at),
        "first": not versions,
        "hope": hope_of(opener_of(there.by), row.pk),
        "ruling": shown(ruling, key=row.pk) if ruling else None,
        "wrong": wrong,
        "margin": margin("CON-06", "REC-03"),
        "once": uuid.uuid4(),
    }
    status = status_of(ruling, otherwise=422 if wrong else 200)
    return render(there.request, "counselor/plan.html", values, status=status)


def _yes(there: Visit, row: Any) -> object:
    try:
        made = queries.plan(UUID(there.request.POST.get("plan", "")), row.pk)
    except ValueError:
        made = None
    if made is None:
        raise Wrong(gettext("This plan is not in this file."))
    in_place = "in_place" in there.request.POST
    return confirm(by=there.by, at=there.at, case=row, plan=made, in_place=in_place, once=there.once)


yes = on_file(_yes, "plan")
