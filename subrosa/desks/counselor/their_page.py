"""What the client's own page shows of the file, and the protective delay: lines kept back while somebody reads along (CON-09)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_POST

from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import margin, shown, status_of
from subrosa.desks.common.sealed import asked_for
from subrosa.desks.common.words.acts import ACTS
from subrosa.policy.actor import Kind
from subrosa.policy.acts import Act
from subrosa.policy.roles import Role
from subrosa.policy.rows.withholding import REASONS
from subrosa.policy.ruling import Refused, Ruling
from subrosa.records.audit.queries import Noted
from subrosa.records.case import queries
from subrosa.records.case.withholding import Line, read_lines, show, withhold
from subrosa.records.person.queries import names

from .closed import closed_to_you, is_boundary

WHY = {
    "reads_along": _("Somebody may read over the shoulder"),
    "report": _("A report to protect is under way"),
    "home": _("A home that harms"),
}
MOST = 60  # lines on the page; what is older stays as it is


@asked_for
@audience(Role.COUNSELOR, unlocked=True)
def page(there: Visit, key: UUID) -> HttpResponse:
    """The lines, newest first, with what can be kept back."""
    row = queries.case(key)
    return _page(there, row) if row else closed_to_you(there.request)


def _page(there: Visit, row: Any, ruling: Ruling | None = None) -> HttpResponse:
    try:
        lines = read_lines(by=there.by, at=there.at, case=row)
    except Refused:
        return closed_to_you(there.request)
    kept, typed = [one for one in lines if one.kept], there.request.POST
    who = names({one.noted.actor for one in lines if one.noted.actor_kind == "staff" and one.noted.actor})
    ticked = set(typed.getlist("line"))
    values = {
        "ruling": shown(ruling, key=row.pk) if ruling else None,
        "case": row,
        "lines": [_line(one, who, ticked) for one in lines[:MOST]],
        "kept": len(kept),
        "why_kept": sorted({gettext(WHY.get(str(one.reason), "")) for one in kept}),
        "look_on": kept[0].look_on if kept else None,
        "reasons": [(name, WHY[name], typed.get("reason") == name) for name in REASONS],
        "typed_look": typed.get("look_on", ""),
        "margin": margin("CON-09", "CONF-02"),
        "once": uuid.uuid4(),
        "once_show": uuid.uuid4(),
    }
    return render(there.request, "counselor/their_page.html", values, status=status_of(ruling))


def _who(noted: Noted, who: Mapping[UUID, str]) -> str:
    """Whose step it was: a name, the client, or the program by itself; whoever came by the door is the client."""
    if noted.actor_kind == Kind.STAFF and noted.actor:
        return who.get(noted.actor) or gettext("A former colleague")
    if noted.actor_kind == Kind.CLIENT or noted.act == Act.FIRST_CONTACT:
        return gettext("The client")
    return gettext("The program itself")


def _line(one: Line, who: Mapping[UUID, str], ticked: set[str]) -> dict[str, Any]:
    return {
        "id": str(one.noted.id),
        "at": one.noted.at,
        "who": _who(one.noted, who),
        "did": gettext(ACTS[Act(one.noted.act)]),
        "refused": one.noted.outcome == "refused",
        "kept": one.kept,
        "may": one.may and not one.kept,
        "ticked": str(one.noted.id) in ticked,
    }


@require_POST
@audience(Role.COUNSELOR, unlocked=True)
def keep_back(there: Visit, key: UUID) -> HttpResponse:
    """Keep the ticked lines back, or give what is kept back a new day of the next look."""
    row, post = queries.case(key), there.request.POST
    if row is None:
        return closed_to_you(there.request)
    entries, look_on = [], None
    for one in post.getlist("line"):
        with suppress(ValueError):
            entries.append(UUID(one))
    with suppress(ValueError):
        look_on = date.fromisoformat(post.get("look_on", ""))
    given = {"entries": entries, "reason": post.get("reason", ""), "look_on": look_on}
    return _pressed(there, row, withhold, given)


@require_POST
@audience(Role.COUNSELOR, unlocked=True)
def show_again(there: Visit, key: UUID) -> HttpResponse:
    """Nothing is kept back any more."""
    row = queries.case(key)
    return _pressed(there, row, show, {}) if row else closed_to_you(there.request)


def _pressed(there: Visit, row: Any, act: Any, given: dict[str, Any]) -> HttpResponse:
    try:
        act(by=there.by, at=there.at, case=row, once=there.once, **given)
    except Refused as refused:
        return closed_to_you(there.request) if is_boundary(refused.ruling) else _page(there, row, refused.ruling)
    return redirect("client_page", key=row.pk)
