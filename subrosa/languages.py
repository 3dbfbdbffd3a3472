"""Compile the languages: `.po` files are kept, `.mo` files are made from them. Run as `python -m subrosa.languages`."""

from __future__ import annotations

from pathlib import Path

import polib

LOCALE = Path(__file__).parent / "locale"


def compile_all() -> list[Path]:
    """Write a `.mo` beside every `.po` that is newer than it; answers what was written."""
    written = []
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))
            written.append(target)
    return written


if __name__ == "__main__":
    compile_all()
