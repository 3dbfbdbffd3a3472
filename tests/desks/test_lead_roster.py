"""The school's list from the desk: a preview that names every bad row, files that are none, and the import."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from subrosa.records.roster import queries
from tests.desks.hand import Hand
from tests.records.center import Center, own_center

__all__ = ["own_center"]
PAGE = "/center/roster/"
ROWS = (
    ("学号", "姓名", "班级"),
    ("1001", "甲<b>", "高一1班"),
    (1002, "乙", "高一2班"),
    (None, "丙", ""),
    ("1001", "丁", ""),
    ("1004", None, ""),
)


def workbook(*rows: tuple[Any, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def look(hand: Hand, data: bytes, name: str = "roster.xlsx") -> tuple[int, str]:
    answer = hand.post(PAGE, file=SimpleUploadedFile(name, data))
    return answer.status_code, answer.content.decode()


def token(page: str) -> str:
    found = re.search(r'name="rows" value="([^"]+)"', page)
    assert found, page
    return found[1]


@pytest.fixture(params=["lead", "sun"])
def hand(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, own_center: Center) -> Hand:
    return Hand(monkeypatch, getattr(own_center, request.param), own_center.at)


def test_what_is_good_is_counted_and_what_is_bad_is_named(hand: Hand) -> None:
    status, page = look(hand, workbook(*ROWS))
    assert status == 200 and queries.size() == 0
    whys = ("the student number is missing", "this student number stands higher up already", "the name is missing")
    assert all(text in page for text in (*whys, "甲&lt;b&gt;"))
    assert "Import 2 students" in page
    assert hand.post(f"{PAGE}confirm/", rows=token(page)).status_code == 302
    assert queries.size() == 2
    _, page = look(hand, workbook(ROWS[0], ("1001", "甲", "高一9班"), ("1005", "戊", "")))
    assert re.search(r"new</dt><dd>1<.*updated</dt><dd>1<", page, re.S)
    hand.post(f"{PAGE}confirm/", rows=token(page))
    assert queries.size() == 3 and queries.search("高一9班")[0].card.name == "甲"


def test_the_preview_ends_and_belongs_to_one_person(hand: Hand, monkeypatch: pytest.MonkeyPatch, own_center: Center) -> None:
    rows = token(look(hand, workbook(*ROWS))[1])
    changed = rows[:-5] + ("AAAA=" if not rows.endswith("AAAA=") else "BBBB=")
    somebody = own_center.sun if hand.session.holder == own_center.lead.id else own_center.lead
    other = Hand(monkeypatch, somebody, own_center.at)
    assert other.post(f"{PAGE}confirm/", rows=rows).status_code == 422
    for wrong in (changed, "", "no token"):
        assert hand.post(f"{PAGE}confirm/", rows=wrong).status_code == 422
    hand.at += timedelta(minutes=10)
    hand.text(PAGE)  # somebody is there, so the session stays open
    hand.at += timedelta(minutes=10)
    hand.text(PAGE)
    hand.at += timedelta(minutes=11)
    answer = hand.post(f"{PAGE}confirm/", rows=rows)
    assert answer.status_code == 422 and "too old" in answer.content.decode() and queries.size() == 0


def bomb() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (65 * 1024 * 1024))
    return held.getvalue()


def too_many() -> bytes:
    return workbook(ROWS[0], *((str(n), "甲", "") for n in range(101)))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"%PDF-1.7 ...", "This is a PDF"),
        (b"\xd0\xcf\x11\xe0 old", "old .xls format"),
        (b"number,name\n1,a\n", "no .xlsx workbook"),
        (b"", "no .xlsx workbook"),
        (bomb, "larger than any school"),
        (workbook(("a", "b"), ("c", "d")), "No row with the headings"),
        (too_many, "more than 50,000 rows"),
    ],
    ids=["pdf", "xls", "csv", "empty", "bomb", "headings", "rows"],
)
def test_a_file_that_is_no_list_is_answered_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, own_center: Center, data: Any, sentence: str
) -> None:
    monkeypatch.setattr("subrosa.records.roster.sheet.MOST_ROWS", 100)
    status, page = look(Hand(monkeypatch, own_center.lead, own_center.at), data() if callable(data) else data)
    assert status == 422 and sentence in page and 'name="file"' in page


def test_a_file_that_is_too_large_never_arrives(monkeypatch: pytest.MonkeyPatch, own_center: Center) -> None:
    status, page = look(Hand(monkeypatch, own_center.lead, own_center.at), b"x" * (5 * 1024 * 1024))
    assert status == 422 and "at most 4 MB" in page


@pytest.mark.clause("CONF-05", "refuses")
def test_a_list_that_names_cases_is_refused(hand: Hand) -> None:
    _, page = look(hand, workbook(("学号", "姓名", "个案编号"), ("1001", "甲", "7")))
    answer = hand.post(f"{PAGE}confirm/", rows=token(page))
    assert answer.status_code == 403 and "CONF-05" in answer.content.decode() and queries.size() == 0


@pytest.mark.parametrize("who", ["lin", "qian"])
def test_the_page_is_for_lead_and_steward(monkeypatch: pytest.MonkeyPatch, own_center: Center, who: str) -> None:
    assert Hand(monkeypatch, getattr(own_center, who), own_center.at).get(PAGE).status_code == 403
