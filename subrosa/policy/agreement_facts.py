"""What the clauses about the agreement's text may look at. `facts` shows it to everybody."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AgreementFacts:
    """A version of the agreement, to be published or signed. Guard: the version row, never changed.

    `hard` are the points whose words are above the limit of reading. `unnamed_ties` are ties of the client's counselor that
    the agreement does not name yet; a tie entered this very second counts from the next press on.
    """

    missing_points: tuple[str, ...] = ()
    in_force: bool = True
    cures: tuple[str, ...] = ()
    dated: bool = True
    hard: tuple[str, ...] = ()
    unnamed_ties: int = 0
