"""Pictures of every page: two languages, light and dark, narrow and wide. `python -m tests.journeys.shots [name …]`."""

from __future__ import annotations

import shutil
import sys
from contextlib import ExitStack
from itertools import product
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

from .browser import NARROW, WIDE, launch
from .house import ROOT, House
from .pages import PAGES, Shown, Visitors

FOLDER = ROOT / "shots"


def _folder(wanted: set[str]) -> Path:
    if not wanted:
        shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(exist_ok=True)
    return FOLDER


def shoot(visitors: Visitors, pages: list[Shown], suffix: str) -> list[str]:
    """The pictures of one language, light and width; answers what went wrong."""
    faults = []
    for page in pages:
        file = FOLDER / f"{page.name}-{suffix}.png"
        try:
            visitors.show(page).page.screenshot(path=file, full_page=True)
        except (Error, AssertionError) as error:
            faults.append(f"{file.name}: {(str(error) or repr(error)).splitlines()[0]}")
    visitors.close()
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
            visitors = Visitors(house, browser, language, width=width, scheme=scheme)
            faults += shoot(visitors, pages, f"{language[:2]}-{scheme}-{width}")
    print("\n".join([*faults, f"{len(list(folder.glob('*.png')))} pictures in {folder}"]))
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(set(sys.argv[1:])))
