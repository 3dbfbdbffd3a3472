"""An empty installation, from the line that `up` prints to a center that can be booked."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from .browser import new_context
from .house import House
from .room import PASSPHRASE, Room, enter, invite


@pytest.fixture
def empty() -> Iterator[House]:
    """`subrosa up` without the demonstration, in a folder of its own."""
    running = House("--name-zh", "松林中学心理辅导室", "--name-en", "Pine School Counseling", demo=False)
    yield running
    assert running.stop() == 0
    for _ in range(40):
        if not running.left():
            break
        time.sleep(0.05)
    shutil.rmtree(running.data.parent, ignore_errors=True)


def _found(room: Room) -> None:
    """The link, the passphrase, the recovery code."""
    room.go(room.house.link).axe().fits_a_phone().write("Your name, as colleagues know it", "沈若兰")
    room.write("Sign-in name", "shen").write("Passphrase", PASSPHRASE).write("The passphrase once more", PASSPHRASE)
    room.press("Make the keys and found the center")
    assert len(room.page.locator("#code").inner_text()) > 20
    room.press("I keep it safe: go on").stands_at("/center/").sees("The founding is not finished")
    room.go(room.house.link).sees("This link is not known here")


def _seats(room: Room) -> set[str]:
    """Three sheets, each shown once, then the split."""
    sheets = set()
    for number in (1, 2, 3):
        room.go("/center/founding/").press(f"Show sheet {number}")
        sheets.add(room.page.locator("#sheet").inner_text())
        room.axe().fits_a_phone().press("It is kept: hide it and go on")
    room.misses(*sheets).press("Split the keys")
    return sheets


def _pages(room: Room) -> None:
    """The principal's page, two outside professionals, the code, the agreement."""
    room.press("The principal's page").axe().fits_a_phone().write("Signed by", "何校长").press("It is signed")
    for name in ("区督导", "邻校心理老师"):
        room.write("Name of somebody outside the school", name).press("Name this person")
    room.press("The code of practice").write("What changed, in Chinese", "首次发布。")
    room.write("What changed, in English", "First publication.").press("Publish")
    room.go("/center/founding/").press("The agreement").axe().press("Publish")
    expect(room.page.locator("section.leaf h3").first).to_be_visible()


def _people(lead: Room, browser: Browser, house: House) -> Room:
    """A counselor and a custodian come in, their keys are certified, the teams founded."""
    rooms = []
    for name, sign_in, role in (("林知夏", "lin", "counselor"), ("周明远", "zhou", "custodian")):
        room = Room(house, new_context(browser, lead.language), lead.language)
        enter(room, invite(lead, name, role), sign_in)
        lead.go("/center/colleagues/")
        if role == "counselor":  # the original lies on the table
            lead.axe().fits_a_phone().page.select_option("fieldset.certificate select", "teacher")
            lead.write("Certificate number", "T-2019-7")
        lead.press("I have seen this person: certify the key")
        rooms.append(room)
    lead.go("/center/founding/").press("The teams").press("Found the teams").sees(
        "The teams are there. Their keys lie with their members, not with you."
    )
    rooms[1].context.close()
    return rooms[0]


def test_from_an_empty_installation_to_a_center_that_receives(empty: House, browser: Browser) -> None:
    lead = Room(empty, new_context(browser, "en"), "en")
    _found(lead)
    assert len(_seats(lead)) == 3
    _pages(lead)
    lin = _people(lead, browser, empty)
    lead.go("/center/founding/").sees("Everything is there. The center can receive.").axe().fits_a_phone()
    lin.sign_code().press("Receive clients").sees("are offered to me")
    lead.page.locator("form.language button[value=zh-hans]").click()
    lead.language = "zh-hans"
    expect(lead.page.locator(".brand")).to_contain_text("松林中学心理辅导室")
    assert [*lead.watch.faults, *lin.watch.faults] == []
    for room in (lead, lin):
        room.context.close()
