"""Messages inside the house, in words: that a time was made or given back. Seen with one press; no badge, no sound."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_POST

from subrosa.policy.roles import EVERY_STAFF, Role
from subrosa.records.appointment.queries import bookings
from subrosa.records.notice import actions
from subrosa.records.notice.queries import unseen
from subrosa.records.school.calendar import calendar

from .requests import Visit, audience, safe_next

WORDS = {
    "booking_made": _("Booked: %(when)s, %(room)s"),
    "booking_moved": _("Moved: %(when)s, %(room)s"),
    "booking_cancelled": _("Given back: %(when)s, %(room)s"),
}


def lines(there: Visit) -> list[str]:
    """What the visitor has not seen yet about times that lie ahead, one line each; two statements for any number."""
    waiting = [one for one in unseen(there.by.id) if one.kind in WORDS]
    rows = bookings(one.about for one in waiting)
    return [
        _line(one.kind, rows[one.about])
        for one in waiting
        if one.about in rows and rows[one.about].starts_at > there.at
    ]


def _line(kind: str, row: Any) -> str:
    when = date_format(row.starts_at.astimezone(calendar().zone), "DATETIME_FORMAT")
    return gettext(WORDS[kind]) % {"when": when, "room": row.room.name if row.room else ""}


@require_POST
@audience(*EVERY_STAFF, Role.CLIENT)
def seen(there: Visit) -> HttpResponse:
    """Put the messages away."""
    actions.see_notices(by=there.by, at=there.at, once=there.once)
    return redirect(safe_next(there.request))
