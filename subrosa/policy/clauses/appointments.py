"""Booking and receiving (APPT-01, APPT-04, CLIENT-01, ETH-05, MGMT-01): offered, free, chosen freely, no trait read."""

from __future__ import annotations

from datetime import date

from ..facts import (
    FirstContactFacts,
    HoursFacts,
    MeetingFacts,
    OwnFacts,
    ReasonFacts,
    RecordFacts,
    RegistrationFacts,
    SittingFacts,
    SlotFacts,
    TraitFacts,
)
from ..ruling import Outcome
from .base import clause

SINCE = date(2018, 7, 1)


@clause("CONF-05", since=SINCE)
def the_desk_writes_no_reason(facts: SlotFacts) -> bool:
    """What it is about is written by the client, or copied from the client's paper by a counselor; reception never does."""
    return not facts.words_from_the_desk


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


@clause("COMP-01", since=SINCE, missing=("verified_credential",))
def new_clients_go_to_who_is_verified(facts: SlotFacts) -> bool:
    """A first booking needs one credential that somebody else has seen and that lasts; running cases ask for nothing."""
    return facts.verified or not facts.new_client


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


@clause("APPT-04", since=SINCE, missing=("listed_length",))
def an_hour_has_a_length_of_the_profile(facts: HoursFacts) -> bool:
    """Ordinary hours last as long as the profile lists, and none of its lengths is above fifty minutes."""
    return facts.listed_length


@clause("APPT-01", since=SINCE, missing=("free_hour",))
def weekly_hours_do_not_overlap(facts: HoursFacts) -> bool:
    """Counselor and room are each offered once at a time, so that what is booked can be held."""
    return facts.free


@clause("APPT-04", since=SINCE, otherwise=Outcome.NOT_YET, missing=("why_long",))
def a_long_meeting_says_why(facts: RecordFacts) -> bool:
    """Past the profile's minutes one tap says why; a closing sentence asks nothing."""
    return facts.minutes <= facts.asks_after_minutes or facts.long_for_a_reason


def _form(facts: RecordFacts) -> tuple[str, ...]:
    return tuple(f"form_{one}" for one in facts.form_lacks)


@clause("APPT-01", since=SINCE, otherwise=Outcome.NOT_YET, missing=_form)
def the_first_full_record_waits_for_the_form(facts: RecordFacts) -> bool:
    """Who, class and how to be reached complete the registration form until the end of the first meeting."""
    return not facts.form_lacks


def _empty(facts: RecordFacts) -> tuple[str, ...]:
    return facts.empty_parts


@clause("REC-02", since=SINCE, otherwise=Outcome.NOT_YET, missing=_empty)
def a_brief_contact_says_what_it_was_about(facts: RecordFacts) -> bool:
    """What it was about and what came of it are a tap each, and a line or two of words."""
    return not facts.empty_parts


@clause("APPT-01", since=SINCE, missing=("open_sitting",))
def a_sitting_becomes_one_thing(facts: SittingFacts) -> bool:
    """Who sat down without a booking came for a brief contact or for a first meeting; what is recorded stays."""
    return facts.open


@clause("REC-04", since=SINCE, missing=("sitting_without_file",))
def two_files_are_not_joined_in_passing(facts: SittingFacts) -> bool:
    """Once a sitting has opened a file of its own, it is not moved to somebody else by a press."""
    return not facts.file_opened


@clause("APPT-01", since=SINCE, otherwise=Outcome.NOT_YET, missing=("form_who",))
def a_first_meeting_gets_its_name(facts: SittingFacts) -> bool:
    """A brief contact may stay without a name; a first meeting opens a file, and a file is somebody's."""
    return not facts.first_meeting


@clause("CONF-05", since=SINCE, otherwise=Outcome.NOT_YET, missing=("person_seen",))
def a_student_is_matched_after_being_seen(facts: RegistrationFacts) -> bool:
    """A pseudonym and a row of the school's list are put together by somebody who has seen the person."""
    return facts.seen or not facts.from_list


@clause("CONF-05", since=SINCE, otherwise=Outcome.NOT_YET, missing=("older_client",))
def a_known_student_goes_on_where_they_were(facts: RegistrationFacts) -> bool:
    """A student is one client: who was here before is not made a second one."""
    return not facts.older_client


@clause("APPT-01", since=SINCE, missing=("cancelled_time",))
def only_a_cancelled_time_is_taken_again(facts: MeetingFacts) -> bool:
    """Undo is for what was cancelled."""
    return facts.state == "cancelled"


@clause("APPT-01", since=SINCE, otherwise=Outcome.NOT_YET, missing=("day_of_meeting",))
def who_is_here_is_here_on_the_day(facts: MeetingFacts) -> bool:
    """That somebody has come is noted on the day of the meeting."""
    return facts.on_its_day


@clause("ETH-05", since=SINCE, otherwise=Outcome.NOT_YET, missing=("listed_reason",))
def declining_has_a_listed_reason(facts: ReasonFacts) -> bool:
    """Whoever is declined is declined for a reason of the closed list, and no trait stands on it."""
    return facts.listed


@clause("ETH-05", since=SINCE)
def no_list_is_sorted_by_a_trait(facts: TraitFacts) -> bool:
    """Queue and day are in the order of time; sex, class, origin, faith or any other trait orders and filters nothing."""
    return not facts.is_trait
