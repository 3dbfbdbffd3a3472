"""The life of a case; the diagram in docs is printed from this table."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from subrosa.policy.acts import Act


class State(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    CLOSED = "closed"
    ARCHIVED = "archived"
    DESTROYED = "destroyed"


IN_HAND = (State.OPEN, State.CLOSED)  # with its counselor: an archived file lies with the custodians
OWNER = "counselor"
TRANSITIONS: Mapping[tuple[State, Act], State] = MappingProxyType(
    {
        (State.OPEN, Act.CLOSE_CASE): State.CLOSED,
        (State.CLOSED, Act.ARCHIVE_CASE): State.ARCHIVED,
        (State.ARCHIVED, Act.DESTROY_CASE): State.DESTROYED,
    }
)
