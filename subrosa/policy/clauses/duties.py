"""What is late (REC-01): it climbs once, three late records pause new clients only, and each day means one thing."""

from __future__ import annotations

from datetime import date

from ..facts import CalendarFacts, ClimbFacts, OutcomeFacts, SlotFacts
from ..ruling import Outcome
from .base import clause

SINCE = date(2018, 7, 1)


@clause("REC-01", since=SINCE)
def only_what_is_late_climbs_and_once(facts: ClimbFacts) -> bool:
    """Something owed reaches the lead when it is late and still open, and a second time never."""
    return facts.open and facts.late and not facts.climbed


@clause("REC-01", since=SINCE)
def what_came_of_a_meeting_is_asked_when_its_day_is_over(facts: OutcomeFacts) -> bool:
    """Whether somebody came is asked once, when the day is over and nobody has said it: no record is owed before."""
    return facts.unsaid and facts.day_over and not facts.asked


@clause("REC-01", since=SINCE, missing=("late_records",))
def late_records_pause_new_clients_only(facts: SlotFacts) -> bool:
    """Whoever has that many late records is offered to nobody new; whoever is a client already goes on as before."""
    return not facts.new_client or facts.late_records < facts.pause_after_late


def _faults(facts: CalendarFacts) -> tuple[str, ...]:
    return tuple(f"calendar_{one}" for one in facts.faults)


@clause("REC-01", since=SINCE, otherwise=Outcome.NOT_YET, missing=_faults)
def each_day_of_the_calendar_means_one_thing(facts: CalendarFacts) -> bool:
    """Spans of the calendar end after they begin, and two of a kind share no day: due times are counted by it."""
    return not facts.faults
