"""The first page of a device that was handed over: one thing after the other, and "I am done"."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from subrosa.desks.common import handed
from subrosa.desks.common.requests import Visit, audience
from subrosa.policy.roles import Role
from subrosa.records.appointment.queries import of_client
from subrosa.records.case.queries import goals, latest_plan, open_case_of
from subrosa.records.consent.queries import has_signed, in_force


@audience(Role.CLIENT)
def here(there: Visit) -> HttpResponse:
    """What can be done with the device; POST says that somebody is still writing."""
    if handed.in_hand(there.request) is None:
        raise Http404
    if there.request.method == "POST":
        return HttpResponse(status=204)
    case, latest = open_case_of(there.by.id), in_force()
    ahead = [row for row in of_client(there.by.id) if row.state == "booked" and row.ends_at >= there.at]
    values = {
        "case": case,
        "signed": bool(case and latest and has_signed(case.pk)),
        "agreement": latest,
        "next": ahead[-1] if ahead else None,
        "plan": latest_plan(case.pk) if case else None,
        "goals": [one for one in goals(case.pk) if one.replaced_at is None] if case else [],
    }
    return render(there.request, "client/here.html", values)


@require_POST
@audience(Role.CLIENT, locked_too=True)
def done(there: Visit) -> HttpResponse:
    """I am done: everything of this session ends, and the colleague's unlock page is what remains."""
    held = handed.in_hand(there.request)
    if held is None:
        raise Http404
    return handed.take_back(there.request, held, there.by)
