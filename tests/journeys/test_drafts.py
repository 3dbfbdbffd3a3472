"""A counselor's Thursday: four presses from today to a signed record, two devices, no network, a power cut between keystrokes."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, expect

from .browser import new_context
from .conftest import Rooms
from .friction import Friction
from .house import ZONE, House
from .room import Room
from .test_record import BEGUN, SIGNED, meeting

SIX = ("situation", "problem", "course", "advice", "effect", "other")
BROKEN_OFF = (
    "ERR_CONNECTION_REFUSED",
    "ERR_INTERNET_DISCONNECTED",
    "ERR_EMPTY_RESPONSE",
    "ERR_CONNECTION_RESET",
    "htmx:",
)
UNSAVED = "Not saved yet: no connection. Keep this page open; it goes on by itself."


@pytest.fixture
def signed(house: House) -> str:
    """Lin's running case, its agreement signed."""
    ((case,),) = house.ask(SIGNED)
    return str(case)


def status(room: Room) -> Any:
    """The line that says what is saved."""
    return room.page.locator(".sign-bar .saved")


def without_network_faults(room: Room) -> None:
    """What a browser says about a network that the test itself took away is no fault of the page."""
    room.watch.faults[:] = [one for one in room.watch.faults if not any(name in one for name in BROKEN_OFF)]


def kept_nowhere(room: Room, text: str) -> None:
    """Nothing that was typed lies in the browser's stores."""
    script = "async () => [JSON.stringify({...localStorage, ...sessionStorage}), (await indexedDB.databases()).length]"
    stored, databases = room.page.evaluate(script)
    assert text not in stored and not databases


def test_from_the_locked_desk_to_a_signed_record(house: House, rooms: Rooms, signed: str) -> None:
    booking = meeting(house, signed)
    lin = rooms("lin").go("/desk/")
    lin.key("Escape", "Escape").page.wait_for_url("**/unlock/**")
    hand = Friction(lin.go("/desk/").page)
    hand.click(lin.page.locator(f"form[action*='{booking}'] button.primary"))
    hand.type(lin.page.get_by_label(lin.say("Passphrase")), house.passphrase)
    hand.press("Enter")
    lin.stands_at(f"/cases/{signed}/record/{booking}/")
    for part in SIX[:-1]:
        hand.type(lin.page.locator(f"#words-{part}"), f"{part} words\n\n\n")
    hand.type(lin.page.locator("#words-other"), "other words")
    hand.click(lin.page.locator("input[name=danger][value=no]").locator(".."))
    hand.click(lin.page.locator(".sign-bar button.primary"))
    lin.stands_at(f"/cases/{signed}/")
    for part in SIX:
        expect(lin.page.locator(f"#m-{booking}")).to_contain_text(f"{part} words")
    assert hand.count == 4


def test_a_second_device_overtakes_and_nothing_is_lost(house: House, rooms: Rooms, signed: str) -> None:
    booking = meeting(house, signed, "held")
    path = f"/cases/{signed}/record/{booking}/"
    office, laptop = rooms("lin").go(path), rooms("lin", width=360).go(path)
    laptop.page.locator("#words-problem").fill("on the way")
    expect(status(laptop)).to_contain_text(laptop.say("Saved, sealed"))
    office.page.locator("#words-problem").fill("in the office")
    expect(status(office)).to_contain_text(office.say("Kept beside, sealed"))
    office.sees("Go on with mine").axe().fits_a_phone()
    office.page.locator(".newer a").click()
    expect(office.page.locator("#words-problem")).to_have_value("on the way")
    expect(office.page.locator(".beside")).to_contain_text("in the office")
    office.axe().fits_a_phone()
    office.press("Go on with this text")
    expect(office.page.locator("#words-problem")).to_have_value("in the office")
    laptop.page.locator("#words-problem").press_sequentially(", to the end")
    expect(status(laptop)).to_contain_text(laptop.say("Kept beside, sealed"))
    laptop.fits_a_phone().page.locator(".newer button").click()
    expect(laptop.page.locator("#words-problem")).to_have_value("on the way, to the end")
    expect(laptop.page.locator(".beside")).to_contain_text("in the office")
    laptop.page.locator(".sign-bar button.primary").click()
    laptop.verdict("not_yet")
    laptop.press("Not needed: put it away for good")
    expect(laptop.page.locator(".beside")).to_have_count(0)


def test_without_network_the_page_keeps_it_and_says_so(house: House, rooms: Rooms, signed: str) -> None:
    booking = meeting(house, signed, "held")
    lin = rooms("lin").go(f"/cases/{signed}/record/{booking}/")
    lin.context.set_offline(True)
    lin.page.locator("#words-course").fill("typed without a network")
    expect(status(lin)).to_have_text(lin.say(UNSAVED))
    kept_nowhere(lin, "typed without")
    lin.page.locator(".sign-bar button.primary").click()
    lin.stands_at(f"/cases/{signed}/record/{booking}/")
    expect(lin.page.locator("#words-course")).to_have_value("typed without a network")
    lin.context.set_offline(False)
    expect(status(lin)).to_contain_text(lin.say("Saved, sealed"), timeout=15_000)
    without_network_faults(lin)
    lin.page.reload()
    expect(lin.page.locator("#words-course")).to_have_value("typed without a network")
    lin.page.locator("#words-course").fill("the last words before the tab is closed")
    lin.page.close(run_before_unload=False)
    again = rooms("lin").go(f"/cases/{signed}/record/{booking}/")
    expect(again.page.locator("#words-course")).to_have_value("the last words before the tab is closed")


def test_signed_out_meanwhile_it_waits_and_goes_on_after_signing_in(house: House, rooms: Rooms, signed: str) -> None:
    booking = meeting(house, signed, "held")
    lin = rooms("lin").go(f"/cases/{signed}/record/{booking}/")
    cookies = lin.context.cookies()
    lin.context.clear_cookies(name="vault_key")
    lin.page.locator("#words-course").fill("typed after the session ended")
    expect(status(lin)).to_contain_text(lin.say("Not saved yet: you are signed out. Keep this page open."))
    expect(status(lin).locator("a")).to_have_attribute("target", "_blank")
    lin.context.add_cookies([one for one in cookies if one["name"] == "vault_key"])  # type: ignore[list-item]
    lin.page.evaluate("dispatchEvent(new Event('focus'))")
    expect(status(lin)).to_contain_text(lin.say("Saved, sealed"))


def test_ten_minutes_before_a_meeting(house: House, rooms: Rooms, signed: str) -> None:
    just_now = datetime.now(UTC) + timedelta(seconds=10)  # after whatever another journey has recorded of this case
    ((booking,),) = house.ask(BEGUN, just_now, just_now + timedelta(seconds=1), "held", signed)
    lin = rooms("lin").go(f"/cases/{signed}/record/{booking}/")
    for part in SIX:
        lin.page.locator(f"#words-{part}").fill(f"{part} words")
    lin.page.locator("details.later summary").click()
    lin.page.locator("#later-promised").fill("ask for another seat")
    lin.page.locator("input[name=danger][value=no]").locator("..").click()
    lin.page.locator(".sign-bar button.primary").click()
    lin.stands_at(f"/cases/{signed}/")
    soon = datetime.now(UTC) + timedelta(minutes=4)
    ((ahead,),) = house.ask(BEGUN, soon, soon + timedelta(minutes=2), "booked", signed)
    lin.go("/desk/").page.locator(f"a[href*='{ahead}/before/']").click()
    lin.sees("Where we were").axe().fits_a_phone()
    expect(lin.page.locator(".leaf")).to_contain_text("ask for another seat")
    before = len(house.entries("look_back", "done"))
    lin.press("They are here: put it away").stands_at("/desk/")
    ends = (soon + timedelta(minutes=2)).astimezone(ZoneInfo(ZONE)).strftime("%H:%M")
    expect(lin.page.locator(".ending").filter(visible=True, has_text=ends)).to_have_count(1)
    lin.key("Escape", "Escape").page.wait_for_url("**/unlock/**")
    lin.go("/desk/").sees("Unlock").misses("ask for another seat").axe().fits_a_phone()
    assert len(house.entries("look_back", "done")) == before
    house.ask("UPDATE appointment_booking SET state = 'cancelled' WHERE id = %s", ahead)


def holds(room: Room, path: str, words: str) -> None:
    """What was typed elsewhere a moment ago is there: "saved" may still speak of the sentence before the last."""
    field = room.page.locator("#words-course")
    for _ in range(10):
        if room.go(path).page.locator("#words-course").input_value() == words:
            break
        room.page.wait_for_timeout(1000)
    expect(field).to_have_value(words)


@pytest.fixture
def mortal() -> Iterator[House]:
    """A house of its own, that may die."""
    running = House()
    yield running
    running.stop()
    shutil.rmtree(running.data.parent, ignore_errors=True)


def test_a_power_cut_between_keystrokes_costs_no_sentence(mortal: House, browser: Browser) -> None:
    """Typed, killed, typed on while the house is dead, opened again: the same page goes on, and every sentence is there."""
    ((case,),) = mortal.ask(SIGNED)
    booking = meeting(mortal, case, "held")
    path = f"/cases/{case}/record/{booking}/"
    lin = Room(mortal, new_context(browser, "zh-hans"), "zh-hans").sign_in("lin").go(path)
    field = lin.page.locator("#words-course")
    sentences = [f"第{n}句\uff0c说到这里\u3002" for n in range(1, 7)]
    field.press_sequentially("".join(sentences[:2]), delay=60)
    lin.page.wait_for_timeout(2000)
    field.press_sequentially(sentences[2], delay=60)
    mortal.kill()
    field.press_sequentially("".join(sentences[3:5]), delay=60)
    expect(status(lin)).to_have_text(lin.say(UNSAVED))
    kept_nowhere(lin, "句")
    mortal.start()
    elsewhere = Room(mortal, new_context(browser, "zh-hans"), "zh-hans")
    field.press_sequentially(sentences[5], delay=60)
    expect(status(lin)).to_contain_text(lin.say("Saved, sealed"), timeout=20_000)
    elsewhere.sign_in("lin")
    holds(elsewhere, path, "".join(sentences))
    assert not [one for one in lin.watch.faults if not any(name in one for name in (*BROKEN_OFF, " 50"))]
    mortal.kill()
    lin.page.close(run_before_unload=False)
    mortal.start()
    after = Room(mortal, new_context(browser, "zh-hans"), "zh-hans").sign_in("lin").go(path)
    expect(after.page.locator("#words-course")).to_have_value(re.compile(re.escape("".join(sentences))))
    assert len(mortal.ask("SELECT 1 FROM audit_entry WHERE act = 'keep_draft' AND case_id = %s", case)) == 1
    for room in (elsewhere, after, lin):
        room.context.close()
