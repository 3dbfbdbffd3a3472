"""A list as .csv: its encoding, what parts its cells, and quotation marks that do not come in pairs."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator

from . import headings
from .cells import LONGEST, Value, tidy
from .errors import SheetError, Why
from .table import MOST_ROWS, Table

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_UNMARKED = ("utf-8", "gb18030")  # in this order: a Chinese text in GB18030 is hardly ever good UTF-8
_BETWEEN = (",", ";", "\t")
_LOOKED_AT = 50  # lines, for the heading row
MOST_LINES = 20  # of one row: a cell with more line breaks is an odd quotation mark that swallowed the rest


def decoded(data: bytes) -> str:
    """The text of a file. SheetError for one in no known encoding."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _as(data[len(mark) :], (encoding,))
    if b"\0" in data:
        raise SheetError(Why.ZERO_BYTES)
    return _as(data, _UNMARKED)


def _as(data: bytes, encodings: tuple[str, ...]) -> str:
    for encoding in encodings:
        try:
            found = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in found:
            raise SheetError(Why.ZERO_BYTES)
        return found
    raise SheetError(Why.ENCODING)


def table(data: bytes) -> Table:
    """The rows of a text, each with the line on which it begins."""
    lines = decoded(data).splitlines(keepends=True)
    if not any(line.strip() for line in lines):
        raise SheetError(Why.EMPTY)
    rows: list[tuple[int, list[Value]]] = []
    for line, cells in _rows(lines, _parted_by(lines)):
        if any(map(tidy, cells)):
            rows.append((line, [*(cell[: LONGEST + 1] for cell in cells[: headings.MOST_COLUMNS])]))
        if len(rows) > MOST_ROWS:
            raise SheetError(Why.TOO_MANY_ROWS)
    return Table(rows)


def _parted_by(lines: list[str]) -> str:
    """The sign that makes the headings readable; a comma where none does."""
    for sign in _BETWEEN:
        for cells in csv.reader(lines[:_LOOKED_AT], delimiter=sign):
            if headings.is_heading_row(headings.columns([tidy(cell) for cell in cells[: headings.MOST_COLUMNS]])):
                return sign
    return _BETWEEN[0]


def _rows(lines: list[str], sign: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(lines, delimiter=sign, strict=True)
    while True:
        begins = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise SheetError(Why.QUOTE, begins) from error
        if reader.line_num - begins >= MOST_LINES:
            raise SheetError(Why.QUOTE, begins)
        yield begins, cells
