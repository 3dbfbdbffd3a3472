"""Chinese names as one types them on a keyboard: full, by initials, or anything between."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# Its dictionary of phrases takes 44 MB in each worker and says nothing about names; every reading of a character is tried.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")

from pypinyin import Style, pinyin

MOST = 40  # characters of a name that are looked at
_DOUBLE = ("zh", "ch", "sh")
Syllables = tuple[tuple[str, ...], ...]  # of each character every reading


def letters(text: str) -> str:
    """The Latin letters of a text, small, without accents."""
    if text.isascii():
        return text.casefold() if text.isalpha() else "".join(filter(str.isalpha, text.casefold()))
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in plain if sign.isascii() and sign.isalpha())


@lru_cache(maxsize=10_000)  # characters, never names
def _of(sign: str) -> tuple[str, tuple[str, ...]]:
    """One character: its Latin letter, else its readings."""
    plain = letters(sign)
    return plain, () if plain else _readings(sign)


def _readings(sign: str) -> tuple[str, ...]:
    found = {one for each in pinyin(sign, style=Style.NORMAL, heteronym=True, errors="ignore") for one in each}
    return tuple(sorted({other for one in found for other in (one, *_without_umlaut(one))}))


def _without_umlaut(reading: str) -> tuple[str, ...]:
    """吕 is typed lv, and lu or lyu by those who have it so in the passport."""
    return (reading.replace("v", "u"), reading.replace("v", "yu")) if "v" in reading else ()


def syllables(name: str) -> Syllables:
    """The readings of each Chinese character of a name, and its Latin words as one each, in their order."""
    return tuple(_parts(unicodedata.normalize("NFKC", name[:MOST])))


def _parts(name: str) -> Iterator[tuple[str, ...]]:
    latin = ""
    for sign in name:
        plain, found = _of(sign)
        if plain:
            latin += plain
            continue
        if latin:
            yield (latin,)
            latin = ""
        if found:
            yield found
    if latin:
        yield (latin,)


def place(typed: str, name: Syllables) -> int | None:
    """Where in a name the typed letters begin to fit (0 is its first character); None where they fit nowhere."""
    for start, readings in enumerate(name):
        if any(reading[0] == typed[0] for reading in readings) and _fits(typed, name[start:]):
            return start
    return None


def _fits(typed: str, name: Syllables) -> bool:
    """Each syllable takes its whole reading or its initial; what is typed last may be any beginning of one."""
    reached = {0}
    for readings in name:
        onward = set()
        for at in reached:
            for reading in readings:
                if reading.startswith(typed[at:]):
                    return True
                onward |= {at + len(part) for part in _takes(reading) if typed.startswith(part, at)}
        if not onward:
            return False
        reached = onward
    return False


def _takes(reading: str) -> tuple[str, ...]:
    return (reading, reading[:2], reading[:1]) if reading.startswith(_DOUBLE) else (reading, reading[:1])
