"""The journeys' ground: one real house and one browser for the whole process, rooms for the people in it.

These tests need a pytest process of their own: Playwright's loop and Django's database tests do not go together.
"""

from __future__ import annotations

import itertools
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest
from playwright.sync_api import Browser, sync_playwright

from . import traces
from .browser import WIDE, launch, new_context
from .house import House
from .room import Room, enter, invite

LANGUAGES = ("zh-hans", "en")
TWICE = os.environ.get("SUBROSA_PAGES") == "twice"  # every journey and every page in both languages
_number = itertools.count(1)


@pytest.fixture(scope="session")
def house() -> Iterator[House]:
    """The demo center, running; at the end it leaves nothing behind."""
    running = House()
    yield running
    code = running.stop()
    for _ in range(40):
        if not running.left():
            break
        time.sleep(0.05)
    assert (code, running.left()) == (0, [])
    shutil.rmtree(running.data.parent, ignore_errors=True)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all journeys, in a temporary folder of its own, where its profile and downloads lie."""
    folder, before = mkdtemp(prefix="subrosa-browser-"), os.environ.get("TMPDIR")
    os.environ["TMPDIR"] = folder
    with sync_playwright() as playwright:
        opened = launch(playwright)
        os.environ.pop("TMPDIR")
        if before is not None:
            os.environ["TMPDIR"] = before
        traces.BROWSER.append(Path(folder))
        yield opened
        opened.close()
    shutil.rmtree(folder, ignore_errors=True)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The journeys of a file take the two languages in turn, so that all of them fit their time; each takes both when asked."""
    given = [mark.args[0] for mark in metafunc.definition.iter_markers("parametrize")]
    if "language" in metafunc.fixturenames and not any("language" in names for names in given):
        journeys = [name for name in vars(metafunc.module) if name.startswith("test_")]
        turn = (journeys.index(metafunc.function.__name__) + len(metafunc.module.__name__)) % len(LANGUAGES)
        metafunc.parametrize("language", LANGUAGES if TWICE else LANGUAGES[turn : turn + 1], indirect=True)


@pytest.fixture
def language(request: pytest.FixtureRequest) -> str:
    """The language of this journey."""
    return str(request.param)


Rooms = Callable[..., Room]


@pytest.fixture
def rooms(house: House, browser: Browser, language: str) -> Iterator[Rooms]:
    """`rooms("lin", width=360)` is a fresh browser, signed in; `rooms()` is somebody nobody knows. Faults fail the test."""
    made: list[Room] = []

    def make(
        name: str = "", *, base: str = "", width: int = WIDE, scheme: str = "light", reads: str = language
    ) -> Room:
        room = Room(house, new_context(browser, reads, width=width, scheme=scheme), reads, base)
        made.append(room)
        return room.sign_in(name) if name else room

    yield make
    faults = [fault for room in made for fault in room.watch.faults]
    for room in made:
        room.context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def newcomer(rooms: Rooms) -> Callable[..., Room]:
    """`newcomer("counselor")` is a colleague who came in by a link a moment ago and has signed nothing."""

    def make(*roles: str) -> Room:
        number = next(_number)
        link = invite(rooms("shen"), f"新来的{number}", *roles)
        room = rooms()
        enter(room, link, f"new{number}")
        return room

    return make
