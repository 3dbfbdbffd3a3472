"""Laws of reading: one meaning however it is spelled, folding once is enough, and what we write reads as it was."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from subrosa.records.roster.sheet import Card, answers, cells, dates, headings, mend, read
from subrosa.records.roster.sheet.errors import BadCell
from tests.records.roster.files import saved

FULL = str.maketrans("0123456789-/.", "０１２３４５６７８９－／．")
HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=4)
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
DAYS = st.dates(date(1930, 1, 1), date(2026, 9, 7))
SPELLINGS: dict[str, Any] = {
    "dashes": "{0:%Y-%m-%d}".format,
    "slashes": "{0:%Y/%m/%d}".format,
    "dots": "{0:%Y.%m.%d}".format,
    "no zeros": lambda day: f"{day.year}/{day.month}/{day.day}",
    "Chinese": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "Chinese with spaces": lambda day: f" {day.year} 年 {day.month} 月 {day.day} 日 ",
    "together": "{0:%Y%m%d}".format,
    "a serial": lambda day: str((day - date(1899, 12, 30)).days),
    "a serial with a time": lambda day: f"{(day - date(1899, 12, 30)).days}.25",
    "with a time": "{0:%Y-%m-%d} 00:00:00".format,
    "as a machine writes it": "{0:%Y-%m-%d}T08:30:00Z".format,
    "full-width": lambda day: f"{day:%Y-%m-%d}".translate(FULL),
    "a date": lambda day: day,
}


@pytest.mark.parametrize("spelled", SPELLINGS.values(), ids=SPELLINGS)
@given(DAYS)
def test_any_spelling_of_a_date_reads_as_the_same_date(spelled: Any, day: date) -> None:
    assert dates.born(spelled(day), date(2026, 9, 7)) == day.isoformat()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("2010-02-30", "date_impossible"),
        ("2011年2月29日", "date_impossible"),
        ("20101301", "date_impossible"),
        ("2010-00-10", "date_impossible"),
        ("2026-09-08", "date_ahead"),
        ("1926-09-06", "date_too_old"),
        ("99999", "date_ahead"),
        ("3/4/2010", "date_unclear"),
        ("10-3-4", "date_unclear"),
        ("2010", "date_unclear"),
        ("2010年3月", "date_unclear"),
        ("20100304x", "date_unclear"),
        ("明天", "date_unclear"),
    ],
)
def test_what_is_no_birthday(said: str, why: str) -> None:
    with pytest.raises(BadCell) as caught:
        dates.born(said, date(2026, 9, 7))
    assert caught.value.why == why


def test_the_edges_of_a_hundred_years() -> None:
    today = date(2028, 2, 29)
    assert dates.born("1928-02-29", today) == "1928-02-29" and dates.born("20280229", today) == "2028-02-29"
    with pytest.raises(BadCell):
        dates.born("1928-02-28", today)
    assert dates.born("1800-01-01", None) == "1800-01-01" and dates.born("  ", today) == dates.born(None, today) == ""


FOLDS = (cells.tidy, cells.fold, cells.word, cells.name, cells.number, cells.phone)


@pytest.mark.parametrize("fold", FOLDS)
@given(ANY)
def test_folding_once_is_enough(fold: Any, text: str) -> None:
    try:
        once = fold(text)
    except BadCell:
        return
    assert fold(once) == once


@given(HAN, HAN, st.sampled_from([" ", "\u3000", "\xa0", "\t", "  ", "\u200b", "\ufeff"]))
def test_a_chinese_name_has_no_spaces_inside(family: str, first: str, gap: str) -> None:
    assert cells.name(gap.join((family, *first))) == family + first


@pytest.mark.parametrize("dot", "·•・‧∙⋅･.．")
@pytest.mark.parametrize("gap", ["", " ", "\u3000"])
def test_each_look_of_the_middle_dot_is_one(dot: str, gap: str) -> None:
    assert cells.name(f"阿卜杜拉{gap}{dot}{gap}买买提江") == "阿卜杜拉·买买提江"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Anna  Maria", "Anna Maria"),
        ("J. R. Li", "J. R. Li"),
        ("李 Anna", "李 Anna"),
        ("Ａｎｎａ", "Ａｎｎａ"),
        ("⽟", "⽟"),
    ],
)
def test_other_names_stay_as_they_were_written(written: str, name: str) -> None:
    assert cells.name(written) == name


@pytest.mark.parametrize(
    ("fold", "written", "folded"),
    [
        (cells.number, " ２０２２　０９０-１ ", "2022090-1"),
        (cells.number, "Ｇ３３０１", "G3301"),
        (cells.number, '="007"', "007"),
        (cells.phone, "156-7735-6436", "15677356436"),
        (cells.phone, "+86 156 7735 6436", "15677356436"),
        (cells.phone, "１５６７７３５６４３６", "15677356436"),
        (cells.phone, "0571–8888 6666", "0571-8888 6666"),
        (cells.word, "高一 （ ３ ） 班", "高一(3)班"),
        (cells.word, "Class  3 A", "Class 3 A"),
    ],
)
def test_what_is_folded(fold: Any, written: str, folded: str) -> None:
    assert fold(written) == folded


@given(ANY)
def test_what_is_escaped_runs_nowhere_and_comes_back(text: str) -> None:
    assert cells.unescaped(cells.escaped(text)) == text
    assert not cells.escaped(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_answers_to_the_letter() -> None:
    assert [answers.consent(said) for said in ("同意", " Yes ", "√", "不同意", "否", "×", "", "未交", "-")] == [
        *["yes"] * 3,
        *["no"] * 3,
        *[""] * 3,
    ]
    assert [answers.tick(said) for said in ("√", "是", "x", "不参加", "否", "参加", "", "□")] == [
        *[True] * 4,
        *[False] * 2,
        *[None] * 2,
    ]
    for read_as, said in ((answers.consent, "也许"), (answers.tick, "×"), (answers.tick, "maybe")):
        with pytest.raises(BadCell, match="answer_unclear"):
            read_as(said)


def spoken(field: str) -> st.SearchStrategy[str]:
    """Any heading of a field, with what people type around it."""
    gaps = st.sampled_from(["{}", " {} ", "{}\n", "{}*", "{}：", "　{}"])
    return st.tuples(st.sampled_from(headings.HEADINGS[field]), gaps).map(lambda pair: pair[1].format(pair[0]))


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "number": st.integers(1, 10**12).map(str),
            "name": HAN,
            "class_name": st.integers(1, 30).map("{}班".format),
            "born": DAYS.map(str),
            "phone": st.sampled_from(["", "13800000000", "0571-1234"]),
            "consent": st.sampled_from(["", "同意", "不同意"]),
        }
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda row: row["number"],
)
ORDER = st.permutations(["number", "name", "class_name", "born", "phone", "consent"])


@settings(max_examples=40, deadline=None)
@given(st.data(), ROWS, ORDER)
def test_columns_in_any_order_give_the_same_students(data: Any, rows: list[dict[str, str]], order: list[str]) -> None:
    heads = [data.draw(spoken(field)) for field in order]
    held = io.StringIO()
    csv.writer(held).writerows([heads, *([row[field] for field in order] for row in rows)])
    book = openpyxl.Workbook()
    for line in (heads, *([row[field] for field in order] for row in rows)):
        book.active.append(line)
    said = {"同意": "yes", "不同意": "no", "": ""}
    wanted = [Card(**{**row, "consent": said[row["consent"]]}) for row in rows]
    assert read(held.getvalue().encode()).cards == read(saved(book)).cards == wanted


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(ANY, min_size=3, max_size=3), min_size=1, max_size=5))
def test_the_file_to_mend_reads_as_it_was(rows: list[list[str]]) -> None:
    """Every cell as it came, in any spreadsheet program, and our own reading of it says the same of each row."""
    heads = ("学号", "姓名", "地址")
    tidied = [[cells.tidy(cell) for cell in row] for row in rows]
    assume(all("\ufffe" not in cell and "\uffff" not in cell for row in tidied for cell in row))
    file = mend(heads, [(row, "x") for row in tidied], "what to mend")
    seen = list(openpyxl.load_workbook(io.BytesIO(file)).active.iter_rows(values_only=True))
    assert [[cells.unescaped(cell or "") for cell in row[:3]] for row in seen[1:]] == tidied
    held = io.StringIO()
    csv.writer(held).writerows([heads, *([cells.escaped(cell) for cell in row] for row in tidied)])
    try:
        direct = read(held.getvalue().encode())
    except ValueError:
        return
    again = read(file)
    assert again.cards == direct.cards
    assert [(one.whys, one.cells[:3]) for one in again.bad] == [(one.whys, one.cells[:3]) for one in direct.bad]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.lists(
            st.one_of(st.none(), ANY, st.integers(0, 10**14), st.booleans(), st.datetimes(datetime(1900, 3, 1))),
            min_size=1,
            max_size=4,
        ),
        min_size=1,
        max_size=5,
    )
)
def test_a_workbook_reads_as_openpyxl_reads_it(rows: list[list[Any]]) -> None:
    """The other reader is the oracle for what it writes itself, cell by cell."""
    book = openpyxl.Workbook()
    book.active.append(["学号", "姓名", *(f"c{n}" for n in range(4))])
    try:
        for n, row in enumerate(rows):
            book.active.append([f"n{n}", "", *row])
    except openpyxl.utils.exceptions.IllegalCharacterError:
        assume(False)
    data = saved(book)
    theirs = list(openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(min_row=2, min_col=3, values_only=True))
    ours = [one.cells[2:] for one in read(data).bad]
    assert [_trimmed(row) for row in ours] == [_trimmed(map(_as_text, row)) for row in theirs]


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        return value.date().isoformat()
    return cells.tidy("" if value is None else str(value))


def _trimmed(row: Any) -> list[str]:
    said = list(row)
    while said and not said[-1]:
        said.pop()
    return said
