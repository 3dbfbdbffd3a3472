"""What a clause may look at: frozen values, no database. Beside each kind stands the row that guards it while it is read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CodeFacts:
    """How one person stands to the code in force. Guard: the staff row."""

    in_force: int
    signed: int
    overdue: bool
    signing: int = 0
    situations_seen: int = 0


@dataclass(frozen=True, slots=True)
class AdoptionFacts:
    """A version about to be published. Guard: the school's advisory day lock of the code."""

    dropped: tuple[str, ...]
    reason_given: bool
    change_named: bool


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """A one-time link at the door. Guard: the invitation row."""

    used: bool
    expired: bool


@dataclass(frozen=True, slots=True)
class FoundingFacts:
    """How far the founding of a center has come. Guard: the lead's staff row (only the lead founds)."""

    founded: bool
    seats: int
    sealed: bool
    seat_asked: int = 0


@dataclass(frozen=True, slots=True)
class TeamFacts:
    """Who would sit in a team. Guard: the staff rows."""

    certified: bool
    client_facing: bool
    members: int = 0
