"""The rooms of the center, for its lead; others who share a page are shown none of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from subrosa.desks.common.requests import Visit
from subrosa.policy.roles import Role

ROOMS = (
    ("lead", _("Overview")),
    ("colleagues", _("Colleagues")),
    ("versions", _("The code")),
    ("center_agreement", _("Agreement")),
    ("inquiries", _("Who asked")),
    ("roster", _("The school's list")),
    ("calendar", _("School calendar")),
    ("numbers", _("Numbers")),
    ("volumes", _("Volumes")),
    ("destruction", _("The archive")),
    ("recovery", _("Cases given back")),
    ("ledger", _("The log")),
    ("founding", _("Founding")),
)


@dataclass(frozen=True, slots=True)
class Tab:
    """One room and whether one stands in it."""

    label: str
    url: str
    current: bool


def tabs(there: Visit, at: str) -> list[Tab]:
    """All rooms, the one named `at` marked."""
    if Role.LEAD not in there.roles:
        return []
    return [Tab(gettext(label), reverse(route), route == at) for route, label in ROOMS]
