"""Whoever is to open a file too stands on the client's page before the key is handed over (CON-09)."""

from __future__ import annotations

from datetime import date

from ..facts import JoiningFacts, WideningFacts
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


def _waits(facts: WideningFacts) -> tuple[str, ...]:
    """What is missing before a key goes; a ground stands for the waiting, and only one of the list does."""
    if not facts.opens or (facts.shown and facts.waited):
        return ()
    if facts.ground is not None:
        return () if facts.ground else ("at_once_ground",)
    return ("widening_waited",) if facts.shown else ("widening_shown",)


@clause("CON-09", since=SINCE, otherwise=Outcome.NOT_YET, missing=_waits)
def a_team_grows_only_after_it_was_shown(facts: WideningFacts) -> bool:
    """First on the page of everybody whose words the team opens, then the key; at once only with a ground of the list."""
    return not _waits(facts)


@clause("CON-09", since=SINCE, otherwise=Outcome.NOT_YET, missing=_waits)
def a_successor_is_shown_before_the_key_goes(facts: WideningFacts) -> bool:
    """Whoever is named for a file stands on its client's page first; at once where the client knows, or in danger."""
    return not _waits(facts)
