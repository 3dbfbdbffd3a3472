"""Files whose time is over: lead and custodian each look and confirm, then the keys are destroyed. No name and no text."""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import margin, shown, status_of
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused, Ruling
from subrosa.records.archive import actions, briefs, going, queries, shelf
from subrosa.records.case.queries import case as case_row
from subrosa.records.school.calendar import calendar, school_profile

from .tabs import tabs


@audience(Role.LEAD, Role.CUSTODIAN)
def destruction(there: Visit) -> HttpResponse:
    """What is due, what lies in the archive, what is gone."""
    return _page(there)


def _page(there: Visit, ruling: Ruling | None = None) -> HttpResponse:
    due = queries.over(calendar().local(there.at))
    yes = queries.confirmed_roles(due)
    mine = Role.LEAD if Role.LEAD in there.roles else Role.CUSTODIAN
    where = shelf.where_bound(due)
    rows = [_row(one, yes.get(one.pk, set()), mine) | {"bound": where.get(one.pk)} for one in due]
    kept = queries.archived()
    gone = going.gone(one.pk for one in kept)
    values = {
        "ruling": shown(ruling) if ruling else None,
        "due": rows,
        "archive": [(one, gone.get(one.pk)) for one in kept],
        "briefs": _briefs(there, mine),
        "briefs_gone": going.briefs_gone(),
        "copies_gone_on": going.copies_gone_on(there.at),
        "backup_days": school_profile()["records.backups_kept_days"],
        "tabs": tabs(there, "destruction"),
        "margin": margin("REC-04", "CONF-04", "CONF-07"),
        "once": uuid.uuid4(),
    }
    return render(there.request, "lead/destruction.html", values, status=status_of(ruling))


def _briefs(there: Visit, mine: Role) -> dict[str, Any] | None:
    """The brief contacts whose time is over, all together."""
    up_to = briefs.over_up_to(calendar().local(there.at))
    if not up_to:
        return None
    yes = briefs.looked(up_to)
    return {
        "up_to": up_to,
        "count": briefs.how_many(up_to),
        "lead": Role.LEAD in yes,
        "custodian": Role.CUSTODIAN in yes,
        "confirmed": mine in yes,
        "both": {Role.LEAD, Role.CUSTODIAN} <= set(yes),
        "once": uuid.uuid4(),
    }


def _row(case: Any, roles: set[str], mine: Role) -> dict[str, Any]:
    return {
        "case": case,
        "lead": Role.LEAD in roles,
        "custodian": Role.CUSTODIAN in roles,
        "confirmed": mine in roles,
        "both": {Role.LEAD, Role.CUSTODIAN} <= roles,
        "once": uuid.uuid4(),
    }


def _press(there: Visit, key: UUID, act: Any) -> HttpResponse:
    row = case_row(key)
    if row is None:
        raise Http404
    try:
        act(by=there.by, at=there.at, case=row, once=there.once)
    except Refused as refused:
        return _page(there, refused.ruling)
    return redirect("destruction")


@require_POST
@audience(Role.LEAD, Role.CUSTODIAN)
def confirm_destruction(there: Visit, key: UUID) -> HttpResponse:
    """One person's yes."""
    return _press(there, key, actions.confirm)


def _press_briefs(there: Visit, up_to: int, act: Any) -> HttpResponse:
    try:
        act(by=there.by, at=there.at, up_to=up_to, once=there.once)
    except Refused as refused:
        return _page(there, refused.ruling)
    return redirect("destruction")


@require_POST
@audience(Role.LEAD, Role.CUSTODIAN)
def confirm_briefs(there: Visit, up_to: int) -> HttpResponse:
    """One person's yes to the brief contacts up to a number."""
    return _press_briefs(there, up_to, briefs.confirm)


@require_POST
@audience(Role.LEAD, Role.CUSTODIAN)
def destroy_briefs(there: Visit, up_to: int) -> HttpResponse:
    """The keys of these brief contacts go; their lines stay in the register."""
    return _press_briefs(there, up_to, briefs.destroy)


@require_POST
@audience(Role.LEAD, Role.CUSTODIAN)
def destroy(there: Visit, key: UUID) -> HttpResponse:
    """Grants and package go: from this day on nobody opens the file."""
    return _press(there, key, actions.destroy)
