"""The text of a plan: six parts, sealed as one; and which of them another version says otherwise. A value, no row."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from subrosa.policy.plan import PARTS


@dataclass(frozen=True, slots=True)
class PlanText:
    """Words by part; a part that is missing is empty."""

    parts: Mapping[str, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        return "…"

    def part(self, name: str) -> str:
        """The words of one part."""
        return self.parts.get(name, "")

    def empty_parts(self) -> tuple[str, ...]:
        """The parts without words, in their order."""
        return tuple(one for one in PARTS if not self.part(one).strip())

    def changed_since(self, before: PlanText) -> tuple[str, ...]:
        """The parts that say something else than before."""
        return tuple(one for one in PARTS if self.part(one).strip() != before.part(one).strip())

    def as_text(self) -> str:
        """One canonical text for sealing."""
        return json.dumps({one: self.part(one).strip() for one in PARTS}, ensure_ascii=False, sort_keys=True)

    @classmethod
    def of(cls, text: str) -> PlanText:
        """Read a sealed text back."""
        held = json.loads(text) if text else {}
        return cls({one: str(held.get(one, "")) for one in PARTS})
