"""Where a text was typed: so that a page that was opened earlier never writes over what was kept later."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

NO_PAGE = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Mark:
    """The page, how often it was kept before, and what it was opened on ("page:turn", empty where nothing was there)."""

    page: UUID = NO_PAGE
    turn: int = 0
    opened_on: str = ""


NOWHERE = Mark()  # what is kept without a page: by the demonstration, by the walk


def said(page: UUID | None, turn: int) -> str:
    """What a page says that was opened on this text."""
    return f"{page}:{turn}" if page else ""


def stale(page: UUID | None, turn: int, mark: Mark) -> bool:
    """Whether the text kept last came from another page, and is not the one that this page was opened on."""
    return page != mark.page and said(page, turn) != mark.opened_on
