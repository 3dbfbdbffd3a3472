"""From the day to the signed record: by keyboard, in both languages, through lock and reload; and who stays outside."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from .conftest import Rooms
from .house import House
from .room import Room

PARTS = ("situation", "problem", "course")
ODD = "‮שלום‬ a\u200bb 👩‍👩‍👧 𠮷"
_begun = datetime.now(UTC)
_minute = itertools.count(1)
BEGUN = """INSERT INTO appointment_booking (id, school_id, client_id, case_id, staff_id, room_id, starts_at, ends_at, state,
             booked_by, booked_at, promise_said)
           SELECT gen_random_uuid(), school_id, client_id, case_id, staff_id, room_id, %s, %s, %s, booked_by, booked_at, true
           FROM appointment_booking WHERE case_id = %s LIMIT 1 RETURNING id::text"""
SIGNED = """SELECT c.id::text FROM case_case c JOIN consent_consent s ON s.case_id = c.id
            WHERE c.state = 'open' AND s.withdrawn_at IS NULL ORDER BY c.opened_at LIMIT 1"""
UNSIGNED = """SELECT c.id::text FROM case_case c WHERE c.state = 'open' AND NOT EXISTS
              (SELECT 1 FROM consent_consent s WHERE s.case_id = c.id) ORDER BY c.opened_at OFFSET %s LIMIT 1"""


def meeting(house: House, case: str, state: str = "booked") -> str:
    """A meeting of this case that began some minutes ago: the test's own way to make time pass."""
    starts = _begun - timedelta(minutes=next(_minute))
    ((key,),) = house.ask(BEGUN, starts, starts + timedelta(minutes=1), state, case)
    return str(key)


@pytest.fixture
def signed(house: House) -> str:
    """Lin's running case, its agreement signed."""
    ((case,),) = house.ask(SIGNED)
    return str(case)


def write_parts(room: Room) -> None:
    for part in PARTS:
        room.tab_to(f"#words-{part}").page.keyboard.type(f"{part} words")


def test_a_record_is_written_and_signed_by_keyboard(house: House, rooms: Rooms, signed: str) -> None:
    booking = meeting(house, signed)
    lin = rooms("lin").go("/desk/").axe().fits_a_phone()
    lin.tab_to(f"form[action*='{booking}'] button.primary").key("Enter").stands_at(f"/cases/{signed}/record/{booking}/")
    write_parts(lin)
    lin.tab_to(".sign-bar button").key("Enter")
    lin.verdict("not_yet")
    expect(lin.page.locator(".missing-line")).to_have_count(3)
    expect(lin.page.locator("#words-course")).to_have_value("course words")
    lin.axe().fits_a_phone()
    for part in ("advice", "effect", "other"):
        lin.tab_to(f"input[name=choice_{part}]").key("Space")
    lin.tab_to("input[name=danger]").key("Space")
    lin.tab_to(".sign-bar button").key("Enter").stands_at(f"/cases/{signed}/")
    expect(lin.page.locator(f"#m-{booking}")).to_contain_text("problem words")
    lin.axe().fits_a_phone()
    record = lin.page.locator(f"#m-{booking} details")
    record.locator("summary").click()
    record.locator("textarea").fill("One thing more.")
    record.locator("button").click()
    expect(lin.page.locator(f"#m-{booking}")).to_contain_text("One thing more.")
    expect(lin.page.locator(f"#m-{booking}")).to_contain_text("problem words")


def test_from_today_to_a_signed_record_in_four_presses(house: House, rooms: Rooms, signed: str) -> None:
    booking = meeting(house, signed)
    lin = rooms("lin").go("/desk/")
    with lin.counted() as hand:
        lin.page.locator(f"form[action*='{booking}'] button.primary").click()
        for part in (*PARTS, "advice", "effect", "other"):
            lin.page.locator(f"#words-{part}").fill(f"{part} words")
        lin.page.locator("input[name=danger][value=no]").click()
        lin.page.locator(".sign-bar button").click()
        lin.stands_at(f"/cases/{signed}/")
        assert hand.all <= 4


def test_a_draft_outlives_lock_and_reload(house: House, rooms: Rooms, signed: str) -> None:
    booking = meeting(house, signed, "held")
    path = f"/cases/{signed}/record/{booking}/"
    lin = rooms("lin").go(path)
    lin.page.locator("#words-course").fill(ODD)
    expect(lin.page.locator(".saved")).to_contain_text(lin.say("Saved, sealed"))
    lin.page.reload()
    expect(lin.page.locator("#words-course")).to_have_value(ODD)
    lin.page.locator("#words-problem").fill("half a sentence")
    lin.key("Escape", "Escape").page.wait_for_url("**/unlock/**")
    lin.misses("half a sentence", ODD)
    lin.write("Passphrase", house.passphrase).press("Unlock").stands_at(path)
    expect(lin.page.locator("#words-problem")).to_have_value("half a sentence")
    assert house.ask(
        "SELECT 1 FROM note_note WHERE booking_id = %s AND signed_at IS NULL AND draft IS NOT NULL", booking
    )


@pytest.mark.parametrize("who", ["zhou", "shen", "qian", "sun"])
def test_nobody_else_opens_a_file(house: House, rooms: Rooms, signed: str, who: str) -> None:
    before = len(house.entries("read_notes", "refused"))
    other = rooms(who).go(f"/cases/{signed}/")
    other.sees("This file does not open for you").axe().fits_a_phone()
    text = other.page.get_by_role("main").inner_text()
    assert len(house.entries("read_notes", "refused")) == before + 1
    other.go("/cases/00000000-0000-4000-8000-000000000000/")
    assert other.page.get_by_role("main").inner_text() == text


def test_a_case_ends_with_its_goals_rated_and_its_records_written(house: House, rooms: Rooms, language: str) -> None:
    ((case,),) = house.ask(UNSIGNED, 1)
    house.ask("UPDATE appointment_booking SET state = 'cancelled' WHERE case_id = %s AND state = 'booked'", case)
    meeting(house, case, "held")
    lin = rooms("lin").go(f"/cases/{case}/")
    lin.page.locator("summary", has_text=lin.say("Agree on a goal")).click()
    lin.write("In the client's words", "睡到六点").press("Agreed")
    lin.press("Close the case").page.check("input[name=why][value=no_contact]")
    lin.page.check("#no_letter")
    lin.press("Close the case").verdict("not_yet").get_by_text("ETH-02").wait_for()
    expect(lin.page.locator("input[name=why][value=no_contact]")).to_be_checked()
    lin.axe().fits_a_phone().page.locator("select[name^=goal-]").select_option("2")
    lin.page.check("input[name=why_not][value=did_not_come_back]")
    lin.press("Close the case").press("Hand the file to the archive")
    lin.verdict("not_yet").get_by_text("REC-04").wait_for()
    lin.axe().fits_a_phone()
