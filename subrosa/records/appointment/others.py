"""Who else a booking concerns: the other side, who hears of it in the house, and the colleague who stands in."""

from __future__ import annotations

from datetime import datetime

from subrosa.policy.actor import Actor, Kind
from subrosa.records.notice.book import tell
from subrosa.records.person.models import Staff

from .models import Booking


def tell_other(by: Actor, booking: Booking, kind: str, at: datetime) -> None:
    """The other side hears of it in the house: that a time changed, nothing else."""
    to = booking.staff_id if by.kind is Kind.CLIENT else booking.client_id
    if to != by.id:
        tell(to=to, kind=kind, about=booking.pk, at=at)


def deputy_of(counselor: Staff) -> Staff | None:
    """Who stands in: the next active counselor with a certified key."""
    others = Staff.objects.filter(state="active", keypair__certificate__isnull=False).exclude(pk=counselor.pk)
    return next((one for one in others.order_by("invited_at", "id") if "counselor" in one.roles), None)
