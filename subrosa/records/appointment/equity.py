"""How those who asked in the last year were received: compared by what the school's list has, and by nothing else (ETH-05).

The two sides meet in the memory of one request under the desk's key, and only figures leave it: no row is written that
holds both, and no list of people is made.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.policy.equity import BOARDING, GRADE, SEX, Asked, Group, compared
from subrosa.records import audit
from subrosa.records.person.clients import Identity, identities
from subrosa.records.roster.queries import cards
from subrosa.records.roster.sheet import Card
from subrosa.records.school.calendar import school_profile
from subrosa.records.vault.opener import opener_of

from .models import Booking, Declined
from .registering import WhyDeclined
from .states import State

A_YEAR = timedelta(days=365)
YES, NO = "yes", "no"


@audit.act(Act.COMPARE_TREATMENT, reads=True)
def compare_treatment(*, by: Actor, at: datetime) -> list[Group]:
    """The figures of the last 365 days; five statements, however many asked."""
    firsts: dict[UUID, Booking] = {}
    held: dict[UUID, int] = {}
    ahead = set()
    for one in Booking.objects.filter(booked_at__gt=at - A_YEAR).order_by("booked_at"):
        firsts.setdefault(one.client_id, one)
        held[one.client_id] = held.get(one.client_id, 0) + (one.state == State.HELD)
        if one.state == State.BOOKED and one.starts_at > at:
            ahead.add(one.client_id)
    turned = _turned_away(at)
    known = identities(opener_of(by), {*firsts, *turned})
    listed = {UUID(one.roster): client for client, one in known.items() if one.roster}
    found = {listed[key]: card for key, card in cards(listed)}
    everybody = [
        Asked(
            _traits(known.get(client), found.get(client)),
            _days(firsts.get(client)),
            client in turned,
            (held[client] == 1 and client not in ahead) if held.get(client) else None,
        )
        for client in {*firsts, *turned}
    ]
    return compared(everybody, school_profile()["tests.equity_group_minimum"])


def _turned_away(at: datetime) -> set[UUID]:
    """Who was not received; who did not want to after all was not turned away."""
    rows = Declined.objects.filter(at__gt=at - A_YEAR).exclude(reason=WhyDeclined.DID_NOT_WANT)
    return set(rows.values_list("client_id", flat=True))


def _days(first: Booking | None) -> float | None:
    return None if first is None else max(0.0, (first.starts_at - first.booked_at) / timedelta(days=1))


def _traits(identity: Identity | None, card: Card | None) -> dict[str, str]:
    """Of who is on the list; who is not stands in no group."""
    if identity is None or card is None:
        return {}
    boards = "" if card.boarding is None else YES if card.boarding else NO
    return {SEX: card.sex, GRADE: card.grade, BOARDING: boards}
