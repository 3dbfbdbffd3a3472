"""The record (REC-01, REC-02, REC-04, ETH-02): what it holds, that it is never changed, how a case ends."""

from __future__ import annotations

from datetime import date

from ..facts import ClosingFacts, IncidentFacts, RecordFacts, RetentionFacts
from ..ruling import Outcome
from .base import clause

SINCE = date(2018, 7, 1)


def _empty(facts: RecordFacts) -> tuple[str, ...]:
    return facts.empty_parts


@clause("REC-02", since=SINCE, otherwise=Outcome.NOT_YET, missing=_empty)
def every_part_has_text_or_a_choice(facts: RecordFacts) -> bool:
    """Six parts; each has words or a deliberate choice from its short list."""
    return not facts.empty_parts


@clause("REC-01", since=SINCE, otherwise=Outcome.NOT_YET, missing=_empty)
def a_short_record_has_its_lines(facts: RecordFacts) -> bool:
    """Two lines of words are enough for the same day; the full record is due some school days later."""
    return not facts.empty_parts


@clause("REC-01", since=SINCE, otherwise=Outcome.NOT_YET, missing=("held_meeting",))
def a_record_is_of_a_held_meeting(facts: RecordFacts) -> bool:
    """What did not take place is not recorded as a session."""
    return facts.held


@clause("REC-01", since=SINCE)
def a_signed_record_is_never_changed(facts: RecordFacts) -> bool:
    """Signed means locked; what comes later is an addition with its own time."""
    return not facts.signed_already


@clause("REC-01", since=SINCE, otherwise=Outcome.NOT_YET, missing=("text_beside",))
def another_text_is_looked_at_before_signing(facts: RecordFacts) -> bool:
    """What was typed for the same record on another device is neither written over nor left behind unseen."""
    return not facts.text_beside


@clause("REC-01", since=SINCE, otherwise=Outcome.NOT_YET, missing=("signed_record",))
def an_addition_belongs_to_a_signed_record(facts: RecordFacts) -> bool:
    """Before signing one simply goes on writing."""
    return facts.signed_already


def _ratings(facts: ClosingFacts) -> tuple[str, ...]:
    lacks = {"goal_ratings": facts.unrated_goals, "client_ratings": facts.unrated_by_client}
    return tuple(part for part, many in lacks.items() if many)


@clause("ETH-02", since=SINCE, otherwise=Outcome.NOT_YET, missing=_ratings)
def goals_are_rated_before_closing(facts: ClosingFacts) -> bool:
    """Each agreed goal is rated by both, or one tap says why not."""
    return not _ratings(facts)


@clause("CLIENT-01", since=SINCE, otherwise=Outcome.NOT_YET, missing=("bookings_ahead",))
def nobody_waits_for_a_closed_case(facts: ClosingFacts) -> bool:
    """Bookings ahead are held or cancelled before a case is closed."""
    return facts.booked_ahead == 0


@clause("REC-04", since=SINCE, missing=("open_case",))
def only_an_open_case_is_closed(facts: ClosingFacts) -> bool:
    """A case is closed once."""
    return facts.state == "open"


@clause("REC-04", since=SINCE, otherwise=Outcome.NOT_YET, missing=("closed_case",))
def only_a_closed_case_is_archived(facts: ClosingFacts) -> bool:
    """Closing comes before the archive."""
    return facts.state == "closed"


def _missing(facts: ClosingFacts) -> tuple[str, ...]:
    return facts.missing_records


@clause("REC-04", since=SINCE, otherwise=Outcome.NOT_YET, missing=_missing)
def nothing_is_archived_with_a_record_missing(facts: ClosingFacts) -> bool:
    """Every held session has its signed record before the file is bound."""
    return not facts.missing_records


@clause("REC-04", since=SINCE, missing=("retention",))
def nothing_is_destroyed_before_its_time(facts: RetentionFacts) -> bool:
    """An archived file is kept until its retention is over."""
    return facts.state == "archived" and facts.over


@clause("REC-04", since=SINCE, otherwise=Outcome.NOT_YET, missing=("two_confirmations",))
def destruction_is_confirmed_by_lead_and_custodian(facts: RetentionFacts) -> bool:
    """Two people look before anything is gone for good."""
    return facts.lead_confirmed and facts.custodian_confirmed and not facts.same_person


@clause("CONF-07", since=SINCE, otherwise=Outcome.NOT_YET, missing=("explanation",))
def a_difference_stays_until_it_is_explained(facts: IncidentFacts) -> bool:
    """What the count or the check finds stays on the lead's page until somebody says what it was."""
    return facts.open and facts.explained
