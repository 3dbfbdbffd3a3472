"""The life of a worry slip or cry; the diagram in docs is printed from this table. The sender sees these three and no more."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from subrosa.policy.acts import Act


class State(StrEnum):
    """Received, taken by somebody (whatever follows), closed."""

    RECEIVED = "received"
    TAKEN = "taken"
    CLOSED = "closed"


OWNER = "duty team"
TRANSITIONS: Mapping[tuple[State, Act], State] = MappingProxyType(
    {
        (State.RECEIVED, Act.SORT_SLIP): State.TAKEN,
        (State.TAKEN, Act.SORT_SLIP): State.TAKEN,
        (State.RECEIVED, Act.CLOSE_SLIP): State.CLOSED,
        (State.TAKEN, Act.CLOSE_SLIP): State.CLOSED,
    }
)
