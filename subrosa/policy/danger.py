"""What every record asks: danger today? The answer, and for two of three what it brings with it (RISK-02)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Danger(StrEnum):
    """No danger; something to keep an eye on, with a dated next step; or to be acted on today."""

    NO = "no"
    WATCH = "watch"
    ACT = "act"


@dataclass(frozen=True, slots=True)
class DangerAnswer:
    """What was answered: `step` and its `day` (YYYY-MM-DD) belong to *watch*, `told` (who knows now, and when) to *act*.

    Everything typed is kept while the answer is still being changed; `kept()` is what a signed record holds of it.
    """

    answer: str = ""
    step: str = ""
    day: str = ""
    told: str = ""

    def __repr__(self) -> str:
        return "…"

    def __bool__(self) -> bool:
        return bool(self.answer or self.step or self.day or self.told)

    @property
    def on(self) -> date | None:
        """The day of the next step; None for anything that is no date."""
        try:
            return date.fromisoformat(self.day)
        except ValueError:
            return None

    def days_ahead(self, today: date) -> int | None:
        """How many days from today the next step is; None without a date."""
        return (self.on - today).days if self.on is not None else None

    def kept(self) -> DangerAnswer:
        """Only what belongs to the answer: a step that was typed before it became "no" is not signed."""
        return DangerAnswer(
            self.answer,
            self.step if self.answer == Danger.WATCH else "",
            self.day if self.answer == Danger.WATCH else "",
            self.told if self.answer == Danger.ACT else "",
        )

    def as_dict(self) -> dict[str, str]:
        """For sealing."""
        return asdict(self)

    @classmethod
    def of(cls, read: Mapping[str, Any] | None) -> DangerAnswer:
        """Read back; a record from before this question has no answer."""
        known = read or {}
        return cls(**{name: str(known.get(name, "")) for name in ("answer", "step", "day", "told")})


UNANSWERED = DangerAnswer()
NO_DANGER = DangerAnswer(Danger.NO)
