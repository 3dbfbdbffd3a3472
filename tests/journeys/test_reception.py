"""The desk: today, finding a student as one types, a slip, a time; hours and rooms. Never a reason, never a record."""

from __future__ import annotations

import itertools

import psycopg
from playwright.sync_api import expect

from .conftest import Rooms
from .house import House
from .room import Room

_hour = itertools.count(6)
_late = itertools.count(23 * 60 + 10, 10)  # minutes of today's last hour


def student(house: House, desk: Room, place: int) -> Room:
    """Type-ahead to the n-th student whom a common family name finds, and on to the page."""
    desk.go("/reception/find/").page.locator("#q").press_sequentially("王")
    desk.page.locator(".pupil").nth(place).click()
    desk.page.wait_for_url("**/reception/client/**")
    return desk


def test_from_the_list_to_a_held_time(house: House, rooms: Rooms, language: str) -> None:
    desk = rooms("lin").go("/reception/").axe().fits_a_phone()
    with desk.counted() as hand:
        desk.press("Find somebody")
        desk.page.locator("#q").press_sequentially("王")
        desk.page.locator(".pupil").nth(5 if language == "en" else 6).click()
        desk.page.wait_for_url("**/reception/client/**")
        desk.page.locator("main .slots label").nth(3).click()
        desk.press("Hold this time").sees("The time is held.")
    assert hand.all <= 6
    desk.axe().fits_a_phone()
    name = desk.page.locator("h1").inner_text()
    row = house.ask("SELECT reason, booked_by FROM appointment_booking ORDER BY booked_at DESC LIMIT 1")[0]
    assert row[0] is None and row[1] == "staff"
    marked = house.ask("SELECT identity FROM person_client ORDER BY made_at DESC LIMIT 1")[0][0]
    assert name.encode() not in bytes(marked)
    desk.page.locator("td.do button").first.click()
    desk.page.wait_for_load_state()
    expect(desk.page.locator("td.do button")).to_have_count(0)
    desk.press("Hold it again")
    expect(desk.page.locator("td.do button")).to_have_count(1)
    desk.page.locator("td.do a").click()
    desk.sees("Move it here").axe().fits_a_phone()
    desk.page.locator("main .slots label").nth(5).click()
    desk.press("Move it here").sees("The time is held.")
    desk.page.locator("summary", has_text=desk.say("Decline, with a reason of the list")).click()
    desk.axe().press("Decline").verdict("not_yet").get_by_text("ETH-05").wait_for()


def test_a_student_is_one_client(house: House, rooms: Rooms) -> None:
    desk = student(house, rooms("lin"), 8)
    first, before = desk.page.url, house.ask("SELECT count(*) FROM person_client")
    assert student(house, desk, 8).page.url == first
    assert student(house, rooms("zhou"), 8).page.url == first
    assert house.ask("SELECT count(*) FROM person_client") == before


def test_a_slip_is_shown_once(house: House, rooms: Rooms) -> None:
    desk = student(house, rooms("lin"), 9).press("Give a slip with a code").axe().fits_a_phone()
    code = desk.page.locator("#code").inner_text()
    for word in ("心理", "辅导", "ounsel", "青禾", "Qinghe"):
        assert word not in desk.page.locator(".slip").inner_text()
    desk.page.reload()  # the same press again: no second code, and none that would not open
    expect(desk.page.locator("#code")).to_have_count(0)
    desk.sees("The slip").axe()
    somebody = rooms().go("/account/").write("The code on your slip", code).press("Go on")
    somebody.sees("Choose a passphrase")


def test_a_locked_desk_shows_times_without_names(house: House, rooms: Rooms) -> None:
    desk = rooms("lin")
    day = house.ask(
        """SELECT to_char(starts_at, 'YYYY-MM-DD') FROM appointment_booking
           WHERE state = 'booked' ORDER BY starts_at LIMIT 1"""
    )[0][0]
    desk.go(f"/reception/?day={day}")
    names = desk.page.locator(".rooms .slot > p:first-child > a").all_inner_texts()
    assert names
    house.ask("UPDATE person_session SET private = NULL WHERE kind = 'staff'")
    desk.go(f"/reception/?day={day}").stands_at("/reception/").sees("Locked: times and rooms, without names.")
    desk.misses(*names).axe().fits_a_phone()


def test_a_browser_that_fetches_ahead_opens_nothing(house: House, rooms: Rooms) -> None:
    desk = student(house, rooms("lin"), 7)
    before = len(house.entries("read_identities"))
    for path in ("/reception/", desk.page.url.removeprefix(desk.base)):
        answer = desk.page.request.get(desk.base + path, headers={"Sec-Purpose": "prefetch;prerender"})
        assert answer.status == 403
    assert len(house.entries("read_identities")) == before


def test_somebody_who_is_not_on_the_list(house: House, rooms: Rooms) -> None:
    desk = rooms("lin").go("/reception/find/").axe().fits_a_phone()
    desk.page.locator("#q").press_sequentially("不会有这个名字")
    desk.sees("Nobody fits. Fewer letters may find more.")
    desk.page.locator(".not-listed > summary").click()
    desk.page.fill("#id_name", "新来的老师")
    desk.page.fill("#id_class_name", "食堂")
    desk.press("Receive")
    expect(desk.page.locator("h1")).to_have_text("新来的老师")


def test_hours_and_rooms(house: House, rooms: Rooms, language: str) -> None:
    counselor, starts = rooms("zhou").go("/openings/").axe().fits_a_phone(), f"{next(_hour):02d}:10"
    room = f"C{starts[:2]}"
    counselor.write("Name on the door", room).press("Add a room").sees("My hours")
    counselor.write("Name on the door", room).press("Add a room").sees("This room is there already.")
    counselor.write("Begins at", starts)
    counselor.page.select_option("[name=room]", label=room)
    counselor.press("Offer this hour").stands_at("/openings/")
    hour = counselor.page.locator(".hours-list li", has_text=starts)
    expect(hour).to_have_count(1)
    hour.get_by_role("button").click()
    expect(counselor.page.locator(".hours-list li", has_text=starts)).to_have_count(0)


def test_others_have_no_desk(rooms: Rooms) -> None:
    for name in ("qian", "sun"):
        room = rooms(name)
        for path in ("/reception/", "/reception/find/", "/openings/"):
            assert room.page.request.get(room.base + path).status == 403


def _moved_to_tonight(house: House) -> tuple[str, str]:
    """The last booking, put into today's last hour: where another journey is sitting just then, ten minutes later."""
    for minute in _late:
        try:
            ((key, day),) = house.ask(
                """UPDATE appointment_booking SET here_at = NULL, starts_at = d.day + make_interval(mins => %s),
                     ends_at = d.day + make_interval(mins => %s) FROM (SELECT date_trunc('day', now()) AS day) d
                   WHERE id = (SELECT id FROM appointment_booking WHERE state = 'booked' ORDER BY starts_at DESC LIMIT 1)
                   RETURNING id::text, to_char(starts_at, 'YYYY-MM-DD')""",
                minute, minute + 5,
            )  # fmt: skip
        except psycopg.errors.ExclusionViolation:
            continue
        return key, day
    raise AssertionError("the minutes of the last hour do not end")


def test_the_day_is_a_grid_and_a_list_on_a_phone(house: House, rooms: Rooms) -> None:
    desk = rooms("lin")
    key, day = _moved_to_tonight(house)
    desk.go("/reception/").axe().fits_a_phone()
    cell = desk.page.locator(f"form[action*='/here/{key}/'] button")
    desk.tab_to(f"form[action*='/here/{key}/'] button").key("Enter")
    expect(cell).to_have_count(0)
    assert house.ask("SELECT here_at FROM appointment_booking WHERE id = %s", key)[0][0]
    rooms("lin").go("/desk/").axe()
    desk.go(f"/reception/week/?day={day}").axe().fits_a_phone()
    desk.go("/reception/?sort=sex").verdict("refused").get_by_text("ETH-05").wait_for()


def test_hours_that_overlap_are_refused_with_free_ones(rooms: Rooms) -> None:
    counselor = rooms("lin").go("/openings/")
    counselor.write("Begins at", "12:30").press("Offer this hour")
    counselor.verdict("refused").get_by_text("APPT-01").wait_for()
    counselor.axe().fits_a_phone()
    expect(counselor.page.locator(".nearest button").first).to_be_visible()
