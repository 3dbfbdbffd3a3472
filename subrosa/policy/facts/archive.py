"""What the clauses about the archive may look at. Beside each kind stands the row that guards it while it is read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ArchivedFacts:
    """A file about to be opened from the archive. Guard: the case row, whose state only goes on."""

    state: str


@dataclass(frozen=True, slots=True)
class VolumeFacts:
    """The files of one counselor and term about to be bound. Guard: the case rows; a file is bound once, by the database.

    `missing_records` are held meetings without a signed record in cases that were closed by the end of the term.
    """

    files: int
    all_archived: bool = True
    missing_records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VolumeWholeFacts:
    """A volume about to be given out. Guard: none, no row of it can be changed by the program."""

    whole: bool


@dataclass(frozen=True, slots=True)
class RunFacts:
    """Whether the archive of a term is owed now. Guard: the counter row of the run."""

    next_term_began: bool
    owed_before: bool = False
    left: int = 0


@dataclass(frozen=True, slots=True)
class BriefRetentionFacts:
    """The brief contacts up to a number of their register. Guard: their lines, which are only ever put in."""

    over: bool
    lead_confirmed: bool = False
    custodian_confirmed: bool = False
    same_person: bool = False
