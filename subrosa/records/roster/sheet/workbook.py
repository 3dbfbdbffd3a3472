"""An .xlsx read as it streams by, with no tree of it in memory: openpyxl's reader is not used, for five reasons.

It believes the size that a sheet says it has; it knows no merged cells while it streams; it gives a formula or its result,
never the result where there is one and else the text; it takes the Chinese date formats for numbers; and it builds an
object for each style of a file that may hold a million of them. The tests compare both on what openpyxl writes.

A column that is merged downwards is filled down, because the sheet says so; an empty cell that is not merged stays empty,
since nobody can know whether it was meant.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from typing import IO, Any
from xml.sax.handler import ContentHandler

from defusedxml.sax import make_parser

from . import headings
from .cells import Value
from .errors import SheetError, Why
from .parts import Cells, Parts, Relations, Strings, Styles
from .table import Table

MOST_BYTES = 64 * 1024 * 1024  # unpacked, as they really come out: what the archive says of itself is not believed
MOST_MARKS = 1_200_000  # XML elements; a list of 20,000 students has some 800,000, and reading so many takes seconds
LONGEST_MARK = 256 * 1024  # bytes without the end of an element: a text or a heap of attributes beyond any cell
_CHUNK = 64 * 1024


class _Budget:
    """What is left of the bytes and elements that one file may cost."""

    def __init__(self) -> None:
        self.bytes, self.marks = MOST_BYTES, MOST_MARKS

    def spend(self, size: int, marks: int) -> None:
        self.bytes -= size
        self.marks -= marks
        if self.bytes < 0 or self.marks < 0:
            raise SheetError(Why.TOO_LARGE)


def tables(packed: zipfile.ZipFile) -> Iterator[Table]:
    """The sheets that somebody opening the workbook would see, in their order."""
    budget = _Budget()
    names = {name.casefold().lstrip("/"): name for name in packed.namelist()}

    def parsed(path: str, handler: Any) -> Any:
        if (name := names.get(path.casefold())) is not None:
            with packed.open(name) as stream:
                _parse(stream, handler, budget)
        return handler

    main = parsed("_rels/.rels", Relations("")).one("/officeDocument") or "xl/workbook.xml"
    book: Parts = parsed(main, Parts())
    folder, file = posixpath.split(main)
    related: Relations = parsed(f"{folder}/_rels/{file}.rels", Relations(folder))
    strings = parsed(related.one("/sharedStrings"), Strings()).texts
    styles = parsed(related.one("/styles"), Styles())
    seen = [(name, path) for name, key in book.sheets if (path := related.sheet(key))]
    for place, (name, path) in enumerate(seen):
        cells: Cells = parsed(path, Cells(strings, styles.dates(), from_1904=book.from_1904))
        others = tuple(other for n, (other, _) in enumerate(seen) if n != place)
        yield Table(_filled_down(cells), name, others)


def _parse(stream: IO[bytes], handler: ContentHandler, budget: _Budget) -> None:
    parser = make_parser()
    parser.forbid_dtd = True  # no document type, so no entity of any kind
    parser.setContentHandler(handler)
    open_for, before = 0, 0
    while chunk := stream.read(_CHUNK):
        ends = chunk.rfind(b">")
        open_for = open_for + len(chunk) if ends < 0 else len(chunk) - ends
        if open_for > LONGEST_MARK:
            raise SheetError(Why.TOO_LARGE)
        parser.feed(chunk)
        marks: int = handler.marks  # type: ignore[attr-defined]  # every part counts its elements
        budget.spend(len(chunk), marks - before)
        before = marks
    parser.close()


def _filled_down(cells: Cells) -> list[tuple[int, list[Value]]]:
    """The rows, with the value of each cell that is merged downwards in the rows below it."""
    lines = dict(cells.rows)
    last = cells.rows[-1][0] if cells.rows else 0
    left = MOST_MARKS
    for top, column, bottom in cells.merged:
        value = _at(lines.get(top), column)
        if value is None or column >= headings.MOST_COLUMNS:
            continue
        for line in range(top + 1, min(bottom, last) + 1):
            left -= 1
            row = lines.get(line)
            if left < 0:
                raise SheetError(Why.TOO_LARGE)
            if row is not None and _at(row, column) is None:
                row.extend([None] * (column + 1 - len(row)))
                row[column] = value
    return cells.rows


def _at(row: list[Value] | None, column: int) -> Value:
    return row[column] if row is not None and column < len(row) else None
