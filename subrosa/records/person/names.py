"""Sign-in names: those that the program makes, two words and a number that say nothing about anybody, and which are taken."""

from __future__ import annotations

import secrets
from pathlib import Path

from .marks import sign_in_mark
from .models import Account, Staff

FIRST, SECOND = (line.split() for line in Path(__file__).with_suffix(".txt").read_text(encoding="ascii").splitlines())
NUMBERS = range(100, 1000)


def new_sign_in() -> str:
    """A name that nobody of this school has, for example "quiet-heron-482", out of some 5 million.

    Among a thousand accounts one new name in five thousand would be somebody's: so it is looked up. Two made in the same
    moment are still told apart by the constraint, and the press that lost is asked to be repeated.
    """
    while is_taken(name := f"{secrets.choice(FIRST)}-{secrets.choice(SECOND)}-{secrets.choice(NUMBERS)}"):
        pass
    return name


def is_taken(name: str) -> bool:
    """Whether a colleague or client of this school signs in with this name."""
    by_staff = Staff.objects.filter(sign_in_mark=sign_in_mark(name)).exists()
    return by_staff or Account.objects.filter(sign_in=tidy(name)).exists()


def tidy(name: str) -> str:
    """A client's sign-in name as it is kept: lower case, single hyphens."""
    return "-".join(name.casefold().replace("-", " ").split())
