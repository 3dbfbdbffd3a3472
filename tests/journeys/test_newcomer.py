"""The first ten minutes, pressed in the order in which docs/how-to/first-ten-minutes.md tells them."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from .conftest import Rooms
from .house import ROOT, House
from .room import Room

WORDS = {"zh-hans": "我不想活了，谁也不知道。", "en": "Some days I want to die, and nobody knows."}
SAME_MOMENT = """SELECT about, at FROM audit_entry WHERE digest <> ''::bytea AND outcome = 'done'
                 GROUP BY about, at HAVING count(DISTINCT digest) > 1"""


def terminal(house: House, *words: str) -> str:
    """A command in the second terminal, on the house that runs."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    env = {**kept, "PYTHONPATH": str(ROOT), "TMPDIR": str(house.temporary), "PYTHONDONTWRITEBYTECODE": "1"}
    argv = [sys.executable, "-m", "subrosa.cli", *words, "--data", str(house.data)]
    return subprocess.run(argv, env=env, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True).stdout


def at_the_door(me: Room) -> str:
    """Minutes 1 to 3, as nobody; answers the sixteen digits."""
    me.go("/").press("I need help now").stands_at("/help/").go("/").press("Talk to someone")
    me.page.locator("main input[name=slot]").first.check()
    me.press("Take this time").page.fill("#id_reason", WORDS[me.language])
    expect(me.page.locator("#danger-numbers")).to_be_visible()
    me.press("Hold this time").sees("The time is held")
    return me.page.locator("#code").inner_text()


def at_the_desk(lin: Room) -> str:
    """Minutes 4 to 6, as lin; answers the address of the file."""
    found = lin.page.locator("main table a[href^='/cases/']").filter(has_text=lin.say("Case file"))
    for path in [str(one.get_attribute("href")) for one in found.all()]:
        if WORDS[lin.language] in lin.go(path).page.content():
            expect(lin.page.locator("h1")).to_have_text(lin.say("Case file"))  # no name was given
            break
    else:
        raise AssertionError("lin does not find the file of somebody without a name")
    lin.go("/desk/").page.get_by_role("link", name=lin.say("Write the record of a meeting")).first.click()
    lin.page.locator("#words-problem").fill("a line")
    expect(lin.page.locator(".saved")).to_contain_text(lin.say("Saved, sealed"))
    lin.key("Escape", "Escape").page.wait_for_url("**/unlock/**")
    lin.misses("a line").write("Passphrase", lin.house.passphrase).press("Unlock")
    expect(lin.page.locator("#words-problem")).to_have_value("a line")
    answer = lin.press("Sign and lock").verdict("not_yet")
    for clause in ("CON-01", "CON-05", "REC-02", "RISK-02"):
        expect(answer).to_contain_text(clause)
    expect(lin.page.locator("#words-problem")).to_have_value("a line")
    lin.go("/stand-in/").press("A school leader").sees("Copy")
    return path


@pytest.mark.clause("CON-09", "passes")
def test_ten_minutes(house: House, rooms: Rooms, language: str) -> None:
    me = rooms()
    code = at_the_door(me)
    path = at_the_desk(rooms("lin"))
    for who in ("shen", "sun"):
        other = rooms(who).go(path).sees("This file does not open for you")
        expect(other.page.locator("main")).to_contain_text("CONF-02")
    me.go("/back/").write("Your sixteen digits", code).press("Open my things").press("Who opened my file")
    log = me.page.locator("ol.log")
    for name, did in (("林知夏", "opened"), ("沈若兰", "wanted to open"), ("孙工", "wanted to open")):
        line = log.locator("li").filter(has_text=name).filter(has_text=me.say(f"{did} the records in your file"))
        expect(line.first).to_be_visible()
    leader = rooms("qian").go("/school-systems/")
    leader.page.check("input[name=what][value=names]")
    expect(leader.press("See the answer").verdict("refused")).to_contain_text("CONF-05")
    rooms().go("/code/").press("What a time, a file or a letter can become: drawn from the program").stands_at(
        "/code/states/"
    )

    plain = terminal(house, "dump-plain")
    assert "roster_pupil: " in plain and "note_note: " in plain and WORDS[language] not in plain
    assert "whole: nothing was changed" in terminal(house, "ledger", "verify")
    me.go("/mine/").press("I cannot come").press("Cancel this appointment")


def test_no_two_acts_of_one_moment_seal_the_same_row(house: House) -> None:
    """The check of rows asks which entry about a row is the last: two of the same moment only their places tell apart."""
    assert house.ask(SAME_MOMENT) == []
