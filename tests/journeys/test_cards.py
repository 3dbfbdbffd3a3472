"""Cards that turn, and the device in a client's hands: by keyboard, at 360 px, in both languages; Back leads nowhere."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import expect

from .browser import NARROW
from .conftest import Rooms
from .friction import Friction
from .house import House
from .room import Room
from .test_client import book, choose, open_account, slip

NAME = "许小满"
NEWEST = "SELECT id::text FROM case_case WHERE state = 'open' ORDER BY opened_at DESC LIMIT 1"
MOST_FOR_CLIENT_MODE = 2  # presses until the client holds the device, from the page of the meeting


def turned(room: Room, card: str) -> None:
    """The other side of a card is to be seen."""
    expect(room.page.locator(f"#card-{card} .other-side")).to_be_visible()


def answer(room: Room, card: str, *keys: str) -> None:
    """Walk to a card by Tab and choose by keys."""
    room.tab_to(f"#card-{card} input").key(*keys)


@pytest.fixture
def booked(rooms: Rooms) -> Room:
    """Somebody with a fresh account and a first time held."""
    room = rooms(width=NARROW)
    open_account(room, slip(rooms("lin"), "猜卡片的人"))
    return book(room)


def give_back(room: Room) -> None:
    """What is still held is free again for the next test."""
    room.go("/mine/")
    while room.page.locator("a[href*='/mine/cancel/']").count():
        room.page.locator("a[href*='/mine/cancel/']").first.click()
        room.press("Cancel this appointment")


def test_cards_turn_by_keyboard_on_a_phone(booked: Room) -> None:
    room = booked.go("/mine/cards/").axe().fits_a_phone()
    expect(room.page.locator(".other-side:visible")).to_have_count(0)
    answer(room, "quarrel", "ArrowDown")
    turned(room, "quarrel")
    answer(room, "adult", "Space")
    turned(room, "adult")
    expect(room.page.locator(".other-side:visible")).to_have_count(2)
    color = "one => getComputedStyle(one).borderColor"
    sides = {room.page.locator(f"#card-{card}").evaluate(color) for card in ("quarrel", "adult")}
    assert len(sides) == 1, "a guess that is otherwise looks like any other"
    room.axe().fits_a_phone().tab_to("main button.primary").key("Enter")
    room.sees(
        "Kept. What you saw otherwise, or left, the two of you talk about at your meeting. Nothing else happens with it."
    )
    room.axe().press("To our agreement").stands_at("/mine/agreement/")
    give_back(room)


def test_motion_stops_for_who_asks_and_a_fold_turns_a_card_too(booked: Room) -> None:
    room = booked
    room.page.emulate_media(reduced_motion="reduce")
    room.go("/mine/cards/")
    answer(room, "vanish", "Space")
    turned(room, "vanish")
    still = "one => getComputedStyle(one).animationName"
    assert room.page.locator("#card-vanish").evaluate(still) == "none"
    room.tab_to("#card-document summary").key("Enter")
    expect(room.page.locator("#card-document details p")).to_be_visible()
    give_back(room)


@pytest.fixture
def case(rooms: Rooms, house: House) -> tuple[Room, str]:
    """Lin at the center's device, on the page of somebody who has no account; the first time is booked."""
    lin = rooms("lin").go("/reception/find/")
    lin.page.locator(".not-listed > summary").click()
    lin.page.fill("#id_name", NAME)
    lin.press("Receive")
    for more in lin.page.locator("details.more > summary").all():
        more.click()
    choose(lin, -1)
    lin.press("Hold this time")
    ((key,),) = house.ask(NEWEST)
    return lin.go(f"/cases/{key}/"), str(key)


def test_the_device_goes_over_and_back(case: tuple[Room, str], house: House) -> None:
    device, key = case
    device.sees("not signed yet").axe()
    hand = Friction(device.page)
    hand.click(device.button("Hand the device over"))
    assert hand.count <= MOST_FOR_CLIENT_MODE
    device.stands_at("/here/").axe().fits_a_phone().misses(NAME)
    _back_leads_nowhere(device, "/here/")
    device.press("Who would hear of it?").stands_at("/mine/cards/")
    answer(device, "quarrel", "Space")
    device.press("That is it for now").press("To our agreement").stands_at("/mine/agreement/").axe()
    device.press("In simpler words").axe().fits_a_phone().press("I have read it and sign").axe()
    device.sees("You read the text in simpler words. The signature is for the whole version.")
    link = str(device.page.get_by_role("link", name=device.say("PDF to keep")).get_attribute("href"))
    kept = device.context.request.get(device.base + link)
    assert kept.status == 200 and kept.body().startswith(b"%PDF-") and kept.headers["cache-control"] == "no-store"
    _leave(device).stands_at("/unlock/").misses(NAME)
    _back_leads_nowhere(device, "/unlock/")
    device.go("/mine/").misses(NAME)
    assert "/mine/" not in device.page.url or device.page.locator("main a[href='/talk/']").count() == 0
    device.go(f"/unlock/?next=/cases/{key}/").write("Passphrase", house.passphrase).press("Unlock")
    device.stands_at(f"/cases/{key}/").sees("signed").sees("On the center's device.")
    device.sees("The text in simpler words was read.")
    open_grants = "SELECT count(*) FROM vault_grant g JOIN case_handed h ON h.keypair_id = g.holder_id"
    assert house.ask(open_grants) == [(0,)]


def _leave(device: Room) -> Room:
    device.page.get_by_role("button", name=device.say("I am done")).click()
    device.page.wait_for_load_state()
    return device


def _back_leads_nowhere(device: Room, here: str) -> None:
    """Back, and back again, shows nothing of what was there; then on again."""
    for _ in range(3):
        device.page.go_back()
        device.page.wait_for_load_state()
        device.misses(NAME, device.say("Agreement"))
    device.go(here)


def test_nobody_touches_the_device(case: tuple[Room, str]) -> None:
    device, _key = case
    device.press("Hand the device over").stands_at("/here/")
    device.page.evaluate("document.body.dataset.idleSeconds")
    assert device.page.locator("body").get_attribute("data-idle-seconds") == "300"
    device.page.clock.install()
    device.go("/here/")
    device.page.clock.run_for(301_000)
    device.page.wait_for_url("**/unlock/**")
    device.misses(NAME)


def test_the_clock_takes_a_forgotten_device_back(case: tuple[Room, str], house: House) -> None:
    """Without a page that closes itself: the clock's own role ends session, grant and pair."""
    device, _key = case
    device.press("Hand the device over").stands_at("/here/")
    device.go("/blank/")
    house.ask(
        "UPDATE person_session SET last_use = last_use - interval '1 hour' WHERE id IN (SELECT session FROM case_handed)"
    )
    open_ones = "SELECT count(*) FROM case_handed WHERE ended_at IS NULL"
    for _ in range(40):
        if house.ask(open_ones) == [(0,)]:
            break
        time.sleep(0.5)
    assert house.ask(open_ones) == [(0,)]
    device.go("/mine/").misses(NAME)
    assert "/sign-in/" in device.page.url
