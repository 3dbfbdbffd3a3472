"""What a page shows at its time: the server says from when until when, a few lines of script do the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from subrosa.records.note.lookback import shown_from, with_something_to_read

QUIET_SIGN: Final = timedelta(minutes=10)  # before the end (APPT-04)


@dataclass(frozen=True, slots=True)
class Span:
    """From and until in milliseconds, as a page counts, beside the server's own now."""

    since: int
    until: int
    now: int
    ends_at: datetime

    @classmethod
    def of(cls, since: datetime, until: datetime, at: datetime) -> Span:
        """A span of time, seen from a moment."""
        from_, to, now = (int(one.timestamp() * 1000) for one in (since, until, at))
        return cls(from_, to, now, ends_at=until)

    @classmethod
    def before_the_end(cls, row: Any, at: datetime) -> Span | None:
        """The last minutes of a meeting; None once it is over, or where it did not take place."""
        if row.state not in ("booked", "held") or row.walked_in or row.ends_at <= at:
            return None
        return cls.of(row.ends_at - QUIET_SIGN, row.ends_at, at)

    @property
    def is_now(self) -> bool:
        """Whether it is that time; a page without script shows it then."""
        return self.since <= self.now < self.until


def endings(rows: Iterable[Any], at: datetime) -> list[Span]:
    """The ends of some meetings that are still to come."""
    spans = (Span.before_the_end(row, at) for row in rows)
    return [span for span in spans if span is not None]


@dataclass(frozen=True, slots=True)
class Ahead:
    """A meeting of today before which there is something to read: the desk's line for it, and when the line is there."""

    row: Any
    name: str
    span: Span


def ahead(rows: Sequence[Any], at: datetime, names: dict[UUID, str]) -> list[Ahead]:
    """The lines of the desk: the next meetings with something to read before them, shown at their time and no earlier."""
    coming = [row for row in rows if row.state == "booked" and at < row.ends_at]
    wanted = with_something_to_read(coming) if coming else set()
    return [
        Ahead(row, names.get(row.client_id, ""), Span.of(shown_from(row), row.ends_at, at))
        for row in coming
        if row.pk in wanted
    ]
