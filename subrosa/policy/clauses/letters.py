"""Letters to the center (APPT-09, CLIENT-01, CONF-02, CONF-04, REC-04): sealed to who reads them, answered, gone in the end."""

from __future__ import annotations

from datetime import date

from ..facts import ClosingFacts, LetterTimeFacts, MailFacts, PostFacts
from ..ruling import Outcome
from .base import clause

SINCE = date(2018, 7, 1)


@clause("APPT-09", since=SINCE, otherwise=Outcome.NOT_YET, missing=("letter_words",))
def a_letter_says_something(facts: PostFacts) -> bool:
    """Nothing else is asked for: no name, no reason, no class."""
    return facts.said


@clause("CONF-04", since=SINCE, otherwise=Outcome.NOT_YET, missing=("duty_team",))
def a_letter_has_somebody_to_read_it(facts: PostFacts) -> bool:
    """A letter is sealed at once, to the care team or to the duty team; without either nothing is taken."""
    return facts.read


@clause("APPT-09", since=SINCE, otherwise=Outcome.NOT_YET, missing=("way_back",))
def an_answer_finds_its_way_back(facts: PostFacts) -> bool:
    """Who writes holds a key that lasts: an account, a return code, or the file that both share."""
    return facts.way_back


@clause("CONF-02", since=SINCE)
def a_letter_opens_for_those_it_was_written_to(facts: MailFacts) -> bool:
    """In a case its care team, otherwise the duty team; whatever the role, nobody else reads or answers it."""
    return facts.reader


@clause("APPT-09", since=SINCE, missing=("open_letter",))
def an_answered_letter_stays_as_it_is(facts: MailFacts) -> bool:
    """What was answered or closed lies with the writer: nothing is changed behind the writer's back."""
    return facts.open


@clause("APPT-09", since=SINCE, otherwise=Outcome.NOT_YET, missing=("listed_choice",))
def what_happens_with_a_letter_is_one_of_the_list(facts: MailFacts) -> bool:
    """Today, this week or answer; closed in one of a few ways: no free words that could name anybody."""
    return facts.listed


@clause("APPT-09", since=SINCE, otherwise=Outcome.NOT_YET, missing=("answer_words",))
def an_answer_says_something(facts: MailFacts) -> bool:
    """An answer is more than a tick: somebody waited for it."""
    return facts.said


@clause("CLIENT-01", since=SINCE, otherwise=Outcome.NOT_YET, missing=("no_invitation",))
def no_answer_invites_who_has_left(facts: MailFacts) -> bool:
    """What was written before the end is answered, without an invitation: coming again is the client's own step."""
    return not facts.invites_who_left


@clause("APPT-09", since=SINCE, otherwise=Outcome.NOT_YET, missing=("letter_settled",))
def no_letter_waits_when_a_file_ends(facts: ClosingFacts) -> bool:
    """Whoever wrote has a word before the file goes where nobody answers: each letter is answered or closed first."""
    return not facts.letter_waits


@clause("REC-04", since=SINCE)
def a_letter_goes_when_its_time_is_over(facts: LetterTimeFacts) -> bool:
    """So long after it was answered or closed, or with the file it belongs to; never before."""
    return facts.over
