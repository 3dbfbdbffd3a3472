"""Reading a school's export: a heading row, then one row a student. Bad rows are named with the reason; good ones are kept."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

import openpyxl

MOST_ROWS = 50_000
MOST_BYTES = 64 * 1024 * 1024  # unpacked; a zip bomb says so in its own directory
HEADINGS = {
    "number": ("学号", "学籍号", "student number", "number", "student id"),
    "name": ("姓名", "学生姓名", "name"),
    "sex": ("性别", "sex", "gender"),
    "grade": ("年级", "grade"),
    "class_name": ("班级", "class"),
    "born": ("出生日期", "出生年月", "birth date", "date of birth"),
    "homeroom": ("班主任", "homeroom teacher", "class teacher"),
    "guardian": ("监护人", "家长姓名", "家长", "guardian"),
    "guardian_phone": ("监护人电话", "家长电话", "联系电话", "guardian phone"),
    "phone": ("本人手机", "学生手机", "手机", "phone", "mobile"),
    "address": ("住址", "家庭住址", "地址", "address"),
}
NEEDED = ("number", "name")


class SheetError(ValueError):
    """This file cannot be read as a list of students; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Card:
    """One student as the list has it."""

    number: str
    name: str
    sex: str = ""
    grade: str = ""
    class_name: str = ""
    born: str = ""
    homeroom: str = ""
    guardian: str = ""
    guardian_phone: str = ""
    phone: str = ""
    address: str = ""

    def __repr__(self) -> str:
        return "…"

    def as_dict(self) -> dict[str, str]:
        """For sealing."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was left out: its line in the file and the reason's key."""

    line: int
    why: str


@dataclass(slots=True)
class Sheet:
    """What a file holds."""

    cards: list[Card] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    headings: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return "…"


def _tidy(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = value.date().isoformat() if hasattr(value, "date") and callable(value.date) else str(value)
    return " ".join(text.split())


def _rows(data: bytes) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """The rows as they are read: what is broken may lie in the middle of a file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(one.file_size for one in packed.infolist()) > MOST_BYTES:
                raise SheetError("unpacked too large")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for line, row in enumerate(book.worksheets[0].iter_rows(values_only=True), 1):
            if line > MOST_ROWS:
                raise SheetError("too many rows")
            yield line, row
    except SheetError:
        raise
    except Exception as error:
        raise SheetError("not an .xlsx workbook") from error


def _columns(row: tuple[Any, ...]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        heading = _tidy(cell).casefold().replace(" ", "")
        for name, words in HEADINGS.items():
            if name not in found and heading in {word.replace(" ", "") for word in words}:
                found[name] = place
    return found


def read(data: bytes) -> Sheet:
    """Read a workbook's first sheet. Raises SheetError for a file that is no list of students."""
    sheet = Sheet()
    columns: dict[str, int] = {}
    seen: set[str] = set()
    for line, row in _rows(data):
        if not columns:
            found = _columns(row)
            if all(name in found for name in NEEDED):
                columns, sheet.headings = found, tuple(_tidy(cell) for cell in row)
            continue
        values = {name: _tidy(row[place]) for name, place in columns.items() if place < len(row)}
        if not any(values.values()):
            continue
        if why := _wrong(values, seen):
            sheet.bad.append(BadRow(line, why))
            continue
        seen.add(values["number"])
        sheet.cards.append(Card(**values))
    if not columns:
        raise SheetError("no heading row with student number and name")
    return sheet


def _wrong(values: dict[str, str], seen: set[str]) -> str:
    if not values.get("number"):
        return "number_missing"
    if not values.get("name"):
        return "name_missing"
    return "number_twice" if values["number"] in seen else ""
