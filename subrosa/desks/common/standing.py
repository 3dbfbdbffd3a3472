"""My standing: the code in force, my signature, and whether new clients are offered to me."""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST

from subrosa.policy import register
from subrosa.policy.roles import Role
from subrosa.records.duty.queries import owed_by
from subrosa.records.person import teams
from subrosa.records.person.queries import staff
from subrosa.records.person.teams import outside_the_team
from subrosa.records.standing import actions, queries

from .owed import shown as owed_shown
from .requests import Visit, audience
from .rulings import clause_shown, margin
from .situations import SITUATIONS

TEAM = ((Role.COUNSELOR, "duty"), (Role.CUSTODIAN, "archive"))  # the team by which one sees that somebody waits
KEEP_NUMBERS = frozenset({Role.LEAD, Role.COUNSELOR})
CONFIRM = frozenset({Role.LEAD, Role.STEWARD})


def _newcomers(there: Visit) -> list[Any]:
    """Colleagues whom the one who looks may take into the own teams."""
    if there.locked:
        return []
    found = [one for role, team in TEAM if role in there.roles for one in outside_the_team(team, role)]
    return [(one, uuid.uuid4()) for one in found]


@require_POST
@audience(Role.COUNSELOR, Role.CUSTODIAN, unlocked=True)
def take_in(there: Visit, key: UUID) -> HttpResponse:
    """Hand the teams' keys to a certified colleague."""
    newcomer = staff(key)
    if newcomer is None:
        raise Http404
    teams.take_in(by=there.by, at=there.at, newcomer=newcomer, once=there.once)
    return redirect("standing")


@audience()
def standing(there: Visit) -> HttpResponse:
    """The page itself."""
    mine = queries.standing_of(there.by.id, there.at)
    values = {
        "mine": mine,
        "owed": owed_shown(owed_by(there.by.id), there.at),
        "newcomers": _newcomers(there),
        "confirms": bool(there.roles & CONFIRM),
        "numbers_url": reverse("numbers") if there.roles & KEEP_NUMBERS else "",
        "margin": margin("ETH-01", "COMP-01"),
        "once": uuid.uuid4(),
    }
    return render(there.request, "common/standing.html", values)


@audience()
def receive(there: Visit) -> HttpResponse:
    """Open or close the own door to new clients."""
    if there.request.method == "POST":
        press = actions.pause_clients if there.request.POST.get("pause") else actions.receive_clients
        press(by=there.by, at=there.at, once=there.once)
    return redirect("standing")


def _situations(answers: dict[str, str]) -> list[dict[str, Any]]:
    """The three situations; an answered one shows its explanation. Nothing is scored and nothing is kept."""
    shown = []
    for one in SITUATIONS:
        given = answers.get(one.id, "")
        shown.append(
            {
                "id": one.id,
                "story": gettext(one.story),
                "choices": [(key, gettext(text), key == given) for key, text in one.choices],
                "answered": given in dict(one.choices),
                "explained": gettext(one.explained),
                "clause": clause_shown(one.clause),
            }
        )
    return shown


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
