"""What both agree on, how far it came, rest and farewell (CON-06, REC-03, ETH-02, COMP-03)."""

from __future__ import annotations

from datetime import date

from ..facts import AccountFacts, FarewellFacts, PlanFacts, RatingFacts, RestFacts
from ..ruling import Outcome
from .base import clause

SINCE = date(2018, 7, 1)


def _empty(facts: PlanFacts) -> tuple[str, ...]:
    return tuple(f"plan_{part}" for part in facts.empty_parts)


@clause("CON-06", since=SINCE, otherwise=Outcome.NOT_YET, missing=_empty)
def a_plan_has_its_six_parts(facts: PlanFacts) -> bool:
    """Problem, goal and how both would notice it in words; roles, measures and likely results as the standard or otherwise."""
    return not facts.empty_parts


@clause("CON-06", since=SINCE, missing=("open_case",))
def a_plan_is_made_while_the_case_goes_on(facts: PlanFacts) -> bool:
    """What is closed is not planned any more."""
    return facts.case_open


@clause("CON-06", since=SINCE, otherwise=Outcome.NOT_YET, missing=("plan_latest",))
def only_the_plan_as_it_stands_is_agreed_to(facts: PlanFacts) -> bool:
    """A page that lay open while the plan was changed says yes to nothing old."""
    return facts.latest


@clause("REC-03", since=SINCE, otherwise=Outcome.NOT_YET, missing=("danger_asked",))
def a_plan_waits_until_danger_was_asked(facts: PlanFacts) -> bool:
    """Nobody plans on from a question that was not asked yet; other gaps are shown only."""
    return facts.danger_asked


@clause("CLIENT-03", since=SINCE, otherwise=Outcome.NOT_YET, missing=("realistic",))
def a_plan_opens_with_what_is_realistic(facts: PlanFacts) -> bool:
    """What would be different is answered by the counselor before the counselor's yes; a client's yes never waits for it."""
    return not facts.hope_waits


@clause("ETH-02", since=SINCE, otherwise=Outcome.NOT_YET, missing=("rating",))
def a_rating_is_a_number_or_one_tap_why_not(facts: RatingFacts) -> bool:
    """From 0 to 10 of whoever rates; the counselor may tap one of three reasons why the client did not."""
    return facts.listed


@clause("ETH-02", since=SINCE, missing=("open_case",))
def only_what_goes_on_can_rest(facts: RestFacts) -> bool:
    """What is closed neither rests nor is invited back."""
    return facts.case_open


@clause("ETH-02", since=SINCE, otherwise=Outcome.NOT_YET, missing=("rest_day",))
def a_rest_ends_on_a_day_ahead(facts: RestFacts) -> bool:
    """Resting on purpose has an end, so that nobody is forgotten."""
    return facts.ahead


@clause("ETH-02", since=SINCE, otherwise=Outcome.NOT_YET, missing=("account",))
def an_invitation_goes_to_the_own_account(facts: AccountFacts) -> bool:
    """Nowhere else: not to a telephone of the school's list, not to a group, not by somebody."""
    return facts.there


@clause("COMP-03", since=SINCE, otherwise=Outcome.NOT_YET, missing=("whose_words",))
def a_letter_names_no_illness_as_ones_own_finding(facts: FarewellFacts) -> bool:
    """A letter waits while it asserts an illness without saying who found it."""
    return not facts.unsourced


@clause("CONF-04", since=SINCE, missing=("letter_unread",))
def a_letter_that_was_handed_over_stays(facts: FarewellFacts) -> bool:
    """With the closing it is the client's; nothing in it is changed behind the client's back."""
    return not facts.handed_over
