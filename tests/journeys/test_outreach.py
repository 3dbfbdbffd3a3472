"""From outside the hour: a caller in two presses, a worry slip from the door to closed, a cry, and the morning queue by keys."""

from __future__ import annotations

from playwright.sync_api import expect

from .conftest import Rooms
from .friction import Friction
from .house import House
from .room import Room

WORRY = "他把最喜欢的书都送人了，袖子一直拉得很长。"
PAGES = (("lin", "/desk/"), ("lin", "/openings/"), ("shen", "/center/roster/"), ("zhou", "/standing/code/"))
ASKED = ("parent", "class_teacher", "leader", "authority", "police", "classmate", "insists")


def test_two_presses_from_any_page_to_the_sentence(house: House, rooms: Rooms) -> None:
    before = len(house.entries("note_inquiry", "done"))
    for who, path in PAGES:
        room = rooms(who).go(path)
        friction = Friction(room.page)
        friction.click(room.page.locator(".stand-in-link"))
        friction.click(room.page.locator("form[action$='/parent/'] button"))
        expect(room.page.locator("#sentence")).to_contain_text(room.say("You care about your child, I can hear that."))
        assert friction.count <= 2
    assert len(house.entries("note_inquiry", "done")) == before + len(PAGES)


def test_every_caller_has_a_sentence_and_insisting_is_refused(house: House, rooms: Rooms) -> None:
    desk = rooms("lin").go("/stand-in/").axe().fits_a_phone()
    for asker in ASKED:
        desk.go("/stand-in/").page.locator(f"form[action$='/{asker}/'] button").click()
        expect(desk.page.locator("#sentence p").first).to_be_visible()
        desk.axe().fits_a_phone()
    before = len(house.entries("tell_outsider", "refused"))
    desk.press("They insist that I say whether somebody comes").verdict("refused")
    desk.sees("The sentence for who insists").axe().fits_a_phone()
    assert len(house.entries("tell_outsider", "refused")) == before + 1
    desk.press("The sentence for who insists").stands_at("/stand-in/")
    desk.go("/stand-in/sure/").sees("What the principal signed").axe().fits_a_phone()
    rooms("shen").go("/center/inquiries/").sees("Day by day").axe().fits_a_phone()
    columns = {name for (name,) in house.ask(
        "SELECT column_name FROM information_schema.columns WHERE table_name = 'outreach_inquiry'"
    )}  # fmt: skip
    assert columns == {"id", "school_id", "asker", "at", "answered_by_id"}


def leave(door: Room, text: str, *, whom: str = "王小明", urgent: bool = False) -> str:
    door.go("/slip/").page.fill("[name=text]", text)
    door.page.fill("[name=whom]", whom)
    if urgent:
        door.page.check("[name=urgent]")
    door.press("Leave the slip")
    return door.page.locator("#code").inner_text()


def look(door: Room, code: str) -> str:
    door.go("/slip/look/").page.fill("[name=code]", code)
    return door.press("Look it up").page.locator("h1").inner_text()


def test_a_slip_is_left_taken_and_closed(house: House, rooms: Rooms) -> None:
    door = rooms().go("/slip/").axe().fits_a_phone()
    assert "ounsel" not in door.page.title() and "心理" not in door.page.title()
    door.page.locator("input[name=sender][value=class_teacher]").check()
    expect(door.page.locator("#danger-numbers")).to_be_hidden()
    door.page.fill("[name=text]", WORRY + "他说不想活了。")
    expect(door.page.locator("#danger-numbers")).to_be_visible()
    door.axe().fits_a_phone()
    door.press("Leave the slip").sees("Please do not").axe().fits_a_phone()
    code = door.page.locator("#code").inner_text()
    assert look(door, code) == door.say("Received.")
    door.axe().fits_a_phone()
    (key,) = house.ask("SELECT id, body FROM outreach_slip ORDER BY left_at DESC LIMIT 1")
    assert WORRY.encode() not in bytes(key[1])
    desk = rooms("zhou").go("/queue/").sees(WORRY).axe().fits_a_phone()
    desk.page.locator(f"#letter-{key[0]} [data-key='2']").click()
    expect(desk.page.locator(f"#letter-{key[0]} [role=status]")).to_be_visible()
    assert look(door, code) == door.say("Somebody is taking care.")
    desk.go(f"/queue/{key[0]}/").axe().fits_a_phone()
    desk.page.locator("input[value=looked_after]").check()
    desk.press("Close the letter").stands_at("/queue/")
    assert look(door, code) == door.say("Somebody is taking care.")  # from tomorrow on: closed
    assert look(door, code[:-1] + ("X" if code[-1] != "X" else "Y")) == door.say("How does my slip stand?")


def test_a_cry_lies_on_top_in_red(house: House, rooms: Rooms) -> None:
    door = rooms().go("/slip/")
    friction = Friction(door.page)
    friction.click(door.button("Send to the duty counselor now"))
    door.sees("It has arrived").axe().fits_a_phone()
    assert friction.count == 1  # no field before it
    desk = rooms("lin").go("/desk/")
    red = desk.page.locator(".notice.danger")
    expect(red).to_have_count(1)
    desk.axe().fits_a_phone()
    red.get_by_role("link").click()
    desk.stands_at("/queue/").axe()
    taking = desk.page.locator(".notice.danger [data-key='1']")
    for left in range(taking.count(), 0, -1):
        taking.first.click()
        expect(taking).to_have_count(left - 1)
    desk.go("/desk/")
    expect(desk.page.locator(".notice.danger")).to_have_count(0)


def test_eight_texts_by_keys_after_one_unlock(house: House, rooms: Rooms) -> None:
    door = rooms()
    for number in range(8):
        leave(door, f"{WORRY}（{number}）", urgent=number == 3)
    desk = rooms("lin").go("/queue/")
    waiting = desk.page.locator("[data-keys]")
    there = waiting.count()
    assert there >= 8
    before = len(house.entries("read_queue", "done"))
    friction = Friction(desk.page)
    for number in range(there):
        expect(desk.page.locator("[data-keys]:focus")).to_have_count(1)  # the next one has the focus by itself
        friction.press(str(number % 3 + 1))
        expect(waiting).to_have_count(there - number - 1)
    assert friction.count == there  # one key a text
    assert len(house.entries("read_queue", "done")) == before  # nothing was opened a second time
    desk.go("/queue/").sees("Nothing new.").axe().fits_a_phone()


def test_without_script_the_buttons_do_the_same(house: House, rooms: Rooms, browser: object, language: str) -> None:
    leave(rooms(), WORRY)
    desk = rooms("lin")
    state = desk.context.storage_state()
    plain = desk.context.browser.new_context(storage_state=state, java_script_enabled=False)  # type: ignore[union-attr]
    page = plain.new_page()
    page.goto(f"{house.url}/queue/")
    before = page.locator(".letter").count()
    page.locator(".letter button[value=week]").first.click()
    page.wait_for_load_state()
    assert page.url.endswith("/queue/") and page.locator(".letter").count() == before - 1
    plain.close()
