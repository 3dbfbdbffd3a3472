"""The letter at the end as a PDF to print or keep: made in the request and in memory, shown and not saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from subrosa.policy.diagnosis import Source, Whose
from subrosa.records.case.letter_text import LetterText, day_of

from .paper import NEUTRAL_NAME, CannotPrint, set_in_type

HAN: Final = ("\u4e00", "\u9fff")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One letter as it is printed: who wrote it and when, its paragraphs, and below them whose findings it names."""

    author: str
    written_on: date
    text: LetterText

    def __repr__(self) -> str:
        return "…"

    def paragraphs(self) -> list[str]:
        """The letter's own lines, empty ones left out."""
        return [line.strip() for line in self.text.text.splitlines() if line.strip()]

    def sources(self) -> list[str]:
        """Whose findings it names, one line each."""
        return [source_line(words, source) for words, source in self.text.said()]

    def language(self) -> str:
        """Of the letter itself, so that its type fits whatever the page's language is."""
        return "zh" if any(HAN[0] <= sign <= HAN[1] for sign in self.text.text) else "en"


def source_line(words: str, source: Source) -> str:
    """“…”: who says so, and of a hospital which one and when."""
    day = day_of(source)
    if source.whose == Whose.HOSPITAL and day is not None:
        found = gettext("“%(words)s”: found at %(place)s on %(day)s")
        return found % {"words": words, "place": source.place, "day": date_format(day, "DATE_FORMAT")}
    if source.whose == Whose.FAMILY:
        return gettext("“%(words)s”: in the family's words") % {"words": words}
    return gettext("“%(words)s”: in your own words") % {"words": words}


def pdf(sheet: Sheet) -> bytes:
    """The letter as PDF/A and PDF/UA; CannotPrint where a sign has no type."""
    day = sheet.written_on
    by = gettext("From %(name)s") % {"name": sheet.author} if sheet.author else ""
    parts: Sequence[dict[str, object]] = [{"head": "", "paragraphs": sheet.paragraphs(), "items": sheet.sources()}]
    held = {
        "language": "zh" if "zh" in (sheet.language(), (get_language() or "")[:2]) else "en",
        "words": {"title": gettext("A letter for you"), "lines": [one for one in (date_format(day), by) if one]},
        "day": [day.year, day.month, day.day],
        "parts": parts,
    }
    return set_in_type(held)


def shown(request: HttpRequest, sheet: Sheet, instead: str) -> HttpResponse:
    """The PDF inside the browser; the page `instead` where a sign has no type."""
    try:
        made = pdf(sheet)
    except CannotPrint as error:
        return render(request, instead, {"letters": error.letters}, status=422)
    response = HttpResponse(made, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{NEUTRAL_NAME}"'
    return response
