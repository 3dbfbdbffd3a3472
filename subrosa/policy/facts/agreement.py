"""What the clauses about the agreement's text may look at. `facts` shows it to everybody."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AgreementFacts:
    """A version of the agreement, to be published or signed. Guard: the version row, never changed.

    `missing_points` and `hard` name point, text and language; `hard` is what lies above the limit of reading. With
    `simpler_missing` the school has a younger band, and there is no second text in simpler words. `unnamed_ties` are ties
    of the client's counselor that the agreement does not name yet; a tie entered this very second counts from the next press on.
    """

    missing_points: tuple[str, ...] = ()
    in_force: bool = True
    cures: tuple[str, ...] = ()
    dated: bool = True
    hard: tuple[str, ...] = ()
    unnamed_ties: int = 0
    simpler_missing: bool = False
