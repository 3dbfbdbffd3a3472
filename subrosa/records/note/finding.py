"""Looking for words in a text: upper and lower case, full width and half width are the same; plain text in, places out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

AROUND = 36  # characters of the passage before and after what was found
MOST_WORD = 60  # characters of what is looked for


@dataclass(frozen=True, slots=True)
class Passage:
    """What was found, as it stands in the text, with what is around it."""

    before: str
    found: str
    after: str

    def __repr__(self) -> str:
        return "…"


class _Folding(dict[int, str]):
    """How each sign is compared, found once."""

    def __missing__(self, sign: int) -> str:
        plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", chr(sign)).casefold())
        self[sign] = plain
        return plain


_FOLDING = _Folding()
# A record is mostly signs that stay what they are; only the others are looked up. Ideographs come from nothing but themselves
# and the signs of AS_IDEOGRAPHS, and no mark behind one changes it: where a text has none of those, nothing needs folding.
CHANGING = re.compile(r"[^\x00-@\[-\x7f\u3001\u3002\u3400-\u4dbf\u4e00-\u9fff]+")
IDEOGRAPHS = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
AS_IDEOGRAPHS = re.compile(
    r"[\u2e80-\u2fdf\u3036-\u303a\u3190-\u319f\u3200-\u33ff\uf900-\ufaff\U0001f200-\U0001f2ff\U0002f800-\U0002fa1f]"
)


def folded(text: str) -> str:
    """A text as it is compared: compatible signs as one (NFKC), without case."""
    plain = CHANGING.sub(lambda run: run.group().translate(_FOLDING), text)
    return plain if unicodedata.is_normalized("NFKC", plain) else unicodedata.normalize("NFKC", plain)


def wanted(typed: str) -> str:
    """What was typed as it is looked for: folded, spaces around it gone, any space inside one space."""
    return " ".join(folded(typed).split())


def holds(text: str, word: str) -> bool:
    """Whether a word (as `wanted` gave it) stands in a text."""
    if IDEOGRAPHS.fullmatch(word) and not AS_IDEOGRAPHS.search(text):
        return word in text
    return bool(word) and word in folded(text)


def passages(text: str, word: str, *, most: int = 3) -> list[Passage]:
    """The first places of a word (as `wanted` gave it) in a text, each with what is around it; no place is found twice."""
    if not holds(text, word):
        return []
    spelled, places = _spelled(text)
    found = []
    for start in _starts(spelled, word):
        first, after = places[start], _end(places, start + len(word), len(text))
        found.append(_passage(text, first, after))
        if len(found) == most:
            break
    return found


def _starts(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))


def _spelled(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters where in the text it comes from: a sign with its marks at a time."""
    signs: list[str] = []
    places: list[int] = []
    for start, cluster in _clusters(text):
        plain = folded(cluster)
        signs.append(plain)
        places += [start] * len(plain)
    return "".join(signs), places


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not _continues(text[at]):
            yield start, text[start:at]
            start = at


def _continues(sign: str) -> bool:
    """Marks, and the parts of a Korean syllable, become one sign with what stands before them."""
    return sign > "\u02ff" and (unicodedata.category(sign)[0] == "M" or "\u1160" <= sign <= "\u11ff")


def _end(places: list[int], at: int, whole: int) -> int:
    """Where in the text the sign after the found ones begins; a sign that was found in part is shown whole."""
    last = places[at - 1]
    return next((place for place in places[at:] if place > last), whole)


def _passage(text: str, first: int, after: int) -> Passage:
    begin, end = max(0, first - AROUND), min(len(text), after + AROUND)
    before, behind = text[begin:first], text[after:end]
    return Passage(
        ("…" if begin else "") + " ".join(before.split("\n")),
        text[first:after],
        " ".join(behind.split("\n")) + ("…" if end < len(text) else ""),
    )
