"""A plan that both say yes to, on the own account and on the center's device; and an end with numbers of both and a letter."""

from __future__ import annotations

import itertools

import pytest
from playwright.sync_api import expect

from .browser import NARROW
from .conftest import Rooms
from .friction import Friction
from .house import House
from .room import PASSPHRASE, Room
from .test_cards import NEWEST, give_back
from .test_client import book, open_account, slip
from .test_record import meeting

PLANNED = "SELECT case_id::text FROM case_plan ORDER BY proposed_at LIMIT 1"
AGREED = (
    "SELECT number, client_how FROM case_plan WHERE agreed_at IS NOT NULL AND case_id = %s ORDER BY number DESC LIMIT 1"
)
LETTER = "你一步一步走过来的，我都记得。The door is open."
FOUND = "你患有抑郁症。"
MOST_TO_CLOSE = 3  # presses beside the letter: the own number, why it ends, close
MOST_FOR_A_YES = 2  # from My things
_number = itertools.count(1)


@pytest.fixture
def planned(house: House) -> str:
    """The case in which a plan was proposed."""
    ((case,),) = house.ask(PLANNED)
    return str(case)


def change(lin: Room, case: str) -> Room:
    """By keyboard: another goal, kept with the counselor's own yes."""
    lin.go(f"/cases/{case}/plan/").axe().fits_a_phone()
    lin.tab_to("#goal").key("ControlOrMeta+a")
    lin.page.keyboard.type(f"这周和同桌说上 {next(_number)} 句话")
    lin.tab_to("button[name=yes]").key("Enter").stands_at(f"/cases/{case}/")
    return lin


def done(device: Room, case: str, page: str = "") -> Room:
    """Give the device back, and be the colleague again."""
    device.page.get_by_role("button", name=device.say("I am done")).click()
    device.page.wait_for_load_state()
    device.write("Passphrase", device.house.passphrase).press("Unlock")
    return device.stands_at(f"/cases/{case}/{page}")


@pytest.mark.clause("CON-06", "passes")
def test_a_plan_is_agreed_by_both_on_the_own_account(house: House, rooms: Rooms, planned: str) -> None:
    lin = change(rooms("lin"), planned)
    expect(lin.page.locator("#plan .badge").first).to_have_text(lin.say("proposed"))
    lin.page.locator("#plan button[name=in_place]").click()
    lin.sees("proposed").axe().fits_a_phone()
    student = rooms("student", width=NARROW).go("/mine/").axe().misses("同桌")
    hand = Friction(student.page)
    hand.click(student.page.locator("main a[href='/mine/plan/']"))
    student.axe().fits_a_phone()
    expect(student.page.get_by_text("同桌").first).to_be_visible()
    assert student.page.title() == student.say("My schedule"), "nothing outside the page says what it is"
    hand.click(student.button("Yes, that is how I see it"))
    assert hand.count <= MOST_FOR_A_YES
    student.sees("Your yes is noted.").axe().fits_a_phone()
    lin.go(f"/cases/{planned}/").sees("both said yes")
    assert house.ask(AGREED, planned)[0][1] == "account"


@pytest.mark.clause("CON-06", "passes")
def test_a_change_is_agreed_on_the_centers_device(house: House, rooms: Rooms, planned: str) -> None:
    device = change(rooms("lin"), planned)
    device.press("Hand the device over").stands_at("/here/").axe().fits_a_phone()
    device.tab_to("main a[href='/mine/plan/']").key("Enter").stands_at("/mine/plan/")
    device.axe().fits_a_phone().tab_to("main button.primary").key("Enter")
    device.sees("Your yes is noted.")
    done(device, planned).sees("both said yes")
    assert house.ask(AGREED, planned)[0][1] == "client_mode"


@pytest.fixture
def ending(house: House, rooms: Rooms) -> tuple[Room, Room, str]:
    """Lin, a student with a fresh account, and their case: one meeting held, one goal agreed, nothing ahead."""
    student = rooms(width=NARROW)
    open_account(student, slip(rooms("lin"), f"告一段落{next(_number)}"))
    book(student)
    ((case,),) = house.ask(NEWEST)
    give_back(student)
    meeting(house, str(case), "held")
    lin = rooms("lin").go(f"/cases/{case}/")
    lin.page.locator("details:has(#goal) summary").click()
    lin.page.fill("#goal", "一周有五晚睡得着")
    lin.press("Agreed").stands_at(f"/cases/{case}/")
    return lin, student, str(case)


@pytest.mark.clause("ETH-02", "not_yet")
@pytest.mark.clause("COMP-03", "not_yet")
def test_an_end_with_numbers_of_both_and_a_letter_that_stays(ending: tuple[Room, Room, str]) -> None:
    lin, student, case = ending
    lin.press("Close the case").stands_at(f"/cases/{case}/close/").axe().fits_a_phone()
    hand = Friction(lin.page)
    hand.click(lin.page.locator("select[name^=goal-]"))
    lin.page.locator("select[name^=goal-]").select_option("8")
    lin.page.fill("#letter", f"{LETTER}\n{FOUND}")
    hand.click(lin.page.locator("input[name=why][value=goals_reached]"))
    hand.click(lin.button("Close the case"))
    assert hand.count <= MOST_TO_CLOSE
    lin.verdict("not_yet")  # the illness is named without saying who found it
    expect(lin.page.locator("mark.asserts").first).to_be_visible()
    lin.axe().fits_a_phone()
    lin.page.fill("#letter", LETTER)
    lin.press("Close the case").verdict("not_yet")  # and the client has not said a number
    expect(lin.page.locator("#letter")).to_have_value(LETTER)
    lin.press("Hand the device over").stands_at("/here/")
    lin.tab_to("main a[href='/mine/goals/']").key("Enter").stands_at("/mine/goals/").axe().fits_a_phone()
    lin.tab_to("main input[type=radio]").key("Space", *["ArrowRight"] * 7)
    lin.tab_to("main button.primary").key("Enter")
    lin.sees("Your number is noted. You can change it here.")
    done(lin, case, "close/")
    expect(lin.page.locator("#letter")).to_have_value(LETTER)
    lin.page.check("input[name=why][value=goals_reached]")
    lin.press("Close the case").stands_at(f"/cases/{case}/").sees("Goal rated").axe().fits_a_phone()
    opens_the_letter(student)


def opens_the_letter(student: Room) -> None:
    """Its words stand nowhere before the passphrase is typed once more; then it is read, and made a page to print."""
    student.go("/mine/").sees("A letter lies there for you.").misses("一步一步").axe().fits_a_phone()
    student.tab_to("main a[href='/mine/letters/']").key("Enter").stands_at("/mine/letters/").misses("一步一步")
    student.axe().page.fill("#id_passphrase", "not this one at all")
    student.press("Open them").sees("That was not it. Try again; nothing is lost.").misses("一步一步")
    student.watch.faults.clear()  # the browser names the answer that was not let in
    student.page.fill("#id_passphrase", PASSPHRASE)
    student.press("Open them")
    expect(student.page.get_by_text("一步一步").first).to_be_visible()
    student.axe().fits_a_phone()
    with student.page.expect_response(lambda answer: "/mine/letters/" in answer.url) as made:
        student.press("As a page to print")
    assert made.value.status == 200 and made.value.headers["content-type"] == "application/pdf"
    assert made.value.headers["cache-control"] == "no-store"
