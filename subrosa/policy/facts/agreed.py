"""What the clauses about plan, goals, letter and rest may look at: frozen values. `facts` shows them to everybody.

`left`: the client has ended it, and nothing follows (CLIENT-01).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A plan about to be proposed or said yes to. Guard: the case row."""

    empty_parts: tuple[str, ...] = ()
    latest: bool = True
    case_open: bool = True
    danger_asked: bool = True
    hope_waits: bool = False  # the counselor says yes, and what would be different has no answer yet
    left: bool = False


@dataclass(frozen=True, slots=True)
class RatingFacts:
    """How far a goal was reached, or why nobody can say, about to be noted. Guard: the case row."""

    listed: bool


@dataclass(frozen=True, slots=True)
class FarewellFacts:
    """A letter to the client about to be written. Guard: the case row.

    `unsourced`: whether it names an illness of which nobody is said to have found it; which words is not kept here.
    """

    unsourced: bool = False
    handed_over: bool = False
    left: bool = False


@dataclass(frozen=True, slots=True)
class RestFacts:
    """A case about to rest on purpose, or its client about to be told that the door is open. Guard: the case row."""

    case_open: bool = True
    ahead: bool = True
    left: bool = False
