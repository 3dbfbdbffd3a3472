"""How long a meeting really was, and the one tap that a long one asks. Before signing; afterwards an addition says it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.records import audit
from subrosa.records.appointment.brief import WhyLong
from subrosa.records.appointment.models import Booking
from subrosa.records.case.models import Case
from subrosa.records.vault import rings
from subrosa.records.vault.opener import opener_of
from subrosa.records.vault.rings import Scope
from subrosa.records.vault.texts import close_text

from .facts import length_facts


@audit.act(Act.NOTE_LENGTH, on=("case", "booking"), facts=length_facts)
def note_length(
    *, by: Actor, at: datetime, case: Case, booking: Booking, minutes: int, why: str = "", once: UUID | None = None
) -> Booking:
    """Note the minutes, and why where they were many; a reason that is not listed is none."""
    booking.lasted, booking.why_long = minutes, None
    if why in set(WhyLong):
        ring = rings.open_ring("case", case.pk, opener_of(by), to_seal=True, client=case.client_id)
        close_text(booking, "why_long", why, ring.key(Scope.FILE))
    booking.save(update_fields=["lasted", "why_long"])
    return booking
