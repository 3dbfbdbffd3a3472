"""What a record asks, in a browser: the margin while one types, danger by keyboard, two lines for today, a tap afterwards."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .conftest import Rooms
from .house import House
from .test_record import meeting
from .test_record import signed as signed

ILL, MONEY = "妈妈说医院确诊抑郁症，在吃药。", "家里欠债三十万。"


def test_the_margin_asks_while_one_types(house: House, rooms: Rooms, signed: str) -> None:
    booking = meeting(house, signed, "held")
    lin = rooms("lin").go(f"/cases/{signed}/record/{booking}/")
    box, below = lin.page.locator("#words-problem"), lin.page.locator("#below-problem")
    box.press_sequentially(f"{ILL}{MONEY}")
    expect(below.locator("mark")).to_have_text("确诊抑郁症")
    expect(below).to_contain_text(lin.say("Needed for the work?"))
    expect(box).to_be_focused()
    expect(below.get_by_label(lin.say("Which hospital"))).to_be_hidden()
    below.locator("input[value=hospital]").locator("..").click()
    expect(below.get_by_label(lin.say("Which hospital"))).to_be_visible()
    lin.axe().fits_a_phone()
    below.locator("a[data-cut]").click()
    expect(box).to_have_value(ILL)
    expect(below.locator(".is-private")).to_have_count(0)
    expect(below.locator("input[value=hospital]")).to_be_checked()
    below.locator("a[data-find]").click()
    lin.page.keyboard.type("三周睡不着")
    expect(box).to_have_value("妈妈说医院三周睡不着，在吃药。")
    expect(below.locator("mark")).to_have_count(0)


@pytest.mark.parametrize("answer", ["watch", "act"])
def test_danger_by_keyboard(house: House, rooms: Rooms, signed: str, answer: str) -> None:
    booking = meeting(house, signed, "held")
    lin = rooms("lin").go(f"/cases/{signed}/record/{booking}/")
    for part in ("situation", "problem", "course", "advice", "effect", "other"):
        lin.page.locator(f"#words-{part}").fill(f"{part} words")
    expect(lin.page.locator(".if-watch")).to_be_hidden()
    expect(lin.page.locator(".if-act")).to_be_hidden()
    lin.tab_to("input[name=danger]").key("ArrowRight", *(["ArrowRight"] if answer == "act" else []))
    expect(lin.page.locator(f"input[name=danger][value={answer}]")).to_be_checked()
    lin.axe().fits_a_phone()
    lin.tab_to(".sign-bar button").key("Enter")
    lin.verdict("not_yet").get_by_text("RISK-02").wait_for()
    lin.axe().fits_a_phone()
    if answer == "watch":
        first = str(lin.page.locator("#danger-day").get_attribute("min"))
        lin.tab_to("#danger-step").page.keyboard.type("课间问一句")
        lin.page.locator("#danger-day").fill(first)
    else:
        expect(lin.page.locator(".if-act a[href='tel:120']")).to_be_visible()
        lin.tab_to("#danger-told").page.keyboard.type("沈老师 15:10 已知道")
    lin.tab_to(".sign-bar button").key("Enter").stands_at(f"/cases/{signed}/")
    step = lin.page.locator(".step").first
    expect(step).to_contain_text("课间问一句" if answer == "watch" else "沈老师 15:10")
    lin.axe().fits_a_phone()
    before = lin.page.locator(".step").count()
    step.locator("button").click()
    lin.page.wait_for_load_state()
    expect(lin.page.locator(".step")).to_have_count(before - 1)


def test_two_lines_today(house: House, rooms: Rooms, signed: str) -> None:
    booking = meeting(house, signed, "held")
    lin = rooms("lin").go(f"/cases/{signed}/record/{booking}/")
    expect(lin.page.locator(".short-sign button")).to_be_hidden()
    lin.page.locator("details.short summary").click()
    expect(lin.page.locator("ol.record")).to_be_hidden()
    lin.page.locator("#words-lines").fill("哭了很久。\n约好明天中午。")
    lin.page.locator("input[name=danger][value=no]").locator("..").click()
    lin.axe().fits_a_phone()
    lin.page.locator(".short-sign button").click()
    lin.stands_at(f"/cases/{signed}/")
    expect(lin.page.locator(f"#m-{booking}")).to_contain_text("约好明天中午")
    expect(lin.page.locator(f"#m-{booking}")).to_contain_text(lin.say("full record owed"))
    lin.axe().fits_a_phone().go(f"/cases/{signed}/record/{booking}/")
    expect(lin.page.locator("ol.record")).to_be_visible()
    expect(lin.page.locator("input[name=danger][value=no]")).to_be_checked()
    lin.axe().fits_a_phone()


def test_whose_words_afterwards(house: House, rooms: Rooms, signed: str) -> None:
    booking = meeting(house, signed, "held")
    lin = rooms("lin").go(f"/cases/{signed}/record/{booking}/")
    for part in ("situation", "problem", "course", "advice", "effect", "other"):
        lin.page.locator(f"#words-{part}").fill(ILL if part == "problem" else f"{part} words")
    lin.page.locator("input[name=danger][value=no]").locator("..").click()
    lin.page.locator(".sign-bar button").click()
    lin.stands_at(f"/cases/{signed}/")
    record = lin.page.locator(f"#m-{booking}")
    expect(record.locator("p > mark.asserts").first).to_be_visible()
    record.locator("button[name=whose][value=family]").click()
    lin.page.wait_for_load_state()
    expect(lin.page.locator(f"#m-{booking} mark.asserts")).to_have_count(0)
    expect(lin.page.locator(f"#m-{booking} mark.tagged").first).to_be_visible()
    lin.axe().fits_a_phone()


def test_without_script_everything_is_there(house: House, rooms: Rooms, signed: str) -> None:
    booking = meeting(house, signed, "held")
    lin = rooms("lin").go(f"/cases/{signed}/record/{booking}/")
    plain = lin.context.browser.new_context(java_script_enabled=False, locale="zh-CN")
    plain.add_cookies(lin.context.cookies())
    page = plain.new_page()
    page.goto(lin.page.url)
    page.locator("#words-problem").fill(f"{ILL}{MONEY}")
    page.locator(".sign-bar button").click()
    expect(page.locator("#below-problem mark")).to_have_text("确诊抑郁症")
    expect(page.locator("#below-problem input[name=needed]")).to_be_visible()
    page.locator("input[name=danger][value=act]").check()
    expect(page.locator(".if-act .numbers")).to_be_visible()
    plain.close()
