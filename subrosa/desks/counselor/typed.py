"""What was typed into the form of a record, exactly."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from subrosa.records.note.parts import LATER, MOST, NoteText
from subrosa.records.note.parts import PARTS as EVERY_PART

from .marks import typed_asked

TAPS = ("lasted", "why_long")
LONGEST_TAP = 40  # characters
LONGEST_VERSION = 6  # digits of the number of an agreement


def typed_text(post: Mapping[str, Any]) -> NoteText:
    """What was typed, exactly, but for the line ends that browsers send; and the choices that a part really has."""
    words = {part: str(post.get(f"words_{part}", "")).replace("\r\n", "\n") for part in EVERY_PART}
    choices = {part: str(post.get(f"choice_{part}", "")) for part in EVERY_PART}
    later = {name: str(post.get(f"later_{name}", "")).replace("\r\n", "\n") for name in LATER}
    version = str(post.get("explained", ""))
    return NoteText(
        words,
        {part: one if one in EVERY_PART[part] else "" for part, one in choices.items()},
        {name: one for name, one in later.items() if one.strip()},
        typed_asked(post),
        {name: str(one) for name, one in post.items() if _is_tap(name) and 0 < len(str(one)) <= LONGEST_TAP},
        int(version) if version.isascii() and version.isdigit() and len(version) < LONGEST_VERSION else 0,
    )


def _is_tap(name: str) -> bool:
    return name in TAPS or name.startswith("point_")


def too_long(text: NoteText) -> list[str]:
    """The parts that are longer than a record keeps."""
    beside = {"lines": text.asked.lines, "step": text.asked.danger.step, "told": text.asked.danger.told}
    return [part for part, words in (text.words | text.later | beside).items() if len(words) > MOST]
