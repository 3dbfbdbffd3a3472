"""What the clauses about an end that the client chose may look at. `facts` shows it to everybody."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EndingFacts:
    """How the client of a case stands to it, and what has followed since. Guard: the case row.

    `left`: the client has ended it and not come back. `danger`: a next step or a report is still open in the case.
    """

    left: bool = False
    told: bool = False
    danger: bool = False
    asked: bool = False
    heard_listed: bool = True
    day_fits: bool = True
