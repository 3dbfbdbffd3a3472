"""Coming and going of one's own free will: an end and a coming again by keyboard on a phone, and a proposed time at the door."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .browser import NARROW
from .conftest import Rooms
from .friction import Friction
from .house import House
from .room import Room
from .test_client import book, choose, held, open_account, slip

NEWEST = "SELECT case_id::text FROM case_ending ORDER BY ended_at DESC LIMIT 1"
MOST_TO_STOP = 2  # the line under My things, and the one button
WORDS = "先到这里，谢谢。Enough for now."


@pytest.mark.clause("CLIENT-01", "passes")
def test_i_stop_at_once_and_come_again(house: House, rooms: Rooms) -> None:
    lin, me = rooms("lin"), rooms(width=NARROW)
    name = open_account(me, slip(lin, "想停一停"))
    book(me, "先试试")
    hand = Friction(me.page)
    hand.click(me.page.locator("main a[href='/mine/stop/']"))
    me.stands_at("/mine/stop/").axe().fits_a_phone()
    me.tab_to("main form details > summary").key("Enter").tab_to("#id_text").page.keyboard.type(WORDS)
    me.tab_to("main button.primary").key("Enter").stands_at("/mine/stop/").sees("It is stopped").axe().fits_a_phone()
    assert hand.count + 1 <= MOST_TO_STOP and held(house, name) == 0
    assert me.page.title() == me.say("My schedule") and me.page.locator(".numbers > li").count() <= 3
    ((case,),) = house.ask(NEWEST)
    lin.go("/desk/").sees(
        "A client has ended it: a free decision, and no verdict on your work. What still belongs to it stands under “Owed”."
    )
    lin.axe().go(f"/cases/{case}/").sees(WORDS).sees("The client has ended it").axe().fits_a_phone()
    lin.tab_to("#left form button").key("Enter").stands_at(f"/cases/{case}/")
    assert lin.posts(f"/cases/{case}/door-open/") == 403, "once, and no second time"
    lin.go(f"/cases/{case}/close/").sees(
        "The client has ended it, so no letter is written now: whoever leaves is not pursued."
    )
    lin.axe().fits_a_phone()
    me.go("/mine/").sees("The door stays open. You need not answer, and nobody will ask.").axe().fits_a_phone()
    me.tab_to("main form[action='/mine/again/'] button").key("Enter").stands_at("/talk/")
    lin.go(f"/cases/{case}/")
    expect(lin.page.locator("#left")).to_have_count(0)


@pytest.mark.clause("CLIENT-01", "passes")
def test_a_proposed_time_is_answered_at_the_door(house: House, rooms: Rooms) -> None:
    desk = rooms("lin").go("/reception/find/?q=wang")
    code, when = _slip_for(desk)
    door = rooms(width=NARROW).go("/time/").axe().fits_a_phone()
    assert door.page.title() == door.say("My schedule")
    door.tab_to("#id_code").page.keyboard.type(code)
    door.key("Enter").sees("A time is kept for you").sees(when).axe().fits_a_phone()
    before = house.ask("SELECT count(*) FROM appointment_booking")
    door.tab_to("button[value=no]").key("Enter").sees("All right").axe().fits_a_phone()
    assert house.ask("SELECT count(*) FROM appointment_booking") == before
    assert house.ask("SELECT count(*) FROM appointment_proposal") == [(0,)], "nothing is left of it"
    code, when = _slip_for(desk.go("/reception/find/?q=wang"))
    desk.go("/reception/proposed/").axe().fits_a_phone()
    door.go("/time/").page.fill("#id_code", code)
    door.key("Enter")
    door.tab_to("button[value=yes]").key("Enter").sees("The time is held").sees(when).axe().fits_a_phone()
    desk.go("/reception/proposed/").sees("Nothing is proposed now.")


def _slip_for(desk: Room) -> tuple[str, str]:
    """The desk proposes the first free time to the first who fits; answers the slip's code and its hour and room."""
    desk.page.locator("main a[href^='/reception/propose/']").first.click()
    desk.axe().fits_a_phone()
    choose(desk)
    desk.press("Hold it and make the slip").axe().fits_a_phone()
    return desk.page.locator("#code").inner_text(), desk.page.locator(".slip-head b").inner_text()
