"""The life of a letter; the diagram in docs is printed from this table. Answered or closed, it stays so until it is destroyed."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from subrosa.policy.acts import Act


class State(StrEnum):
    """Received, taken by somebody, answered in writing, or closed in another way."""

    RECEIVED = "received"
    TAKEN = "taken"
    ANSWERED = "answered"
    CLOSED = "done"


OPEN = (State.RECEIVED, State.TAKEN)
OWNER = "duty team, care team"
TRANSITIONS: Mapping[tuple[State, Act], State] = MappingProxyType(
    {
        (State.RECEIVED, Act.SORT_LETTER): State.TAKEN,
        (State.TAKEN, Act.SORT_LETTER): State.TAKEN,
        (State.RECEIVED, Act.ANSWER_LETTER): State.ANSWERED,
        (State.TAKEN, Act.ANSWER_LETTER): State.ANSWERED,
        (State.RECEIVED, Act.CLOSE_LETTER): State.CLOSED,
        (State.TAKEN, Act.CLOSE_LETTER): State.CLOSED,
    }
)
