"""The agreement (CON-01 … CON-04, CON-09): who signs, when it is needed, what it must say."""

from __future__ import annotations

from datetime import date

from ..facts import AgreementFacts, ConsentFacts, MeetingFacts
from ..ruling import Outcome
from .base import clause

SINCE = date(2018, 7, 1)


@clause("CON-01", since=SINCE, otherwise=Outcome.NOT_YET, missing=("agreement_signature",))
def counseling_goes_on_only_signed(facts: ConsentFacts) -> bool:
    """The first meeting needs only the spoken promise; the booking after it waits for the client's signature."""
    return facts.signed_in_force or facts.bookings_before + 1 < facts.signature_from_contact


@clause("CON-01", since=SINCE, otherwise=Outcome.NOT_YET, missing=("agreement_signature",))
def the_first_full_record_waits_for_the_signature(facts: ConsentFacts) -> bool:
    """A full record is part of counseling that goes on, so the agreement comes before it."""
    return facts.signed_in_force or not facts.full_record


@clause("CON-01", since=SINCE, otherwise=Outcome.NOT_YET, missing=("promise",))
def a_first_meeting_begins_with_the_promise(facts: MeetingFacts) -> bool:
    """Three sentences, said and ticked as said."""
    return not facts.first or facts.promise_said


@clause("CON-01", since=SINCE, otherwise=Outcome.NOT_YET, missing=("agreement_in_force",))
def only_the_agreement_in_force_is_signed(facts: AgreementFacts) -> bool:
    """A page that lay open while a new version was published signs nothing old."""
    return facts.in_force


def _points(facts: AgreementFacts) -> tuple[str, ...]:
    return facts.missing_points


@clause("CON-02", since=SINCE, missing=_points)
def the_agreement_says_all_seven_points(facts: AgreementFacts) -> bool:
    """Nature, meaning, features, scope, limits, rights, duties; qualifications, keeping and exceptions beside them."""
    return not facts.missing_points
