"""All that is owed by one counselor, page by page; and the end of the day: what is unsigned, what is handed to whom, lock."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from subrosa.desks.common.owed import shown as owed_shown
from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import margin
from subrosa.policy.lateness import UNSIGNED
from subrosa.policy.roles import Role
from subrosa.records.appointment.queries import next_openings
from subrosa.records.correspondence.queries import waiting
from subrosa.records.duty.queries import MOST, owed_by, owed_count, owed_this_evening
from subrosa.records.helpline.queries import on_duty


@audience(Role.COUNSELOR)
def owed(there: Visit) -> HttpResponse:
    """Every open duty of mine."""
    count = Paginator(range(owed_count(there.by.id)), MOST)
    page = count.get_page(there.request.GET.get("page"))
    rows = owed_by(there.by.id, start=(page.number - 1) * MOST)
    values = {"owed": owed_shown(rows, there.at), "page_obj": page, "margin": margin("REC-01")}
    return render(there.request, "counselor/owed.html", values)


@audience(Role.COUNSELOR)
def done_for_today(there: Visit) -> HttpResponse:
    """What is still open this evening, who has it until tomorrow, and one press that locks. Nothing is recorded by it."""
    rows = owed_this_evening(there.by.id, there.at)
    values = {
        "unsigned": owed_shown((one for one in rows if one.kind in UNSIGNED), there.at),
        "others": owed_shown((one for one in rows if one.kind not in UNSIGNED), there.at),
        "waiting": waiting(there.by.id, there.at),
        "duty": on_duty(),
        "back": next_openings([there.by.id], there.at).get(there.by.id),
        "margin": margin("REC-01"),
    }
    return render(there.request, "counselor/done.html", values)
