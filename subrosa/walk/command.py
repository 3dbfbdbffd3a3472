"""`subrosa walk`."""

from __future__ import annotations


def main(*, data: str | None, roster: str | None, keep: bool, as_json: bool) -> int:
    """Walk; answers the exit code."""
    raise SystemExit("not written yet")
