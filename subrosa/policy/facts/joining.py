"""What the clauses about a wider circle and a file given back may look at. `facts` shows it to everybody."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class JoiningFacts:
    """One more holder of a case. Guard: the case row.

    `shown`: it stands on the client's page; `known`: the client was told, or a school day has passed since.
    """

    shown: bool = True
    known: bool = True


@dataclass(frozen=True, slots=True)
class WideningFacts:
    """Somebody about to get a team's key, or a file whose counselor is gone. Guard: the newcomer's staff row; the case row.

    `opens`: whether that key opens anything now. `shown`, `waited`: it stands on the clients' pages, and has for as long as
    the profile says. `ground`: whether what cannot wait says why, by the list; None where nothing is to be at once.
    """

    opens: bool = True
    shown: bool = True
    waited: bool = True
    ground: bool | None = None


@dataclass(frozen=True, slots=True)
class RecoveryFacts:
    """A case about to be given back by seat sheets. Guard: the case row.

    `named`: the holder is a certified counselor (naming), or the actor is the one who was named (recovering). `seats`: how
    many different seats the typed sheets open; `wrong`: the places of sheets that open none.
    """

    named: bool
    ground: bool = True
    waiting: bool = False
    seats: int = 0
    wrong: tuple[int, ...] = ()
