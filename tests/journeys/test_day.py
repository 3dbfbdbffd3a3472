"""The end of a day, what is late on the lead's page, and the school's calendar: in a browser, in both languages."""

from __future__ import annotations

import re
from datetime import timedelta

from playwright.sync_api import expect

from subrosa.records.audit.moment import now

from .browser import tab_to
from .conftest import Rooms


def test_done_for_today_is_two_presses_and_locks(rooms: Rooms) -> None:
    room = rooms("lin").go("/desk/")
    with room.counted() as hand:
        room.press("Done for today").sees("Until you are back").sees("Not signed yet").axe().fits_a_phone()
        room.press("Lock, and go")
        expect(room.page).to_have_url(re.compile("/unlock/"))
    assert hand.all <= 2


def test_what_is_unsigned_is_led_to(rooms: Rooms) -> None:
    room = rooms("lin").go("/desk/done/")
    room.page.locator("main .owed-title a[href*='/record/']").first.click()
    expect(room.page).to_have_url(re.compile("/record/"))


def test_the_lead_sees_what_the_clock_brought_up(rooms: Rooms) -> None:
    room = rooms("shen").go("/center/")
    for _ in range(60):  # the clock goes round every five seconds
        if room.page.get_by_text(room.say("Came up to you")).count():
            break
        room.page.wait_for_timeout(500)
        room.page.reload()
    room.sees("Came up to you").sees("REC-01").axe().fits_a_phone()
    part = room.page.locator("main .owed-list").first
    assert part.locator(".late").count() >= 1 and part.locator("a[href^='/cases/']").count() == 0
    room.go("/center/owed/").axe().fits_a_phone()


def test_a_calendar_is_entered_by_keyboard_and_a_wrong_line_is_named(rooms: Rooms) -> None:
    room = rooms("shen").go("/center/calendar/").axe().fits_a_phone()
    lines = room.page.locator("main .year-line")
    before = lines.count()
    first = now().date() + timedelta(days=200)
    line = lines.last
    tab_to(room.page, "main .year-line select")
    line.locator("select").select_option("holiday")
    days = line.locator("input[type=date]")
    days.nth(0).fill(str(first + timedelta(days=2)))
    days.nth(1).fill(str(first))
    room.press("Save the calendar").sees("The last day lies before the first. Turn them round, or correct the year.")
    room.axe().fits_a_phone()
    expect(room.page.locator(".year-line.wrong input[type=date]").first).to_have_value(str(first + timedelta(days=2)))
    room.page.locator(".year-line.wrong input[type=date]").first.fill(str(first))
    room.press("Save the calendar")
    expect(lines).to_have_count(before + 1)
    room.page.locator(f"main .year-line:has(input[value='{first}']) input[type=checkbox]").check()
    room.press("Save the calendar")
    expect(lines).to_have_count(before)
