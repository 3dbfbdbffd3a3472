"""Pictures of every page: two languages, light and dark, narrow and wide. `python -m tests.journeys.shots [name …]`."""

from __future__ import annotations

import shutil
import sys
from contextlib import ExitStack
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from .browser import NARROW, WIDE, launch, new_context
from .house import ROOT, House
from .pages import PAGES, Shown, show
from .room import Room

FOLDER = ROOT / "shots"


def _folder(wanted: set[str]) -> Path:
    if not wanted:
        shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(exist_ok=True)
    return FOLDER


def shoot(house: House, browser: Browser, pages: list[Shown], language: str, scheme: str, width: int) -> list[str]:
    """The pictures of one language, light and width; answers what went wrong."""
    rooms: dict[str, Room] = {}
    faults = []

    def room(name: str, kind: str = "") -> Room:
        if kind + name not in rooms:
            made = Room(house, new_context(browser, language, width=width, scheme=scheme), language)
            rooms[kind + name] = made.sign_in(name) if name else made
        return rooms[kind + name]

    for page in pages:
        one = room(page.who, "" if page.who else page.name)
        file = FOLDER / f"{page.name}-{language[:2]}-{scheme}-{width}.png"
        try:
            show(page, one, lambda name: room(name, "other "))
            one.page.screenshot(path=file, full_page=True)
        except Exception as error:
            faults.append(f"{file.name}: {str(error).splitlines()[0]}")
            rooms.pop(("" if page.who else page.name) + page.who).context.close()
        if "/unlock/" in one.page.url:
            rooms.pop(page.who).context.close()
    for made in rooms.values():
        made.context.close()
    return faults


def main(wanted: set[str]) -> int:
    """Take the pictures; 1 if one could not be taken."""
    folder, faults = _folder(wanted), []
    pages = [page for page in PAGES if not wanted or page.name in wanted]
    house = House()
    with ExitStack() as ending:
        ending.callback(shutil.rmtree, house.data.parent, ignore_errors=True)
        ending.callback(house.stop)
        browser = launch(ending.enter_context(sync_playwright()))
        for language, scheme, width in product(("zh-hans", "en"), ("light", "dark"), (NARROW, WIDE)):
            faults += shoot(house, browser, pages, language, scheme, width)
    print("\n".join([*faults, f"{len(list(folder.glob('*.png')))} pictures in {folder}"]))
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(set(sys.argv[1:])))
