"""Files and volumes of the archive as PDF: set in the request, in memory, outside of any act."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import typst
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from subrosa.desks.common.paper import STANDARDS, CannotPrint, fonts, signs
from subrosa.desks.common.words.file import ABOUT, CAME, CHOICES, DANGER, ENDED, LATER, PARTS, PLAN, WHY_NOT
from subrosa.records.archive.contents import Brief, Contents, Record
from subrosa.records.school.calendar import calendar

HERE = Path(__file__).parent / "typst"
FILE, VOLUME = HERE / "file.typ", HERE / "volume.typ"
NUMBERED = re.compile(r"U\+[0-9A-F]{1,6}")
SHAPELESS = {"Cc", "Cf", "Cs"}
TRIES = 200  # a sign without type is named one after the other


@dataclass(frozen=True, slots=True)
class Set:
    """A file as it was set, and how many pages it has."""

    pdf: bytes
    pages: int

    def __repr__(self) -> str:
        return "…"


@dataclass(frozen=True, slots=True)
class _Part:
    """A heading with what stands below it."""

    level: int
    head: str
    paragraphs: Sequence[str] = ()
    quiet: Sequence[str] = ()


def _short(language: str) -> str:
    return "zh" if language.startswith("zh") else "en"


def file_paper(held: Contents, *, language: str, first_page: int, on: date) -> Set:
    """One file of a volume as PDF/A, its pages counted from `first_page`. A sign without type is printed as its number."""
    with translation.override(language):
        title = gettext("File %(n)s") % {"n": held.number}
        sheet = {
            "language": _short(language),
            "title": title,
            "foot": title,
            "first": first_page,
            "day": [on.year, on.month, on.day],
            "lines": _lines(held),
            "parts": [asdict(part) for part in _parts(held)],
        }
    pdf, said = _with_every_sign(sheet)
    last = typst.query(
        FILE.read_bytes(), "<last>", field="value", one=True, font_paths=fonts(), sys_inputs={"sheet": said}
    )
    return Set(pdf, int(json.loads(last)) - first_page + 1)


def _with_every_sign(sheet: Mapping[str, Any]) -> tuple[bytes, str]:
    """The PDF and the text that it was made of. What was typed must be bound, so nothing stops at a sign that no font has."""
    said = json.dumps(sheet, ensure_ascii=False)
    for _try in range(TRIES):
        try:
            return _compiled(FILE, {"sheet": said}, standards=STANDARDS), said
        except CannotPrint as error:
            named = {sign for one in error.letters.split(" ") for sign in _sign(one) if not sign.isascii()}
            if not any(sign in said for sign in named):
                raise
            for sign in named:
                said = said.replace(sign, f"[U+{ord(sign):X}]")
    raise CannotPrint("")


def _sign(named: str) -> str:
    """The sign itself, where it was named by its number."""
    return chr(int(named[2:], 16)) if NUMBERED.fullmatch(named) else named


def _clean(text: str) -> str:
    """Without signs that have no shape: what joins two pictures into one, and what moves a cursor."""
    return "".join(sign for sign in text if unicodedata.category(sign) not in SHAPELESS)


def _compiled(template: Path, given: dict[str, str], *, standards: Any) -> bytes:
    try:
        made = typst.compile(
            template.read_bytes(), font_paths=fonts(), sys_inputs=given, format="pdf", pdf_standards=standards
        )
    except typst.TypstError as error:
        raise CannotPrint(signs(error)) from None
    assert isinstance(made, bytes), "one PDF, in memory"
    return made


def _day(moment: Any) -> str:
    return date_format(moment.astimezone(calendar().zone), "DATE_FORMAT")


def _lines(held: Contents) -> list[str]:
    days = {"first": _day(held.opened_at), "last": _day(held.closed_at)}
    meetings = ngettext("%(n)s meeting recorded", "%(n)s meetings recorded", len(held.records)) % {
        "n": len(held.records)
    }
    lines = [gettext("From %(first)s to %(last)s") % days, meetings]
    if held.why_closed in ENDED:
        lines.append(gettext("How it ended: %(why)s") % {"why": ENDED[held.why_closed]})
    return lines


def _parts(held: Contents) -> Iterator[_Part]:
    if held.plan is not None:
        yield _Part(2, gettext("The plan that both agreed on"))
        yield from (
            _Part(3, str(PLAN[name]), _paragraphs(words)) for name, words in held.plan.parts.items() if name in PLAN
        )
    if held.goals:
        yield _Part(2, gettext("Goals"), [line for one in held.goals for line in _goal(one)])
    for record in held.records:
        yield from _record(record)
    yield from (_brief(one) for one in held.briefs)
    if held.letter is not None:
        yield _Part(2, gettext("The letter at the end"), _paragraphs(held.letter.text))


def _goal(one: Any) -> list[str]:
    rated = [gettext("Counselor: %(n)s") % {"n": str(one.rating)}] if one.rating else []
    rated += [gettext("Client: %(n)s") % {"n": str(one.own)}] if one.own else []
    rated += [str(WHY_NOT[str(one.why_not)])] if str(one.why_not) in WHY_NOT else []
    return [*_paragraphs(one.text), *([" · ".join(rated)] if rated else [])]


def _record(one: Record, *, level: int = 2) -> Iterator[_Part]:
    added = level > 2
    head = gettext("Added on %(day)s") if added else gettext("Meeting of %(day)s")
    written = gettext("Written on %(day)s") % {"day": _day(one.written_at)}
    yield _Part(
        level, head % {"day": _day(one.written_at if added else one.happened_at)}, quiet=[] if added else [written]
    )
    if one.beforehand:
        yield _Part(3, gettext("Said beforehand"), _paragraphs(one.beforehand))
    text = one.text
    for name, title in PARTS.items():
        chosen = CHOICES.get(f"{name}.{text.choices.get(name, '')}")
        words = [*([str(chosen)] if chosen else []), *_paragraphs(text.words.get(name, ""))]
        if words:
            yield _Part(3, str(title), words)
    if text.asked.lines.strip():
        yield _Part(3, gettext("The short record"), _paragraphs(text.asked.lines))
    yield from (
        _Part(3, str(title), _paragraphs(text.later[name])) for name, title in LATER.items() if text.later.get(name)
    )
    if text.asked.danger.answer in DANGER:
        yield _Part(3, gettext("Danger today?"), _danger(text.asked.danger))
    for more in one.additions:
        yield from _record(more, level=3)


def _danger(answer: Any) -> list[str]:
    return [str(DANGER[answer.answer]), *_paragraphs("\n".join((answer.step, answer.day, answer.told)))]


def _brief(one: Brief) -> _Part:
    text = one.text
    taps = [str(words[key]) for words, key in ((ABOUT, text.about), (CAME, text.came)) if key in words]
    said = [" · ".join(taps), *_paragraphs(text.lines)]
    danger = _danger(text.danger) if text.danger.answer in DANGER else []
    return _Part(2, gettext("Brief contact of %(day)s") % {"day": _day(one.began_at)}, [*said, *danger])


def _paragraphs(text: str) -> list[str]:
    return [_clean(line) for line in str(text).splitlines() if line.strip()]


@dataclass(frozen=True, slots=True)
class Bound:
    """One file of a volume as it is printed: its line in the index, and its PDF, empty where it was destroyed."""

    number: int
    days: tuple[date, date]
    sessions: int
    pages: tuple[int, int]
    pdf: bytes

    def __repr__(self) -> str:
        return "…"


@dataclass(frozen=True, slots=True)
class Book:
    """What stands on the title page of a volume."""

    number: int
    center: str
    counselor: str
    term: tuple[date, date]
    made: date
    digest: str


def volume_paper(book: Book, files: Sequence[Bound], *, language: str) -> bytes:
    """A whole volume to print and bind: title page, index, sheets."""
    with translation.override(language):
        held = {
            "language": _short(language),
            "title": gettext("Volume %(n)s") % {"n": book.number},
            "day": [book.made.year, book.made.month, book.made.day],
            "lines": [book.center, book.counselor, _span(book.term), _signed_on(book)],
            "index": gettext("Index"),
            "heads": [gettext("File"), gettext("Period"), gettext("Meetings"), gettext("Pages")],
            "rows": [[str(one.number), _span(one.days), str(one.sessions), _pages(one)] for one in files],
            "imprint": [gettext("Hash of the index, signed by the center's key:"), book.digest[:32], book.digest[32:]],
            "parts": [_sheets(one) for one in files],
        }
    return _compiled(VOLUME, {"book": json.dumps(held, ensure_ascii=False)}, standards=None)


def _span(days: tuple[date, date]) -> str:
    first, last = (date_format(one, "DATE_FORMAT") for one in days)
    return gettext("%(first)s to %(last)s") % {"first": first, "last": last}


def _signed_on(book: Book) -> str:
    return gettext("Bound on %(day)s") % {"day": date_format(book.made, "DATE_FORMAT")}


def _pages(one: Bound) -> str:
    first, last = one.pages
    return str(first) if first == last else f"{first}–{last}"


def _sheets(one: Bound) -> dict[str, Any]:
    gone = gettext("File %(n)s, pages %(pages)s: destroyed when its time was over.")
    return {
        "pdf": list(one.pdf),
        "pages": one.pages[1] - one.pages[0] + 1,
        "alt": gettext("File %(n)s") % {"n": one.number},
        "gone": gone % {"n": one.number, "pages": _pages(one)},
    }
