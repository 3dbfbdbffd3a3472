"""When the calendar changes, what counts its days moves with it. Part of the act that changes it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from subrosa.policy.lateness import PACES, Clock
from subrosa.timetable.calendar import Calendar

from .late import moved
from .models import Duty

Mover = Callable[[Calendar, Calendar, datetime], None]
movers: list[Mover] = []  # rooms further up that keep a counted time of their own; they fill it at start-up
COUNTED = [kind for kind, line in PACES.items() if line.clock is not Clock.MOMENT]


def move_all(old: Calendar, new: Calendar, at: datetime) -> int:
    """Move every open duty that counts days of the school; answers how many. What moves ahead again can climb again."""
    changed = []
    for row in Duty.objects.filter(kind__in=COUNTED, settled_at=None).order_by("id"):
        due = moved(row.kind, row.opened_at, row.due, at, (old, new))
        if due != row.due:
            row.due = due
            row.climbed_at = row.climbed_at if due <= at else None
            changed.append(row)
    Duty.objects.bulk_update(changed, ["due", "climbed_at"], batch_size=500)
    for move in movers:
        move(old, new, at)
    return len(changed)
