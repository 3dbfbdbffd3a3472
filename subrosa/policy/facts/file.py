"""What the clauses about records, attached files, closing and keeping may look at."""

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


@dataclass(frozen=True, slots=True)
class WordsFacts:
    """Words that a client leaves before or after a meeting. Guard: the case row."""

    before: bool
    state: str
    case_open: bool = True


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """A record about to be signed. `form_lacks` is the registration form before the first one. Guard: the case row."""

    empty_parts: tuple[str, ...]
    held: bool
    signed_already: bool
    form_lacks: tuple[str, ...] = ()
    minutes: int = 0
    asks_after_minutes: int = 55
    long_for_a_reason: bool = False
    text_beside: bool = False


@dataclass(frozen=True, slots=True)
class ClosingFacts:
    """A case about to be closed or archived. Guard: the case row.

    Of the goals that stand: how many the counselor has not rated, and how many lack the client's own number and a tap why.
    """

    state: str
    unrated_goals: int
    missing_records: tuple[str, ...]
    booked_ahead: int
    unrated_by_client: int = 0
    letter_waits: bool = False


@dataclass(frozen=True, slots=True)
class RetentionFacts:
    """A case whose time may be over. Guard: the case row."""

    state: str
    over: bool
    lead_confirmed: bool = False
    custodian_confirmed: bool = False
    same_person: bool = False
