"""Who can open what of a file, in plain words, read from the grants themselves: for the margin and beside each item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext

from subrosa.records.case.queries import Opens, who_can_open
from subrosa.records.person.queries import names

from .words import SCOPES, TEAMS

ROOT, FILE, SHARED = 1, 2, 3  # FORMAT.md §2
UNDER: Final[Mapping[str, tuple[int, ...]]] = {  # kind of item -> the keys that open it
    "meeting": (FILE,),
    "brief": (FILE,),
    "attached": (FILE,),
    "said": (SHARED,),
    "talked": (SHARED,),
    "goal": (SHARED,),
    "rated": (SHARED,),
    "plan": (SHARED,),
    "letter": (SHARED,),
    "mail": (SHARED,),
}


@dataclass(frozen=True, slots=True)
class Openers:
    """Who holds which key of one file: lines for the margin, and names for each kind of item."""

    lines: list[dict[str, object]]
    held: Sequence[tuple[str, int, bool]]

    def of(self, kind: str) -> str:
        """Names of those who open an item of this kind, as one text, deputies last; empty for what is not sealed."""
        scopes = UNDER.get(kind, ())
        shown = [
            gettext("%(name)s (deputy)") % {"name": name} if dormant else name
            for name, scope, dormant in sorted(self.held, key=lambda one: one[2])
            if scopes and scope in (ROOT, *scopes)
        ]
        return gettext(", ").join(dict.fromkeys(shown))


def openers_of(case: UUID) -> Openers:
    """Two statements, however many hold a key. A seat's share alone opens nothing, so seats are not named."""
    rows = [one for one in who_can_open(case) if one.kind != "seat"]
    known = names(one.of for one in rows if one.kind == "staff")
    lines: list[dict[str, object]] = []
    held = []
    for one in rows:
        name = _name(one, known)
        lines.append({"name": name, "role": SCOPES.get(one.scope, ""), "dormant": one.dormant})
        held.append((str(name), one.scope, one.dormant))
    return Openers(lines, held)


def _name(one: Opens, known: Mapping[UUID, str]) -> Any:
    return known.get(one.of, "") if one.kind == "staff" else TEAMS.get(one.kind, one.kind)
