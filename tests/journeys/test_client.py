"""A client: the slip, an account, a time, a cancellation, the signature, the next time; and what goes wrong on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Route, expect

from .conftest import Rooms
from .house import House
from .room import PASSPHRASE, Room

ODD = "最近总睡不好\u200b……\u200f\u202eאבג\u202c 👩‍👧🌧️\n  两个空格\t和 <b>不是标签</b> & 末尾 "


def slip(desk: Room, name: str) -> str:
    """The desk receives somebody who is not on the list and gives a slip; answers its code."""
    desk.go("/reception/find/")
    desk.page.locator(".not-listed > summary").click()
    desk.page.fill("#id_name", name)
    desk.press("Receive").press("Give a slip with a code")
    return desk.page.locator("#code").inner_text()


def open_account(room: Room, code: str) -> str:
    """A client makes an account; answers the sign-in name."""
    room.go("/account/").write("The code on your slip", code).press("Go on")
    room.write("Your passphrase", PASSPHRASE).write("The same once more", PASSPHRASE).press("Open my account")
    return room.page.locator("#name").inner_text()


@pytest.fixture
def client(rooms: Rooms) -> Iterator[Callable[..., Room]]:
    """`client()` is somebody with a fresh account, signed in; whatever time is still held at the end is given back."""
    made: list[Room] = []

    def make(**how: object) -> Room:
        room = rooms(**how)
        room.name = open_account(room, slip(rooms("lin"), f"来的人{len(made)}"))  # type: ignore[attr-defined]
        made.append(room)
        return room

    yield make
    for room in made:
        room.page.unroute_all()
        room.go("/mine/")
        while room.page.locator("a[href*='/mine/cancel/']").count():
            room.page.locator("a[href*='/mine/cancel/']").first.click()
            room.press("Cancel this appointment")


def choose(room: Room, place: int = 0) -> str:
    """Take the n-th free time on the page; answers its value."""
    one = room.page.locator("main input[name=slot]").nth(place)
    one.check()
    return str(one.get_attribute("value"))


def book(room: Room, words: str = "", place: int = -1) -> Room:
    """From the talk page to a held time."""
    room.go("/talk/")
    for more in room.page.locator("details.more > summary").all():
        more.click()
    choose(room, place)
    if words:
        room.page.fill("#id_reason", words)
    else:
        room.page.check("[name=hard]")
    return room.press("Book this time").stands_at("/mine/")


def forgive(room: Room) -> None:
    """The connection that this test cut is no fault of the page."""
    room.watch.faults[:] = [fault for fault in room.watch.faults if "ERR_FAILED" not in fault]


def held(house: House, name: str) -> int:
    """How many times are held for the account of this name."""
    rows = house.ask(
        """SELECT count(*) FROM appointment_booking b JOIN person_account a USING (client_id)
           WHERE a.sign_in = %s AND b.state = 'booked'""",
        name,
    )
    return int(rows[0][0])


def test_from_the_slip_to_the_second_booking(house: House, rooms: Rooms, client: Callable[..., Room]) -> None:
    me = client()
    me.press("I keep it. Find a time").stands_at("/talk/").sees("You need not know what it is yet. A time is enough.")
    me.axe().fits_a_phone()
    book(me, ODD)
    me.axe().fits_a_phone()
    expect(me.page.locator(".next-time")).to_have_count(1)
    me.go("/mine/words/")
    assert me.page.locator(".own-words").inner_text() == ODD.rstrip("\n")
    me.axe().fits_a_phone()

    me.go("/mine/").press("I cannot come").axe().fits_a_phone().press("Cancel this appointment").stands_at("/mine/")
    me.sees("Take it back").sees("No appointment lies ahead.")
    me.page.get_by_role("link", name=me.say("Take it back")).click()
    expect(me.page.locator("main input[name=slot]:checked")).to_have_count(1)
    me.press("Book this time").stands_at("/mine/")

    me.go("/talk/")
    choose(me)
    me.page.fill("#id_reason", "第二次想说的")
    me.press("Book this time").verdict("not_yet")
    me.sees("What you typed is kept.")
    assert me.page.input_value("#id_reason") == "第二次想说的"
    me.press("Read and sign our agreement").stands_at("/mine/agreement/").axe().fits_a_phone()
    me.press("I have read it and sign")
    me.sees("Signed; your copy lies under “My things”. Now this time can be booked.")
    assert me.page.input_value("#id_reason") == "第二次想说的"  # it went along
    me.press("Book this time").stands_at("/mine/")
    expect(me.page.locator(".next-time")).to_have_count(2)
    me.go("/mine/words/")
    expect(me.page.locator(".own-words").first).to_have_text("第二次想说的")


def test_the_code_wrong_used_and_twice(house: House, rooms: Rooms) -> None:
    desk, me = rooms("lin"), rooms()
    code = slip(desk, "拿小条的人")
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")
    me.go("/account/").axe().fits_a_phone().write("The code on your slip", wrong).press("Go on")
    me.sees("A letter is missing or different. Compare it with the slip once more; nothing is lost.")
    assert me.page.input_value("[name=code]") == wrong
    me.axe().write("The code on your slip", f"  {code.lower()} ").press("Go on").axe().fits_a_phone()
    me.write("Your passphrase", "too short").write("The same once more", "too short").press("Open my account")
    me.sees("This is shorter than twelve characters. Add a word or two.")
    me.write("Your passphrase", PASSPHRASE).write("The same once more", PASSPHRASE + "x").press("Open my account")
    me.sees("The two are not the same yet.")
    assert me.page.input_value("[name=passphrase]") == PASSPHRASE
    me.write("The same once more", PASSPHRASE)

    lost: list[str] = []  # the first answer never arrives

    def drop(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().text())
            return route.abort()
        return route.continue_()

    me.page.route("**/account/", drop)
    body = me.page.evaluate("() => new URLSearchParams(new FormData(document.querySelector('main form'))).toString()")
    script = """body => fetch("/account/", { method: "POST", body, headers: { "content-type":
        "application/x-www-form-urlencoded" } }).then(answer => answer.text()).catch(() => "")"""
    assert me.page.evaluate(script, body) == "" and lost
    forgive(me)
    me.press("Open my account")  # the same press again: the same account, its name shown
    name = me.page.locator("#name").inner_text()
    assert name in lost[0] and house.ask("SELECT count(*) FROM person_account WHERE sign_in = %s", name) == [(1,)]
    me.axe().fits_a_phone()
    assert PASSPHRASE not in me.page.content()

    other = rooms().go("/account/").write("The code on your slip", code)
    other.press("Go on").sees(
        "This code is not known, or was used already. If it was you, sign in; else ask for a new slip."
    )
    rooms().sign_in(name, PASSPHRASE).stands_at("/mine/")


def test_an_old_code(house: House, rooms: Rooms) -> None:
    me, code = rooms(), slip(rooms("lin"), "很久以前的小条")
    house.ask(
        "UPDATE person_activationcode SET until = until - interval '15 days' WHERE until > now() + interval '13 days'"
    )
    me.go("/account/").write("The code on your slip", code).press("Go on").verdict("refused")
    me.sees("This code is too old. Ask for a new slip; it is made in a minute.").axe().fits_a_phone()


def test_nothing_chosen_nothing_written(client: Callable[..., Room]) -> None:
    me = client().go("/talk/").press("Book this time")
    me.sees("Please choose a time.").sees("Write a line, or choose “Hard to say”: that is an answer too.")
    me.axe().fits_a_phone()


def test_a_very_long_text_is_kept(client: Callable[..., Room]) -> None:
    me, long = client().go("/talk/"), "长" * 340_000  # 1 MB
    choose(me)
    me.page.set_default_timeout(60_000)
    me.page.locator("#id_reason").evaluate("(box, text) => { box.value = text; }", long)
    me.press("Book this time").stands_at("/talk/")
    expect(me.page.locator("#id_reason_error")).to_contain_text("20,000", timeout=60_000)
    assert len(me.page.input_value("#id_reason")) == len(long)


def test_everything_twice_and_two_tabs(house: House, client: Callable[..., Room]) -> None:
    me = client(width=360).go("/talk/")
    second = me.context.new_page()
    second.goto(me.base + "/talk/")
    value = choose(me)
    me.page.check("[name=hard]")
    me.page.get_by_role("button", name=me.say("Book this time")).dblclick()
    me.page.wait_for_url("**/mine/**")
    assert held(house, me.name) == 1  # type: ignore[attr-defined]

    second.check(f"[name=slot][value='{value}']")
    second.fill("#id_reason", "第二个页面")
    second.get_by_role("button", name=me.say("Book this time")).click()
    expect(second.locator("[data-ruling]")).to_be_visible()
    expect(second.locator(".nearest input").first).to_be_visible()
    assert second.input_value("#id_reason") == "第二个页面"
    assert held(house, me.name) == 1  # type: ignore[attr-defined]

    me.go("/mine/").press("I cannot come")
    me.page.get_by_role("button", name=me.say("Cancel this appointment")).dblclick()
    me.stands_at("/mine/")
    assert held(house, me.name) == 0  # type: ignore[attr-defined]


def test_the_answer_that_never_came(house: House, client: Callable[..., Room]) -> None:
    me, seen = client().go("/talk/"), []

    def drop(route: Route) -> None:
        if route.request.method == "POST" and not seen:
            seen.append(route.fetch(max_redirects=0).status)
            return route.abort()
        return route.continue_()

    me.page.route("**/talk/", drop)
    choose(me)
    me.page.fill("#id_reason", "断线之前写的")
    me.page.get_by_role("button", name=me.say("Book this time")).click()
    me.page.wait_for_timeout(300)
    forgive(me)
    assert seen == [302] and held(house, me.name) == 1  # type: ignore[attr-defined]
    me.go("/mine/")
    expect(me.page.locator(".next-time")).to_have_count(1)
    me.go("/mine/words/").sees("断线之前写的")


def test_a_lock_while_writing_loses_nothing(house: House, client: Callable[..., Room]) -> None:
    me = client().go("/talk/")
    choose(me)
    me.page.fill("#id_reason", "写到一半")
    house.ask("UPDATE person_session SET private = NULL WHERE kind = 'client'")
    me.press("Book this time").stands_at("/talk/").axe().fits_a_phone()
    assert me.page.input_value("#id_reason") == "写到一半"
    me.write("Your passphrase", PASSPHRASE).press("Book this time").stands_at("/mine/")
    me.go("/mine/words/").sees("写到一半")


def test_words_of_danger_stay_in_the_browser(client: Callable[..., Room]) -> None:
    me = client().go("/talk/")
    numbers, sent = me.page.locator("#danger-numbers"), []
    me.page.on("request", lambda request: sent.append(request.url))
    me.page.fill("#id_reason", "grapes, established, 自己的事")
    expect(numbers).to_be_hidden()
    me.page.fill("#id_reason", "有时候想 自\u200b杀")
    expect(numbers).to_be_visible()
    expect(numbers.locator("a[href='tel:120']")).to_be_visible()
    assert not [address for address in sent if "/static/" not in address]
    me.axe().fits_a_phone()


def test_three_taps_to_the_next_time(client: Callable[..., Room]) -> None:
    me = client()
    book(me)
    me.go("/mine/agreement/").press("I have read it and sign").go("/mine/")
    with me.counted() as hand:
        me.press("Book the next time")
        me.page.locator("main .slots label").first.click()
        me.press("Book this time").stands_at("/mine/")
    assert hand.all <= 3
    me.go("/mine/")
    with me.counted() as hand:
        me.page.get_by_role("link", name=me.say("Who opened my file")).click()
        me.stands_at("/mine/file/")
    assert hand.all == 1
    me.sees("signed our agreement").sees("booked a time").axe().fits_a_phone()


def test_by_keyboard_alone(client: Callable[..., Room]) -> None:
    me = client().go("/talk/")
    me.tab_to("main input[name=slot]").key("Space")
    me.tab_to("#id_reason")
    me.page.keyboard.type("hello")
    me.tab_to("main button.primary").key("Enter")
    me.stands_at("/mine/")


def test_what_belongs_to_somebody_else(house: House, client: Callable[..., Room]) -> None:
    mine, other = client(), client()
    book(mine, "只给老师")
    (booking,) = house.ask(
        """SELECT b.id FROM appointment_booking b JOIN person_account a USING (client_id)
           WHERE a.sign_in = %s AND b.state = 'booked'""",
        mine.name,  # type: ignore[attr-defined]
    )[0]
    refused = len(house.entries("cancel_booking", "refused"))
    other.go("/mine/")
    assert other.posts(f"/mine/cancel/{booking}/") == 404
    assert len(house.entries("cancel_booking", "refused")) == refused + 1
    assert held(house, mine.name) == 1  # type: ignore[attr-defined]
    for path in ("/reception/", "/reception/find/", "/openings/", "/desk/"):
        assert other.page.request.get(other.base + path).status == 403


def test_i_do_not_want_to_go_on(house: House, client: Callable[..., Room]) -> None:
    me = client()
    book(me, "先试试")
    me.go("/mine/agreement/").press("I have read it and sign")
    me.sees("Signed. This is your copy; it stays here under “My things”.").axe().fits_a_phone()
    me.go("/mine/stop/").axe().fits_a_phone().press("Stop now").sees("It is stopped").axe().fits_a_phone()
    assert held(house, me.name) == 0  # type: ignore[attr-defined]
    me.go("/mine/file/").sees("took the signature back")
    me.go("/mine/").press("Sign out")
    me.go("/mine/").stands_at("/sign-in/")


def test_nobody_signed_in(rooms: Rooms) -> None:
    room = rooms().go("/talk/").sees("Take this time").axe().fits_a_phone()
    assert room.page.title() == room.say("My schedule")
