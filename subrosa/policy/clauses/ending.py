"""Whoever leaves is not pursued (CLIENT-01): one neutral message, and with open danger one question in person."""

from __future__ import annotations

from datetime import date

from ..facts import EndingFacts, FarewellFacts, PlanFacts, RestFacts, SlotFacts
from ..ruling import Outcome
from .base import clause

SINCE = date(2018, 7, 1)


@clause("CLIENT-01", since=SINCE)
def nobody_books_for_who_has_left(facts: SlotFacts) -> bool:
    """After a client has ended it, a time is held by the client alone."""
    return not facts.left


@clause("CLIENT-01", since=SINCE)
def who_has_left_is_not_invited_back(facts: RestFacts) -> bool:
    """The last page said that the door is open; an invitation would be pursuit."""
    return not facts.left


@clause("CLIENT-01", since=SINCE)
def nothing_is_planned_for_who_has_left(facts: PlanFacts) -> bool:
    """A plan that is proposed to somebody who has left asks for a coming back."""
    return not facts.left


@clause("CLIENT-01", since=SINCE)
def no_letter_follows_who_has_left(facts: FarewellFacts) -> bool:
    """What was written before lies there; nothing is written after somebody."""
    return not facts.left


@clause("CLIENT-01", since=SINCE)
def no_next_time_is_held_out_to_who_has_left(facts: EndingFacts) -> bool:
    """The page of times is not put before somebody who has left."""
    return not facts.left


@clause("CLIENT-01", since=SINCE)
def one_neutral_message_follows_and_no_second(facts: EndingFacts) -> bool:
    """After an end that the client chose, once, the fixed sentence that the door stays open."""
    return facts.left and not facts.told


@clause("CLIENT-01", since=SINCE)
def only_open_danger_lets_somebody_ask(facts: EndingFacts) -> bool:
    """Who has left is asked nothing, unless danger is still open in the file."""
    return facts.left and facts.danger


@clause("CLIENT-01", since=SINCE)
def who_has_left_is_asked_once(facts: EndingFacts) -> bool:
    """Once, in person, at school; asking again is pursuit, whatever was heard."""
    return not facts.asked


def _not_said(facts: EndingFacts) -> tuple[str, ...]:
    there = {"heard": facts.heard_listed, "asked_day": facts.day_fits}
    return tuple(name for name, given in there.items() if not given)


@clause("CLIENT-01", since=SINCE, otherwise=Outcome.NOT_YET, missing=_not_said)
def what_was_heard_has_its_day(facts: EndingFacts) -> bool:
    """One of three answers, and the day since the end on which it was heard."""
    return not _not_said(facts)
