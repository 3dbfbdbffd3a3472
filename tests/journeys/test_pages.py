"""Every page keeps WCAG 2.2 AA and fits a phone: by day in Chinese, by night in English.

A page is shown in one of the two, in turn, and so is a journey walked, so that all checks fit their twenty minutes on two
cores. With SUBROSA_PAGES=twice each is done in both: before a release, and after a change of the styles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from playwright.sync_api import Browser

from .browser import NARROW, check_axe, check_sideways
from .conftest import TWICE
from .house import House
from .pages import PAGES, Shown, Visitors

SCHEME = {"zh-hans": "light", "en": "dark"}
CASES = [(page, one) for n, page in enumerate(PAGES) for m, one in enumerate(SCHEME) if TWICE or (n + m) % 2 == 0]


@pytest.fixture(scope="module")
def visitors(house: House, browser: Browser) -> Iterator[Callable[[str], Visitors]]:
    """`visitors("en")` are the people who read English, signed in once for all pages."""
    made: dict[str, Visitors] = {}

    def of(language: str) -> Visitors:
        if language not in made:
            made[language] = Visitors(house, browser, language, width=NARROW, scheme=SCHEME[language])
        return made[language]

    yield of
    for everybody in made.values():
        everybody.close()


@pytest.mark.parametrize(("page", "language"), CASES, ids=lambda one: one if isinstance(one, str) else one.name)
def test_a_page_is_open_to_everybody(page: Shown, visitors: Callable[[str], Visitors], language: str) -> None:
    room = visitors(language).show(page)
    check_sideways(room.page)
    check_axe(room.page)
    assert room.page.locator("h1").count() == 1
    if page.route not in ("", "-"):
        assert resolve(urlsplit(room.page.url).path).url_name == page.route
    assert not room.watch.faults, "\n".join(room.watch.faults)
