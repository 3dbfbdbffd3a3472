"""The lead's rooms: the school's list with its preview, the archive with two confirmations, the leadership's page."""

from __future__ import annotations

import io
import itertools
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import expect

from .conftest import Rooms
from .house import House

_number = itertools.count(1)


def workbook(*rows: tuple[Any, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]  # a new book has a sheet
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


@pytest.mark.parametrize("who", ["shen", "sun"])
def test_the_list_is_looked_at_before_it_is_stored(house: House, rooms: Rooms, who: str) -> None:
    n = next(_number)
    room = rooms(who).go("/center/roster/").axe().fits_a_phone()
    ((before,),) = house.ask("SELECT count(*) FROM roster_pupil")
    rows = [
        ("学号", "姓名", "班级"),
        (f"J{n}1", "甲", "高一1班"),
        (f"J{n}2", "乙", ""),
        (None, "丙", ""),
        (f"J{n}1", "丁", ""),
    ]
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    room.page.set_input_files("#file", {"name": "list.xlsx", "mimeType": kind, "buffer": workbook(*rows)})
    room.press("Look at it").sees("The student number is missing.").axe().fits_a_phone()
    assert house.ask("SELECT count(*) FROM roster_pupil") == [(before,)]
    room.page.locator("main form button.primary").click()
    room.page.wait_for_load_state()
    assert house.ask("SELECT count(*) FROM roster_pupil") == [(before + 2,)]


PDF = "This is a PDF, which cannot be read as a table. Please export the list as .xlsx or .csv."
OTHER = "No row with the headings “student number” and “name” was found. Please write them above the columns."


@pytest.mark.parametrize(("data", "sentence"), [(b"%PDF-1.7", PDF), (b"a,b\n1,2\n", OTHER)])
def test_a_wrong_file_is_answered_in_a_sentence(rooms: Rooms, data: bytes, sentence: str) -> None:
    room = rooms("shen").go("/center/roster/")
    room.page.set_input_files("#file", {"name": "list.xlsx", "mimeType": "application/octet-stream", "buffer": data})
    room.press("Look at it").sees(sentence).axe()
    expect(room.page.locator("#file")).to_be_visible()


def test_every_room_of_the_center(rooms: Rooms) -> None:
    shen = rooms("shen")
    for path in ("", "colleagues/", "versions/", "agreement/", "destruction/", "founding/", "principal/", "teams/"):
        shen.go(f"/center/{path}").axe().fits_a_phone()


def test_leadership_sees_what_it_will_and_will_not_see(house: House, rooms: Rooms) -> None:
    qian = rooms("qian").stands_at("/leadership/").sees("Who comes, and whether somebody came.").axe().fits_a_phone()
    for path in ("/center/", "/desk/", "/center/roster/", "/center/destruction/"):
        qian.go(path).sees("This page belongs to other people at the center")
    rooms("sun").stands_at("/machine/").axe().fits_a_phone()


def test_a_file_goes_when_two_have_looked(house: House, rooms: Rooms, language: str) -> None:
    state = "SELECT state FROM case_case WHERE retention_until < now() ORDER BY number LIMIT 1"
    lead, zhou = rooms("shen").go("/center/destruction/"), rooms("zhou").go("/center/destruction/")
    if house.ask(state) == [("destroyed",)]:  # the other language's reader was here before
        lead.sees("No file's time is over.").axe().fits_a_phone()
        return
    lead.axe().fits_a_phone().press("I have looked: it may go").press("Destroy for good")
    lead.verdict("not_yet").get_by_text("REC-04").wait_for()
    zhou.press("I have looked: it may go").press("Destroy for good")
    zhou.axe().fits_a_phone()
    assert house.ask(state) == [("destroyed",)] and len(house.entries("destroy_case", "done")) == 1
