"""The text of a letter to the client: its words, and whose finding each illness is that they name. A value, no row."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date

from subrosa.policy.diagnosis import Source, Whose, asserted

LONGEST = 20_000  # characters


def day_of(source: Source) -> date | None:
    """The day a hospital found it; None for anything that is no date."""
    try:
        return date.fromisoformat(source.on)
    except ValueError:
        return None


def is_said(source: Source) -> bool:
    """Whether that lets a letter go: in a record a hospital's place and day may come later, in a letter they stand."""
    if source.whose == Whose.HOSPITAL:
        return bool(source.place.strip()) and day_of(source) is not None
    return source.whose in set(Whose)


@dataclass(frozen=True, slots=True)
class LetterText:
    """Words, and by passage whose finding it is."""

    text: str = ""
    sources: Mapping[str, Source] = field(default_factory=dict)

    def __repr__(self) -> str:
        return "…"

    def passages(self) -> tuple[str, ...]:
        """The passages that assert an illness, each once, in their order."""
        return tuple(dict.fromkeys(one.words for one in asserted(self.text)))

    def unsourced(self) -> tuple[str, ...]:
        """Those of which nobody is said to have found it."""
        return tuple(one for one in self.passages() if not is_said(self.sources.get(one, Source(""))))

    def said(self) -> tuple[tuple[str, Source], ...]:
        """Those of which somebody is, for the foot of the letter."""
        return tuple((one, self.sources[one]) for one in self.passages() if is_said(self.sources.get(one, Source(""))))

    def as_text(self) -> str:
        """One canonical text for sealing; what was said of a passage that is not there any more is not kept."""
        sources = {words: asdict(one) for words, one in self.said()}
        return json.dumps({"text": self.text, "sources": sources}, ensure_ascii=False, sort_keys=True)

    @classmethod
    def of(cls, text: str) -> LetterText:
        """Read a sealed text back; empty for an empty one."""
        held = json.loads(text) if text else {}
        return cls(held.get("text", ""), {words: Source(**one) for words, one in held.get("sources", {}).items()})
