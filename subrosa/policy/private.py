"""Passages of a record on private life, beside which the margin asks whether they are needed for the work (CONF-03).

A pure finder: nothing is ever closed or stopped by it. Where harm to a person stands anywhere in the record it finds
nothing at all: of what was done to somebody nothing is too private to be written.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

LISTS = tomllib.loads((Path(__file__).parent / "private.toml").read_text(encoding="utf-8"))
FIELDS = ("sexual_life", "family_money", "faith", "politics", "others_secrets")
END = re.compile(r"[。！？!?；;\n]|\.(?=\s|$)")


def _pattern(field: str) -> re.Pattern[str]:
    zh, en = (sorted(LISTS[field][place], key=len, reverse=True) for place in ("zh", "en"))
    chinese = "|".join(re.escape(one) for one in zh)
    english = "|".join(re.escape(one).replace(r"\ ", r"\s+") for one in en)
    return re.compile(rf"{chinese}|(?<!\w)(?:{english})(?!\w)", re.IGNORECASE)


PATTERNS = {field: _pattern(field) for field in FIELDS}
HARM = _pattern("harm")


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence on private life: which field, and from where to where it stands."""

    field: str
    start: int
    end: int

    def __repr__(self) -> str:
        return "…"


def of_harm(texts: Iterable[str]) -> bool:
    """Whether any of these texts writes of harm to somebody."""
    return any(HARM.search(text) for text in texts)


def passages(text: str, *, beside: Iterable[str] = ()) -> list[Passage]:
    """The first passage of each field, in order; none where this text or one `beside` it writes of harm."""
    if of_harm((text, *beside)):
        return []
    found = []
    for field, pattern in PATTERNS.items():
        match = pattern.search(text)
        if match is not None:
            found.append(Passage(field, *_sentence(text, match.start(), match.end())))
    return sorted(found, key=lambda one: (one.start, one.field))


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The whole sentence around a place, without the white space before it."""
    begins = max((one.end() for one in END.finditer(text, 0, start)), default=0)
    closing = END.search(text, end)
    stops = closing.end() if closing and closing.group() != "\n" else closing.start() if closing else len(text)
    return begins + len(text[begins:start]) - len(text[begins:start].lstrip()), stops
