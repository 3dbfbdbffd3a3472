"""The text of a letter to the client: its words, and whose finding each illness is that they name. A value, no row."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from subrosa.policy.diagnosis import asserted

CLIENT, FAMILY, HOSPITAL = WHO = ("client", "family", "hospital")
LONGEST = 20_000  # characters


@dataclass(frozen=True, slots=True)
class Whose:
    """Who said so: the client, the family, or a hospital; a hospital has a name and a day (YYYY-MM-DD)."""

    who: str = ""
    where: str = ""
    day: str = ""

    def __repr__(self) -> str:
        return "…"

    @property
    def on(self) -> date | None:
        """The day the hospital found it; None for anything that is no date."""
        try:
            return date.fromisoformat(self.day)
        except ValueError:
            return None

    def said(self) -> bool:
        """Whether that is enough to let a letter go."""
        return self.who in (CLIENT, FAMILY) or (
            self.who == HOSPITAL and bool(self.where.strip()) and self.on is not None
        )


@dataclass(frozen=True, slots=True)
class LetterText:
    """Words, and by passage whose finding it is."""

    text: str = ""
    whose: Mapping[str, Whose] = field(default_factory=dict)

    def __repr__(self) -> str:
        return "…"

    def passages(self) -> tuple[str, ...]:
        """The passages that assert an illness, each once, in their order."""
        return tuple(dict.fromkeys(one.words for one in asserted(self.text)))

    def unsourced(self) -> tuple[str, ...]:
        """Those of which nobody is said to have found it."""
        return tuple(one for one in self.passages() if not self.whose.get(one, Whose()).said())

    def sources(self) -> tuple[tuple[str, Whose], ...]:
        """Those of which somebody is, for the foot of the letter."""
        return tuple((one, self.whose[one]) for one in self.passages() if self.whose.get(one, Whose()).said())

    def as_text(self) -> str:
        """One canonical text for sealing; what was said of a passage that is not there any more is not kept."""
        whose = {words: {"who": one.who, "where": one.where, "day": one.day} for words, one in self.sources()}
        return json.dumps({"text": self.text, "whose": whose}, ensure_ascii=False, sort_keys=True)

    @classmethod
    def of(cls, text: str) -> LetterText:
        """Read a sealed text back; empty for an empty one."""
        held = json.loads(text) if text else {}
        return cls(held.get("text", ""), {words: Whose(**one) for words, one in held.get("whose", {}).items()})
