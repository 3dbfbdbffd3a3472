"""Is everybody received alike? The last school year by what the list has, with the range of chance (ETH-05)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import localize
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import margin
from subrosa.desks.common.sealed import asked_for
from subrosa.policy.equity import TRAITS, Group, Range
from subrosa.policy.roles import Role
from subrosa.records.appointment.equity import NO, YES, compare_treatment
from subrosa.records.school.calendar import school_profile

from .tabs import tabs

HEADS: Final[Mapping[str, object]] = {"sex": _("Sex"), "grade": _("Grade"), "boarding": _("Boards at school")}


@dataclass(frozen=True, slots=True)
class RowShown:
    """One group in words; empty figures are withheld."""

    name: str
    asked: str
    waited: str
    accepted: str
    came_once: str


def _percent(one: Range | None) -> str:
    if one is None:
        return ""
    figures = [f"{round(100 * part)}" for part in (one.figure, one.low, one.high)]
    return gettext("%(at)s %% (%(low)s to %(high)s)") % dict(zip(("at", "low", "high"), figures, strict=True))


def _days(one: Range | None) -> str:
    if one is None:
        return ""
    at, low, high = (localize(round(part, 1)) for part in (one.figure, one.low, one.high))
    return gettext("%(at)s days (%(low)s to %(high)s)") % {"at": at, "low": low, "high": high}


def _row(one: Group) -> RowShown:
    said = {YES: pgettext("boarding", "yes"), NO: pgettext("boarding", "no")}
    asked = "" if one.asked is None else str(one.asked)
    return RowShown(
        said.get(one.name, one.name), asked, _days(one.waited), _percent(one.accepted), _percent(one.came_once)
    )


@require_safe
@asked_for
@audience(Role.LEAD, unlocked=True)
def equal(there: Visit) -> HttpResponse:
    """The page: a table for each trait that the list has."""
    found = compare_treatment(by=there.by, at=there.at)
    tables = [(HEADS[trait], [_row(one) for one in found.groups if one.trait == trait]) for trait in TRAITS]
    values = {
        "tabs": tabs(there, "inquiries"),
        "first": found.first,
        "last": found.last,
        "tables": [(head, rows) for head, rows in tables if rows],
        "least": school_profile()["tests.equity_group_minimum"],
        "margin": margin("ETH-05", "CONF-05"),
    }
    return render(there.request, "lead/equal.html", values)
