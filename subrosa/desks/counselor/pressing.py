"""Times ahead that clients called urgent on their own pages: for the desk's line and on top of the morning queue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from subrosa.desks.common.requests import Visit
from subrosa.policy.ruling import Refused
from subrosa.records.appointment.said import read_urgent
from subrosa.records.outreach.queries import on_own_pages


def said_urgent(there: Visit) -> Sequence[Any]:
    """Those that this colleague may sort; none where the session is locked or does not hold the desk's key."""
    rows = () if there.locked else on_own_pages(there.by.id, there.at)
    if not rows:
        return ()
    try:
        urgent = read_urgent(by=there.by, at=there.at, bookings=rows)
    except Refused:
        return ()
    return [row for row in rows if row.pk in urgent]
