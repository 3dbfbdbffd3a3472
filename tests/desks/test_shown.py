"""Every page that can be opened stands in the list of pictures, or in the list of those without one, with the reason."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.urls import Resolver404, resolve

from tests.desks.hand import Hand
from tests.desks.test_audiences import ADDRESS
from tests.journeys.pages import PAGES, Shown

WITHOUT_A_PICTURE = {
    "help_worker": "a script",
    "blank": "an empty page, on purpose",
    "doubt": "an answer to a script: no page",
    "register_list": "a piece of the page register, seen in find-typed",
    "reception_list": "a piece of the page find, seen in find-typed",
    "talk_times": "a piece of the page talk",
    "register_case": "leads on to register",
    "receive": "leads on to standing",
    "mine_proof": "a text to keep, no page",
    "mine_agreement_paper": "a PDF, or the copy's page where it cannot be set",
    "recover_case": "needs a case that the lead has named somebody for; the journey of two sheets looks at it",
    "look_back": "needs a meeting within ten minutes; the journey of drafts looks at it",
    "file_portions": "how far an upload came: an answer to a script",
    "read_attachment": "a file of the case as it was put in, no page",
    "letter_paper": "a letter as a PDF, no page",
    "time_paper": "the slip, shown once after a press; the journey of a proposed time looks at it",
    "volume": "needs a volume that was bound; the journey of the archive looks at it",
    "found": "of a center that is not founded yet; the journey of founding looks at it",
}


def _route(page: Shown) -> str:
    if page.route:
        return page.route
    try:
        return str(resolve(page.path).url_name)
    except Resolver404:
        return "-"


def lacking(pages: tuple[Shown, ...], opened: set[str]) -> set[str]:
    """The pages that can be opened and stand in neither list."""
    return opened - {_route(page) for page in pages} - set(WITHOUT_A_PICTURE)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, school: Any, at: datetime) -> set[str]:
    """The names of all addresses that answer to GET."""
    nobody = Hand(monkeypatch, None, at)
    return {name for name, address in ADDRESS.items() if nobody.get(address).status_code != 405}


def test_every_page_is_pictured_or_says_why_not(opened: set[str]) -> None:
    assert lacking(PAGES, opened) == set()
    assert set(WITHOUT_A_PICTURE) <= opened, "an exception for an address that is gone, or only takes presses"


def test_a_page_that_is_missing_is_seen(opened: set[str]) -> None:
    without = tuple(page for page in PAGES if page.name != "ledger")
    assert lacking(without, opened) == {"ledger"}
    assert lacking(PAGES, opened | {"planted"}) == {"planted"}


def test_names_are_told_once() -> None:
    names = [page.name for page in PAGES]
    assert len(names) == len(set(names))
    assert {page.route for page in PAGES} - {"", "-"} <= set(ADDRESS)
