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


# What is said of something else than a time; it names nothing and nobody. All but the last two are to the client alone.
PLAIN = {
    "plan": _("Something to look at lies there: what you two could agree on."),
    "letter": _("A letter lies there for you."),
    "answered": _("Your letter has an answer."),
    "joining": _(
        "Somebody else is to open your file too. Who, stands under “Who can open it”; say so if you do not want it."
    ),
    "put_together": _(
        "What you had here under two names was put together, because you wanted it. Say so at once if you did not: on the same "
        "day it can be taken apart."
    ),
    "invited_back": _("The door is open. If you like, take a time; if not, that is fine too."),
    "door_open": _("The door stays open. You need not answer, and nobody will ask."),
    "ended": _(
        "A client has ended it: a free decision, and no verdict on your work. What still belongs to it stands under “Owed”."
    ),
    "came_again": _("A client who had ended it would like to come again."),
}

FIRST = ("ended", "came_again", "door_open")  # of a person, not of a time: never folded away behind others


def lines(there: Visit) -> list[str]:
    """What the visitor has not seen yet: times that lie ahead, and what lies there; two statements for any number."""
    waiting = unseen(there.by.id)
    rows = bookings(one.about for one in waiting if one.kind in WORDS)
    ahead = [one for one in waiting if one.kind in WORDS and one.about in rows and rows[one.about].starts_at > there.at]
    ahead.sort(key=lambda one: rows[one.about].starts_at)
    found = [_line(one.kind, rows[one.about]) for one in ahead]
    said = {kind: gettext(word) for kind, word in PLAIN.items() if any(one.kind == kind for one in waiting)}
    return [said.pop(kind) for kind in FIRST if kind in said] + found + list(said.values())


def _line(kind: str, row: Any) -> str:
    when = date_format(row.starts_at.astimezone(calendar().zone), gettext("l, F j, H:i"))
    return gettext(WORDS[kind]) % {"when": when, "room": row.room.name if row.room else ""}


@require_POST
@audience(*EVERY_STAFF, Role.CLIENT)
def seen(there: Visit) -> HttpResponse:
    """Put the messages away."""
    actions.see_notices(by=there.by, at=there.at, once=there.once)
    return redirect(safe_next(there.request))
