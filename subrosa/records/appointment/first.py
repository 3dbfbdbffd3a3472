"""First contact without an account: a pseudonym, a key under a return code, and a time held, in one act of the door."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from subrosa.policy.actor import NOBODY, Actor
from subrosa.policy.acts import Act
from subrosa.policy.facts import FirstContactFacts
from subrosa.records import audit
from subrosa.records.person.clients import Identity
from subrosa.records.person.doorway import settle
from subrosa.records.person.returning import Newcomer
from subrosa.records.school.calendar import school_profile

from .actions import book
from .models import Booking
from .queries import Offer
from .states import State


def _the_door(**_: Any) -> tuple[tuple[UUID, str]]:
    """Those who come by the door are counted one after the other."""
    return ((NOBODY, "door"),)


def waiting_unseen(at: datetime) -> int:
    """Times ahead that were held at the door for people whom nobody has met."""
    met = Booking.objects.filter(case=OuterRef("case"), state=State.HELD)
    ahead = Booking.objects.filter(client__by_door=True, state=State.BOOKED, starts_at__gt=at)
    return ahead.exclude(Exists(met)).count()


def _door_facts(*, at: datetime, **_: Any) -> tuple[FirstContactFacts]:
    return (FirstContactFacts(waiting_unseen(at), school_profile()["sessions.first_contacts_waiting"]),)


@audit.act(Act.FIRST_CONTACT, days=_the_door, facts=_door_facts)
def first_contact(
    *,
    by: Actor,
    at: datetime,
    newcomer: Newcomer,
    identity: Identity,
    offer: Offer,
    reason: str = "",
    once: UUID | None = None,
) -> Booking:
    """Hold a first time for somebody who has no account and need not say who it is.

    The booking is the newcomer's own, with the own keys of this request: what is said is sealed from its first save.
    """
    settle(newcomer, identity)
    made: Booking = book(
        by=newcomer.me,
        at=at,
        client=newcomer.client,
        opening=offer.opening,
        starts_at=offer.starts_at,
        ends_at=offer.ends_at,
        reason=reason,
    )
    return made
