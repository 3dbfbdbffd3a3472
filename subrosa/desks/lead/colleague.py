"""One colleague: signed out everywhere, suspended, let back in, or leaving; what that person still holds, in numbers."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import margin, shown, status_of
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused, Ruling
from subrosa.records.archive import departing
from subrosa.records.person import access, queries

from .colleagues import ROLE_NAMES
from .tabs import tabs

DONE = ("sessions", "suspended", "lifted", "left")


@audience(Role.LEAD)
def colleague(there: Visit, key: UUID) -> HttpResponse:
    """The page itself; it shows numbers and opens nothing."""
    return _page(there, _row(key))


def _row(key: UUID) -> Any:
    row = queries.staff(key)
    if row is None:
        raise Http404
    return row


def _page(there: Visit, row: Any, ruling: Ruling | None = None) -> HttpResponse:
    person, done = queries.colleague(row), there.request.GET.get("done", "")
    values = {
        "ruling": shown(ruling) if ruling else None,
        "one": person,
        "roles": [ROLE_NAMES[role] for role in person.roles],
        "mine": person.id == there.by.id,
        "browsers": access.session_count(person.id),
        "holds": departing.holds(row, there.at),
        "done": done if done in DONE else "",
        "tabs": tabs(there, "colleagues"),
        "margin": margin("CONF-07", "COMP-01"),
        "once": uuid.uuid4(),
    }
    return render(there.request, "lead/colleague.html", values, status=status_of(ruling))


def _pressed(there: Visit, key: UUID, act: Callable[..., Any], done: str) -> HttpResponse:
    row = _row(key)
    try:
        act(by=there.by, at=there.at, colleague=row, once=there.once)
    except Refused as refused:
        return _page(there, _row(key), refused.ruling)
    return redirect(f"{reverse('colleague', args=[key])}?done={done}")


@require_POST
@audience(Role.LEAD, unlocked=True)
def end_sessions(there: Visit, key: UUID) -> HttpResponse:
    """A laptop is gone: signed out everywhere."""
    return _pressed(there, key, access.end_sessions_of, "sessions")


@require_POST
@audience(Role.LEAD, unlocked=True)
def suspend(there: Visit, key: UUID) -> HttpResponse:
    """Cut the access at once."""
    return _pressed(there, key, access.suspend, "suspended")


@require_POST
@audience(Role.LEAD, unlocked=True)
def lift(there: Visit, key: UUID) -> HttpResponse:
    """Let back in."""
    return _pressed(there, key, access.lift, "lifted")


@require_POST
@audience(Role.LEAD, unlocked=True)
def leave(there: Visit, key: UUID) -> HttpResponse:
    """Close the account; what is missing for it comes back as *not yet*."""
    return _pressed(there, key, departing.end, "left")
