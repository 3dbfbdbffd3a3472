"""What the clauses about an end that the client chose, and about a proposed time, may look at."""

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


@dataclass(frozen=True, slots=True)
class ProposingFacts:
    """A time about to be proposed to somebody. Guard: the advisory lock of who is meant.

    `waits`: something is proposed to the same student already, and neither answered nor over.
    """

    waits: bool = False


@dataclass(frozen=True, slots=True)
class ProposalFacts:
    """A proposed time about to be answered. Guard: its advisory lock, since an answer takes the row away."""

    own: bool
    open: bool = True
    listed: bool = True
