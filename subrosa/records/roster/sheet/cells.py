"""The text of one cell: what schools type in many ways becomes one. Every fold here is idempotent."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from .errors import BadCell

Value = str | date | None  # of a cell as a file has it

LONGEST = 1000  # characters of one cell; a list of students has no longer ones
SHOWN = 40  # characters of a cell that a reason quotes
HAN = "[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_UNSEEN = dict.fromkeys(
    (*range(0x9), *range(0xE, 0x1C), *range(0x7F, 0x85), *range(0x86, 0xA0), 0xAD, 0x200B, 0x2060, 0xFEFF)
)
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d", "-"))
_DOTS = str.maketrans(dict.fromkeys("\u2022\u30fb\u2027\u2219\u22c5\uff65", "·"))
_BETWEEN_HAN = re.compile(rf"(?<={HAN}) (?={HAN})")
_HAN = re.compile(HAN)
_DOT_BETWEEN_HAN = re.compile(rf"(?<={HAN}) ?[.\uff0e·] ?(?={HAN})")
_KEPT_AS_TEXT = re.compile(r'="([^"]*)"')  # how some exports keep a spreadsheet from rounding a number
_MOBILE = re.compile(r"(?:\+?86)?(1\d{10})")
_ROUNDED = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
# A cell that a spreadsheet might run, or that would be taken for one that was escaped.
_MIGHT_RUN = re.compile(r"'*[=+\-@\t\r]")


def tidy(value: Value) -> str:
    """A cell as one line of text: no unseen characters, single spaces. Letters and signs stay as they are."""
    if isinstance(value, date):
        return value.isoformat()
    text = value or ""
    return " ".join((text if text.isprintable() else text.translate(_UNSEEN)).split())


def fold(text: str) -> str:
    """Full-width and other compatible forms as their plain ones (NFKC). Not for names."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return tidy(unicodedata.normalize("NFKC", tidy(unicodedata.normalize("NFKC", tidy(text)))))


def word(text: str) -> str:
    """A class, a grade, a sex: folded, and without spaces where it is Chinese."""
    folded = fold(text)
    return fold(folded.replace(" ", "")) if _HAN.search(folded) else folded


def number(text: str) -> str:
    """A student number: folded, no spaces at all. BadCell for one that a spreadsheet has rounded."""
    folded = "".join(fold(text).translate(_DASHES).split())
    if kept := _KEPT_AS_TEXT.fullmatch(folded):
        folded = kept[1]
    if _ROUNDED.fullmatch(folded):
        raise BadCell("number_rounded", folded)
    if folded and not any(sign.isdigit() for sign in folded):
        raise BadCell("number_odd", folded)
    return unicodedata.normalize("NFKC", folded)


def phone(text: str) -> str:
    """A telephone number: folded; a mobile one as its eleven digits, others as they were grouped."""
    folded = fold(text).translate(_DASHES)
    if kept := _KEPT_AS_TEXT.fullmatch(folded):
        folded = kept[1]
    digits = re.sub(r"[\s()-]", "", folded)
    if mobile := _MOBILE.fullmatch(digits):
        return mobile[1]
    if _ROUNDED.fullmatch(digits):
        raise BadCell("phone_rounded", digits)
    return folded.strip()


def name(text: str) -> str:
    """A name: no spaces inside a Chinese one, one form of the middle dot; everything else stays as it was written."""
    plain = tidy(text).translate(_DOTS)
    return _DOT_BETWEEN_HAN.sub("·", _BETWEEN_HAN.sub("", plain))


def escaped(text: str) -> str:
    """The text as a cell that no spreadsheet runs, even when it is saved as .csv later; `unescaped` gives it back."""
    return f"'{text}" if _MIGHT_RUN.match(text) else text


def unescaped(text: str) -> str:
    """What `escaped` was given."""
    return text[1:] if text.startswith("'") and _MIGHT_RUN.match(text[1:]) else text
