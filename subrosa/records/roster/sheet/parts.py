"""The parts of an .xlsx as they stream by: which sheets there are, shared texts, which styles are dates, the cells."""

from __future__ import annotations

import posixpath
import re
from functools import cache
from typing import Any
from xml.sax.handler import ContentHandler

from . import headings
from .cells import LONGEST, Value
from .dates import from_serial
from .errors import SheetError, Why
from .table import MOST_ROWS

# Dates among the formats that need no definition, the East Asian ones (27 to 36, 50 to 58) with them.
_BUILT_IN_DATES = frozenset((*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58))
_NOT_THE_FORMAT = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})", re.IGNORECASE)
_WHOLE = re.compile(r"-?\d+")
_EXACT = 1e15  # above it a spreadsheet has rounded


class _Part(ContentHandler):
    """Names without their namespace; every element counted."""

    def __init__(self) -> None:
        self.marks = 0

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802  the library's name
        """Hand the element on."""
        self.marks += 1
        self.begin(name.rpartition(":")[2], attrs)

    def endElement(self, name: str) -> None:  # noqa: N802  as above
        """Hand its end on."""
        self.end(name.rpartition(":")[2])

    def begin(self, name: str, attrs: Any) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""


class Parts(_Part):
    """The workbook's own page: its visible sheets by name and key, and from which day it counts."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str]] = []
        self.from_1904 = False

    def begin(self, name: str, attrs: Any) -> None:
        """A sheet, or the setting of the calendar."""
        if name == "sheet" and attrs.get("state", "visible") == "visible":
            key = next((value for key, value in attrs.items() if key.rpartition(":")[2] == "id"), "")
            self.sheets.append((attrs.get("name", ""), key))
        elif name == "workbookPr":
            self.from_1904 = attrs.get("date1904", "0") in ("1", "true")


class Relations(_Part):
    """Which part lies where: key -> kind and path inside the archive."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        self.folder = folder
        self.known: dict[str, tuple[str, str]] = {}

    def begin(self, name: str, attrs: Any) -> None:
        """One relation."""
        if name == "Relationship" and attrs.get("TargetMode") != "External":
            path = posixpath.normpath(posixpath.join("/", self.folder, attrs.get("Target", ""))).lstrip("/")
            self.known[attrs.get("Id", "")] = (attrs.get("Type", ""), path)

    def one(self, kind: str) -> str:
        """The path of the part of this kind, or nothing."""
        return next((path for of, path in self.known.values() if of.endswith(kind)), "")

    def sheet(self, key: str) -> str:
        """The path of a sheet of cells; nothing for a chart."""
        kind, path = self.known.get(key, ("", ""))
        return path if kind.endswith("/worksheet") else ""


class _Texts(_Part):
    """Collects the text of what stands in `t`, but not the reading aids (rPh) beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.taking = self.aside = False

    def characters(self, content: str) -> None:
        """A piece of text."""
        if self.taking and not self.aside:
            self.words.append(content)

    def taken(self) -> str:
        """The pieces since the last time, cut where no cell of a list is longer."""
        text = "".join(self.words)[: LONGEST + 1]
        self.words.clear()
        return text


class Strings(_Texts):
    """The shared texts, in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def begin(self, name: str, attrs: Any) -> None:
        """A text, or a reading aid."""
        self.taking = name == "t"
        self.aside = self.aside or name == "rPh"

    def end(self, name: str) -> None:
        """The end of one."""
        self.taking = False
        if name == "rPh":
            self.aside = False
        elif name == "si":
            self.texts.append(self.taken())


class Styles(_Part):
    """Which cell styles show a date."""

    def __init__(self) -> None:
        super().__init__()
        self.formats: dict[str, str] = {}
        self.used: list[str] = []
        self.inside = False

    def begin(self, name: str, attrs: Any) -> None:
        """A format, or a style that uses one."""
        if name == "numFmt":
            self.formats[attrs.get("numFmtId", "")] = attrs.get("formatCode", "")
        elif name == "cellXfs":
            self.inside = True
        elif name == "xf" and self.inside:
            self.used.append(attrs.get("numFmtId", "0"))

    def end(self, name: str) -> None:
        """The end of the cell styles."""
        if name == "cellXfs":
            self.inside = False

    def dates(self) -> frozenset[str]:
        """The numbers of the styles that show a date, as cells name them."""
        return frozenset(str(place) for place, key in enumerate(self.used) if _is_date(key, self.formats.get(key)))


def _is_date(key: str, code: str | None) -> bool:
    if code is None:
        return key.isdigit() and int(key) in _BUILT_IN_DATES
    signs = _NOT_THE_FORMAT.sub("", code.partition(";")[0]).lower()
    return any(sign in signs for sign in "yd年月日")


class Cells(_Texts):
    """The rows that hold anything, by line; and which cells are merged downwards: (first line, column, last line)."""

    def __init__(self, strings: list[str], dates: frozenset[str], *, from_1904: bool) -> None:
        super().__init__()
        self.rows: list[tuple[int, list[Value]]] = []
        self.merged: list[tuple[int, int, int]] = []
        self._strings, self._dates, self._from_1904 = strings, dates, from_1904
        self._line = self._column = 0
        self._row: list[Value] = []
        self._kind = self._style = self._said = self._formula = ""

    def begin(self, name: str, attrs: Any) -> None:
        """A row, a cell, or what stands in it."""
        if name == "c":
            found = _PLACE.fullmatch(attrs.get("r", ""))
            self._column = _column(found[1].upper()) if found else self._column + 1
            self._kind, self._style = attrs.get("t", "n"), attrs.get("s", "0")
            self._said = self._formula = ""
        elif name in ("v", "t", "f"):
            self.taking = True
        elif name == "row":
            given = attrs.get("r", "")
            self._line = int(given) if given.isdigit() and len(given) < 8 else self._line + 1
            self._column, self._row = -1, []
        elif name == "rPh":
            self.aside = True
        elif name == "mergeCell":
            self._merge(attrs.get("ref", ""))

    def end(self, name: str) -> None:
        """The end of one of them."""
        if name in ("v", "t"):
            self.taking = False
            self._said = (self._said + self.taken())[: LONGEST + 1]
        elif name == "f":
            self.taking = False
            self._formula = self.taken()
        elif name == "rPh":
            self.aside = False
        elif name == "c":
            value = self._value()
            if value is not None and self._column < headings.MOST_COLUMNS:
                self._row.extend([None] * (self._column + 1 - len(self._row)))
                self._row[self._column] = value
        elif name == "row" and self._row:
            self.rows.append((self._line, self._row))
            if len(self.rows) > MOST_ROWS:
                raise SheetError(Why.TOO_MANY_ROWS)

    def _value(self) -> Value:
        """A formula's result where the file has one, else its text: nothing is computed here."""
        said = self._said
        if not said.strip():
            return f"={self._formula}" if self._formula else None
        if self._kind == "s":
            return self._strings[int(said)] or None
        if self._kind == "b":
            return "TRUE" if said.strip() == "1" else "FALSE"
        return said if self._kind in ("str", "inlineStr", "d", "e") else self._number(said.strip())

    def _number(self, said: str) -> Value:
        if self._style not in self._dates and _WHOLE.fullmatch(said):
            return said
        try:
            found = float(said)
        except ValueError:
            return said
        if self._style in self._dates and (day := from_serial(found, from_1904=self._from_1904)):
            return day
        return str(int(found)) if found.is_integer() and abs(found) < _EXACT else said

    def _merge(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        begins, ends = _PLACE.fullmatch(first), _PLACE.fullmatch(last)
        if begins and ends and int(ends[2]) > int(begins[2]):
            self.merged.append((int(begins[2]), _column(begins[1].upper()), int(ends[2])))


@cache
def _column(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place - 1
