"""What the clauses about danger may look at: the answer in a record, and what it owes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DangerFacts:
    """What a record about to be signed answers to "danger today?". Guard: the case row; of a brief contact the sitting's.

    `days_ahead` is None without a date; `owed_already` where the short record of the same meeting named a next step.
    """

    answer: str
    step_named: bool = False
    days_ahead: int | None = None
    most_days: int = 28
    told: bool = False
    owed_already: bool = False


@dataclass(frozen=True, slots=True)
class StepFacts:
    """What danger owes and somebody did: whether it is of that kind, and open. Guard: the case row, else the sitting's."""

    listed: bool
    open: bool
