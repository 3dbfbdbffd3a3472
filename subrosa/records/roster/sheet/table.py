"""What a file is read into before anybody asks what it means: rows of cells, each with its line."""

from __future__ import annotations

from dataclasses import dataclass

from .cells import Value

MOST_ROWS = 50_000


@dataclass(slots=True)
class Table:
    """The rows of one sheet that hold anything, by their line in the file, and the other sheets that were not read."""

    rows: list[tuple[int, list[Value]]]
    name: str = ""
    others: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return "…"
