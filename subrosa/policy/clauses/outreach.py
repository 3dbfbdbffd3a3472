"""Callers and messages from outside the hour (CONF-02, EDU-05, RISK-01): nobody who asks learns who comes, nothing is buried."""

from __future__ import annotations

from datetime import date

from ..facts import BoxFacts, InquiryFacts, LetterFacts
from ..ruling import Outcome
from .base import clause

SINCE = date(2018, 7, 1)


@clause("CONF-02", since=SINCE, otherwise=Outcome.NOT_YET, missing=("who_asks",))
def who_asks_is_one_of_the_list(facts: InquiryFacts) -> bool:
    """An inquiry is noted by the kind of caller; about whom it was is asked nowhere and kept nowhere."""
    return facts.listed


@clause("CONF-02", since=SINCE)
def a_caller_learns_nothing_without_a_disclosure(facts: InquiryFacts) -> bool:
    """Whether somebody comes is confirmed to no caller, whoever calls, unless a disclosure with its ground says so."""
    return facts.disclosed


@clause("CONF-04", since=SINCE, otherwise=Outcome.NOT_YET, missing=("duty_team",))
def what_is_left_at_the_door_has_somebody_to_read_it(facts: BoxFacts) -> bool:
    """What is written from outside is sealed to the duty team at once; without a team nothing is taken."""
    return facts.team


@clause("EDU-05", since=SINCE, otherwise=Outcome.NOT_YET, missing=("room_in_the_queue",))
def the_door_does_not_bury_the_queue(facts: BoxFacts) -> bool:
    """From a door without names only so much is taken in an hour; then it asks to come by or to phone."""
    return not facts.nameless or facts.last_hour < facts.most


@clause("CONF-02", since=SINCE)
def only_the_duty_team_opens_letters(facts: LetterFacts) -> bool:
    """Worry slips and cries are opened and sorted by who holds the duty team's key, and by nobody else."""
    return facts.on_team


@clause("EDU-05", since=SINCE, missing=("open_letter",))
def a_closed_letter_stays_closed(facts: LetterFacts) -> bool:
    """What is closed is neither sorted nor closed again."""
    return facts.open


@clause("EDU-05", since=SINCE, otherwise=Outcome.NOT_YET, missing=("listed_choice",))
def what_becomes_of_a_letter_is_one_of_the_list(facts: LetterFacts) -> bool:
    """Today, this week or answer; closed with one of a few answers: no free words that could name anybody."""
    return facts.listed
