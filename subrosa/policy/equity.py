"""How those who asked were received, group by group, with the range of chance (ETH-05). Pure numbers; nobody is named."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

Z = 1.959964  # of the normal distribution, for a range that holds in 19 of 20 cases
SEX, GRADE, BOARDING = "sex", "grade", "boarding"
TRAITS = (SEX, GRADE, BOARDING)  # what the school's list has; nothing else is compared


@dataclass(frozen=True, slots=True)
class Asked:
    """One who asked: the traits of the list, days from asking to the first time (None: none was held for them), whether
    declined, and whether they came once and not again (None: never came).
    """

    traits: Mapping[str, str]
    waited: float | None = None
    declined: bool = False
    came_once: bool | None = None

    def __repr__(self) -> str:
        return "…"


@dataclass(frozen=True, slots=True)
class Range:
    """A figure and between which two it would lie by chance alone in 19 of 20 cases; of `n` people."""

    figure: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Group:
    """One group of a trait: how many asked, and the three figures; withheld (None) where fewer than the minimum stand behind."""

    trait: str
    name: str
    asked: int | None
    waited: Range | None = None
    accepted: Range | None = None
    came_once: Range | None = None


def share(hits: int, n: int) -> Range:
    """A share with Wilson's interval (E. B. Wilson, 1927), which stays within 0 and 1 and holds for few people too."""
    p, z2 = hits / n, Z * Z
    middle = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = Z / (1 + z2 / n) * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    return Range(p, max(0.0, middle - half), min(1.0, middle + half), n)


def mean(values: Sequence[float]) -> Range:
    """A mean with its standard error times 1.96; two values at least."""
    half = Z * stdev(values) / math.sqrt(len(values))
    at = fmean(values)
    return Range(at, max(0.0, at - half), at + half, len(values))


def compared(everybody: Iterable[Asked], minimum: int) -> list[Group]:
    """Every group of every trait in the order of the traits, then by name. A trait with one group compares nothing.

    Where exactly one group of a trait is too small, its number would follow from the others: the next smallest goes too.
    """
    rows, found = list(everybody), list[Group]()
    for trait in TRAITS:
        groups: dict[str, list[Asked]] = {}
        for one in rows:
            if value := one.traits.get(trait, ""):
                groups.setdefault(value, []).append(one)
        if len(groups) < 2:
            continue
        small = {name for name, of in groups.items() if len(of) < max(minimum, 2)}
        if len(small) == 1 and len(groups) > 1:
            rest = sorted((name for name in groups if name not in small), key=lambda name: (len(groups[name]), name))
            small.add(rest[0])
        found += [
            Group(trait, name, None) if name in small else _group(trait, name, groups[name], minimum)
            for name in sorted(groups, key=_in_order)
        ]
    return found


def _in_order(name: str) -> tuple[int, str]:
    """7, 8, 12: by the number that a grade begins with, where it has one."""
    digits = name[: len(name) - len(name.lstrip("0123456789"))]
    return int(digits or 0), name


def _group(trait: str, name: str, of: Sequence[Asked], minimum: int) -> Group:
    waited = [one.waited for one in of if one.waited is not None]
    came = [one.came_once for one in of if one.came_once is not None]
    least = max(minimum, 2)
    return Group(
        trait,
        name,
        len(of),
        mean(waited) if len(waited) >= least else None,
        share(sum(not one.declined for one in of), len(of)),
        share(sum(came), len(came)) if len(came) >= least else None,
    )
