"""A picture of states and arrows as numbers for an SVG: boxes in rows by distance from the first, arrows with a number each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

Pair = tuple[str, str]
WIDTH: Final = 340  # a phone's width: the picture is read without zooming
BOX_HEIGHT, ROW, MARGIN, GAP = 40, 96, 8, 14
APART = 16  # between the arrows there and back
LOOP = 26
LIFT = 11  # the numbers of the two arrows there and back, so that neither hides the other


@dataclass(frozen=True, slots=True)
class Box:
    """One state: where it stands, what stands in it, and whether it is the first or an end."""

    x: float
    y: float
    width: float
    label: str
    first: bool
    end: bool

    @property
    def middle(self) -> float:
        """Where its words are centered."""
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Arrow:
    """One line from box to box, and where its numbers stand."""

    path: str
    x: float
    y: float
    numbers: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """All of it; `height` fits the viewBox."""

    width: int
    height: int
    box_height: int
    boxes: list[Box]
    arrows: list[Arrow]


def _levels(states: Sequence[str], arrows: Iterable[Pair]) -> dict[str, int]:
    """How many arrows each state is away from the first one; what nothing reaches stands with the first."""
    found, frontier, pairs = {states[0]: 0}, [states[0]], list(arrows)
    while frontier:
        frontier = [after for one in frontier for before, after in pairs if before == one and after not in found]
        frontier = list(dict.fromkeys(frontier))
        found.update(dict.fromkeys(frontier, max(found.values()) + 1))
    return {state: found.get(state, 0) for state in states}


def _boxes(states: Mapping[str, str], arrows: Sequence[Pair]) -> dict[str, Box]:
    levels, first = _levels(list(states), arrows), next(iter(states))
    left = {before for before, _after in arrows}
    boxes = {}
    for level in sorted(set(levels.values())):
        row = [state for state in states if levels[state] == level]
        width = min(150.0, (WIDTH - 2 * MARGIN - GAP * (len(row) - 1)) / len(row))
        start = (WIDTH - width * len(row) - GAP * (len(row) - 1)) / 2
        for place, state in enumerate(row):
            x, y = start + place * (width + GAP), MARGIN + level * ROW
            boxes[state] = Box(x, y, width, states[state], state == first, state not in left)
    return boxes


def _loop(box: Box, numbers: str) -> Arrow:
    """Back into the same state: a small bow below the left corner."""
    x, y = box.x + 22, box.y + BOX_HEIGHT
    path = f"M{x + 14:.0f} {y:.0f} c0 {LOOP} -28 {LOOP} -28 2"
    return Arrow(path, x, y + LOOP - 6, numbers)


def _beside(one: Box, other: Box, numbers: str) -> Arrow:
    """Between two boxes of a row: a bow below both, so that it crosses no box between them."""
    y = one.y + BOX_HEIGHT
    start, end = (one.middle + 12, other.middle - 12) if one.x < other.x else (one.middle - 12, other.middle + 12)
    path = f"M{start:.0f} {y:.0f} C{start:.0f} {y + 36:.0f} {end:.0f} {y + 36:.0f} {end:.0f} {y + 2:.0f}"
    return Arrow(path, (start + end) / 2, y + 27, numbers)


def _toward(one: Box, other: Box, aside: float) -> float:
    """Where on its edge a box is left for another, or reached from it: on that one's side, so that lines cross less."""
    most = one.width / 2 - APART
    return one.middle + max(-most, min(most, (other.middle - one.middle) * 0.4 + aside))


def _between(one: Box, other: Box, numbers: str, *, both: bool) -> Arrow:
    """From row to row; where there is a way back, the two stand a little apart."""
    down = one.y < other.y
    aside = (APART if down else -APART) if both else 0
    x, to_x = _toward(one, other, aside), _toward(other, one, aside)
    y, to_y = (one.y + BOX_HEIGHT, other.y - 2) if down else (one.y, other.y + BOX_HEIGHT + 2)
    half = (y + to_y) / 2
    path = f"M{x:.0f} {y:.0f} C{x:.0f} {half:.0f} {to_x:.0f} {half:.0f} {to_x:.0f} {to_y:.0f}"
    above = (-LIFT if down else LIFT) if both else 0
    return Arrow(path, (x + to_x) / 2, half + above, numbers)


def drawn(states: Mapping[str, str], arrows: Sequence[Pair]) -> Drawing:
    """The picture of these states (value to words, the first one first) and arrows; arrows of one pair share a line."""
    boxes = _boxes(states, arrows)
    shared: dict[Pair, list[str]] = {}
    for number, pair in enumerate(arrows, 1):
        shared.setdefault(pair, []).append(str(number))
    lines = []
    for (before, after), numbers in shared.items():
        one, other, said = boxes[before], boxes[after], " ".join(numbers)
        if before == after:
            lines.append(_loop(one, said))
        elif one.y == other.y:
            lines.append(_beside(one, other, said))
        else:
            lines.append(_between(one, other, said, both=(after, before) in shared))
    bottom = max(box.y for box in boxes.values()) + BOX_HEIGHT
    bow = BOX_HEIGHT if any(one.y > bottom for one in lines) else 0
    height = int(bottom) + MARGIN + bow
    return Drawing(WIDTH, height, BOX_HEIGHT, list(boxes.values()), lines)
