"""What the clauses about an agreement that goes on may look at. `facts` shows it to everybody."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RenewalFacts:
    """How an agreement stands that is about to be said again. Guard: the case row.

    `due`: a school year has begun since the last yes, or a version says something else than this client was told.
    """

    signed: bool = True
    due: bool = True
