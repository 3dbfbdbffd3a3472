"""Files of a case and words in it, in a browser: put in by portions, taken out again, looked for, printed; by keyboard."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Route, expect

from .conftest import Rooms
from .house import House
from .room import Room
from .test_record import SIGNED

SENTENCE = "只有我知道那扇门在哪里。"
DRAWING = SENTENCE.encode() * 40_000 + os.urandom(900_000)  # some portions and a rest
BROKEN = "It stopped on the way. Press again, and it goes on where it was."


@pytest.fixture
def case(house: House) -> str:
    """Lin's running case, its agreement signed."""
    ((key,),) = house.ask(SIGNED)
    return str(key)


def drawing(name: str, plain: bytes = DRAWING) -> Any:
    return {"name": name, "mimeType": "image/png", "buffer": plain}


def choose(room: Room, case: str, name: str) -> Room:
    """Open the case, unfold the form by keyboard and choose a file."""
    room.go(f"/cases/{case}/").tab_to("#attach > summary").key("Enter")
    room.page.locator("#file").set_input_files(drawing(name))
    return room


def taken_out(room: Room, name: str) -> bytes:
    link = room.page.locator("li", has_text=name).get_by_role("link", name=re.compile(room.say("Open a copy")))
    with room.page.expect_download() as found:
        link.focus()
        room.page.keyboard.press("Enter")
    assert re.fullmatch(r"file-[0-9a-f]{8}\.png", found.value.suggested_filename), "a name that says nothing"
    return Path(found.value.path()).read_bytes()


def lies_in(folder: Path, words: bytes) -> list[str]:
    """The files below a folder that hold these bytes."""
    found = []
    for path in folder.rglob("*"):
        try:
            if path.is_file() and words in path.read_bytes():
                found.append(str(path))
        except OSError:
            continue
    return found


def test_a_drawing_goes_in_by_keyboard_and_comes_out_as_it_was(
    house: House, rooms: Rooms, case: str, language: str
) -> None:
    name = f"那扇门-{language}.png"
    lin = choose(rooms("lin"), case, name)
    lin.axe().fits_a_phone().tab_to("#attach button").key("Enter")
    item = lin.page.locator(".thread > li", has_text=name)
    expect(item).to_contain_text(lin.say("Picture"))
    expect(item.locator(".opens")).to_be_visible()
    lin.axe().fits_a_phone()
    assert taken_out(lin, name) == DRAWING
    for words in (SENTENCE.encode() * 2, name.encode()):
        assert lies_in(house.data.parent, words) == [], "neither a sentence of it nor its name lies on a disk"


def test_a_line_that_broke_is_taken_up_again(rooms: Rooms, case: str, language: str) -> None:
    """The second portion does not get through; pressed again, the first one is not sent a second time."""
    name = f"断了-{language}.png"
    lin, sent = choose(rooms("lin"), case, name), []

    def break_once(route: Route) -> None:
        sent.append(route.request.url.rstrip("/").rpartition("/")[2])
        if sent.count("1") == 1 and sent[-1] == "1":
            route.abort()
        else:
            route.continue_()

    lin.page.route(re.compile(r"/portions/\d+/$"), break_once)
    lin.page.locator("#attach button").click()
    lin.sees(BROKEN).axe().fits_a_phone()
    lin.watch.faults.clear()  # the broken line is what is tried here
    lin.page.locator("#attach button").click()
    expect(lin.page.locator(".thread > li", has_text=name)).to_be_visible()
    assert sent.count("0") == 1 and sent.count("1") == 2
    assert taken_out(lin, name) == DRAWING


def test_it_works_without_script(house: House, rooms: Rooms, browser: Browser, case: str, language: str) -> None:
    """The same form, sent whole: the handler seals it while it comes."""
    name, signed = f"整份-{language}.png", rooms("lin")
    context = browser.new_context(java_script_enabled=False, locale="zh-CN" if language == "zh-hans" else "en-US")
    context.add_cookies(signed.context.cookies())
    page = context.new_page()
    page.goto(f"{house.url}/cases/{case}/")
    page.locator("#attach > summary").click()
    page.locator("#file").set_input_files(drawing(name))
    page.locator("#attach button").click()
    expect(page.locator(".thread > li", has_text=name)).to_be_visible()
    context.close()
    assert taken_out(signed.go(f"/cases/{case}/"), name) == DRAWING
    assert lies_in(house.data.parent, SENTENCE.encode() * 2) == []


def test_an_empty_file_is_named(rooms: Rooms, case: str) -> None:
    lin = rooms("lin").go(f"/cases/{case}/").tab_to("#attach > summary").key("Enter")
    lin.page.locator("#file").set_input_files(drawing("leer.png", b""))
    lin.page.locator("#attach button").click()
    lin.sees("This file is empty: there is nothing to keep.").axe().fits_a_phone()
    lin.watch.faults.clear()  # the browser notes the answer 422


def test_a_word_is_looked_for_by_keyboard(house: House, rooms: Rooms, language: str) -> None:
    lin = rooms("lin").go("/desk/").tab_to("a[href='/desk/search/']").key("Enter").stands_at("/desk/search/")
    lin.axe().fits_a_phone()
    before = len(house.entries("search_notes", "done"))
    lin.page.keyboard.type("睡")
    lin.key("Enter").stands_at("/desk/search/")
    expect(lin.page.locator("mark").first).to_have_text("睡")
    lin.axe().fits_a_phone()
    assert "睡" not in lin.page.url and "%E7" not in lin.page.url
    assert len(house.entries("search_notes", "done")) == before + 1
    lin.tab_to(".thread a").key("Enter")
    expect(lin.page).to_have_url(re.compile(r"/cases/[0-9a-f-]{36}/(#m-.*)?$"))
    lin.go("/desk/search/")
    expect(lin.page.locator("#word")).to_have_value("")
    lin.page.locator("#word").fill("没有这样一个词")
    lin.press("Look").sees("Not in your records").axe().fits_a_phone()


def test_printed_it_is_the_file_and_nothing_else(house: House, rooms: Rooms, case: str) -> None:
    lin = rooms("lin").go(f"/cases/{case}/").press("To print").stands_at(f"/cases/{case}/paper/file/")
    lin.axe().fits_a_phone()
    kept = {str(path) for path in house.temporary.rglob("*")}
    lin.page.emulate_media(media="print")
    for selector in (".top", ".foot", ".margin", ".actions", "button", ".no-print", ".opens"):
        for one in lin.page.locator(selector).all():
            expect(one).to_be_hidden()
    expect(lin.page.locator(".thread")).to_be_visible()
    lin.page.pdf()
    assert {str(path) for path in house.temporary.rglob("*")} == kept
