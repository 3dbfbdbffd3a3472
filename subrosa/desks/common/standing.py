"""My standing: the code in force, my signature, and whether new clients are offered to me."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST

from subrosa.policy import register
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Outcome, Refused, Ruling
from subrosa.records.duty.queries import owed_by
from subrosa.records.person.queries import staff
from subrosa.records.standing import actions, queries

from .owed import shown as owed_shown
from .requests import Visit, audience
from .rulings import clause_shown, margin, shown, status_of
from .situations import SITUATIONS
from .taking_in import from_when, grounds, newcomers, press

KEEP_NUMBERS = frozenset({Role.LEAD, Role.COUNSELOR})
CONFIRM = frozenset({Role.LEAD, Role.STEWARD})


@require_POST
@audience(Role.COUNSELOR, Role.CUSTODIAN, unlocked=True)
def take_in(there: Visit, key: UUID) -> HttpResponse:
    """A press about a colleague who waits for the teams' keys; what is not yet possible stands on the page itself."""
    newcomer = staff(key)
    if newcomer is None:
        raise Http404
    try:
        press(there, newcomer)
    except Refused as refused:
        if refused.ruling.outcome is Outcome.REFUSED:
            raise
        return page(there, refused.ruling, from_when(there, key))
    return redirect("standing")


@audience()
def standing(there: Visit) -> HttpResponse:
    """The page itself."""
    return page(there)


def page(there: Visit, ruling: Ruling | None = None, instead: str = "") -> HttpResponse:
    """The same, with the charter's answer on top where something on it was refused, and what is possible instead."""
    mine = queries.standing_of(there.by.id, there.at)
    values = {
        "mine": mine,
        "owed": owed_shown(owed_by(there.by.id), there.at),
        "ruling": replace(shown(ruling), instead=instead) if ruling else None,
        "newcomers": newcomers(there),
        "grounds": grounds(),
        "confirms": bool(there.roles & CONFIRM),
        "numbers_url": reverse("numbers") if there.roles & KEEP_NUMBERS else "",
        "margin": margin("ETH-01", "COMP-01"),
        "once": uuid.uuid4(),
    }
    return render(there.request, "common/standing.html", values, status=status_of(ruling))


@audience()
def receive(there: Visit) -> HttpResponse:
    """Open or close the own door to new clients."""
    if there.request.method == "POST":
        act = actions.pause_clients if there.request.POST.get("pause") else actions.receive_clients
        act(by=there.by, at=there.at, once=there.once)
    return redirect("standing")


def _situations(answers: dict[str, str]) -> list[dict[str, Any]]:
    """The three situations; an answered one shows its explanation. Nothing is scored and nothing is kept."""
    found = []
    for one in SITUATIONS:
        given = answers.get(one.id, "")
        found.append(
            {
                "id": one.id,
                "story": gettext(one.story),
                "choices": [(key, gettext(text), key == given) for key, text in one.choices],
                "answered": given in dict(one.choices),
                "explained": gettext(one.explained),
                "clause": clause_shown(one.clause),
            }
        )
    return found


@audience()
def sign_code(there: Visit) -> HttpResponse:
    """Read the version in force, meet three situations, sign."""
    version = queries.version_in_force()
    answers = {one.id: there.request.POST.get(one.id, "") for one in SITUATIONS}
    situations = _situations(answers)
    seen = sum(one["answered"] for one in situations)
    if there.request.method == "POST" and version is not None and "sign" in there.request.POST:
        signing = queries.version(there.request.POST.get("version", "")) or version
        actions.sign_code(by=there.by, at=there.at, version=signing, seen=seen, once=there.once)
        return redirect("standing")
    zh = (get_language() or "").startswith("zh")
    values = {
        "version": version,
        "change": (version.change_zh if zh else version.change_en) if version else "",
        "situations": situations,
        "all_seen": seen == len(SITUATIONS),
        "clauses": [clause_shown(entry.id) for entry in register.clauses() if version and entry.id in version.clauses],
        "margin": margin("ETH-01"),
        "once": uuid.uuid4(),
        "mine": queries.standing_of(there.by.id, there.at),
    }
    return render(there.request, "common/sign_code.html", values)
