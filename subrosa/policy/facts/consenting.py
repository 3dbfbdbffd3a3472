"""What a client and a family were told, said and signed."""

from __future__ import annotations

from dataclasses import dataclass

from ..ladder import Band, Letter


@dataclass(frozen=True, slots=True)
class ConsentFacts:
    """How a client stands to the agreement. Guard: the case row (before there is one, the client row).

    `column` and `letter` are the minors' ladder, read in a session whose desk is open; None where nobody can read them.
    The letter lies beside the roster and is not locked: an answer noted this very second counts from the next press on.
    """

    bookings_before: int
    full_records_before: int
    signed: bool
    signature_from_contact: int
    full_record: bool = True
    points_open: bool = False
    column: Band | None = None
    letter: Letter | None = None
    second_word: bool = False
    letter_no_holds_from: int = 3
    waits_for_staff: bool = False  # nothing can be signed while a line of the counselor is missing


@dataclass(frozen=True, slots=True)
class GuardianTalkFacts:
    """What came of a talk about involving the guardian. Guard: the case row."""

    listed: bool


@dataclass(frozen=True, slots=True)
class SecondWordFacts:
    """A second professional's word, or a ground, about to be noted. Guard: the case row."""

    listed: bool
    ground: bool = False
    named: bool = False
    dated: bool = False
    in_writing: bool = False
    phone_counts: bool = True


@dataclass(frozen=True, slots=True)
class PointsFacts:
    """Points of the agreement about to be noted as talked over. Guard: the case row."""

    listed: bool


@dataclass(frozen=True, slots=True)
class ExpectationFacts:
    """What would be different if this helps, about to be written. Guard: the case row."""

    by_client: bool
    said: bool
    realistic: bool
