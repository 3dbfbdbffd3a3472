"""What a record is asked beside its parts: danger today, whose words an illness is, and what was said to be needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from subrosa.policy.danger import UNANSWERED, DangerAnswer
from subrosa.policy.diagnosis import Source, Whose, asserted

LINES = 2_000  # characters of a short record: two lines, and a little
PLACE = 200  # characters of the name of a hospital


@dataclass(frozen=True, slots=True)
class Asked:
    """`lines` are the two lines of a short record; `sources` are kept by the phrase; `needed` names "part.field"."""

    danger: DangerAnswer = UNANSWERED
    lines: str = ""
    sources: dict[str, Source] = field(default_factory=dict)
    needed: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        return "…"

    def as_dict(self) -> dict[str, Any]:
        """For sealing: only what was answered, so that a record without any of it stays as short as it was."""
        held: dict[str, Any] = {
            "danger": self.danger.as_dict() if self.danger else None,
            "lines": self.lines,
            "sources": {phrase: asdict(one) for phrase, one in self.sources.items() if one.whose in set(Whose)},
            "needed": sorted(self.needed),
        }
        return {name: value for name, value in held.items() if value}

    @classmethod
    def of(cls, read: Mapping[str, Any]) -> Asked:
        """Read back out of a sealed text."""
        return cls(
            DangerAnswer.of(read.get("danger")),
            str(read.get("lines", "")),
            {str(phrase): Source(**one) for phrase, one in read.get("sources", {}).items()},
            frozenset(read.get("needed", ())),
        )

    def of_full(self, texts: Iterable[str]) -> Asked:
        """What the full record is signed with: the answer, and the sources of phrases that stand in it."""
        return Asked(self.danger.kept(), sources=self._standing_in(texts))

    def of_short(self) -> Asked:
        """What the short record is signed with: its lines, the answer, and the sources of phrases in them."""
        return Asked(self.danger.kept(), self.lines, self._standing_in((self.lines,)))

    def _standing_in(self, texts: Iterable[str]) -> dict[str, Source]:
        """Only texts in which such a phrase occurs are searched: a record seldom names an illness, and is signed often."""
        named = (text for text in texts if any(phrase in text for phrase in self.sources))
        phrases = {found.words for text in named for found in asserted(text)}
        return {phrase: one for phrase, one in self.sources.items() if phrase in phrases}
