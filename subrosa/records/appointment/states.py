"""The life of a booking; the diagram in docs is printed from this table."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from subrosa.policy.acts import Act


class State(StrEnum):
    """What became of a booking."""

    BOOKED = "booked"
    HELD = "held"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"


OWNER = "counselor"
TRANSITIONS: Mapping[tuple[State, Act], State] = MappingProxyType(
    {
        (State.BOOKED, Act.HOLD_SESSION): State.HELD,
        (State.BOOKED, Act.NOTE_NO_SHOW): State.NO_SHOW,
        (State.BOOKED, Act.CANCEL_BOOKING): State.CANCELLED,
        (State.CANCELLED, Act.REVIVE_BOOKING): State.BOOKED,
    }
)
