"""`subrosa charter`: every clause, how the program keeps it, by which acts, shown by which tests."""

from __future__ import annotations


def main(*, as_json: bool = False) -> int:
    """Print one line a clause and a last line that counts."""
    raise SystemExit("not written yet")
