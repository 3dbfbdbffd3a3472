"""How long a meeting was, beside its record: the minutes, and one tap where they were many (APPT-04)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from subrosa.desks.common.requests import Visit
from subrosa.records.note.length import note_length
from subrosa.records.school.calendar import school_profile

from .sitting import WHY_LONG

LONGEST = 600  # minutes


def planned(row: Any) -> int:
    """The minutes of a booking."""
    return int((row.ends_at - row.starts_at).total_seconds() // 60)


def _typed(post: Mapping[str, Any]) -> int | None:
    said = str(post.get("lasted", ""))
    minutes = int(said) if said.isascii() and said.isdigit() else 0
    return minutes if 0 < minutes <= LONGEST else None  # 0 is what a sitting of some seconds shows


def note_what_changed(there: Visit, row: Any) -> None:
    """Before signing: note other minutes than those that are known, or why. An ordinary record presses nothing here."""
    minutes, why = _typed(there.request.POST), there.request.POST.get("why_long", "")
    known = planned(row) if row.lasted is None else row.lasted
    if (minutes is not None and minutes != known) or why:
        note_length(by=there.by, at=there.at, case=row.case, booking=row, minutes=minutes or known, why=why)


def lasting(typed: Mapping[str, str], row: Any, missing: Collection[str]) -> dict[str, Any]:
    """For the page: the minutes, the reasons, and whether they stand open."""
    known = planned(row) if row.lasted is None else row.lasted
    minutes, why = typed.get("lasted") or known, typed.get("why_long", "")
    asked = bool(why) or "why_long" in missing or known > school_profile()["sessions.overrun_asks_after_minutes"]
    return {
        "lasted": minutes,
        "asks_why": asked,
        "asked_now": "why_long" in missing,
        "why_long": [(key, word, key == why) for key, word in WHY_LONG.items()],
    }
