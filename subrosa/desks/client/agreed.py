"""What we agreed on: the plan and my own yes to it, and how far the goals came, in my own numbers."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID, uuid5

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import status_of
from subrosa.desks.common.sealed import asked_for
from subrosa.policy.plan import PARTS
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused, Ruling
from subrosa.records.case import plan as acts
from subrosa.records.case import queries
from subrosa.records.case.handing import holds_shared
from subrosa.records.case.opened import PlanOpened, goals_of, plans_of
from subrosa.records.case.rating import rate_goal
from subrosa.records.consent.opened import hope_of
from subrosa.records.consent.plan import confirm
from subrosa.records.vault.opener import opener_of

from .plain import told

HEADINGS: Final[Mapping[str, object]] = {
    "problem": _("What it is about"),
    "goal": _("What we want to reach"),
    "notice": _("How we shall notice it"),
    "roles": _("Who does what"),
    "measures": _("How we go about it"),
    "results": _("What may come of it"),
}


def _case(there: Visit) -> Any:
    """The case that goes on, else the last one; None for somebody who has none."""
    cases = queries.cases_of_client(there.by.id)
    return next((one for one in cases if one.state == "open"), cases[0] if cases else None)


@asked_for
@audience(Role.CLIENT, unlocked=True)
def plan(there: Visit) -> HttpResponse:
    """The plan as it stands, what was changed in it, and one tap."""
    row = _case(there)
    if there.request.method != "POST" or row is None:
        return _plan_page(there, row)
    try:
        one = queries.plan(UUID(there.request.POST.get("plan", "")), row.pk)
    except ValueError:
        one = None
    if one is None:
        return _plan_page(there, row)
    try:
        confirm(by=there.by, at=there.at, case=row, plan=one, once=there.once)
    except Refused as refused:
        return _plan_page(there, row, refused.ruling)
    return redirect(f"{reverse('mine_plan')}?yes=1")


def _opened(there: Visit, row: Any) -> bool:
    """Open what is shared of a case, where these keys do; else the page says so."""
    if row is None or not holds_shared(there.by, row):
        return False
    acts.read_plan(by=there.by, at=there.at, case=row)
    return True


def _plan_page(there: Visit, row: Any, ruling: Ruling | None = None) -> HttpResponse:
    can = _opened(there, row)
    versions = plans_of(opener_of(there.by), row.pk) if can else []
    latest = versions[-1] if versions else None
    parts = _parts(latest) if latest else []
    goals = [one for one in goals_of(opener_of(there.by), row.pk) if one.stands] if can else []
    values = {
        "can": can or row is None,
        "plan": latest.row if latest else None,
        "changed": bool(latest and latest.changed),
        "hope": hope_of(opener_of(there.by), row.pk) if can else None,
        "parts": parts,
        "goals": goals,
        "running": row is not None and row.state == "open",
        "said": "yes" in there.request.GET,
        "ruling": told(ruling) if ruling else None,
        "once": uuid.uuid4(),
    }
    return render(there.request, "client/plan.html", values, status=status_of(ruling))


def _parts(latest: PlanOpened) -> list[dict[str, object]]:
    """The six parts in the client's words for them; marked where the last agreed version said otherwise."""
    return [
        {"heading": HEADINGS[one], "words": latest.text.part(one), "changed": one in latest.changed} for one in PARTS
    ]


@asked_for
@audience(Role.CLIENT, unlocked=True)
def goals(there: Visit) -> HttpResponse:
    """From 0 to 10, each goal; nothing has to be said, and a number may change."""
    row, ruling = _case(there), None
    if there.request.method == "POST" and row is not None:
        try:
            _rate(there, row)
            return redirect(f"{reverse('mine_goals')}?kept=1")
        except Refused as refused:
            ruling = refused.ruling
    can = _opened(there, row)
    rows = [one for one in goals_of(opener_of(there.by), row.pk) if one.stands] if can else []
    values = {
        "can": can or row is None,
        "goals": rows,
        "scale": [str(n) for n in range(11)],
        "kept": "kept" in there.request.GET,
        "ruling": told(ruling) if ruling else None,
        "once": uuid.uuid4(),
    }
    return render(there.request, "client/goals.html", values, status=status_of(ruling))


def _rate(there: Visit, row: Any) -> None:
    """Each number that is new; a number that stays is not said twice."""
    for goal in queries.goals(row.pk):
        number, before = (there.request.POST.get(f"{name}-{goal.pk}", "") for name in ("goal", "was"))
        if number and number != before:
            once = uuid5(there.once, f"{goal.pk} {number}") if there.once else None
            rate_goal(by=there.by, at=there.at, case=row, goal=goal, rating=number, once=once)
