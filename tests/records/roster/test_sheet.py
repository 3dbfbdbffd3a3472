"""Reading a school's export: whatever is in the file, it is text, a named bad row, or a plain refusal of the file."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from subrosa.records.roster import sheet
from subrosa.records.roster.sheet import Card, SheetError, read

HEAD = ("学号", "姓名", "班级", "出生日期")


def workbook(*rows: Any, head: Any = HEAD) -> bytes:
    book = openpyxl.Workbook()
    for row in (head, *rows):
        book.active.append(row)
    return saved(book)


def saved(book: Any) -> bytes:
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def test_a_list_as_schools_export_it() -> None:
    book = openpyxl.Workbook()
    book.active.append(["某某中学学生名册"])
    book.active.append([])
    book.active.append([" 学 号 ", "姓名", "班级", "出生日期", "备注"])
    book.active.append([2022090001.0, " 李 小雨 ", 3, date(2008, 5, 1), "x"])
    book.active.append([None, None, None, None, None])
    book.active.append(["2022090002", "王一"])
    found = read(saved(book))
    assert found.cards == [
        Card("2022090001", "李 小雨", class_name="3", born="2008-05-01"),
        Card("2022090002", "王一"),
    ]
    assert found.bad == []


def test_bad_rows_are_named_and_good_ones_kept() -> None:
    found = read(workbook(("1", "甲"), ("", "乙"), ("3", ""), ("1", "丁"), ("5", "戊")))
    assert [card.number for card in found.cards] == ["1", "5"]
    assert [(one.line, one.why) for one in found.bad] == [
        (3, "number_missing"),
        (4, "name_missing"),
        (5, "number_twice"),
    ]


@pytest.mark.parametrize("text", ["=1+1", "=cmd|' /C calc'!A0", "<script>alert(1)</script>", "+86", "@SUM(A1)"])
def test_formulas_and_html_stay_text(text: str) -> None:
    book = openpyxl.Workbook()
    book.active.append(HEAD)
    book.active.append(["1", text])
    book.active["B2"].data_type = "s"
    assert read(saved(book)).cards == [Card("1", " ".join(text.split()))]


def test_a_formula_is_not_computed_and_not_kept() -> None:
    found = read(workbook(("1", "=HYPERLINK(A1)")))
    assert found.cards == [] and found.bad[0].why == "name_missing"


@pytest.mark.parametrize("text", ["李​小雨", "‮李小雨", "👩‍👩‍👧 李", 'O\'Neil "x" \\', "a" * 30_000])
def test_unusual_text_is_kept_as_it_is(text: str) -> None:
    assert read(workbook(("1", text))).cards[0].name == text


def bomb() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (sheet.MOST_BYTES + 1))
    return held.getvalue()


def lying_bomb() -> bytes:
    """The directory says that the unpacked size is small."""
    made = bytearray(bomb())
    size = (sheet.MOST_BYTES + 1).to_bytes(4, "little")
    return bytes(made).replace(size, (10).to_bytes(4, "little"))


def only_a_chart() -> bytes:
    book = openpyxl.Workbook()
    book.create_chartsheet("chart")
    book.remove(book["Sheet"])
    return saved(book)


def broken_inside() -> bytes:
    """A workbook whose sheet breaks off in the middle of its rows."""
    source = zipfile.ZipFile(io.BytesIO(workbook(("1", "甲"), ("2", "乙"))))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        for name in source.namelist():
            data = source.read(name)
            packed.writestr(name, data[:-120] if name.endswith("sheet1.xml") else data)
    return held.getvalue()


def entities() -> bytes:
    """A sheet that asks the parser for a file of the machine."""
    source = zipfile.ZipFile(io.BytesIO(workbook(("1", "甲"))))
    held = io.BytesIO()
    trick = b'<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    with zipfile.ZipFile(held, "w") as packed:
        for name in source.namelist():
            data = source.read(name)
            if name.endswith("sheet1.xml"):
                data = trick + data[data.find(b"<worksheet") :].replace("甲".encode(), b"&x;")
            packed.writestr(name, data)
    return held.getvalue()


FILES = {
    "empty": b"",
    "an old .xls": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512),
    "a PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n",
    "text": "学号,姓名\n1,李小雨\n".encode("gb18030"),
    "a zip of something else": b"PK\x05\x06" + bytes(18),
    "a zip bomb": bomb(),
    "a zip bomb that lies": lying_bomb(),
    "only a chart": only_a_chart(),
    "broken inside": broken_inside(),
    "external entities": entities(),
    "no heading": workbook(("1", "甲"), head=("a", "b", "c", "d")),
    "an empty sheet": saved(openpyxl.Workbook()),
}


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
def test_what_is_no_list_of_students(data: bytes) -> None:
    with pytest.raises(SheetError):
        read(data)


def test_too_many_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "MOST_ROWS", 5)
    assert len(read(workbook(*((n, "甲") for n in range(1, 5)))).cards) == 4
    with pytest.raises(SheetError, match="too many"):
        read(workbook(*((n, "甲") for n in range(1, 6))))


def test_a_card_shows_nothing_in_a_log() -> None:
    found = read(workbook(("1", "李小雨")))
    assert "李小雨" not in repr(found) + repr(found.cards)


ROSTERS = Path(__file__).resolve().parents[4] / "shared" / "data" / "rosters"


@pytest.mark.skipif(not (ROSTERS / "roster.xlsx").is_file(), reason="the example roster is not at hand")
def test_the_example_roster() -> None:
    found = read((ROSTERS / "roster.xlsx").read_bytes())
    assert len(found.cards) == 3000 and not found.bad
