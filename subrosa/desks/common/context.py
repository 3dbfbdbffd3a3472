"""What every page's template needs: the center's name, the demo ribbon, the way round."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _

from subrosa.policy.roles import Role
from subrosa.records.school.context import SchoolUnset, school_in_force

from .handed import in_hand
from .help import in_danger
from .requests import at, here, visit, who

PLACES = (  # role, label, route
    (Role.COUNSELOR, _("My desk"), "desk"),
    (Role.COUNSELOR, _("At the desk"), "reception"),
    (Role.RECEPTION, _("At the desk"), "reception"),
    (Role.COUNSELOR, _("My hours"), "openings"),
    (Role.LEAD, _("The center"), "lead"),
    (Role.CUSTODIAN, _("Volumes"), "volumes"),
    (Role.CUSTODIAN, _("The archive"), "destruction"),
    (Role.LEADERSHIP, _("The school"), "leadership"),
    (Role.STEWARD, _("The machine"), "steward"),
    (Role.STEWARD, _("The school's list"), "roster"),
)
ANSWERING = frozenset({Role.COUNSELOR, Role.RECEPTION, Role.LEAD})  # whom somebody may ask about a student


def page(request: HttpRequest) -> dict[str, Any]:
    """The context of the base templates."""
    try:
        school = school_in_force()
    except SchoolUnset:
        return {"here": here(request)}
    code = get_language() or ""
    values: dict[str, Any] = {
        "here": here(request),
        "center_name": school.name_zh if code.startswith("zh") else school.name_en,
        "demo": school.demo,
        "day": at(request),
        "numbers": in_danger,  # asked only by pages that show them
    }
    found = who(request)
    if found and in_hand(request) is not None:
        values |= {"handed": True, "client_home": reverse("here"), "client_idle_seconds": found.idle_seconds}
    there = visit(request) if found else None
    if found and there and there.person:
        mine = [(label, route) for role, label, route in PLACES if role in there.roles]
        places = [(gettext(label), reverse(route)) for label, route in dict.fromkeys(mine)]
        places.append((gettext("My standing"), reverse("standing")))
        values["nav"] = [{"label": label, "url": url, "current": request.path == url} for label, url in places]
        values["idle_seconds"] = found.idle_seconds
        values["person"] = there.person
        values["answers_callers"] = bool(there.roles & ANSWERING)
        values |= {"counsels": Role.COUNSELOR in there.roles, "once_sit": uuid4()}
    return values
