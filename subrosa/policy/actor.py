"""Who acts. An actor carries the keys that are unlocked in this request, so it is never printed and never stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NoReturn
from uuid import UUID

NOBODY = UUID(int=0)


class Kind(StrEnum):
    """What an actor is. The clock and the door (sign-up, code) have no opener."""

    STAFF = "staff"
    CLIENT = "client"
    CLOCK = "clock"
    DOOR = "door"


@dataclass(frozen=True, slots=True)
class Actor:
    """Kind, id and the opener: the unlocked private halves of this request, or None."""

    kind: Kind
    id: UUID = NOBODY
    opener: Any = field(default=None, compare=False)

    def __repr__(self) -> str:
        return "…"

    def __reduce__(self) -> NoReturn:
        raise TypeError("an actor carries keys and is never pickled")


CLOCK = Actor(Kind.CLOCK)
DOOR = Actor(Kind.DOOR)
