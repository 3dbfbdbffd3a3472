"""Without an account: three screens to a held time, digits that lead back, a help page without network, leaving for good."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import expect

from tests.danger_sentences import MEANT, NOT_MEANT

from .conftest import Rooms
from .friction import Friction
from .house import ROOT, House
from .room import PASSPHRASE, Room
from .test_client import open_account, slip

DANGER = json.loads((ROOT / "subrosa/desks/client/static/client/danger.json").read_text(encoding="utf-8"))
SENT = "Sent to the counselors on duty. They can open it from now on; somebody may still take a while to see it."
NUMBERS = ("12356", "110")
WRONG = """([meant, harmless]) => {
  const box = document.getElementById("id_reason"), numbers = document.getElementById("danger-numbers");
  const noticed = (text) => {
    numbers.hidden = true;
    box.value = text;
    box.dispatchEvent(new Event("input"));
    return !numbers.hidden;
  };
  return [...meant.filter((text) => !noticed(text)), ...harmless.filter(noticed)];
}"""


@pytest.fixture(autouse=True)
def given_back(house: House) -> Iterator[None]:
    """Times that a journey held at the door are free again for the next one."""
    yield
    house.ask(
        "UPDATE appointment_booking SET state = 'cancelled' WHERE state = 'booked' AND client_id IN"
        " (SELECT id FROM person_client WHERE by_door)"
    )


def held(room: Room, name: str, words: str = "", **how: str) -> str:
    """From the first entrance to the digits; answers them."""
    room.go("/").press("Talk to someone").stands_at("/talk/")
    room.page.locator("main input[name=slot]").first.check()
    room.press("Take this time")
    room.page.fill("#id_name", name)
    if words:
        room.page.fill("#id_reason", words)
    else:
        room.page.check("[name=hard]")
    for reach in how.values():
        room.page.check(f"[name=reach][value={reach}]")
    room.press("Hold this time").sees("The time is held")
    return room.page.locator("#code").inner_text()


def test_three_screens_and_two_minutes(house: House, rooms: Rooms) -> None:
    me = rooms(width=360).go("/").axe().fits_a_phone()
    hand, begun, screens = Friction(me.page), time.monotonic(), []
    me.page.on("framenavigated", lambda frame: screens.append(frame.url))
    main = me.page.get_by_role("main")
    hand.click(main.get_by_role("link", name=me.say("Talk to someone")))
    me.axe().fits_a_phone()
    hand.click(main.locator(".slots label").first)
    hand.click(me.button("Take this time"))
    me.axe().fits_a_phone()
    hand.click(main.get_by_text(me.say("Hard to say"), exact=True))
    hand.click(me.button("Hold this time"))
    me.axe().fits_a_phone().sees("The time is held")
    assert len(screens) == 3, screens
    assert hand.count == 5 and time.monotonic() - begun < 120
    assert re.fullmatch(r"\d{4} \d{4} \d{4} \d{4}", me.page.locator("#code").inner_text())
    assert me.page.title() == me.say("My schedule")


def test_a_nickname_at_the_desk_and_the_way_back(house: House, rooms: Rooms, language: str) -> None:
    name = f"小鹿{language[:2]}"
    code = held(rooms(), name, "就是难受，说不上来。", reach="no_contact")
    (day, waits), *_ = house.ask(
        "SELECT b.starts_at::date, c.waits FROM appointment_booking b"
        " JOIN person_client c ON c.id = b.client_id WHERE c.by_door ORDER BY b.booked_at DESC LIMIT 1"
    )
    assert waits
    desk = rooms("lin").go(f"/reception/?day={day}").sees(name).sees("do not contact").axe().fits_a_phone()
    desk.page.get_by_role("link", name=name).click()
    desk.sees("do not contact").axe().fits_a_phone()
    assert house.ask("SELECT count(*) FROM person_client WHERE waits") == [(0,)]

    me = rooms().go("/").press("My things").press("I have a return code").axe().fits_a_phone()
    me.write("Your sixteen digits", "1234 5678").press("Open my things")
    me.sees("These are not sixteen digits. Compare them with your note; nothing is lost.")
    me.write("Your sixteen digits", code.replace(" ", "-")).press("Open my things").stands_at(
        "/mine/"
    ).axe().fits_a_phone()
    me.go("/mine/words/").sees("就是难受，说不上来。")
    me.go("/mine/file/").sees("came by the door, without an account").sees("The duty team").axe()
    me.go("/mine/").press("I cannot come").press("Cancel this appointment").stands_at("/mine/")


def test_the_press_whose_answer_never_came(house: House, rooms: Rooms) -> None:
    me = rooms().go("/talk/")
    me.page.locator("main input[name=slot]").first.check()
    me.press("Take this time").page.check("[name=hard]")
    before = house.ask("SELECT count(*) FROM person_client WHERE by_door")[0][0]
    body = me.page.evaluate("() => new URLSearchParams(new FormData(document.querySelector('main form'))).toString()")
    script = """body => fetch("/talk/first/", { method: "POST", body, headers: { "content-type":
        "application/x-www-form-urlencoded" } }).then(answer => answer.text())"""
    lost = me.page.evaluate(script, body)
    me.press("Hold this time").sees("The time is held")
    assert me.page.locator("#code").inner_text() in lost
    assert house.ask("SELECT count(*) FROM person_client WHERE by_door")[0][0] == before + 1


def test_wrong_digits_wait(house: House, rooms: Rooms) -> None:
    me = rooms()
    code = held(me, "猜的人")
    me.go("/back/")
    for _ in range(5):
        me.write("Your sixteen digits", code[:4] + "0" * 12).press("Open my things")
        me.sees("These digits open nothing here. Compare them with your note and try again.")
    me.write("Your sixteen digits", code).press("Open my things").verdict("not_yet")
    me.sees("Wait an hour").axe().fits_a_phone()
    house.ask("DELETE FROM person_try")


def test_i_was_sent(rooms: Rooms) -> None:
    me = rooms().go("/talk/").press("I was sent").sees("Ten minutes, without a file").axe().fits_a_phone()
    me.press("I would rather hold a time").stands_at("/talk/")


def keeps(room: Room) -> None:
    """The browser has kept the help page: the worker becomes active once all of it is there."""
    room.page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")


def test_the_help_page_without_a_network(rooms: Rooms) -> None:
    me = rooms(width=360)
    me.go("/talk/").go("/help/").axe().fits_a_phone()
    keeps(me)
    kept = me.page.evaluate(
        "() => caches.keys().then(names => Promise.all(names.map(name => caches.open(name).then(one => one.keys()))))"
        ".then(lists => lists.flat().map(one => new URL(one.url).pathname))"
    )
    pages = {one for one in kept if not one.startswith("/static/common/")}
    assert pages == {"/help/en/", "/help/zh-hans/"}, "no other page is kept, and none that says who was here"
    scope = me.page.evaluate("() => navigator.serviceWorker.getRegistrations().then(all => all.map(one => one.scope))")
    assert scope == [f"{me.base}/help/"]

    me.context.set_offline(True)
    me.page.reload()
    for number in NUMBERS:
        expect(me.page.locator(f"main > .numbers a[href='tel:{number}']")).to_be_visible()
    me.page.locator("#low > summary").click()
    expect(me.page.locator("#low a[href='tel:12355']")).to_be_visible()
    assert me.page.evaluate("() => getComputedStyle(document.querySelector('main > .numbers a b')).fontSize") == "36px"
    other = "en" if me.language.startswith("zh") else "zh-hans"
    me.page.goto(f"{me.base}/help/{other}/")
    expect(me.page.locator("main > .numbers a[href='tel:110']")).to_be_visible()
    me.page.goto(f"{me.base}/help/")
    me.sees("I need help now")
    with pytest.raises(PlaywrightError, match="ERR_INTERNET_DISCONNECTED"):
        me.page.goto(f"{me.base}/talk/")
    me.context.set_offline(False)
    me.watch.faults[:] = [one for one in me.watch.faults if "ERR_INTERNET_DISCONNECTED" not in one]


def test_help_is_kept_over_signing_out(rooms: Rooms) -> None:
    me = rooms("student").go("/help/")
    keeps(me)
    kept = me.page.evaluate("() => caches.open('help').then(one => one.match('/help/en/')).then(one => one.text())")
    assert "vault_key" not in kept and me.say("Sign out") not in kept
    me.go("/mine/").press("Sign out").go("/")
    assert me.page.evaluate("() => caches.has('help')")


def test_leaving_leaves_no_way_back(rooms: Rooms) -> None:
    for by in ("button", "Escape", "Pause"):
        me = rooms().go("/").press("Talk to someone")
        me.page.locator("main input[name=slot]").first.check()
        me.press("Take this time").page.fill("#id_reason", "不想让人看到的话")
        if by == "button":
            me.page.get_by_role("button", name=me.say("Leave this page")).click()
        else:
            me.page.locator("#id_reason").focus()
            for _ in range(2 if by == "Escape" else 1):
                me.page.keyboard.press(by)
        me.page.wait_for_url("about:blank")
        for _ in range(3):
            with suppress(PlaywrightError):  # nothing to go back to is what is wanted
                me.page.go_back(timeout=1500)
            me.page.wait_for_timeout(200)
            assert "不想让人看到的话" not in me.page.content()
            shown = me.page.evaluate(
                "() => document.body ? getComputedStyle(document.body).display + document.body.innerText : ''"
            )
            assert shown.startswith("none") or not shown.replace("block", "").strip(), shown[:200]


def test_words_of_danger_and_harmless_ones(rooms: Rooms) -> None:
    me = rooms().go("/talk/")
    me.page.locator("main input[name=slot]").first.check()
    me.press("Take this time").page.fill("#id_reason", MEANT[0])
    expect(me.page.locator("#danger-numbers")).to_be_visible()
    sent: list[str] = []
    me.page.on("request", lambda request: sent.append(request.url))
    words = [f"x {word} x" for name in ("self", "others", "harm") for word in DANGER[name]]
    harmless = [f"x {word} x" for word in DANGER["harmless"]]
    assert me.page.evaluate(WRONG, [[*MEANT, *words], [*NOT_MEANT, *harmless]]) == []
    assert not sent, "nothing leaves the browser while somebody writes"


def test_a_cry_is_sent_by_one_press_and_the_words_stay(house: House, rooms: Rooms, language: str) -> None:
    me = rooms(width=360).go("/talk/")
    me.page.locator("main input[name=slot]").first.check()
    me.press("Take this time").page.fill("#id_reason", f"撑不住了，不想活了{language}")
    cries = "SELECT count(*) FROM outreach_slip WHERE kind = 'cry'"
    before = house.ask(cries)[0][0]
    me.axe().fits_a_phone().press("Send what I wrote to the counselor on duty now")
    assert house.ask(cries)[0][0] == before + 1
    me.sees(SENT).axe().fits_a_phone()
    assert me.page.input_value("#id_reason") == f"撑不住了，不想活了{language}"
    me.page.locator("#id_name").focus()
    me.page.keyboard.press("Enter")  # Enter in a field holds the time; it never sends anything to the duty team
    me.sees("The time is held")
    assert house.ask(cries)[0][0] == before + 1


def test_the_key_is_handed_over_after_a_lost_passphrase(house: House, rooms: Rooms, language: str) -> None:
    desk, me, name = rooms("lin"), rooms(), f"忘了口令的人{language[:2]}"
    sign_in = open_account(me, slip(desk, name))
    me.go("/talk/")
    me.page.locator("main input[name=slot]:visible").last.check()
    me.page.fill("#id_reason", "忘之前写的")
    me.press("Book this time").stands_at("/mine/")

    desk.go("/reception/find/")
    (client, case), *_ = house.ask(
        "SELECT a.client_id, k.id FROM person_account a JOIN case_case k USING (client_id) WHERE a.sign_in = %s",
        sign_in,
    )
    desk.go(f"/reception/client/{client}/").axe()
    desk.page.locator("summary").filter(has_text=desk.say("The passphrase is forgotten")).click()
    desk.axe().fits_a_phone().press("I have seen the person: give a new slip")
    code = desk.page.locator("#code").inner_text()
    again = rooms()
    assert open_account(again, code) == sign_in
    again.go("/mine/words/").misses("忘之前写的")
    me.go("/mine/").stands_at("/sign-in/")  # the session of the old way in has ended

    desk.go(f"/cases/{case}/").axe().fits_a_phone()
    desk.page.get_by_role(
        "button", name=desk.say("I have seen this person: hand over the key of what we share")
    ).click()
    desk.page.wait_for_load_state()
    again.go("/mine/words/").sees("忘之前写的")
    again.go("/mine/").press("I cannot come").press("Cancel this appointment")
    rooms().sign_in(sign_in, PASSPHRASE).stands_at("/mine/")


def test_the_leads_numbers(rooms: Rooms) -> None:
    lead = rooms("shen").go("/center/numbers/").axe().fits_a_phone()
    lead.write("Name", "林知夏").write("Room", "B203").write("Phone", "8001").press("From now on")
    lead.stands_at("/center/numbers/").press("Called today, it answers").stands_at("/center/numbers/").axe()
    rooms().go("/help/").sees("%(name)s is on duty today", name="林知夏").axe().fits_a_phone()
    lead.go("/center/numbers/12356/").axe().fits_a_phone()
    lead.write("Place in the list", "99").press("Change it").verdict("refused")
    lead.axe().fits_a_phone().go("/center/numbers/")
    lead.page.locator("main details:not(.tabs-fold) > summary").first.click()
    lead.write("Name", "").write("Room", "").write("Phone", "").press("From now on")
