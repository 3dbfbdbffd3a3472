"""The six parts of a session record (REC-02), and the deliberate choices that may stand in place of words."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

PARTS: dict[str, tuple[str, ...]] = {
    "situation": (),
    "problem": (),
    "course": (),
    "advice": ("listened", "none_given"),
    "effect": ("too_early", "to_be_watched"),
    "other": ("none",),
}
MOST = 200_000  # characters of one part


@dataclass(frozen=True, slots=True)
class NoteText:
    """Words and choices by part. A choice counts as filled; a part without either is empty."""

    words: dict[str, str] = field(default_factory=dict)
    choices: dict[str, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        return "…"

    def empty_parts(self) -> tuple[str, ...]:
        """The parts that have neither words nor a choice of their own list."""
        return tuple(
            part
            for part, allowed in PARTS.items()
            if not self.words.get(part, "").strip() and self.choices.get(part) not in allowed
        )

    def as_text(self) -> str:
        """One canonical text for sealing."""
        parts = {part: {"words": self.words.get(part, ""), "choice": self.choices.get(part, "")} for part in PARTS}
        return json.dumps(parts, ensure_ascii=False, sort_keys=True)

    @classmethod
    def of(cls, text: str) -> NoteText:
        """Read a sealed text back; empty for an empty one."""
        parts = json.loads(text) if text else {}
        return cls(
            {part: value["words"] for part, value in parts.items()},
            {part: value["choice"] for part, value in parts.items()},
        )
