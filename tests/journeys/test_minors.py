"""A child whose family said no: one quiet line, two taps; the night's words read on duty; and what the school's systems get."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from .conftest import Rooms
from .friction import Friction
from .house import House
from .room import Room

LINE = {"zh-hans": "家庭在告知信里不同意", "en": "the family said no in the letter"}
KINDS = "('guardian_talk', 'guardian_look')"


@pytest.fixture(autouse=True)
def as_before(house: House) -> Iterator[None]:
    """What a journey noted is owed again for the next one."""
    yield
    house.ask("DELETE FROM consent_guardiantalk")
    house.ask("DELETE FROM consent_secondword")
    house.ask(f"UPDATE duty_duty SET settled_at = NULL WHERE kind IN {KINDS}")


def owed(house: House) -> int:
    return int(house.ask(f"SELECT count(*) FROM duty_duty WHERE kind IN {KINDS} AND settled_at IS NULL")[0][0])


def file_of(room: Room) -> Room:
    """From the list of what is owed to the file."""
    room.go("/desk/").page.get_by_role("link", name=room.say("Talk about involving the guardian")).first.click()
    room.page.wait_for_url("**/cases/**")
    return room


def test_a_tap_and_a_call_settle_what_is_owed(house: House, rooms: Rooms) -> None:
    lin = file_of(rooms("lin")).axe().fits_a_phone()
    before = owed(house)
    expect(lin.page.locator("#minors")).to_contain_text(LINE[lin.language])
    friction = Friction(lin.page)
    friction.click(lin.page.locator("#minors button[value=together]"))
    assert friction.count == 1 and owed(house) == before - 1
    friction.click(lin.page.locator("#minors summary"))
    lin.axe()
    friction.click(lin.page.locator("#minors input[value=second]"))
    friction.type(lin.page.locator("#second_who"), "许督导")
    friction.click(lin.page.locator("form[action$='/second-word/'] button"))
    assert friction.count == 5 and owed(house) == before - 2
    expect(lin.page.locator("#minors")).to_contain_text("许督导")
    for table, field in (("consent_guardiantalk", "came"), ("consent_secondword", "said")):
        ((kept,),) = house.ask(f"SELECT {field} FROM {table}")
        assert b"together" not in bytes(kept) and "许督导".encode() not in bytes(kept)
    lin.axe().fits_a_phone()


def test_a_second_word_without_a_name_comes_back_as_it_was(house: House, rooms: Rooms) -> None:
    lin = file_of(rooms("lin"))
    lin.page.locator("#minors summary").click()
    lin.page.locator("#minors input[value=second]").check()
    lin.page.locator("#second_when").fill("2099-01-01T08:00")
    lin.page.locator("form[action$='/second-word/'] button").click()
    lin.verdict("not_yet")
    expect(lin.page.locator("#second_when")).to_have_value("2099-01-01T08:00")
    expect(lin.page.locator("#minors input[value=second]")).to_be_checked()
    lin.axe().fits_a_phone()


def test_on_duty_the_words_of_a_colleagues_client_are_read_and_the_log_says_so(house: House, rooms: Rooms) -> None:
    before = len(house.entries("read_request", "done"))
    zhou = rooms("zhou").go("/queue/").axe().fits_a_phone()
    asked = zhou.page.locator("form[action*='/requests/']")
    assert asked.count() > 0
    expect(zhou.page.get_by_text(zhou.say("with %(name)s", name="林知夏")).first).to_be_visible()
    assert len(house.entries("read_request", "done")) == before + asked.count()


def test_the_schools_systems_get_a_figure_and_no_name(house: House, rooms: Rooms) -> None:
    before = len(house.entries("export_to_school", "refused"))
    head = rooms("qian").go("/leadership/")
    head.page.get_by_role("link", name=head.say("What the school's systems get from us")).click()
    head.axe().press("Show the figures").axe().fits_a_phone()
    head.page.locator("input[value=names]").check()
    head.press("See the answer").verdict("refused")
    head.axe().fits_a_phone()
    assert len(house.entries("export_to_school", "refused")) == before + 1
    assert house.entries("export_to_school", "refused")[-1] == ("leadership", ["CONF-05"])
