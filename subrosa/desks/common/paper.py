"""PDFs to keep, made in the request and in memory: nothing is saved, and no act is open while the type is set."""

from __future__ import annotations

import functools
import json
import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from subrosa.policy.wording import Wording

log = logging.getLogger("subrosa.paper")

TEMPLATE = Path(__file__).parent / "typst" / "agreement.typ"
STANDARDS: Any = ["a-2a", "ua-1"]  # to be kept for decades, and read aloud
NEUTRAL_NAME = "paper.pdf"  # a file's name says nothing of what this place is
NO_GLYPH = re.compile(r'the (?:text|codepoint) `"(.+?)"`')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


class CannotPrint(Exception):
    """The text holds signs that no font of the house has. `letters` names them, where that is known."""

    def __init__(self, letters: str) -> None:
        super().__init__(self.__doc__)
        self.letters = letters


@dataclass(frozen=True, slots=True)
class Part:
    """One heading with its paragraphs and items."""

    head: str
    paragraphs: Sequence[str]
    items: Sequence[str]


@dataclass(frozen=True, slots=True)
class Agreement:
    """What stands on the paper: the very version, in the language in which it was signed.

    `wording` is the text that was read before signing, where that is known; `shown` the one that this paper has.
    """

    language: str
    number: int
    signed_on: date
    how: str
    withdrawn_on: date | None
    parts: Sequence[Part]
    counselor: str = ""
    known: Sequence[str] = ()
    wording: Wording | None = None
    shown: Wording = Wording.WHOLE


@functools.lru_cache(maxsize=1)
def fonts() -> Any:
    """The fonts of the program's own packages, read once; none of the machine's."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(files("justmytype_intl_cjk") / "fonts")])


def _lines(sheet: Agreement) -> list[str]:
    day = date_format(sheet.signed_on, "DATE_FORMAT")
    how = {
        "paper": gettext("Signed on paper on %(day)s"),
        "client_mode": gettext("Signed on the center's device on %(day)s"),
    }.get(sheet.how, gettext("Signed on the own account on %(day)s"))
    lines = [gettext("Version %(n)s") % {"n": sheet.number}, how % {"day": day}]
    if sheet.wording is Wording.SIMPLE:
        lines.append(gettext("Read in simpler words"))
    if sheet.wording is not None and sheet.shown is not sheet.wording:
        lines.append(gettext("This paper has the other text of the same version"))
    if sheet.withdrawn_on:
        lines.append(gettext("Taken back on %(day)s") % {"day": date_format(sheet.withdrawn_on, "DATE_FORMAT")})
    if sheet.counselor:
        lines += [gettext("With %(name)s") % {"name": sheet.counselor}, *sheet.known]
    return lines


def agreement(sheet: Agreement) -> bytes:
    """The agreement as PDF/A and PDF/UA, in its own language whatever the page's; CannotPrint where a sign has no type."""
    with translation.override(sheet.language):
        words = {"title": gettext("Our agreement"), "lines": _lines(sheet)}
    language = "zh" if sheet.language.startswith("zh") else "en"
    day = sheet.signed_on
    held = {
        "language": language,
        "words": words,
        "day": [day.year, day.month, day.day],
        "parts": [asdict(part) for part in sheet.parts],
    }
    return set_in_type(held)


def set_in_type(held: Mapping[str, object]) -> bytes:
    """PDF/A and PDF/UA of what the template is given: `language`, `words`, `day`, `parts`; CannotPrint as above."""
    try:
        made = typst.compile(
            TEMPLATE.read_bytes(),
            font_paths=fonts(),
            sys_inputs={"sheet": json.dumps(held, ensure_ascii=False)},
            format="pdf",
            pdf_standards=STANDARDS,
        )
    except typst.TypstError as error:
        letters = signs(error)
        if not letters:
            log.error("defect: a PDF was not made")  # without the message: it may name what somebody wrote
        raise CannotPrint(letters) from None
    assert isinstance(made, bytes), "one PDF, in memory"
    return made


def signs(error: Any) -> str:
    """The signs without type, as they are; one that cannot be shown by its number."""
    found = dict.fromkeys(NO_GLYPH.findall(str(error.message)))
    return " ".join(ESCAPED.sub(lambda match: f"U+{match[1].upper()}", sign) for sign in found)
