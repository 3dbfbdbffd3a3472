"""What the clauses about the protective delay may look at. `facts` shows it to everybody."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WithheldFacts:
    """Lines of a client's own log that are about to be withheld for a while. Guard: the case row.

    `openings`: whether one of them says who opened the file or was handed its key.
    """

    lines: int = 1
    openings: bool = False
    reason_given: bool = True
    look_in_time: bool = True
