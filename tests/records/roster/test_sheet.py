"""Reading a list of students as schools send it: whatever is in the file, it is text, a named bad row, or a plain refusal."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import NamedStyle

from subrosa.records.roster.sheet import Card, SheetError, Why, read, table, text, workbook
from tests.records.roster import files
from tests.records.roster.files import inline, saved, sheet_of
from tests.records.roster.files import workbook as made

TODAY = date(2026, 9, 7)


def rows(*lines: str, between: str = ",") -> bytes:
    return "\n".join(line.replace(",", between) for line in lines).encode()


def test_a_list_as_schools_export_it() -> None:
    book = openpyxl.Workbook()
    for row in (
        ["某某中学学生名册"],
        [],
        [" 学 号 ", "姓\n名", "班级（必填）", "出生日期", "备注"],
        [2022090001.0, " 李 小\u3000雨 ", 3, date(2008, 5, 1), "x"],
        [None, None, None, None, None],
        ["２０２２０９０００２", "王一", "高一（２）班"],
        ["学号", "姓名", "班级", "出生日期", "备注"],
        ["2022090003", "欧阳　修远"],
        ["合计", "3人"],
        [None, "共3人"],
        ["制表人：王老师"],
    ):
        book.active.append(row)
    book.active.merge_cells("A1:E1")
    found = read(saved(book), today=TODAY)
    assert found.cards == [
        Card("2022090001", "李小雨", class_name="3", born="2008-05-01"),
        Card("2022090002", "王一", class_name="高一(2)班"),
        Card("2022090003", "欧阳修远"),
    ]
    assert (found.bad, found.passed_over) == ([], 4)
    assert found.columns == ("number", "name", "class_name", "born")


@pytest.mark.parametrize(
    "last",
    [
        "合计,1,共1人",
        "合计,1,",
        "合计,31人,",
        "合计:,,共31人",
        "总计,2,二",
        "高一(1)班小计,31,",
        ",,共1人",
        ",1,共1人",
        "Total,1,31",
        "Grand total,,",
        "本年级共31人,,",
    ],
)
def test_a_sum_is_no_student_wherever_its_word_stands(last: str) -> None:
    found = read(rows("序号,学号,姓名", "1,001,李小雨", last))
    assert ([one.name for one in found.cards], found.bad, found.passed_over) == (["李小雨"], [], 1)


def test_what_only_looks_like_a_sum_stays_a_row() -> None:
    found = read(rows("序号,学号,姓名,备注", "1,001,李小雨,合计", "2,002,共工,", "3,003,总小明,", "4,,人数,"))
    assert [one.name for one in found.cards] == ["李小雨", "共工", "总小明"]
    assert [(one.line, one.name) for one in found.bad] == [(5, "人数")]


def test_bad_rows_are_named_with_every_reason_and_good_ones_kept() -> None:
    found = read(
        made(
            ("1", "甲", "", "2010-02-30"),
            ("", "乙", "", "2030-01-01"),
            ("3", "", "", "1910-01-01"),
            ("5", "戊", "", ""),
            ("5", "丁", "", "3/4/2010"),
            ("2.0E+11", "己", "", ""),
            ("无", "庚", "", ""),
            (10**20, "辛", "", ""),
        ),
        today=TODAY,
    )
    assert [card.number for card in found.cards] == ["5"]
    assert [(one.line, one.whys) for one in found.bad] == [
        (2, (("date_impossible", "2010-02-30"),)),
        (3, (("number_missing", ""), ("date_ahead", "2030-01-01"))),
        (4, (("name_missing", ""), ("date_too_old", "1910-01-01"))),
        (6, (("number_twice", "5"), ("date_unclear", "3/4/2010"))),
        (7, (("number_rounded", "2.0E+11"),)),
        (8, (("number_odd", "无"),)),
        (9, (("number_rounded", "1e+20"),)),
    ]
    assert found.bad[0].why == "date_impossible" and found.bad[0].cells == ("1", "甲", "", "2010-02-30")


@pytest.mark.parametrize("given", ["=1+1", "=cmd|' /C calc'!A0", "<script>alert(1)</script>", "+86", "@SUM(A1)", "-甲"])
def test_formulas_and_html_stay_text(given: str) -> None:
    book = openpyxl.Workbook()
    book.active.append(files.HEAD)
    book.active.append(["1", given])
    book.active["B2"].data_type = "s"
    assert read(saved(book)).cards == [Card("1", " ".join(given.split()))]


def test_a_formula_is_its_result_where_the_file_has_one_and_else_its_text() -> None:
    assert read(made(("1", "=HYPERLINK(A1)"))).cards == [Card("1", "=HYPERLINK(A1)")]
    head = b'<row r="1">' + inline("A1", "学号") + inline("B1", "姓名") + b"</row>"
    cell = '<c r="B2" t="str"><f>CONCATENATE("王","一")</f><v>王一</v></c>'.encode()
    number = b'<c r="A2"><f>1+1</f><v>2</v></c>'
    assert read(sheet_of(head + b"<row>" + number + cell + b"</row>")).cards == [Card("2", "王一")]


@pytest.mark.parametrize("given", ["‮李小雨", "👩‍👩‍👧 李", 'O\'Neil "x" \\', "Anna Maria", "Ａｎｎａ", "a" * 900])
def test_unusual_names_are_kept_as_they_are(given: str) -> None:
    assert read(made(("1", given))).cards[0].name == given


def test_a_cell_longer_than_any_list_has_is_a_bad_row() -> None:
    bad = read(made(("1", "a" * 30_000))).bad[0]
    assert bad.whys == (("too_long", "a" * 40),) and len(bad.cells[1]) == 1001


def test_merged_cells_fill_down_where_the_sheet_says_so_and_nowhere_else() -> None:
    book = openpyxl.Workbook()
    for row in (
        ("学号", "姓名", "班级"),
        ("1", "甲", "1班"),
        ("2", "乙"),
        ("3", "丙"),
        ("4", "丁", "2班"),
        ("5", "戊"),
    ):
        book.active.append(row)
    book.active.merge_cells("C2:C4")
    book.active.merge_cells("A8:C9")
    assert [card.class_name for card in read(saved(book)).cards] == ["1班", "1班", "1班", "2班", ""]


def test_headings_in_two_rows() -> None:
    book = openpyxl.Workbook()
    book.active.append(["学号", "姓名", "监护人信息", None, "班级"])
    book.active.append([None, None, "姓名", "电话", None])
    book.active.append(["1", "甲", "甲母", "138-0000-0000", "3"])
    for place in ("A1:A2", "B1:B2", "C1:D1", "E1:E2"):
        book.active.merge_cells(place)
    wanted = [Card("1", "甲", class_name="3", guardian="甲母", guardian_phone="13800000000")]
    assert read(saved(book)).cards == wanted


@pytest.mark.parametrize(
    "head",
    [
        ("Student Number", "NAME", "Class", "Date of birth"),
        ("Ｓｔｕｄｅｎｔ　ｎｏ．", "Full name", "class", "DOB"),
        ("学\n号", "姓　名", "班 级", "出生年月日"),
        ("学号*", "姓名（必填）", "班级:", "出生日期(yyyy-mm-dd)"),
    ],
)
def test_headings_in_many_spellings(head: tuple[str, ...]) -> None:
    assert read(made(("1", "甲", "3", "2010-03-04"), head=head)).cards == [
        Card("1", "甲", class_name="3", born="2010-03-04")
    ]


def test_of_two_headings_for_one_field_the_better_name_counts() -> None:
    found = read(made(("G1", "1", "甲", "8", "9"), head=("学籍号", "学号", "姓名", "联系电话", "监护人电话")))
    assert found.cards == [Card("1", "甲", guardian_phone="9")]


def test_the_first_sheet_that_is_a_list_is_read_and_the_others_are_named() -> None:
    book = openpyxl.Workbook()
    book.active.title = "说明"
    book.active.append(["请填写"])
    for name in ("高一", "高二"):
        sheet = book.create_sheet(name)
        sheet.append(["学号", "姓名"])
        sheet.append([f"{name}1", "甲"])
    book.create_sheet("藏").sheet_state = "hidden"
    found = read(saved(book))
    assert [card.number for card in found.cards] == ["高一1"]
    assert (found.name, found.others) == ("高一", ("说明", "高二"))


def test_a_wrong_size_of_the_sheet_is_not_believed() -> None:
    data = made(*((str(n), "甲") for n in range(1, 6)))
    for said in (b'<dimension ref="A1"/>', b'<dimension ref="A1:XFD1048576"/>'):
        wrong = files.altered(data, lambda name, was, said=said: was.replace(b'<dimension ref="A1:D6" />', said))
        assert wrong != data and len(read(wrong).cards) == 5


def test_dates_as_cells_in_any_format_and_calendar() -> None:
    book = openpyxl.Workbook()
    book.active.append(["学号", "姓名", "出生日期"])
    for n, code in enumerate(("yyyy-mm-dd", "d/m/yy", 'yyyy"年"m"月"d"日"', "[$-804]yyyy年m月d日", "General"), 1):
        book.active.append([str(n), "甲", datetime(2010, 3, 4)])
        book.active.cell(n + 1, 3).number_format = code
    found = read(saved(book))
    assert {card.born for card in found.cards} == {"2010-03-04"} and len(found.cards) == 5
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    assert {card.born for card in read(saved(book)).cards[:4]} == {"2010-03-04"}


def test_the_chinese_date_formats_that_need_no_definition() -> None:
    style = b'<styleSheet %s><cellXfs><xf numFmtId="0"/><xf numFmtId="57"/></cellXfs></styleSheet>' % files.MAIN
    book = openpyxl.Workbook()
    book.active.append(["学号", "姓名", "出生日期"])
    book.active.append(["1", "甲", 40241.5])
    book.add_named_style(NamedStyle("x"))

    def change(name: str, was: bytes) -> bytes:
        if name.endswith("styles.xml"):
            return style
        return was.replace(b'<c r="C2"', b'<c r="C2" s="1"') if name.endswith("sheet1.xml") else was

    assert read(files.altered(saved(book), change)).cards[0].born == "2010-03-04"


def test_reading_aids_above_a_name_are_no_part_of_it() -> None:
    head = b'<row r="1">' + inline("A1", "学号") + inline("B1", "姓名") + b"</row>"
    aided = "<is><r><t>王</t></r><r><t>一</t></r><rPh><t>wang</t></rPh></is>".encode()
    row = b'<row r="2">' + inline("A2", "1") + b'<c r="B2" t="inlineStr">' + aided + b"</c></row>"
    assert read(sheet_of(head + row)).cards == [Card("1", "王一")]


def test_texts_that_many_cells_share() -> None:
    texts = "<si><t>学号</t></si><si><t>姓名</t></si><si><r><t>王</t></r><r><t xml:space='preserve'> 一</t></r></si>"
    cells = b'<row r="1"><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row r="2"><c><v>7</v></c><c t="s"><v>2</v></c></row>'
    assert read(files.with_shared(texts.encode(), sheet_of(cells))).cards == [Card("7", "王一")]


TEXT = ("学号;姓名;班级", "１００１;王 小 明;高一（1）班", '1002;"阿卜杜拉•买买提江";')


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("between", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_text_in_each_encoding_and_with_each_sign(encoding: str, between: str, end: str) -> None:
    found = read(end.join(TEXT).replace(";", between).encode(encoding))
    assert found.cards == [Card("1001", "王小明", class_name="高一(1)班"), Card("1002", "阿卜杜拉·买买提江")]


def test_big_endian_and_numbers_kept_as_text() -> None:
    data = '学号,姓名,监护人电话\n="0012",甲,"=""13800000000"""\n'
    assert read(b"\xfe\xff" + data.encode("utf-16-be")).cards == [Card("0012", "甲", guardian_phone="13800000000")]


def test_the_line_of_a_text_is_where_its_row_begins() -> None:
    found = read(rows("名册", "", "学号,姓名,地址", '1,甲,"上\n下"', ",乙,"))
    assert found.cards[0].address == "上 下" and found.bad[0].line == 6


FILES: dict[str, tuple[bytes, Why]] = {
    "empty": (b"", Why.EMPTY),
    "blank": (b" \r\n\n ", Why.EMPTY),
    "an empty sheet": (saved(openpyxl.Workbook()), Why.EMPTY),
    "only commas": (b",,\n,,\n", Why.EMPTY),
    "an old .xls": (files.ole("Workbook"), Why.OLD_EXCEL),
    "a workbook with a password": (files.ole("EncryptedPackage"), Why.LOCKED),
    "an old .doc": (files.ole("WordDocument"), Why.WORD),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", Why.PDF),
    "a picture": (b"\x89PNG\r\n\x1a\n", Why.PICTURE),
    "a .docx": (files.other_archive("[Content_Types].xml", "word/document.xml"), Why.WORD),
    "an .ods": (files.other_archive("mimetype", "content.xml"), Why.OTHER_TABLE),
    "an .xlsb": (files.other_archive("xl/workbook.bin"), Why.OTHER_TABLE),
    "a .zip": (files.other_archive("roster.xls"), Why.ARCHIVE),
    "an empty .zip": (b"PK\x05\x06" + bytes(18), Why.ARCHIVE),
    "an archive with a password": (files.locked_archive(), Why.BROKEN),
    "a web page as .xls": (b"\xef\xbb\xbf <html><table><tr><td>1</td></tr></table>", Why.WEB_PAGE),
    "no encoding": ("学号,姓名".encode() + b"\xff\xfe\xff", Why.ENCODING),
    "half a character": (b"\xff\xfe" + "学号".encode("utf-16-le")[:-1], Why.ENCODING),
    "zero bytes": ("学号,姓名\n1,a\0b".encode(), Why.ZERO_BYTES),
    "zero bytes in UTF-16": ("学号,姓名\n1,a\0b".encode("utf-16"), Why.ZERO_BYTES),
    "broken inside": (files.broken_inside(), Why.BROKEN),
    "only a chart": (files.only_a_chart(), Why.EMPTY),
    "a billion laughs": (files.laughs(), Why.BROKEN),
    "external entities": (files.outside(), Why.BROKEN),
    "a missing shared text": (sheet_of(b'<row><c t="s"><v>7</v></c></row>'), Why.BROKEN),
    "no heading": (made(("1", "甲"), head=("a", "b", "c", "d")), Why.NO_HEADINGS),
    "only headings": (made(), Why.NO_ROWS),
    "only headings and a sum": (made(("合计", "0人")), Why.NO_ROWS),
}


@pytest.mark.parametrize(("data", "why"), FILES.values(), ids=FILES)
def test_what_is_no_list_of_students(data: bytes, why: Why) -> None:
    with pytest.raises(SheetError) as caught:
        read(data)
    assert caught.value.why is why


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        (("学号,姓名", '1,"甲', *(f"{n},乙" for n in range(2, 9))), 2),
        (("学号,姓名", "1,甲", '2,"乙"丙', "3,丁"), 3),
        (("学号,姓名", "1,甲", '2,"乙', *(f"{n},丙" for n in range(3, 40)), '40,丁"'), 3),
        (("学号,姓名", '1,"' + "x" * 140_000), 2),
    ],
)
def test_an_odd_quotation_mark_is_named_by_its_line(lines: tuple[str, ...], line: int) -> None:
    with pytest.raises(SheetError) as caught:
        read(rows(*lines))
    assert (caught.value.why, caught.value.line) == (Why.QUOTE, line)


HEAVY = {
    "a bomb": lambda: files.bomb(workbook.MOST_BYTES),
    "a bomb that lies about its size": lambda: files.lying(files.bomb(workbook.MOST_BYTES)),
    "a bomb beside the sheet": lambda: files.with_styles(b"<styleSheet>" + b" " * workbook.MOST_BYTES),
    "styles without end": lambda: files.with_styles(b"<styleSheet><cellXfs>" + b"<xf/>" * workbook.MOST_MARKS),
    "shared texts without end": lambda: files.with_shared(b"<si/>" * workbook.MOST_MARKS, sheet_of(b"")),
    "one row of cells without end": lambda: sheet_of(b"<row>" + b"<c/>" * workbook.MOST_MARKS + b"</row>"),
    "one text without end": lambda: sheet_of(b"<row><c><is><t>" + b"a" * (40 << 20) + b"</t></is></c></row>"),
    "one element without end": lambda: sheet_of(b"<row " + b" ".join(b'a%x=""' % n for n in range(600_000)) + b"/>"),
    "merged cells without end": lambda: files.altered(
        made(*((str(n), "甲") for n in range(3000))),
        lambda name, was: was.replace(b"</sheetData>", b"</sheetData>" + b'<mergeCell ref="A1:A9999"/>' * 20_000),
    ),
}
LIMITED = """
import resource, sys, time
from subrosa.records.roster.sheet import SheetError, read
resource.setrlimit(resource.RLIMIT_AS, (400 << 20, 400 << 20))
data = sys.stdin.buffer.read()
try:
    read(data)
except SheetError as error:
    print(error.why, round(time.process_time()), sep="|")
"""


@pytest.mark.parametrize("make", HEAVY.values(), ids=HEAVY)
def test_what_would_fill_the_machine_is_refused_soon_and_in_little_memory(make: Any) -> None:
    data = make()
    assert len(data) < 4 << 20, "it would arrive"
    said = subprocess.run([sys.executable, "-c", LIMITED], input=data, capture_output=True, check=True).stdout.decode()
    why, _, spent = said.strip().partition("|")
    lies = make is HEAVY["a bomb that lies about its size"]  # what comes out then ends too soon
    assert why == (Why.BROKEN if lies else Why.TOO_LARGE) and int(spent) < 20


def test_a_hundred_thousand_rows_are_refused_before_they_are_read() -> None:
    lines = b"number,name\n" + b"".join(b"%d,a\n" % n for n in range(100_000))
    begun = time.process_time()
    with pytest.raises(SheetError) as caught:
        read(lines)
    assert caught.value.why is Why.TOO_MANY_ROWS and time.process_time() - begun < 10


def test_too_many_rows_of_a_workbook(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (table, text):
        monkeypatch.setattr(module, "MOST_ROWS", 5)
    monkeypatch.setattr("subrosa.records.roster.sheet.parts.MOST_ROWS", 5)
    assert len(read(made(*((n, "甲") for n in range(1, 5)))).cards) == 4
    with pytest.raises(SheetError, match="too many"):
        read(made(*((n, "甲") for n in range(1, 6))))


def test_rows_that_hold_nothing_do_not_count() -> None:
    head = b'<row r="1">' + inline("A1", "学号") + inline("B1", "姓名") + b"</row>"
    blank = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (n, n) for n in range(2, 60_002))
    last = (
        b'<row r="1048576">'
        + inline("A1048576", "1")
        + inline("B1048576", "甲")
        + inline("XFD1048576", "x")
        + b"</row>"
    )
    assert read(sheet_of(head + blank + last)).cards == [Card("1", "甲")]


def test_a_card_shows_nothing_in_a_log() -> None:
    found = read(made(("1", "李小雨"), ("", "王一")))
    shown = repr(found) + repr(found.cards) + repr(found.bad) + repr(table.Table([(1, ["李小雨"])]))
    assert "李小雨" not in shown and "王一" not in shown


ROSTERS = Path(__file__).resolve().parents[4] / "shared" / "data" / "rosters"
REAL = (("roster.xlsx", 3000, []), ("roster-gb18030.csv", 500, []), ("roster-messy.xlsx", 296, [9, 12, 16, 19]))


@pytest.mark.skipif(not ROSTERS.is_dir(), reason="the example rosters are not at hand")
@pytest.mark.parametrize(("name", "good", "bad"), REAL)
def test_the_example_rosters(name: str, good: int, bad: list[int]) -> None:
    found = read((ROSTERS / name).read_bytes(), today=TODAY)
    assert (len(found.cards), [one.line for one in found.bad]) == (good, bad)
