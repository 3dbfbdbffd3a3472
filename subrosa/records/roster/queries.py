"""Looking students up in the school's own list; nothing here says who comes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from subrosa.records.vault.server import marked, open_personal

from .models import Pupil
from .sheet import Card

MOST = 12


@dataclass(frozen=True, slots=True)
class Found:
    """One student of the list."""

    id: UUID
    card: Card


def size() -> int:
    """How many students the list holds."""
    return Pupil.objects.count()


def card(key: UUID) -> Card | None:
    """One student's card."""
    row = Pupil.objects.filter(pk=key).first()
    return Card(**json.loads(open_personal(row, "card"))) if row else None


def search(words: str) -> list[Found]:
    """Students whose number begins with, or whose name or class holds, what was typed; at most twelve.

    The cards lie under the server key, so they are read in the application: some 50 ms for 3,000.
    """
    wanted = words.split()
    if not wanted:
        return []
    found = []
    for row in Pupil.objects.order_by("id").iterator(chunk_size=1000):
        one = Card(**json.loads(open_personal(row, "card")))
        if all(w in one.name or one.number.startswith(w) or w in f"{one.grade}{one.class_name}" for w in wanted):
            found.append(Found(row.pk, one))
            if len(found) == MOST:
                break
    return found


def first_students(count: int) -> list[Found]:
    """A few students of the list, for the demonstration and the walk."""
    rows = Pupil.objects.order_by("id")[:count]
    return [Found(row.pk, Card(**json.loads(open_personal(row, "card")))) for row in rows]


def known_numbers(numbers: Iterable[str]) -> set[str]:
    """Of some student numbers, those that the list holds already."""
    held = {bytes(mark) for mark in Pupil.objects.values_list("mark", flat=True)}
    return {number for number in numbers if marked("student-number", number) in held}
