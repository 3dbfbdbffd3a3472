"""Every page keeps WCAG 2.2 AA and fits a phone, in both languages: by day in Chinese, by night in English."""

from __future__ import annotations

import pytest

from .browser import NARROW, check_axe, check_sideways
from .conftest import Rooms
from .pages import PAGES, Shown, show

SCHEME = {"zh-hans": "light", "en": "dark"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_is_open_to_everybody(page: Shown, rooms: Rooms, language: str) -> None:
    room = rooms(page.who, width=NARROW, scheme=SCHEME[language])
    show(page, room, rooms)
    check_sideways(room.page)
    check_axe(room.page)
    assert room.page.locator("h1").count() == 1
