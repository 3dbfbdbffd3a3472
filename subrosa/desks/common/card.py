"""The card of a counselor (CON-03): what was verified, never free text; the days; and the ties to classes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext

from subrosa.records.appointment.weekdays import weekdays_of
from subrosa.records.person.queries import names
from subrosa.records.person.ties import named_ties
from subrosa.records.standing.qualified import kinds_on

from .credentials_in_words import KINDS, NAMED

RUN = 3  # so many days after each other are said as "Monday to Wednesday"


@dataclass(frozen=True, slots=True)
class Card:
    """What a client may know of a counselor before choosing and before signing."""

    name: str
    verified: tuple[str, ...]
    days: str
    ties: tuple[str, ...]

    @property
    def lines(self) -> list[str]:
        """Everything but the name, line by line, as it stands on paper."""
        seen = [gettext("%(kind)s; the original was seen") % {"kind": one} for one in self.verified]
        return [*seen, *([self.days] if self.days else []), *self.ties]


def cards(staff: Iterable[UUID], at: datetime) -> dict[UUID, Card]:
    """The cards of some counselors as they stood at a moment: four statements for any number of them."""
    keys = list(staff)
    called, kinds, ties, days = names(keys), kinds_on(keys, at), named_ties(keys, at), weekdays_of(keys, at)
    return {
        key: Card(
            called.get(key, ""),
            tuple(gettext(KINDS[kind]) for kind in kinds.get(key, ())),
            _days(days.get(key, ())),
            tuple(gettext(NAMED[one.kind]) % {"words": one.words} for one in ties.get(key, ())),
        )
        for key in keys
    }


def card(staff: UUID, at: datetime) -> Card:
    """The card of one counselor."""
    return cards([staff], at)[staff]


def whom(names_of: Mapping[UUID, Any], at: datetime) -> list[Card]:
    """The cards of those who can be chosen on a page, in its order; none where nobody can."""
    made = cards(names_of, at) if names_of else {}
    return [made[key] for key in names_of]


def _days(days: Iterable[int]) -> str:
    """The weekdays on which somebody is in, in words."""
    found = sorted(days)
    if not found:
        return ""
    first, last = str(WEEKDAYS[found[0]]), str(WEEKDAYS[found[-1]])
    if len(found) >= RUN and found[-1] - found[0] == len(found) - 1:
        return gettext("I am in from %(first)s to %(last)s.") % {"first": first, "last": last}
    return gettext("I am in on %(days)s.") % {"days": gettext(", ").join(str(WEEKDAYS[day]) for day in found)}
