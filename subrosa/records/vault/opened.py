"""Opened text: it prints in a page and nowhere else."""

from __future__ import annotations

from typing import NoReturn


class Opened(str):
    """A text that was sealed. Templates show it; logs, error reports and pickles do not."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "…"

    def __reduce__(self) -> NoReturn:
        raise TypeError("opened text is never pickled")
