"""Files as schools send them, made here: workbooks, texts, and things that are neither."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl

HEAD = ("学号", "姓名", "班级", "出生日期")


def saved(book: Any) -> bytes:
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def workbook(*rows: Any, head: Any = HEAD) -> bytes:
    book = openpyxl.Workbook()
    for row in (head, *rows):
        book.active.append(row)
    return saved(book)


def altered(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The same archive with each member as `change(name, content)` gives it."""
    source, held = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in source.namelist():
            packed.writestr(name, change(name, source.read(name)))
    return held.getvalue()


def with_sheet(content: bytes) -> bytes:
    """A good workbook whose one sheet is this."""
    return altered(workbook(("1", "甲")), lambda name, was: content if name.endswith("sheet1.xml") else was)


def with_styles(content: bytes) -> bytes:
    """A good workbook with other styles."""
    return altered(workbook(("1", "甲")), lambda name, was: content if name.endswith("styles.xml") else was)


def with_shared(texts: bytes, sheet: bytes) -> bytes:
    """A workbook whose cells point to shared texts, as spreadsheet programs write it."""
    relation = b'<Relationship Id="rS" Type="http://x/relationships/sharedStrings" Target="/xl/sharedStrings.xml"/>'

    def change(name: str, was: bytes) -> bytes:
        return (
            was.replace(b"</Relationships>", relation + b"</Relationships>") if name.endswith("book.xml.rels") else was
        )

    held = io.BytesIO(altered(sheet, change))
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/sharedStrings.xml", b"<sst " + MAIN + b">" + texts + b"</sst>")
    return held.getvalue()


MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def sheet_of(inside: bytes) -> bytes:
    return with_sheet(b"<worksheet " + MAIN + b"><sheetData>" + inside + b"</sheetData></worksheet>")


def inline(place: str, text: str) -> bytes:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'.encode()


def bomb(size: int) -> bytes:
    return with_sheet(b"<worksheet " + MAIN + b"><sheetData>" + b" " * size)


def lying(data: bytes) -> bytes:
    """The directory says of the sheet that it unpacks to ten bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        size = packed.getinfo("xl/worksheets/sheet1.xml").file_size
    wrong = data.replace(struct.pack("<I", size), struct.pack("<I", 10))
    assert wrong != data
    return wrong


def laughs() -> bytes:
    """Entities that grow by each other: a billion laughs."""
    grown = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    trick = b'<!DOCTYPE worksheet [<!ENTITY l0 "lol">' + grown + b"]>"
    cells = inline("A1", "学号") + inline("B1", "姓名")
    rows = b'<row r="1">' + cells + b'</row><row r="2">' + inline("A2", "1") + inline("B2", "&l9;") + b"</row>"
    return with_sheet(trick + b"<worksheet " + MAIN + b"><sheetData>" + rows + b"</sheetData></worksheet>")


def outside() -> bytes:
    """A sheet that asks the parser for a file of the machine."""
    trick = b'<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/hostname">]>'

    def change(name: str, was: bytes) -> bytes:
        if not name.endswith("sheet1.xml"):
            return was
        return trick + was[was.find(b"<worksheet") :]

    return altered(workbook(("1", "甲")), change)


def other_archive(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        for name in names:
            packed.writestr(name, b"x")
    return held.getvalue()


def locked_archive() -> bytes:
    """An archive whose members ask for a password."""
    made = bytearray(workbook(("1", "甲")))
    place = -1
    while (place := made.find(b"PK\x01\x02", place + 1)) >= 0:
        made[place + 8] |= 1
    return bytes(made)


def ole(*words: str) -> bytes:
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512) + b"".join(word.encode("utf-16-le") for word in words)


def only_a_chart() -> bytes:
    book = openpyxl.Workbook()
    book.create_chartsheet("chart")
    book.remove(book["Sheet"])
    return saved(book)


def broken_inside() -> bytes:
    """A workbook whose sheet breaks off in the middle of its rows."""
    return altered(
        workbook(("1", "甲"), ("2", "乙")), lambda name, was: was[:-120] if name.endswith("sheet1.xml") else was
    )
