"""The card of a counselor (CON-03): what was verified, never free text; ways of working, days, and the ties to classes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, gettext

from subrosa.policy.agreement import EN, POINTS, ZH, sections
from subrosa.policy.credentials import OF_CLASSES, TieKind
from subrosa.policy.reading import HAN
from subrosa.records.appointment.weekdays import weekdays_of
from subrosa.records.consent.queries import in_force
from subrosa.records.person.queries import names
from subrosa.records.person.ties import TieShown, named_ties
from subrosa.records.standing.qualified import kinds_on

from .words.credentials import KINDS, NAMED

WAYS = next(point.head for point in POINTS if point.key == "ways")
RUN = 3  # so many days after each other are said as "Monday to Wednesday"


class CardLine(str):
    """A line of a card. `lang` is set where it stands in another language than the page, having no translation."""

    lang: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """What a client may know of a counselor before choosing and before signing.

    `here` is how everybody at the center works, as the agreement in force says; `ways` what this counselor adds to it.
    """

    name: str
    verified: tuple[str, ...]
    days: str
    ties: tuple[CardLine, ...]
    ways: tuple[CardLine, ...] = ()
    here: str = ""

    @property
    def lines(self) -> list[str]:
        """Everything but the name, line by line, as it stands on paper; how everybody works stands in the text above it."""
        seen = [gettext("%(kind)s; the original was seen") % {"kind": one} for one in self.verified]
        return [*seen, *self.ways, *([self.days] if self.days else []), *self.ties]


def cards(staff: Iterable[UUID], at: datetime) -> dict[UUID, Card]:
    """The cards of some counselors as they stood at a moment: five statements for any number of them."""
    keys = list(staff)
    called, kinds, ties, days = names(keys), kinds_on(keys, at), named_ties(keys, at), weekdays_of(keys, at)
    here = ways_here()
    return {
        key: Card(
            called.get(key, ""),
            tuple(gettext(KINDS[kind]) for kind in kinds.get(key, ())),
            _days(days.get(key, ())),
            tuple(line_of(one) for one in ties.get(key, ()) if one.kind is not TieKind.WAY),
            tuple(line_of(one) for one in ties.get(key, ()) if one.kind is TieKind.WAY),
            here,
        )
        for key in keys
    }


def line_of(tie: TieShown) -> CardLine:
    """A tie in the reader's language; a sentence that stands in the other one alone says in which."""
    if tie.kind in OF_CLASSES:
        return CardLine(gettext(NAMED[tie.kind]) % {"words": tie.words})
    english = (get_language() or "").startswith("en")
    wanted = tie.words_en if english else tie.words
    line = CardLine(wanted or tie.words or tie.words_en)
    chinese = HAN.search(line) is not None
    if chinese == english:
        line.lang = "zh-Hans" if chinese else "en"
    return line


def ways_here() -> str:
    """How everybody at the center works: the first line of that point in the agreement in force, in the reader's language."""
    version = in_force()
    if version is None:
        return ""
    english = (get_language() or "").startswith("en")
    told = dict(sections(version.text_en if english else version.text_zh))
    lines = told.get(WAYS[EN if english else ZH], [])
    return next((line for line in lines if line.strip()), "")


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
