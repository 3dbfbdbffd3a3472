"""What a file is called, of which type and how long it is; sealed as one text. And what the house takes."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath

MOST = 2 * 1024**3  # bytes of one file
LONGEST = 180  # characters of a name
TYPES = {  # what a browser calls it -> how the house does
    "image/": "picture",
    "audio/": "sound",
    "video/": "video",
    "application/pdf": "paper",
    "text/": "paper",
    "application/msword": "paper",
    "application/vnd.": "paper",
}


@dataclass(frozen=True, slots=True)
class About:
    """Name, type as the browser gave it, and size in bytes of one file."""

    name: str
    type: str
    size: int

    def __repr__(self) -> str:
        return "…"

    @property
    def kind(self) -> str:
        """A picture, a sound, a video, a paper; `unknown` for every other type, which is sealed as closely as the rest."""
        return next((kind for start, kind in TYPES.items() if self.type.startswith(start)), "unknown")

    @property
    def ending(self) -> str:
        """The ending of the name where it is a plain one (".jpg"), for the program that will open a saved copy; else none."""
        found = PurePosixPath(self.name).suffix.lower()
        plain = found[1:].isascii() and found[1:].isalnum() and len(found) <= 6
        return found if plain else ""

    def as_text(self) -> str:
        """One canonical text for sealing."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def of(cls, text: str) -> About:
        """Read a sealed text back."""
        held = json.loads(text)
        return cls(held["name"], held["type"], held["size"])


def tidy_name(name: str) -> str:
    """A name as a file had it, without a path and without signs that are not to be seen; too long ones lose their middle."""
    seen = "".join(sign for sign in name.replace("\\", "/").split("/")[-1] if sign.isprintable()).strip()
    if len(seen) > LONGEST:
        seen = f"{seen[: LONGEST - 21]}…{seen[-20:]}"
    return seen or "-"
