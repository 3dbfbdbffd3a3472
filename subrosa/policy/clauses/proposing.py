"""A time that others propose (CLIENT-01): whoever is meant says yes, another time or no, alone."""

from __future__ import annotations

from datetime import date

from ..facts import ProposalFacts, ProposingFacts
from ..ruling import Outcome
from .base import clause

SINCE = date(2018, 7, 1)


@clause("CLIENT-01", since=SINCE, otherwise=Outcome.NOT_YET, missing=("answered_proposal",))
def one_time_is_proposed_at_once(facts: ProposingFacts) -> bool:
    """A second slip while the first lies unanswered would be pressing; the desk may take the first one back."""
    return not facts.waits


@clause("CLIENT-01", since=SINCE)
def only_whoever_is_meant_answers(facts: ProposalFacts) -> bool:
    """The slip in the own hand, or the own account: nobody says yes for somebody."""
    return facts.own


@clause("CLIENT-01", since=SINCE, otherwise=Outcome.NOT_YET, missing=("open_proposal",))
def a_proposal_ends_with_its_time(facts: ProposalFacts) -> bool:
    """Answered once, and until the time has come; then the time is free and nothing is left of it."""
    return facts.open


@clause("CLIENT-01", since=SINCE, otherwise=Outcome.NOT_YET, missing=("listed_choice",))
def an_answer_is_yes_another_time_or_no(facts: ProposalFacts) -> bool:
    """Three answers, and no reason with any of them."""
    return facts.listed
