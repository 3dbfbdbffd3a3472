"""The six parts of a session record (REC-02), and the deliberate choices that may stand in place of words."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace

from .asked import Asked

PARTS: dict[str, tuple[str, ...]] = {
    "situation": (),
    "problem": (),
    "course": (),
    "advice": ("listened", "none_given"),
    "effect": ("too_early", "to_be_watched"),
    "other": ("none",),
}
LATER = ("next_time", "promised", "tries")  # lines that may stand at the end: read again before the next meeting
MOST = 200_000  # characters of one part


@dataclass(frozen=True, slots=True)
class NoteText:
    """Words and choices by part. A choice counts as filled; a part without either is empty. `later` is never asked for.

    `taps` are what the form holds beside the record (how long it was, what was talked over): only its draft keeps them.
    `explained` is the version of the agreement that was talked through in this meeting (CON-02); 0 where the record says none.
    """

    words: dict[str, str] = field(default_factory=dict)
    choices: dict[str, str] = field(default_factory=dict)
    later: dict[str, str] = field(default_factory=dict)
    asked: Asked = field(default_factory=Asked)
    taps: dict[str, str] = field(default_factory=dict)
    explained: int = 0

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
        later = {name: self.later[name] for name in LATER if self.later.get(name, "").strip()}
        taps = {"taps": self.taps} if self.taps else {}
        explained = {"explained": self.explained} if self.explained else {}
        beside = ({"later": later} if later else {}) | taps | explained | self.asked.as_dict()
        return json.dumps(parts | beside, ensure_ascii=False, sort_keys=True)

    def full(self) -> NoteText:
        """As the full record is signed; its two lines, if any were typed, belong to a short one."""
        return replace(self, asked=self.asked.of_full(self.words.values()), taps={})

    def short(self) -> NoteText:
        """As the short record is signed: two lines and the answer about danger."""
        return NoteText(asked=self.asked.of_short())

    @classmethod
    def of(cls, text: str) -> NoteText:
        """Read a sealed text back; empty for an empty one."""
        held = json.loads(text) if text else {}
        parts = {part: held[part] for part in PARTS if part in held}
        return cls(
            {part: value["words"] for part, value in parts.items()},
            {part: value["choice"] for part, value in parts.items()},
            dict(held.get("later", {})),
            Asked.of(held),
            dict(held.get("taps", {})),
            int(held.get("explained", 0)),
        )
