"""Ten minutes before a meeting: where we were. One quiet page, gone when the student sits."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import margin
from subrosa.desks.common.sealed import asked_for
from subrosa.desks.common.words.file import LATER, PARTS
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused
from subrosa.records.appointment.queries import booking as booking_row
from subrosa.records.case.queries import on_care_team
from subrosa.records.consent.renewal import changed_in, due_in
from subrosa.records.note.lookback import is_time, look_back, shown_from

from .closed import closed_to_you
from .desk import who_they_are
from .hours import Span


@asked_for
@audience(Role.COUNSELOR, unlocked=True)
def before(there: Visit, key: UUID, booking: UUID) -> HttpResponse:
    """What was left open last time, and what the client wants to say today."""
    row = booking_row(booking)
    if row is None or row.case_id != key:
        return closed_to_you(there.request)
    if not is_time(row, there.at):
        return redirect("desk") if on_care_team(row.case, there.by) else closed_to_you(there.request)
    try:
        found = look_back(by=there.by, at=there.at, case=row.case, booking=row)
    except Refused:
        return closed_to_you(there.request)
    due = due_in(key, there.at)
    values = {
        "booking": row,
        "client": who_they_are(there, [row.client_id]).get(row.client_id),
        "found": found,
        "lines": [(_heading(name), words) for name, words in found.lines.items()],
        "due": due,
        "changed": changed_in(due, get_language() or ""),
        "sits": Span.of(shown_from(row), row.starts_at, there.at),
        "ending": Span.before_the_end(row, there.at),
        "margin": margin("CONF-02", "CONF-01"),
    }
    return render(there.request, "counselor/before.html", values)


def _heading(name: str) -> object:
    return LATER.get(name) or (PARTS[name] if name in PARTS else _("In short"))
