"""The terms of this school, and until when the archive of one is owed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from subrosa.records.school.calendar import begins_of, calendar, school_profile
from subrosa.timetable.terms import NEAR, Begin, Term, term_before, term_of

RUN = "archive_run"  # the kind of duty: a term's volumes


def _begins() -> list[Begin]:
    return begins_of("records.terms_begin")


def _entered() -> list[date]:
    """The terms that stand in the school's calendar."""
    return [one.first for one in calendar().terms]


def term_at(day: date) -> Term:
    """The term of a day."""
    return term_of(day, _begins(), _entered())


def ended_before(day: date) -> Term:
    """The term that ended last."""
    return term_before(day, _begins(), _entered())


def due_of(term: Term) -> datetime:
    """The archive of a term is due so many weeks into the next one, at the end of the day."""
    weeks = school_profile()["records.archive_due_weeks_into_next_term"]
    return calendar().end_of(term.next_begins() + timedelta(weeks=weeks))


def owed_since(term: Term) -> datetime:
    """From when on a duty about the archive is one about this term: the calendar may be corrected in between."""
    return calendar().end_of(term.next_begins() - NEAR)


def begin_of(term: Term) -> datetime:
    """The last minute before a term at the school."""
    return calendar().end_of(term.first - timedelta(days=1))


def end_of(term: Term) -> datetime:
    """The last minute of a term at the school."""
    return calendar().end_of(term.last)
