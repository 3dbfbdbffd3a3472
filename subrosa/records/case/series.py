"""Numbers of the registers: one after the other, without gaps, each with a line that nobody changes or takes away."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import models

from .models import Counter

L = TypeVar("L", bound=models.Model)


def draw(series: str, line: L, *, numbered: Callable[[int], None] | None = None) -> L:
    """Give a line the next number of its series and insert it; `numbered` is called in between, for what the number is part of.

    The series' counter row is locked until the act ends, so two at once wait for each other, and an act that is rolled
    back gives its number back. The number follows from the lines themselves: a counter that was set to something else
    makes no gap. Touched last in an act.
    """
    counter, _ = Counter.objects.select_for_update(no_key=True).get_or_create(name=series)
    last = type(line)._default_manager.aggregate(last=models.Max("number"))["last"] or 0
    counter.last = line.number = last + 1  # type: ignore[attr-defined]  # a line of a register has a number
    counter.save(update_fields=["last"])
    if numbered is not None:
        numbered(last + 1)
    line.save(force_insert=True)
    return line
