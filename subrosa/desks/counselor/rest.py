"""A case that rests: shown on its file and on the desk, let be on purpose, or its client told that the door is open (ETH-02)."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.utils.translation import gettext

from subrosa.desks.common.requests import Visit
from subrosa.records.appointment.resting import rests
from subrosa.records.person.clients import account_of
from subrosa.records.school.calendar import calendar


def rest_shown(there: Visit, row: Any) -> dict[str, Any]:
    """What the file says about it; nothing where the case is closed, or its client has ended it."""
    if row.state != "open" or row.left_at is not None:
        return {}
    today = calendar().local(there.at)
    return {
        "resting": rests(row.pk, there.at),
        "rests_until": row.rests_until if row.rests_until and row.rests_until > today else None,
        "invited_at": row.invited_at,
        "may_invite": account_of(row.client_id) is not None,
        "once_rest": uuid.uuid4(),
        "once_invite": uuid.uuid4(),
    }


def day_of(typed: str) -> date:
    """The day that was typed; ValueError with words for the page where it is none."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise ValueError(gettext("Please give the day as year, month and day.")) from None
