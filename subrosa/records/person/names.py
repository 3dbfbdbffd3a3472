"""Sign-in names that the program makes: two words and a number, that say nothing about anybody."""

from __future__ import annotations

import secrets
from pathlib import Path

FIRST, SECOND = (line.split() for line in Path(__file__).with_suffix(".txt").read_text(encoding="ascii").splitlines())
NUMBERS = range(100, 1000)


def new_sign_in() -> str:
    """For example "quiet-heron-482"; some 6 million in all, unique in a school by constraint."""
    return f"{secrets.choice(FIRST)}-{secrets.choice(SECOND)}-{secrets.choice(NUMBERS)}"
