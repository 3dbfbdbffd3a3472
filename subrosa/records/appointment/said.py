"""What a client says with a time: words, or none, and whether it is urgent.

That it is urgent is sealed to the desk's public half, like the name of who comes by the door; so is that it is not, for
whether something lies there would tell it already. No job and no reception reads it without the desk's key.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.policy.ruling import Boundary
from subrosa.records import audit
from subrosa.records.vault import held, rings
from subrosa.records.vault.opener import Opener, opener_of

from .models import Booking

URGENT, CALM = "urgent", "calm"
FIELD: Final = "pressing"


@dataclass(frozen=True, slots=True)
class Said:
    """The words beforehand, and whether it is urgent; false where there are no words."""

    words: str = ""
    urgent: bool = False

    def __bool__(self) -> bool:
        return bool(self.words)

    def __repr__(self) -> str:
        return "…"


def close_urgency(booking: Booking, said: Said) -> None:
    """Part of a booking: sealed whichever it is, so that the row of who is in need looks like every other."""
    held.close_to(booking, FIELD, URGENT if said.urgent else CALM, held.keypair_of_desk())


def _is_urgent(booking: Booking, desk: Opener) -> bool:
    try:
        return held.open_own(booking, FIELD, desk) == URGENT
    except Boundary:  # somebody altered it below the program: better looked at once too often
        return True


@audit.act(Act.READ_IDENTITIES, reads=True)
def read_urgent(*, by: Actor, at: datetime, bookings: Iterable[Booking]) -> set[UUID]:
    """Of some times those that are said to be urgent: one entry, whatever the number."""
    desk = rings.team_opener("desk", opener_of(by))
    return {row.pk for row in bookings if _is_urgent(row, desk)}
