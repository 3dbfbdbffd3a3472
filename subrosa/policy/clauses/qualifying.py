"""Credentials and ties (COMP-01, REL-01, CON-03): who enters, who verifies, and what the clock reminds of."""

from __future__ import annotations

from datetime import date

from ..facts import CredentialFacts, ReminderFacts, TieFacts
from ..ruling import Outcome
from .base import clause

SINCE = date(2018, 7, 1)


@clause("COMP-01", since=SINCE)
def a_credential_is_entered_by_its_owner_or_who_verifies(facts: CredentialFacts) -> bool:
    """A counselor enters and takes back the own; for somebody else the lead or the steward does, with the original in hand."""
    return facts.own or facts.verifier


def _lacks(facts: CredentialFacts) -> tuple[str, ...]:
    return facts.lacks


@clause("COMP-01", since=SINCE, otherwise=Outcome.NOT_YET, missing=_lacks)
def a_credential_says_what_it_is(facts: CredentialFacts) -> bool:
    """A kind of the list, and its number."""
    return not facts.lacks


@clause("COMP-01", since=SINCE)
def nobody_verifies_the_own_credential(facts: CredentialFacts) -> bool:
    """That the original was seen is said by somebody else."""
    return not facts.own


@clause("COMP-01", since=SINCE)
def an_outside_look_is_noted_by_the_owner_where_nobody_here_can(facts: CredentialFacts) -> bool:
    """Where no other lead and no steward is at work, a named outside professional may have seen the original."""
    return facts.own and facts.alone


@clause("COMP-01", since=SINCE, otherwise=Outcome.NOT_YET, missing=_lacks)
def an_outside_look_names_who_and_when(facts: CredentialFacts) -> bool:
    """A person whom the center has named outside the school, and a day that has come."""
    return not facts.lacks


@clause("COMP-01", since=SINCE, missing=("open_credential",))
def a_credential_is_verified_once(facts: CredentialFacts) -> bool:
    """What was verified or taken back stays as it is; a renewal is entered as a new one."""
    return facts.waits


@clause("COMP-01", since=SINCE, otherwise=Outcome.NOT_YET, missing=("credential_in_time",))
def only_what_lasts_is_verified(facts: CredentialFacts) -> bool:
    """A certificate whose day has passed waits for its renewal."""
    return facts.lasts


@clause("COMP-01", since=SINCE)
def a_reminder_comes_once_and_on_its_day(facts: ReminderFacts) -> bool:
    """The clock reminds when the day is there, and of the same thing once."""
    return facts.due


@clause("REL-01", since=SINCE)
def a_tie_is_entered_by_who_has_it_or_by_the_lead(facts: TieFacts) -> bool:
    """Nobody enters a tie for a colleague but the lead; what the lead entered, the lead ends."""
    return facts.own or facts.lead


def _tie_lacks(facts: TieFacts) -> tuple[str, ...]:
    return facts.lacks


@clause("REL-01", since=SINCE, otherwise=Outcome.NOT_YET, missing=_tie_lacks)
def a_tie_says_with_whom(facts: TieFacts) -> bool:
    """A kind of the list, and the classes or the sentence."""
    return not facts.lacks


@clause("CON-03", since=SINCE)
def everybody_names_the_own_ties(facts: TieFacts) -> bool:
    """What stands in the agreement under a counselor's name is put there by that counselor."""
    return facts.own
