"""What is kept from whom, and the published code, in a browser: by keyboard alone, on a phone, and without any script."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from .browser import HEIGHT, NARROW, check_axe, check_sideways, new_context
from .conftest import Rooms
from .house import House

A_SCREEN_AND_A_HALF = HEIGHT * 1.5


def test_it_is_a_screen_and_a_half_and_opens_by_keyboard(browser: Browser, house: House, language: str) -> None:
    context = new_context(browser, language, width=NARROW)
    page = context.new_page()
    page.goto(f"{house.url}/kept/")
    box = page.locator("main .actions a").bounding_box()
    assert box is not None and box["y"] + box["height"] <= A_SCREEN_AND_A_HALF
    for fold in page.locator("main summary").all():
        fold.focus()
        page.keyboard.press("Enter")
    expect(page.locator("main details[open]")).to_have_count(3)
    expect(page.locator("main dt")).to_have_count(18)
    check_sideways(page)
    check_axe(page)
    context.close()


def test_a_client_finds_it_and_comes_back(rooms: Rooms) -> None:
    student = rooms("student").go("/mine/")
    student.page.locator("main a[href='/kept/']").click()
    student.stands_at("/kept/").axe().fits_a_phone().press("To my things").stands_at("/mine/")


def test_the_code_is_searched_without_script(browser: Browser, house: House, language: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="zh-CN" if language == "zh-hans" else "en-US")
    page = context.new_page()
    page.goto(f"{house.url}/code/")
    expect(page.locator("article.clause")).to_have_count(111)
    page.locator("#q").fill("CON-05")
    page.keyboard.press("Enter")
    expect(page.locator("#clause-CON-05")).to_be_visible()
    found = page.locator("article.clause").count()
    assert 0 < found < 111
    page.locator("nav.tabs a").nth(3).click()
    assert "state=not_yet" in page.url and "q=CON-05" in page.url
    page.goto(f"{house.url}/code/states/")
    expect(page.locator("section.life svg").first).to_be_visible()
    context.close()
