"""What somebody typed to find a student, and how well a student fits it."""

from __future__ import annotations

from dataclasses import dataclass

from . import pinyin
from .sheet import Card, classes
from .sheet.cells import fold


@dataclass(frozen=True, slots=True)
class Entry:
    """One student as the listing has it: an id, and small folded texts to compare with."""

    id: str
    name: str
    number: str
    group: str

    @classmethod
    def of(cls, key: object, card: Card) -> Entry:
        """The entry of a card."""
        return cls(str(key), *(fold(text).casefold() for text in (card.name, card.number, card.group)))

    def __repr__(self) -> str:
        return "…"


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words typed: Latin ones, which may be pinyin, and all others."""

    latin: tuple[str, ...]
    others: tuple[str, ...]

    @classmethod
    def of(cls, words: str) -> Wanted | None:
        """None for nothing."""
        every = fold(words).casefold().replace("'", "").split()
        latin = tuple(pinyin.letters(word) for word in every if all(map(pinyin.letters, word)))
        others = tuple(word for word in every if not all(map(pinyin.letters, word)))
        return cls(latin, others) if every else None

    def rank(self, entry: Entry) -> int | None:
        """How well a student fits: 0 from the beginning of name or number, 1 elsewhere; None for not at all."""
        worst = 0
        for word in self.others:
            if entry.name.startswith(word) or entry.number.startswith(word):
                continue
            if word not in entry.name and not classes.stands_in(word, entry.group):
                return None
            worst = 1
        if not self.latin:
            return worst
        if all(entry.number.startswith(word) or word in entry.group for word in self.latin):
            return 1
        starts = self._read(pinyin.syllables(entry.name))
        return None if starts is None else max(worst, min(starts, 1))

    def _read(self, name: pinyin.Syllables) -> int | None:
        """All Latin words on end, as pinyin is typed with spaces; else each of them somewhere in the name."""
        starts = pinyin.place("".join(self.latin), name)
        apart = len(self.latin) > 1 and all(len(word) > 1 for word in self.latin)
        if starts is None and apart and all(pinyin.place(word, name) is not None for word in self.latin):
            return 1
        return starts
