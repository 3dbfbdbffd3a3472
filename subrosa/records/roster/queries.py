"""Looking students up in the school's own list; nothing here says who comes."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest
from uuid import UUID

from subrosa.records.vault.server import marked, open_personal

from . import sheet
from .letter import Consent, Letter
from .models import Listing, Pupil
from .sheet import Card
from .sheet.cells import HAN, fold
from .wanted import Entry, Wanted

MOST = 12
_DIGITS = re.compile(r"(\d+)")
_SIGNS = re.compile(rf"{HAN}|[^\W\d_]+?(?={HAN}|[\W\d_]|$)")


@dataclass(frozen=True, slots=True)
class Found:
    """One student of the list."""

    id: UUID
    card: Card


@dataclass(frozen=True, slots=True)
class ClassOf:
    """One class of the list: how many students, and how many families answered the letter and how."""

    grade: str
    class_name: str
    size: int
    yes: int
    no: int
    talks: int

    @property
    def group(self) -> str:
        """Grade and class, said once."""
        return sheet.classes.group(self.grade, self.class_name)

    @property
    def open(self) -> int:
        """Families whose letter is not back."""
        return self.size - self.yes - self.no


def size() -> int:
    """How many students the list holds."""
    return Pupil.objects.count()


def opened(row: Pupil) -> Card:
    """The card of one row."""
    return Card.of(json.loads(open_personal(row, "card")))


def card(key: UUID) -> Card | None:
    """One student's card."""
    row = Pupil.objects.filter(pk=key).first()
    return opened(row) if row else None


def cards(keys: Iterable[UUID]) -> list[tuple[UUID, Card]]:
    """The cards of several students, in one statement."""
    return [(row.pk, opened(row)) for row in Pupil.objects.filter(pk__in=list(keys))]


def _everybody() -> Iterator[Found]:
    """Every student, card by card: some 50 ms for 3,000."""
    for row in Pupil.objects.order_by("id").iterator(chunk_size=1000):
        yield Found(row.pk, opened(row))


def _entries() -> Iterable[Entry]:
    """Every student as the listing has it; from the cards where there is no listing yet."""
    listing = Listing.objects.first()
    if listing is None:
        return (Entry.of(one.id, one.card) for one in _everybody())
    return (Entry(*one) for one in json.loads(open_personal(listing, "text")))


def search(words: str) -> list[Found]:
    """Students whose name, number, class or pinyin fits what was typed; at most twelve, the best first.

    Everything lies under the server key, so it is opened and compared in the application, and forgotten afterwards.
    """
    wanted = Wanted.of(words)
    if wanted is None:
        return []
    fit = [(rank, entry) for entry in _entries() if (rank := wanted.rank(entry)) is not None]
    best = nsmallest(MOST, fit, key=lambda one: (one[0], _natural(one[1].group), one[1].name))
    cards = {
        str(row.pk): Found(row.pk, opened(row)) for row in Pupil.objects.filter(pk__in=[one.id for _, one in best])
    }
    return [cards[entry.id] for _, entry in best if entry.id in cards]


def _natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """For sorting: numbers as numbers, so that class 2 stands before class 10."""
    parts = enumerate(_DIGITS.split(text))
    return tuple((0, int(part), "") if place % 2 else (1, 0, part) for place, part in parts)


def first_students(count: int) -> list[Found]:
    """A few students of the list, for the demonstration and the walk."""
    return [Found(row.pk, opened(row)) for row in Pupil.objects.order_by("id")[:count]]


def known_numbers(numbers: Iterable[str]) -> set[str]:
    """Of some student numbers, those that the list holds already."""
    held = {bytes(mark) for mark in Pupil.objects.values_list("mark", flat=True)}
    return {number for number in numbers if marked("student-number", number) in held}


def renamed(cards: Iterable[Card]) -> list[tuple[str, str, str]]:
    """Of some cards, those whose number the list holds under another name: number, name in the list, name of the card.

    Somebody else's number typed by mistake would put one student in place of another.
    """
    held = {entry.number: entry for entry in _entries()}
    pairs = ((Entry.of("", card), card) for card in cards)
    other = [
        (held[new.number].id, card) for new, card in pairs if new.number in held and held[new.number].name != new.name
    ]
    names = {str(row.pk): opened(row).name for row in Pupil.objects.filter(pk__in=[key for key, _ in other])}
    return [(card.number, names[key], card.name) for key, card in other if key in names]


def replaced(cards: Iterable[Card]) -> list[tuple[str, str, str]]:
    """Of those renamed, whose name has nothing in common with the one in the list: most likely two people, not one."""
    return [one for one in renamed(cards) if not signs_of(one[1]) & signs_of(one[2])]


def signs_of(name: str) -> set[str]:
    """What two spellings of one name share: a Chinese character, or a whole word of another script."""
    return {part for part in _SIGNS.findall(fold(name).casefold()) if not part.isspace()}


def classes() -> list[ClassOf]:
    """Every class of the list with its letters counted, in the order of grades and classes."""
    groups: dict[tuple[str, str], list[Card]] = defaultdict(list)
    for one in _everybody():
        groups[one.card.grade, one.card.class_name].append(one.card)
    found = [
        ClassOf(
            grade,
            name,
            len(cards),
            sum(card.consent == Consent.YES for card in cards),
            sum(card.consent == Consent.NO for card in cards),
            sum(bool(card.talk_wanted) for card in cards),
        )
        for (grade, name), cards in groups.items()
    ]
    return sorted(found, key=lambda one: (_natural(one.grade), _natural(one.class_name)))


def class_list(grade: str, class_name: str) -> list[Found]:
    """The students of one class, by number."""
    there = [one for one in _everybody() if (one.card.grade, one.card.class_name) == (grade, class_name)]
    return sorted(there, key=lambda one: _natural(one.card.number))


def letter_of(roster_id: UUID) -> Letter | None:
    """What the family of one student answered to the enrollment letter, and when the student was born.

    None for somebody who is not on the list; a letter that is not back is an answer of `Consent.NONE`.
    """
    held = card(roster_id)
    if held is None:
        return None
    return Letter(
        consent=Consent(held.consent),
        no_screening=bool(held.no_screening),
        talk_wanted=bool(held.talk_wanted),
        answered=date.fromisoformat(held.answered) if held.answered else None,
        born=date.fromisoformat(held.born) if held.born else None,
    )
