"""先坐下: one press from the desk or the lock page; three taps and two lines; a first meeting; the name by typing ahead."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from .conftest import Rooms
from .friction import Friction
from .house import House
from .room import Room

LINES = "和同桌闹翻了，哭了一会儿。\n约好午饭后再来。"
PROMISE = {"zh-hans": "我替你守着", "en": "I do not even say whether you came"}
SIT = "form[action='/sitting/'] button"
AT = re.compile(r"/sitting/[0-9a-f-]{36}/$")


def free_again(house: House) -> None:
    """Nobody sits anywhere any more: the journeys share one counselor."""
    house.ask("UPDATE appointment_sitting SET ended_at = began_at WHERE ended_at IS NULL")


def test_one_press_and_then_three_taps_and_two_lines(house: House, rooms: Rooms) -> None:
    free_again(house)
    cases = house.ask("SELECT count(*) FROM case_case")
    lin = rooms("lin").go("/desk/").axe()
    friction = Friction(lin.page)
    friction.click(lin.page.locator(SIT))
    assert friction.count == 1 and AT.search(lin.page.url)
    lin.axe().fits_a_phone()
    expect(lin.page.locator("[data-since]")).to_have_text("0")
    expect(lin.page.locator("blockquote.said")).to_contain_text(PROMISE[lin.language])
    friction = Friction(lin.page)
    friction.type(lin.page.locator("#lines"), LINES)
    friction.click(lin.page.locator("input[name=about][value=peers]"))
    friction.click(lin.page.locator("input[name=danger][value=no]"))
    friction.click(lin.page.locator("form[action$='/sign/'] button.primary"))
    assert friction.count == 3
    expect(lin.page.locator("blockquote.said")).to_contain_text("约好午饭后再来")
    lin.axe().fits_a_phone()
    ((body,),) = house.ask("SELECT body FROM appointment_sitting ORDER BY began_at DESC LIMIT 1")
    assert "闹翻".encode() not in bytes(body) and house.ask("SELECT count(*) FROM case_case") == cases
    lin.press("Unknown, or does not want to say").stands_at("/desk/")


def test_from_the_lock_page_nothing_typed_is_lost(house: House, rooms: Rooms) -> None:
    free_again(house)
    lin = rooms("lin").go("/desk/")
    lin.key("Escape", "Escape").page.wait_for_url("**/unlock/**")
    lin.axe().fits_a_phone()
    for word in ("ounsel", "心理", "辅导", "Qinghe", "青禾"):
        assert word not in lin.page.locator("main").inner_text()
    lin.page.locator(SIT).click()
    lin.page.wait_for_url(AT)
    lin.axe().page.locator("#lines").fill("锁着也能写")
    expect(lin.page.locator(".saved")).to_contain_text(lin.say("Saved, sealed"))
    lin.page.reload()
    lin.misses("锁着也能写").page.get_by_text(lin.say("Unlock to go on")).click()
    lin.write("Passphrase", house.passphrase).press("Unlock")
    expect(lin.page.locator("#lines")).to_have_value("锁着也能写")


def test_a_first_meeting_and_the_name_by_typing(house: House, rooms: Rooms, language: str) -> None:
    free_again(house)
    lin = rooms("lin").go("/desk/")
    lin.page.locator(SIT).click()
    lin.page.wait_for_url(AT)
    lin.press("Open the file; the record is next").verdict("not_yet").get_by_text("CON-01").wait_for()
    lin.page.check("#promise")
    lin.press("Open the file; the record is next").page.wait_for_url("**/record/**")
    record = lin.page.url
    for part in ("situation", "problem", "course", "advice", "effect", "other"):
        lin.page.locator(f"#words-{part}").fill("x")
    lin.page.locator("input[name=danger][value=no]").check()
    lin.page.locator(".sign-bar button").click()
    lin.verdict("not_yet").get_by_text(re.compile("APPT-01|CON-01")).first.wait_for()
    lin.go(record.replace(lin.base, "")[: record.replace(lin.base, "").index("/record/")] + "/register/")
    lin.axe().fits_a_phone()
    lin.page.locator("#q").press_sequentially("wang" if language == "en" else "王")
    student = lin.page.locator(".pupil").nth(3 if language == "en" else 4)
    name = student.locator("b").inner_text()
    student.click()
    lin.page.wait_for_load_state()
    expect(lin.page.locator("h1")).to_contain_text(name)
    lin.axe().fits_a_phone()


def test_a_clock_without_script_shows_when_it_began(house: House, rooms: Rooms) -> None:
    free_again(house)
    lin = rooms("lin").go("/desk/")
    lin.page.locator(SIT).click()
    lin.page.wait_for_url(AT)
    plain = lin.context.browser.new_context(java_script_enabled=False, locale="zh-CN")
    plain.add_cookies(lin.context.cookies())
    page = plain.new_page()
    page.goto(lin.page.url)
    expect(page.locator(".lede")).to_contain_text(re.compile(r"\d\d:\d\d"))
    expect(page.locator("[data-since]")).to_be_hidden()
    plain.close()


def held_today(house: House) -> tuple[str, str]:
    """A signed running case of Lin's with a meeting that was just held, and nothing ahead."""
    ((case, booking),) = house.ask(
        """UPDATE appointment_booking SET starts_at = now() - interval '50 minutes', ends_at = now() - interval '10 minutes',
             state = 'held', walked_in = true WHERE id = (
             SELECT b.id FROM appointment_booking b JOIN case_case c ON c.id = b.case_id
             JOIN consent_consent s ON s.case_id = c.id AND s.withdrawn_at IS NULL
             WHERE c.state = 'open' ORDER BY b.starts_at LIMIT 1) RETURNING case_id::text, id::text"""
    )
    house.ask("UPDATE appointment_booking SET state = 'cancelled' WHERE case_id = %s AND state = 'booked'", case)
    return str(case), str(booking)


def test_the_next_time_in_one_tap_and_a_nod(house: House, rooms: Rooms) -> None:
    case, booking = held_today(house)
    house.ask("DELETE FROM note_note WHERE booking_id = %s", booking)
    lin: Room = rooms("lin").go(f"/cases/{case}/record/{booking}/").axe()
    friction = Friction(lin.page)
    friction.click(lin.page.locator("form[action$='/next/'] button"))
    assert friction.count == 1 and "/talk/" in lin.page.url
    expect(lin.page.locator("input[name=slot]:checked")).to_have_count(1)
    lin.axe().page.locator("main .actions button.primary").last.click()
    lin.page.wait_for_load_state()
    rows = house.ask("SELECT booked_by FROM appointment_booking WHERE case_id = %s AND state = 'booked'", case)
    assert rows == [("client",)], "only the client's own press holds it"
