"""What the clauses about credentials and ties may look at. `facts` shows it to everybody."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CredentialFacts:
    """A credential about to be entered, verified or ended. Guard: the staff row of whom it is about.

    `verifier`: whoever presses is lead or steward. `waits`: it stands and nobody has verified it yet.
    `alone`: no other lead and no steward is at work who could look.
    """

    own: bool
    verifier: bool = False
    lacks: tuple[str, ...] = ()
    waits: bool = True
    lasts: bool = True
    alone: bool = False


@dataclass(frozen=True, slots=True)
class ReminderFacts:
    """Something that the clock is about to remind of. Guard: the staff row."""

    due: bool


@dataclass(frozen=True, slots=True)
class TieFacts:
    """A tie about to be entered, named or ended. Guard: the staff row of whom it is about."""

    own: bool
    lead: bool = False
    lacks: tuple[str, ...] = ()
