"""Acts of the clock about the house as a whole."""

from __future__ import annotations

from datetime import datetime

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.records import audit


@audit.act(Act.RECOVER_HOUSE)
def recover_house(*, by: Actor, at: datetime) -> None:
    """Note that the house came back after something was killed: every acknowledged write was kept."""
