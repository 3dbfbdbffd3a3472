"""What the clauses about attached files may look at; named again in `facts.py`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A file on its way into a case: whether it is all there, and whether it was attached already. Guard: the case row."""

    whole: bool = True
    attached: bool = False
    abandoned: bool = False


@dataclass(frozen=True, slots=True)
class ScanFacts:
    """A file about to be named the scan of a signed paper: whether one is owed in its case. Guard: the case row."""

    owed: bool
