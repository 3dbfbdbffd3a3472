"""The school's list as a school sends it: looked at, mended and brought in; found by pinyin; the families' letters noted."""

from __future__ import annotations

import io
import itertools
import time
from pathlib import Path
from urllib.parse import urlencode

import openpyxl
import pytest
from playwright.sync_api import expect

from .conftest import Rooms
from .house import House
from .room import Room

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_number = itertools.count(1)


def choose(room: Room, data: bytes, name: str, kind: str = "text/csv") -> Room:
    room.go("/center/roster/").page.set_input_files("#file", {"name": name, "mimeType": kind, "buffer": data})
    return room.press("Look at it")


def import_it(room: Room) -> Room:
    room.page.locator("main form button.primary").click()
    room.page.wait_for_load_state()
    return room


@pytest.mark.parametrize("who", ["shen", "sun"])
def test_bad_rows_are_mended_and_brought_in(house: House, rooms: Rooms, who: str) -> None:
    n = f"M{next(_number)}"
    lines = (
        "学生名册",
        "学号,姓名,班级,出生日期",
        f"{n}1,欧阳　修远,{n}班,2010年3月4日",
        f",贾 明,{n}班,",
        f"{n}3,=1+1,{n}班,2010-02-30",
        "合计,3人",
    )
    room = choose(rooms(who), "\r\n".join(lines).encode("gb18030"), "list.csv").axe().fits_a_phone()
    room.sees("The student number is missing.")
    import_it(room).sees("The rows to mend, as a file").axe().fits_a_phone()
    with room.page.expect_download() as coming:
        room.button("The rows to mend, as a file").click()
    book = openpyxl.load_workbook(io.BytesIO(Path(coming.value.path()).read_bytes()))
    sheet = book.active
    assert sheet is not None and coming.value.suggested_filename == "to-mend.xlsx"
    assert sheet.cell(1, 5).value == room.say("What to mend") and sheet.cell(3, 2).value == "'=1+1"
    sheet["A2"], sheet["D3"] = f"{n}2", "2010/2/28"
    held = io.BytesIO()
    book.save(held)
    import_it(choose(room, held.getvalue(), "to-mend.xlsx", XLSX))
    room.go(f"/center/roster/letters/class/?{urlencode({'grade': '', 'class': f'{n}班'})}")
    names = room.page.locator("main tbody th").all_inner_texts()
    assert [name.split(n)[0].strip() for name in names] == ["欧阳修远", "贾明", "=1+1"]


def test_a_long_list_says_that_it_is_worked_on(rooms: Rooms) -> None:
    n = next(_number)
    lines = ["学号,姓名", *(f"L{n}{place:05},王一" for place in range(3000))]
    room = choose(rooms("shen"), "\n".join(lines).encode(), "list.csv")
    button = room.page.locator("main form button.primary")
    idle = button.inner_text()
    # what the button says once it was pressed, kept where the next page can read it
    room.page.evaluate(
        "addEventListener('submit', e => setTimeout(() => { sessionStorage.said = e.submitter.innerText; }, 50))"
    )
    button.click()
    room.page.wait_for_url("**imported=3000")
    assert room.page.evaluate("sessionStorage.said").strip() == room.say("Working on it; this may take some seconds…")
    assert "3000" in idle.replace(",", "")


def test_a_family_is_found_and_its_answer_noted_by_keyboard(house: House, rooms: Rooms) -> None:
    n = f"K{next(_number)}"
    room = rooms("shen")
    import_it(choose(room, f"学号,姓名,班级\n{n}1,闻一,{n}班\n{n}2,闻二,{n}班\n".encode(), "list.csv"))
    room.go("/center/roster/letters/").axe().fits_a_phone()
    room.page.get_by_role("link", name=f"{n}班").click()
    room.axe().fits_a_phone()
    first = room.page.locator("main tbody tr").first
    first.locator("input[type=radio]").first.focus()
    room.key("ArrowRight", "Tab", "Space", "Tab", "Tab", "ArrowRight", "ArrowRight")
    expect(room.press("Save").axe().page.locator(".notice.in-order")).to_contain_text("2")
    assert first.locator("input:checked").count() == 2 and first.locator("input[value=yes]").is_checked()
    assert room.page.locator("main tbody tr").nth(1).locator("input[value=no]").is_checked()
    assert house.entries("record_letters", "done")[-1] == ("lead", ["CON-01", "CONF-05"])


def test_the_letter_prints_as_a_leaf_in_each_language(rooms: Rooms) -> None:
    room = rooms("sun").go("/center/roster/letter/").axe().fits_a_phone()
    leaves = room.page.locator("article")
    assert [leaf.get_attribute("lang") for leaf in leaves.all()] == ["zh-hans", "en"]
    room.page.emulate_media(media="print")
    expect(room.page.locator("h1")).to_be_hidden()
    expect(leaves.first).to_be_visible()
    assert room.page.pdf(format="A4").count(b"/Type /Page\n") == 2


def test_somebody_is_found_by_pinyin_while_typing(rooms: Rooms) -> None:
    n = f"F{next(_number)}"
    import_it(choose(rooms("shen"), f"学号,姓名,班级\n{n},阚泽宇,{n}班\n".encode(), "list.csv"))
    room = rooms("lin").go("/reception/find/")
    for typed in ("kanzeyu", "KZY", "kan ze", "zeyu", n):
        begun = time.monotonic()
        room.page.fill("#q", "")
        room.page.locator("#q").press_sequentially(typed)
        expect(room.page.locator("#found .pupil").first).to_contain_text("阚泽宇")
        assert time.monotonic() - begun < 5
    room.axe().fits_a_phone()
