"""How what you say is kept: line by line what SECURITY.md says, neutral on the surface, and asking for nobody."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest

from subrosa.desks.client import kept
from subrosa.policy.actor import Actor, Kind
from tests.architecture.house import ROOT
from tests.desks.hand import Hand
from tests.ground import statements
from tests.records.center import Visit, center, shared_center, visit

__all__ = ["center", "shared_center", "visit"]

# Each line of the page, and the row of SECURITY.md's table that it says in plain words.
SAYS = {
    "backup": "a backup's body, however old",
    "dump": "the database, or a dump of it",
    "machine": "that **and** the server key",
    "cookie": "a cookie, without the database",
    "cookie_and_dump": "a cookie **and** a dump of the same days",
    "digits": "a return code from the door",
    "writes": "writes rows, with the server key",
    "reception": "a receptionist's sign-in",
    "counselor": "a counselor's sign-in",
    "leaders": "a lead's, leader's or steward's sign-in",
    "sheets": "two seat sheets and a colleague named by the lead",
    "root": "root on the running server",
}


def rows(text: str) -> list[str]:
    """The first cells of the table "What each thief gets", without its headings."""
    table = text.partition("## What each thief gets")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| ([^|]+) \|", table, re.M)
    return [cell.strip() for cell in cells if cell.strip() not in ("has, as a copy", "**may do**")]


def unsaid(found: list[str]) -> list[str]:
    """Rows that no line of the page says, and lines that stand for no row."""
    starts = list(SAYS.values())
    lost = [row for row in found if not any(row.startswith(start) for start in starts)]
    return lost + [start for start in starts if not any(row.startswith(start) for row in found)]


def test_every_row_of_the_table_is_said_in_plain_words() -> None:
    found = rows((ROOT / "SECURITY.md").read_text(encoding="utf-8"))
    assert unsaid(found) == []
    assert [line.key for line in kept.GETS] == list(SAYS) and len(found) == len(SAYS)


def test_a_new_row_is_missed() -> None:
    found = rows((ROOT / "SECURITY.md").read_text(encoding="utf-8"))
    assert unsaid([*found, "a borrowed phone"]) == ["a borrowed phone"] and unsaid(found[1:]) == [found[0]]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_it_is_neutral_and_the_same_for_everybody(
    monkeypatch: pytest.MonkeyPatch, school: Any, at: Any, language: str
) -> None:
    page = Hand(monkeypatch, None, at, language).text("/kept/")
    title = re.search(r"<title>(.*?)</title>", page, re.S)
    assert title and title[1].strip() == {"en": "My schedule", "zh-hans": "个人日程"}[language]
    assert "margin" not in re.findall(r'class="([^"]*)"', page)
    client = Hand(monkeypatch, Actor(Kind.CLIENT, uuid4()), at, language).text("/kept/")

    def words(text: str) -> str:
        return text.partition("<dl")[2].partition('<p class="actions">')[0]

    assert words(page) == words(client) and words(page).count("<dt>") == len((*kept.OPENS, *kept.GETS, *kept.GONE))
    assert 'href="/mine/"' in client and 'href="/mine/"' not in page.partition("<main")[2].partition("</main>")[0]


def test_no_thing_is_said_that_only_a_program_would_say(monkeypatch: pytest.MonkeyPatch, school: Any, at: Any) -> None:
    page = Hand(monkeypatch, None, at).text("/kept/").casefold()
    assert not re.search(r"\b(database|server|cookie|cipher|grant|dump|argon|root|ledger|encrypt\w*)\b", page)


def test_it_is_linked_quietly_from_the_own_pages(monkeypatch: pytest.MonkeyPatch, visit: Visit) -> None:
    client = Hand(monkeypatch, visit.me, visit.center.later)
    for path in ("/mine/", "/mine/agreement/"):
        assert '<p class="small-words"><a href="/kept/">' in client.text(path)
    assert 'href="/kept/"' not in Hand(monkeypatch, None, visit.center.later).text("/")


def test_it_asks_for_nobody(monkeypatch: pytest.MonkeyPatch, school: Any, at: Any) -> None:
    nobody = Hand(monkeypatch, None, at)
    nobody.get("/kept/")
    with statements() as asked:
        nobody.get("/kept/")
    assert not any("person_" in one or "case_" in one for one in asked)
