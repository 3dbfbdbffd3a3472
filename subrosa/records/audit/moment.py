"""The one place that asks the clock. Everything else is given `at`: the moment somebody pressed."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)
