"""Terms of a school year, by the days on which they begin: each lasts until the day before the next begins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

Begin = tuple[int, int]  # month and day
NEAR = timedelta(days=60)  # a term that begins so near the usual day is that term


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """One term, its first and its last day included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def next_begins(self) -> date:
        """The day on which the next one begins."""
        return self.last + timedelta(days=1)


def term_of(day: date, begins: Sequence[Begin], entered: Iterable[date] = ()) -> Term:
    """The term in which a day lies. ValueError without any beginning.

    `begins` are the days of every year; where the calendar's own term (`entered`) begins near one of them, it counts.
    """
    if not begins:
        raise ValueError("a school year has a term at least")
    own = set(entered)
    usual = (date(year, month, on) for year in range(day.year - 2, day.year + 3) for month, on in begins)
    days = own | {one for one in usual if all(abs(one - other) > NEAR for other in own)}
    first = max(one for one in days if one <= day)
    following = min(one for one in days if one > day)
    return Term(first, following - timedelta(days=1))


def term_before(day: date, begins: Sequence[Begin], entered: Iterable[date] = ()) -> Term:
    """The term that ended last before the one in which a day lies."""
    own = list(entered)
    return term_of(term_of(day, begins, own).first - timedelta(days=1), begins, own)
