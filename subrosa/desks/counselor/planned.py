"""The plan that both make, as pages show it: headings, words, and what was changed."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from subrosa.desks.common.words.file import PLAN
from subrosa.policy.plan import PARTS
from subrosa.records.case.opened import PlanOpened

CUES: Final[Mapping[str, object]] = {
    "problem": _("In the client's own words"),
    "goal": _("One that both want; small enough to be reached"),
    "notice": _("What the two of you, or somebody else, would see"),
}
OF_THE_CENTER: Final = _("The center's words; change what is different here")
OWN = PARTS[:3]  # the client's own words; the others come filled in


@dataclass(frozen=True, slots=True)
class PartShown:
    """One part with its heading; `changed` where the last agreed version said otherwise."""

    name: str
    heading: object
    cue: object
    words: str
    changed: bool
    lacks: bool = False

    def __repr__(self) -> str:
        return "…"

    @property
    def short(self) -> bool:
        """Written by the two; the rest comes from the standard."""
        return self.name in OWN


def heading(part: str) -> tuple[object, object]:
    """Heading and cue of one part."""
    return PLAN[part], CUES.get(part, OF_THE_CENTER)


def parts_shown(plan: PlanOpened) -> list[PartShown]:
    """A version as it is read."""
    return [PartShown(one, *heading(one), plan.text.part(one), one in plan.changed) for one in PARTS]


def plan_shown(versions: Sequence[PlanOpened]) -> dict[str, Any]:
    """The latest version for a page, and the agreed one where that is another."""
    latest = versions[-1] if versions else None
    agreed = next((one for one in reversed(versions) if one.row.agreed_at), None)
    return {
        "plan": latest.row if latest else None,
        "plan_parts": parts_shown(latest) if latest else [],
        "plan_before": agreed if agreed is not latest else None,
        "once_plan": uuid.uuid4(),
    }
