"""The published code: all of it, found by words and by state, without a statement for a clause more."""

from __future__ import annotations

import re
from typing import Any

import pytest

from subrosa.desks.common import code
from subrosa.policy import register
from subrosa.policy.register import KINDS, STATES
from tests.desks.hand import Hand
from tests.ground import statements

ALL = [entry.id for entry in register.clauses()]


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch, school: Any, at: Any) -> Hand:
    """Whoever reads, signed in or not; the page is the same."""
    return Hand(monkeypatch, None, at)


def shown(page: str) -> list[str]:
    """The clauses of a page, in its order."""
    return re.findall(r'<article class="clause" id="clause-([A-Z]+-\d+)"', page)


def test_every_clause_with_its_words_state_and_sources(nobody: Hand) -> None:
    page = nobody.text("/code/")
    assert shown(page) == ALL and len(ALL) == 111
    assert page.count('<ul class="sources">') == 111
    entry = register.by_id()["ETH-01"]
    assert entry.title.en in page and entry.sources[0] in page and f"Still missing: {entry.missing.en}" in page
    assert {"Sign the code", "Receive clients"} <= set(page_acts(page, "ETH-01"))


def page_acts(page: str, clause: str) -> list[str]:
    """The presses that one clause of the page says it binds."""
    article = page.partition(f'id="clause-{clause}"')[2].partition("</article>")[0]
    return article.partition("Bound by it today:")[2].partition("</p>")[0].strip().split(", ")


@pytest.mark.parametrize("state", STATES)
def test_one_state_alone(nobody: Hand, state: str) -> None:
    page = nobody.text(f"/code/?state={state}")
    assert shown(page) == [entry.id for entry in register.clauses() if entry.state == state]


@pytest.mark.parametrize(
    ("words", "state", "first"),
    [
        ("con-05", "", "CON-05"),
        ("ＣＯＮ-０５", "", "CON-05"),  # full width, as a Chinese keyboard types it
        ("守法守德", "", "ETH-01"),  # a Chinese word, read in English
        ("ethics working DAY", "", "ETH-01"),
        ("dilemma paragraph", "", "ETH-01"),  # a source
    ],
)
def test_words_are_found_in_both_languages_and_in_sources(nobody: Hand, words: str, state: str, first: str) -> None:
    assert first in shown(nobody.text(f"/code/?q={words}&state={state}"))
    assert len(code.found(words, state)) < 111


def test_every_word_must_be_there_and_a_state_narrows(nobody: Hand) -> None:
    one, both = code.found("record"), code.found("record secret")
    assert set(both) < set(one)
    part = code.found("record", "part")
    assert part and {entry.state for entry in part} == {"part"}
    page = nobody.text("/code/?q=record&state=part")
    assert shown(page) == [entry.id for entry in part]
    assert f'<span class="count">{len(one)}</span>' in page  # what "all" would show for the same words
    assert 'href="/code/?q=record"' in page and 'name="state" value="part"' in page


def test_nothing_found_says_what_to_do(nobody: Hand) -> None:
    page = nobody.text("/code/?q=zzzzzz")
    assert shown(page) == [] and "No clause says this" in page and 'href="/code/"' in page


@pytest.mark.parametrize("odd", ["?state=nonsense", "?q=%00%FF&state=", "?q=" + "a" * 5000, "?state=part&state=whole"])
def test_an_odd_address_is_answered(nobody: Hand, odd: str) -> None:
    assert nobody.get(f"/code/{odd}").status_code == 200


def test_what_was_typed_is_text(nobody: Hand) -> None:
    page = nobody.text('/code/?q="><script>alert(1)</script>')
    assert "<script>alert" not in page and "&lt;script&gt;" in page


def test_no_statement_is_made_for_a_clause(nobody: Hand) -> None:
    with statements() as few:
        nobody.get("/code/?q=zzzzzz")
    with statements() as many:
        nobody.get("/code/")
    assert len(few) == len(many)
    with statements() as none:
        code.found("record")
    assert none == []


def test_every_state_and_kind_has_words() -> None:
    assert set(code.STATES) == set(STATES) and set(code.KINDS) == set(KINDS)
    assert {entry.id.partition("-")[0] for entry in register.clauses()} == set(code.CHAPTERS)


def test_it_is_read_and_never_sent(nobody: Hand) -> None:
    assert nobody.post("/code/", q="x").status_code == 405
