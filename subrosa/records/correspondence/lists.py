"""The closed lists of this drawer, and the words of an answer. No free words stand in plain."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import StrEnum

from subrosa.records.case.letter_text import LetterText

LONGEST = 20_000  # characters


class Closed(StrEnum):
    """How a letter ended without a written answer."""

    CAME_TO_TALK = "came_to_talk"
    DANGER_HANDLED = "danger_handled"
    NOTHING_TO_ANSWER = "nothing_to_answer"


@dataclass(frozen=True, slots=True)
class Answer:
    """Words, whose finding each illness is that they name, and whether a time is offered with them."""

    text: LetterText = field(default_factory=LetterText)
    time: bool = False

    def __repr__(self) -> str:
        return "…"

    @property
    def said(self) -> bool:
        """Whether there are words."""
        return bool(self.text.text.strip())

    def as_text(self) -> str:
        """One canonical text for sealing."""
        return json.dumps({"time": self.time, "words": self.text.as_text()}, sort_keys=True, ensure_ascii=False)

    @classmethod
    def of(cls, text: str) -> Answer:
        """Read a sealed text back; empty for an empty one."""
        held = json.loads(text) if text else {}
        return cls(LetterText.of(held.get("words", "")), bool(held.get("time", False)))
