"""How those who asked in the last school year were received: compared by what the school's list has, and no other way (ETH-05).

The two sides meet in the memory of one request under the desk's key, in a session of the lead, and only figures leave it: no
row is written that holds both, and no list of people is made. The year is over, so that no figure moves with the next who asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.policy.equity import BOARDING, GRADE, SEX, Asked, Group, compared
from subrosa.records import audit
from subrosa.records.person.clients import identities
from subrosa.records.roster.queries import cards
from subrosa.records.roster.sheet import Card
from subrosa.records.school.calendar import calendar, school_profile, school_year_of
from subrosa.records.vault.opener import opener_of

from .models import Booking, Declined
from .registering import WhyDeclined
from .states import State

YES, NO = "yes", "no"
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Compared:
    """The figures of one school year, its first and its last day included."""

    first: date
    last: date
    groups: list[Group]


@audit.act(Act.COMPARE_TREATMENT, reads=True)
def compare_treatment(*, by: Actor, at: datetime) -> Compared:
    """Everybody who asked for the first time in the last school year; as many statements for one as for a thousand."""
    last = school_year_of(calendar().local(at)) - A_DAY
    first = school_year_of(last)
    begin, end = calendar().end_of(first - A_DAY), calendar().end_of(last)
    times = _times(begin, end)
    turned = _turned_away(begin, end)
    clients = {*times, *turned}
    known = identities(opener_of(by), clients)
    listed = {UUID(one.roster): client for client, one in known.items() if one.roster}
    found = {listed[key]: card for key, card in cards(listed)}
    everybody = [_asked(_traits(found.get(one)), times.get(one, []), turned.get(one)) for one in clients]
    return Compared(first, last, compared(everybody, school_profile()["tests.equity_group_minimum"]))


def _times(begin: datetime, end: datetime) -> dict[UUID, list[Booking]]:
    """By client, the times of who had none before that year: whoever has come for years does not ask anew each week."""
    before = Booking.objects.filter(client=OuterRef("client"), school_id=OuterRef("school_id"), booked_at__lte=begin)
    rows = Booking.objects.filter(~Exists(before), booked_at__gt=begin, booked_at__lte=end).order_by("booked_at", "id")
    found: dict[UUID, list[Booking]] = {}
    for row in rows:
        found.setdefault(row.client_id, []).append(row)
    return found


def _turned_away(begin: datetime, end: datetime) -> dict[UUID, datetime]:
    """Since when somebody waited or was not received; who did not want to after all was not turned away."""
    rows = Declined.objects.filter(at__gt=begin, at__lte=end).exclude(reason=WhyDeclined.DID_NOT_WANT).order_by("-at")
    return dict(rows.values_list("client_id", "at"))


def _asked(traits: Mapping[str, str], times: list[Booking], turned: datetime | None) -> Asked:
    """One who asked: waiting counts from the first time that there was none, and whoever got a time later was received."""
    held = sum(one.state == State.HELD for one in times)
    since = min(filter(None, (turned, times[0].booked_at if times else None)))
    waited = max(0.0, (times[0].starts_at - since) / A_DAY) if times else None
    return Asked(traits, waited, declined=not times, came_once=(held == 1) if held else None)


def _traits(card: Card | None) -> dict[str, str]:
    """Of who is on the list; who is not stands in no group."""
    if card is None:
        return {}
    boards = "" if card.boarding is None else YES if card.boarding else NO
    return {SEX: card.sex, GRADE: card.grade, BOARDING: boards}
