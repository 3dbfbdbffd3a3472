"""One student behind two clients (APPT-01, CLIENT-01, CONF-02, CONF-05): seen and asked first, by who holds what is open."""

from __future__ import annotations

from datetime import date

from ..facts import ApartFacts, MergeFacts
from ..ruling import Outcome
from .base import clause

SINCE = date(2018, 7, 1)


@clause("CONF-05", since=SINCE, otherwise=Outcome.NOT_YET, missing=("person_seen",))
def two_become_one_after_the_person_was_seen(facts: MergeFacts) -> bool:
    """A name in a list is not a face: whoever puts two together has met the person, or stands before the person now."""
    return facts.seen


@clause("CLIENT-01", since=SINCE, otherwise=Outcome.NOT_YET, missing=("student_agreed",))
def nobody_is_put_together_unasked(facts: MergeFacts) -> bool:
    """Who came under another name may have meant it: the student is asked, and without a yes the two stay two."""
    return facts.agreed


@clause("CONF-05", since=SINCE)
def two_of_the_list_stay_two(facts: MergeFacts) -> bool:
    """Whoever stands on the school's list twice, matched each time, is two people until the list says otherwise."""
    return not facts.listed


@clause("CONF-05", since=SINCE, otherwise=Outcome.NOT_YET, missing=("two_clients",))
def what_is_one_already_is_not_joined_again(facts: MergeFacts) -> bool:
    """Two that were put together are one; a page that lay open meanwhile does nothing more."""
    return facts.stands


def _who_goes_on(facts: MergeFacts) -> tuple[str, ...]:
    if facts.held and facts.goes_on:
        return ()
    return ("both_settle",) if facts.colleagues > 1 else ("colleague_receives",)


@clause("CONF-02", since=SINCE, otherwise=Outcome.NOT_YET, missing=_who_goes_on)
def two_files_are_joined_by_who_holds_both(facts: MergeFacts) -> bool:
    """Whoever puts two files together opens both, and goes on with one of them; where two colleagues counsel, they settle it."""
    return not _who_goes_on(facts)


@clause("APPT-01", since=SINCE, otherwise=Outcome.NOT_YET, missing=("one_place",))
def one_person_is_in_one_place(facts: MergeFacts) -> bool:
    """Two times at the same hour are not one person's: one of them is given back first."""
    return not facts.clash


@clause("REC-01", since=SINCE, otherwise=Outcome.NOT_YET, missing=("colleagues_record",))
def who_held_a_meeting_writes_it_first(facts: MergeFacts) -> bool:
    """A meeting that a colleague held is recorded by that colleague, in the file in which it was held, before that file ends."""
    return not facts.unwritten


@clause("CONF-04", since=SINCE, otherwise=Outcome.NOT_YET, missing=("one_letter",))
def two_letters_at_the_end_are_not_mixed(facts: MergeFacts) -> bool:
    """Where a last letter is being written in each file, one of them is finished or taken away first."""
    return facts.letters < 2


def _apart(facts: ApartFacts) -> tuple[str, ...]:
    if not facts.stands:
        return ("still_together",)
    if not facts.same_day:
        return ("same_day",)
    if not facts.last:
        return ("later_one_first",)
    if not facts.untouched:
        return ("nothing_signed_since",)
    if facts.wrote:
        return ("nothing_written_since",)
    return () if facts.same_ways else ("no_way_in_since",)


@clause("CONF-02", since=SINCE)
def who_put_together_takes_apart(facts: ApartFacts) -> bool:
    """It is taken back by who did it, and by nobody else."""
    return facts.own


@clause("REC-04", since=SINCE, otherwise=Outcome.NOT_YET, missing=_apart)
def what_was_joined_comes_apart_the_same_day(facts: ApartFacts) -> bool:
    """A mistake is taken back on its day, while it can still be told whose everything is; later the two are one for good."""
    return not _apart(facts)
