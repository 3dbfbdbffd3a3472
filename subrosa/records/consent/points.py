"""What is listed for talking over with one client: card by card, with what came of it. A value, no row; sealed as one text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from subrosa.policy.grounds import cards, table

OPEN, UNDERSTOOD, AGAIN = "open", "understood", "again"
ANSWERS = (UNDERSTOOD, AGAIN)
GUESSED, SKIPPED, CHANGED = "guessed", "skipped", "changed"
HEARD, STAYS = "heard", "stays"


@dataclass(frozen=True, slots=True)
class Point:
    """One card that is listed: why, and each time it was talked over, with what came of it."""

    card: str
    why: str
    talks: tuple[tuple[str, datetime], ...] = ()

    @property
    def state(self) -> str:
        """Open until somebody has talked about it."""
        return self.talks[-1][0] if self.talks else OPEN

    def __repr__(self) -> str:
        return "…"


Points = Mapping[str, Point]


def skipped(told: Mapping[str, str]) -> Points:
    """Every card that the client was told of: nobody guessed, so all are talked over."""
    return {one.key: Point(one.key, SKIPPED) for one in cards() if one.key in told}


def after_guessing(guesses: Mapping[str, str], before: Points) -> Points:
    """What was guessed otherwise or not at all is listed; what was talked over already stays as it was."""
    kept = {key: one for key, one in before.items() if one.talks}
    for card in cards():
        guess = guesses.get(card.key, "")
        if card.key not in kept and guess != (HEARD if card.heard else STAYS):
            kept[card.key] = Point(card.key, GUESSED if guess else SKIPPED)
    return kept


def after_talking(said: Mapping[str, str], before: Points, changed: Iterable[str], at: datetime) -> Points:
    """The points with what was said about some of them now."""
    known, fresh = dict(before), set(changed)
    for key, answer in said.items():
        why = CHANGED if key in fresh else SKIPPED
        one = known.get(key, Point(key, why))
        known[key] = replace(one, why=CHANGED if key in fresh else one.why, talks=(*one.talks, (answer, at)))
    return known


def changed_since(told: Mapping[str, str]) -> tuple[str, ...]:
    """The cards that say something else than this client was told, or that are new."""
    return tuple(key for key, mark in table().items() if told.get(key) != mark)


def listed(points: Points, told: Mapping[str, str]) -> list[Point]:
    """What stands on the next meeting's page: open, again, or changed since; in the order of the cards."""
    changed = changed_since(told)
    rows = []
    for card in cards():
        one = points.get(card.key)
        if card.key in changed:
            rows.append(Point(card.key, CHANGED, one.talks if one else ()))
        elif one is not None and one.state != UNDERSTOOD:
            rows.append(one)
    return rows


def open_count(points: Points) -> int:
    """How many nobody has talked over yet."""
    return sum(1 for one in points.values() if one.state == OPEN)


def as_text(points: Points) -> str:
    """One canonical text for sealing."""
    held = {
        key: {"why": one.why, "talks": [[answer, when.isoformat()] for answer, when in one.talks]}
        for key, one in points.items()
    }
    return json.dumps(held, ensure_ascii=False, sort_keys=True)


def of_text(text: str) -> Points:
    """Read a sealed text back."""
    held = json.loads(text) if text else {}
    return {
        key: Point(key, one["why"], tuple((answer, datetime.fromisoformat(when)) for answer, when in one["talks"]))
        for key, one in held.items()
    }


def told_as_rows(told: Mapping[str, str]) -> list[str]:
    """The table as a row keeps it."""
    return [f"{key}:{mark}" for key, mark in told.items()]


def told_of_rows(rows: Iterable[str]) -> dict[str, str]:
    """The table as a row kept it."""
    return dict(row.split(":", 1) for row in rows)
