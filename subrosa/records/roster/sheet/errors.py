"""What can be wrong with a whole file, and with one cell of it."""

from __future__ import annotations

from enum import StrEnum


class Why(StrEnum):
    """Why a file is no list of students. The pages say each in a sentence, with what to do."""

    EMPTY = "the file is empty"
    PDF = "a PDF"
    OLD_EXCEL = "the old .xls format"
    LOCKED = "locked with a password"
    WORD = "a Word document"
    OTHER_TABLE = "another kind of workbook"
    ARCHIVE = "an archive without a workbook"
    WEB_PAGE = "a web page under another name"
    PICTURE = "a picture"
    ENCODING = "neither a workbook nor a text in a known encoding"
    ZERO_BYTES = "a text with zero bytes"
    QUOTE = "an odd quotation mark"
    BROKEN = "broken inside"
    TOO_LARGE = "unpacked too large"
    TOO_MANY_ROWS = "too many rows"
    NO_HEADINGS = "no heading row with student number and name"
    NO_ROWS = "headings and no student"


class SheetError(ValueError):
    """This file cannot be read as a list of students. `line` is where, when that is known."""

    def __init__(self, why: Why, line: int = 0) -> None:
        super().__init__(str(why))
        self.why = why
        self.line = line


class BadCell(ValueError):
    """One cell cannot be taken as it stands: the reason's key, and the words that the reason quotes."""

    def __init__(self, why: str, what: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.what = what
