"""Whoever is to open a file too stands on the client's page before the key is handed over (CON-09)."""

from __future__ import annotations

from datetime import date

from ..facts import JoiningFacts
from ..ruling import Outcome
from .base import clause

SINCE = date(2018, 7, 1)


def _lacks(facts: JoiningFacts) -> tuple[str, ...]:
    if not facts.shown:
        return ("joining_shown",)
    return () if facts.known else ("joining_known",)


@clause("CON-09", since=SINCE, otherwise=Outcome.NOT_YET, missing=_lacks)
def a_wider_circle_is_shown_before_it_takes_effect(facts: JoiningFacts) -> bool:
    """First on the client's page; the key follows once the client was told, or a school day later."""
    return not _lacks(facts)
