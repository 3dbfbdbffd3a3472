"""The agreement (CON-01 … CON-05, CON-09, CLIENT-02, CLIENT-03): who signs, when, what it must say, what was understood."""

from __future__ import annotations

from datetime import date

from ..facts import (
    AgreementFacts,
    ConsentFacts,
    ExpectationFacts,
    GuardianTalkFacts,
    MeetingFacts,
    PointsFacts,
    SecondWordFacts,
    WordsFacts,
)
from ..ladder import Asked, stops
from ..ruling import Outcome
from .base import clause

SINCE = date(2018, 7, 1)


@clause("CON-01", since=SINCE, otherwise=Outcome.NOT_YET, missing=("agreement_signature",))
def counseling_goes_on_only_signed(facts: ConsentFacts) -> bool:
    """The first meeting needs only the spoken promise; the booking after it waits for the client's signature.

    Where nothing can be signed because a line of the counselor is missing, no student pays for it: the booking goes on.
    """
    early = facts.bookings_before + 1 < facts.signature_from_contact
    return facts.signed or facts.waits_for_staff or early


@clause("CON-01", since=SINCE, otherwise=Outcome.NOT_YET, missing=("agreement_signature",))
def the_first_full_record_waits_for_the_signature(facts: ConsentFacts) -> bool:
    """A full record is part of counseling that goes on, so the agreement comes before it."""
    return facts.signed or not facts.full_record


@clause("CON-01", since=SINCE, otherwise=Outcome.NOT_YET, missing=("second_word",))
def after_a_familys_no_somebody_else_is_heard(facts: ConsentFacts) -> bool:
    """Under fourteen, after a "no": counseling goes on with a ground or a second professional's word.

    Asked only where age and answer can be read; first meetings, brief contacts and danger never come here.
    """
    if facts.column is None or facts.letter is None or facts.second_word:
        return True
    early = facts.bookings_before + 1 < facts.letter_no_holds_from
    return early or not stops(Asked.GOING_ON, facts.column, facts.letter)


@clause("CON-01", since=SINCE, otherwise=Outcome.NOT_YET, missing=("listed_choice",))
def a_guardian_talk_comes_to_something(facts: GuardianTalkFacts) -> bool:
    """One of a few answers; the words stay between the two."""
    return facts.listed


def _second(facts: SecondWordFacts) -> tuple[str, ...]:
    if not facts.listed:
        return ("listed_choice",)
    if facts.ground:
        return ()
    there = {
        "second_name": facts.named,
        "second_time": facts.dated,
        "second_paper": facts.phone_counts or facts.in_writing,
    }
    return tuple(part for part, said in there.items() if not said)


@clause("CON-01", since=SINCE, otherwise=Outcome.NOT_YET, missing=_second)
def a_second_word_has_a_name_and_a_time(facts: SecondWordFacts) -> bool:
    """Who was asked and when; by phone counts where the profile says so. A ground of the list stands for itself."""
    return not _second(facts)


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


@clause("CON-02", since=SINCE, missing=("simpler_text",))
def who_is_younger_reads_simpler_words(facts: AgreementFacts) -> bool:
    """Where a school has a younger band, a version carries the same once more in words for it."""
    return not facts.simpler_missing


def _hard(facts: AgreementFacts) -> tuple[str, ...]:
    return tuple(f"plainer_{point}" for point in facts.hard)


@clause("CON-02", since=SINCE, missing=_hard)
def the_page_is_within_the_limit_of_reading(facts: AgreementFacts) -> bool:
    """What a student is to agree to, a student of this school can read: by the profile's limits, each text in both languages."""
    return not facts.hard


@clause("CON-03", since=SINCE, otherwise=Outcome.NOT_YET, missing=("named_tie",))
def a_registered_tie_stands_in_the_agreement(facts: AgreementFacts) -> bool:
    """What the counselor also is to a class is named under the own name before anybody signs."""
    return facts.unnamed_ties == 0


@clause("CON-01", since=SINCE, otherwise=Outcome.NOT_YET, missing=("date_on_paper",))
def a_paper_was_signed_before_it_is_noted(facts: AgreementFacts) -> bool:
    """The date that stands on the paper, today or earlier, and not before that version was published."""
    return facts.dated


@clause("CON-05", since=SINCE, otherwise=Outcome.NOT_YET, missing=("open_card",))
def the_first_full_record_waits_for_what_is_listed(facts: ConsentFacts) -> bool:
    """Each listed point was talked over: understood, or again next time. Later records wait for nothing of this."""
    return not facts.full_record or facts.full_records_before > 0 or not facts.points_open


@clause("CON-05", since=SINCE, otherwise=Outcome.NOT_YET, missing=("listed_choice",))
def a_point_is_understood_or_comes_again(facts: PointsFacts) -> bool:
    """A card of the table, and one of two answers: there is no third, and no grade."""
    return facts.listed


@clause("CLIENT-02", since=SINCE, otherwise=Outcome.NOT_YET, missing=("meeting_for_words",))
def words_are_left_where_they_will_be_read(facts: WordsFacts) -> bool:
    """Before a meeting that is still ahead, or after one that took place, while the case goes on."""
    return facts.case_open and facts.state == ("booked" if facts.before else "held")


@clause("CLIENT-03", since=SINCE, otherwise=Outcome.NOT_YET, missing=("hope",))
def an_expectation_says_what_would_be_different(facts: ExpectationFacts) -> bool:
    """One line, written by either."""
    return facts.said


@clause("CLIENT-03", since=SINCE, otherwise=Outcome.NOT_YET, missing=("realistic",))
def hope_is_answered_by_what_is_realistic(facts: ExpectationFacts) -> bool:
    """The client may write alone; the counselor writes with the sentence on what is realistic."""
    return facts.by_client or facts.realistic


@clause("CLIENT-03", since=SINCE, otherwise=Outcome.NOT_YET, missing=("words_without_a_cure",))
def no_public_text_promises_a_cure(facts: AgreementFacts) -> bool:
    """A text with such words is held, the words marked, until they are gone."""
    return not facts.cures
