"""Booking (APPT-01, CLIENT-01, ETH-05, MGMT-01): a time that is offered and free, chosen freely, no trait read."""

from __future__ import annotations

from datetime import date

from ..facts import FirstContactFacts, MeetingFacts, OwnFacts, SlotFacts
from ..ruling import Outcome
from .base import clause

SINCE = date(2018, 7, 1)


@clause("APPT-01", since=SINCE, missing=("future_time",))
def a_booking_lies_ahead(facts: SlotFacts) -> bool:
    """A time that has passed is not booked."""
    return facts.in_future


@clause("APPT-01", since=SINCE, missing=("offered_time",))
def a_booking_is_in_an_offered_time(facts: SlotFacts) -> bool:
    """The slot is one of the counselor's openings; one that vanished while the page lay open is not booked."""
    return facts.offered


@clause("APPT-01", since=SINCE, missing=("free_time",))
def a_time_is_booked_once(facts: SlotFacts) -> bool:
    """Counselor, room and client are each in one place at a time."""
    return facts.free


@clause("COMP-01", since=SINCE, missing=("receiving_counselor",))
def new_clients_go_to_who_receives(facts: SlotFacts) -> bool:
    """A first booking goes to a counselor who has signed the code and receives clients, a later one to the case's own."""
    return facts.counselor_receives


@clause("MGMT-01", since=SINCE, otherwise=Outcome.NOT_YET, missing=("principal_page",))
def a_center_opens_with_the_principals_page_signed(facts: SlotFacts) -> bool:
    """Nobody is booked before the principal has signed what the center will not tell."""
    return facts.principal_signed


@clause("ETH-05", since=SINCE)
def no_trait_decides_who_is_seen(facts: SlotFacts) -> bool:
    """Matching never reads sex, origin, faith or any other trait."""
    return not facts.trait_asked


@clause("APPT-01", since=SINCE)
def everybody_sets_the_own_hours(facts: OwnFacts) -> bool:
    """Weekly hours are ended by the counselor who offers them."""
    return facts.own


@clause("APPT-01", since=SINCE, missing=("booked_state",))
def only_what_is_booked_ends(facts: MeetingFacts) -> bool:
    """A meeting is noted as held, missed or cancelled once."""
    return facts.state == "booked"


@clause("APPT-01", since=SINCE, otherwise=Outcome.NOT_YET, missing=("meeting_time",))
def a_meeting_is_noted_once_it_has_begun(facts: MeetingFacts) -> bool:
    """Held or missed is known when the time has come."""
    return facts.begun


@clause("APPT-01", since=SINCE, otherwise=Outcome.NOT_YET, missing=("place_at_the_door",))
def the_door_holds_only_so_many(facts: FirstContactFacts) -> bool:
    """Times held from the door for people whom nobody has seen are limited, so that nobody can take all of them."""
    return facts.waiting < facts.most
