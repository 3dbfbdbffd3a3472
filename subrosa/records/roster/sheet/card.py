"""One student as the school's list has it, and what the family answered to the enrollment letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from . import classes


@dataclass(frozen=True, slots=True)
class Card:
    """One student. Dates are ISO; of the letter's four fields, an empty one (or None) says nothing either way."""

    number: str
    name: str
    sex: str = ""
    grade: str = ""
    class_name: str = ""
    born: str = ""
    homeroom: str = ""
    guardian: str = ""
    guardian_phone: str = ""
    phone: str = ""
    address: str = ""
    consent: str = ""
    no_screening: bool | None = None
    talk_wanted: bool | None = None
    answered: str = ""
    boarding: bool | None = None

    def __repr__(self) -> str:
        return "…"

    @property
    def group(self) -> str:
        """Grade and class, said once."""
        return classes.group(self.grade, self.class_name)

    def as_dict(self) -> dict[str, Any]:
        """For sealing: only what says something."""
        held = ((one.name, getattr(self, one.name)) for one in fields(self))
        return {name: value for name, value in held if value not in ("", None)}

    @classmethod
    def of(cls, held: Mapping[str, Any]) -> Card:
        """A card from what `as_dict` gave."""
        return cls(**{"number": "", "name": "", **held})


FIELDS = tuple(one.name for one in fields(Card))
LETTER = ("consent", "no_screening", "talk_wanted", "answered")
