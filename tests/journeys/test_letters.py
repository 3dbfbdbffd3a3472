"""A letter by keyboard: written at the door, read in the queue, answered, and the answer opened by sixteen digits."""

from __future__ import annotations

from playwright.sync_api import expect

from .conftest import Rooms
from .house import House

WORDS = "宿舍里已经三个星期没有人跟我说话了。"
BACK = "三个星期很长。谢谢你写下来。"


def test_a_letter_is_written_answered_and_opened_by_its_digits(house: House, rooms: Rooms) -> None:
    door = rooms(width=360).go("/").press("Talk to someone").axe()
    door.page.get_by_role("link", name=door.say("Write a letter")).press("Enter")
    door.stands_at("/write/").axe().fits_a_phone()
    assert "ounsel" not in door.page.title() and "心理" not in door.page.title()
    box, numbers = door.page.locator("#id_text"), door.page.locator("#danger-numbers")
    box.press_sequentially("我不想活了。")
    expect(numbers).to_be_visible()
    door.axe().fits_a_phone()
    box.fill(WORDS)
    door.button("Send the letter").press("Enter")
    door.sees("It is here. Thank you for writing.").axe().fits_a_phone()
    code = door.page.locator("#code").inner_text()
    (row,) = house.ask("SELECT id, body FROM correspondence_letter ORDER BY sent_at DESC LIMIT 1")
    assert WORDS.encode() not in bytes(row[1]) and WORDS not in door.page.content()

    desk = rooms("lin", width=360).go("/queue/").sees(WORDS).axe().fits_a_phone()
    desk.page.locator(f"#letter-{row[0]}").press("3")
    desk.page.locator(f"#letter-{row[0]} a").press("Enter")
    desk.stands_at(f"/queue/letters/{row[0]}/").axe().fits_a_phone()
    desk.page.locator("#text").fill("你得了抑郁症。")
    expect(desk.page.locator("p[data-saved]")).to_contain_text(desk.say("Saved, sealed"))
    desk.page.reload()
    expect(desk.page.locator("#text")).to_have_value("你得了抑郁症。")  # kept while it was typed
    desk.button("Send the answer").press("Enter")
    expect(desk.page.locator("mark.asserts")).to_be_visible()
    desk.axe().fits_a_phone()
    desk.page.locator("#text").fill(BACK)
    desk.page.locator("#time").press("Space")
    desk.button("Send the answer").press("Enter")
    desk.page.wait_for_url("**/queue/")

    door.go("/back/").page.locator("#id_code").fill(code)
    door.button("Open my things").press("Enter")
    door.stands_at("/mine/letters/").sees(BACK).axe().fits_a_phone()
    door.page.get_by_role("link", name=door.say("Find a time together")).press("Enter")
    door.stands_at("/talk/").axe().fits_a_phone()
    assert len(house.entries("answer_letter", "done")) >= 1
