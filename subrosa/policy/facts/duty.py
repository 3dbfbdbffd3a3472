"""What the clauses about lateness and the calendar may look at: frozen values, no database. `facts` shows them to everybody."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ClimbFacts:
    """A duty that is to climb to the lead. Guard: the duty's row."""

    open: bool
    late: bool
    climbed: bool = False


@dataclass(frozen=True, slots=True)
class OutcomeFacts:
    """A meeting of which nobody may have said whether it took place. Guard: the case row."""

    unsaid: bool
    day_over: bool
    asked: bool = False


@dataclass(frozen=True, slots=True)
class CalendarFacts:
    """A calendar about to be entered: what is wrong with its spans, each fault named once. Guard: the calendar's lock."""

    faults: tuple[str, ...] = ()
