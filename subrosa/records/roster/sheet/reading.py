"""From rows to students: a heading row, then one row a student. Bad rows are named with every reason; good ones are kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from . import answers, cells, dates, headings
from .card import FIELDS, Card
from .cells import Value
from .errors import BadCell, SheetError, Why
from .kinds import tables
from .table import Table

# What closes a list and is no student: sums, and who filled it in.
_ALL = "合计|总计|小计|共计|总数|总人数|人数|合计人数"
_SUM = re.compile(rf".{{0,12}}({_ALL})([:\d人].*)?|.{{0,12}}共计?\d+[人名].*|(sub|grand|class)?total.*|sum")
_HEADS = re.compile(r"共?计?\d+[人名]")  # where a name would stand
_FOOT = re.compile(r"(制表|填表|审核|备注|说明|注|附注|打印)(人|时间|日期)?:.*")
_PLAIN: dict[str, Callable[[str], Any]] = {
    "number": cells.number,
    "name": cells.name,
    "homeroom": cells.name,
    "guardian": cells.name,
    "phone": cells.phone,
    "guardian_phone": cells.phone,
    "sex": cells.word,
    "grade": cells.word,
    "class_name": cells.word,
    "consent": answers.consent,
    "no_screening": answers.tick,
    "talk_wanted": answers.tick,
    "boarding": answers.tick,
}
_DATED: dict[str, Callable[[Value, date | None], str]] = {"born": dates.born, "answered": dates.on}


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was left out: its line in the file, each reason with the words it quotes, its cells as they were, its name."""

    line: int
    whys: tuple[tuple[str, str], ...]
    cells: tuple[str, ...] = ()
    name: str = ""

    def __repr__(self) -> str:
        return "…"

    @property
    def why(self) -> str:
        """The first reason's key."""
        return self.whys[0][0]


@dataclass(slots=True)
class Sheet:
    """What a file holds: students, rows to mend, and what was passed over (sums, headings once more)."""

    cards: list[Card] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    headings: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    passed_over: int = 0
    name: str = ""
    others: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return "…"


def read(data: bytes, *, today: date | None = None) -> Sheet:
    """Read the first table that is a list of students. SheetError for a file that has none.

    `today` is the day against which dates are absurd; without one none is.
    """
    seen = False
    for table in tables(data):
        seen = seen or bool(table.rows)
        reader = _Reader(table, today)
        if reader.columns:
            if not reader.sheet.cards and not reader.sheet.bad:
                raise SheetError(Why.NO_ROWS)
            return reader.sheet
    raise SheetError(Why.NO_HEADINGS if seen else Why.EMPTY)


class _Reader:
    """One table on its way: the columns once they are found, and the numbers seen so far with their lines."""

    def __init__(self, table: Table, today: date | None) -> None:
        self.sheet = Sheet(name=table.name, others=table.others)
        self.columns: dict[str, int] = {}
        self.today = today
        self.seen: dict[str, int] = {}
        self.above: list[str] = []
        self.ours: set[int] = set()
        for line, row in table.rows:
            self._take(line, row)

    def _take(self, line: int, row: Sequence[Value]) -> None:
        texts = ["" if place in self.ours else cells.tidy(value) for place, value in enumerate(row)]
        if not any(texts):
            return
        if not self.columns:
            self._found(texts, headings.columns(texts))
        elif self._is_heading_again(texts) or _closes(texts, self.columns):
            self.sheet.passed_over += 1
        else:
            self._student(line, row, texts)

    def _found(self, texts: list[str], columns: dict[str, int]) -> None:
        if headings.is_heading_row(columns):
            self.columns, self.above = columns, texts
            self.ours = {place for place, heading in enumerate(texts) if headings.is_our_own(heading)}
            self.sheet.headings = tuple(texts)
            self.sheet.columns = tuple(name for name in FIELDS if name in columns)

    def _is_heading_again(self, texts: list[str]) -> bool:
        """The headings repeated on each page, or a second row of them below a wide one."""
        needed = [texts[self.columns[name]] if self.columns[name] < len(texts) else "" for name in headings.NEEDED]
        if any(sign.isdigit() for sign in needed[0]):
            return False
        same = headings.is_heading_row(headings.columns(texts))
        if not same and (any(needed) or not all(map(headings.known, filter(None, texts)))):
            return False
        if not self.sheet.cards and not self.sheet.bad and not self.sheet.passed_over:
            joined = headings.under(self.above, texts)
            self._found(joined, headings.columns(joined))
        return True

    def _student(self, line: int, row: Sequence[Value], texts: list[str]) -> None:
        values: dict[str, Any] = {}
        whys: list[tuple[str, str]] = []
        for name, place in self.columns.items():
            value, text = (row[place], texts[place]) if place < len(row) else (None, "")
            try:
                values[name] = self._read(name, value, text)
            except BadCell as bad:
                whys.append((bad.why, bad.what[: cells.SHOWN]))
                values[name] = bad.what
        whys = [*self._lacks(values), *whys]
        if whys:
            self.sheet.bad.append(BadRow(line, tuple(whys), tuple(texts), values["name"]))
            return
        self.seen[values["number"]] = line
        self.sheet.cards.append(Card(**values))

    def _read(self, name: str, value: Value, text: str) -> Any:
        """A cell for one field: `text` is the tidied value."""
        if len(text) > cells.LONGEST:
            raise BadCell("too_long", text)
        if name in _DATED:
            return _DATED[name](value if isinstance(value, date) else text, self.today)
        plain = cells.unescaped(text)
        return _PLAIN[name](plain) if name in _PLAIN else plain

    def _lacks(self, values: dict[str, Any]) -> list[tuple[str, str]]:
        lacks = [(f"{name}_missing", "") for name in headings.NEEDED if not values[name]]
        if values["number"] in self.seen:
            lacks.append(("number_twice", str(self.seen[values["number"]])))
        return lacks


def _closes(texts: list[str], columns: Mapping[str, int]) -> bool:
    """A sum or a foot line: the sum says so before or where the number stands, or counts heads where the name stands.

    What stands in the column of the number does not make a student of it: it may be how many classes were summed up.
    """
    number, name = (columns[one] for one in headings.NEEDED)
    said = [_folded(text) for text in (next(filter(None, texts)), *texts[: number + 1])]
    sums = any(_SUM.fullmatch(text) for text in said) or bool(
        _HEADS.fullmatch(_folded("".join(texts[name : name + 1])))
    )
    return sums or bool(_FOOT.fullmatch((number < len(texts) and said[-1]) or said[0]))


def _folded(text: str) -> str:
    return cells.fold(text).casefold().replace(" ", "")
