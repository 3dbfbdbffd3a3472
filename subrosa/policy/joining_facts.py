"""What the clauses about a wider circle may look at. `facts` shows it to everybody."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class JoiningFacts:
    """One more holder of a case. Guard: the case row.

    `shown`: it stands on the client's page; `known`: the client was told, or a school day has passed since.
    """

    shown: bool = True
    known: bool = True
