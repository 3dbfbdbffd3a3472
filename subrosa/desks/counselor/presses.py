"""What is pressed on the day and in the file: how a meeting ended, goals, the care team, closing, the archive."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from subrosa.desks.common.requests import Visit, audience
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused
from subrosa.records.appointment import actions as appointment
from subrosa.records.appointment.queries import booking as booking_row
from subrosa.records.archive import actions as archive_acts
from subrosa.records.case import actions as case_acts
from subrosa.records.case import joining, queries
from subrosa.records.person.queries import staff

from .closed import closed_to_you, is_boundary
from .desk import today
from .file import answer, back_to, file_page

LONGEST_GOAL = 2000


def _end(there: Visit, key: UUID, booking: UUID, act: Callable[..., Any], **said: bool) -> HttpResponse | None:
    """Note how a meeting ended; the answer where it was not done. Needs no open vault."""
    row = booking_row(booking)
    if row is None or row.case_id != key:
        return closed_to_you(there.request)
    try:
        act(by=there.by, at=there.at, booking=row, once=there.once, **said)
    except Refused as refused:
        if is_boundary(refused.ruling) or not queries.on_care_team(row.case, there.by):
            return closed_to_you(there.request)
        on_the_day = "day" in there.request.POST or there.locked
        return today(there, refused.ruling) if on_the_day else answer(there, row.case, refused)
    return None


@require_POST
@audience(Role.COUNSELOR)
def held(there: Visit, key: UUID, booking: UUID) -> HttpResponse:
    """The meeting took place: its record is next."""
    promise = "promise" in there.request.POST
    not_done = _end(there, key, booking, appointment.hold, promise_said=promise)
    return not_done or redirect("record", key=key, booking=booking)


@require_POST
@audience(Role.COUNSELOR)
def no_show(there: Visit, key: UUID, booking: UUID) -> HttpResponse:
    """Nobody came."""
    not_done = _end(there, key, booking, appointment.note_no_show)
    return not_done or (redirect("desk") if "day" in there.request.POST else back_to(key))


Press = Callable[[Visit, Any], object]
View = Callable[..., HttpResponse]


def on_file(press: Press, place: str = "") -> View:
    """A view that presses one act on one case: done goes back to the file, refused shows it with the reasons on top."""

    @require_POST
    @audience(Role.COUNSELOR, unlocked=True)
    def view(there: Visit, key: UUID) -> HttpResponse:
        row = queries.case(key)
        if row is None:
            return closed_to_you(there.request)
        typed = {name: value for name, value in there.request.POST.items() if isinstance(value, str)}
        try:
            press(there, row)
        except Refused as refused:
            return answer(there, row, refused, typed)
        except Wrong as wrong:
            return file_page(there, row, typed={**typed, "wrong": str(wrong)})
        return back_to(key, place)

    return view


class Wrong(Exception):
    """What was entered cannot be meant; the message says so in the reader's language."""


def _agree_goal(there: Visit, row: Any) -> object:
    text = there.request.POST.get("goal", "").strip()
    if not text or len(text) > LONGEST_GOAL:
        raise Wrong(gettext("Please say the goal in a few words."))
    return case_acts.agree_goal(by=there.by, at=there.at, case=row, text=text, once=there.once)


def _colleague(there: Visit) -> Any:
    try:
        colleague = staff(UUID(there.request.POST.get("colleague", "")))
    except ValueError:
        colleague = None
    if colleague is None or colleague.keypair_id is None:
        raise Wrong(gettext("Please choose a colleague."))
    return colleague


def _joins(there: Visit, row: Any) -> object:
    given = {"by": there.by, "at": there.at, "case": row, "colleague": _colleague(there), "once": there.once}
    if "drop" in there.request.POST:
        return joining.drop_joining(**given)
    if "told" in there.request.POST or "now" in there.request.POST:
        return joining.grant_case(told="told" in there.request.POST, **given)
    return joining.show_joining(**given)


def _share(there: Visit, row: Any) -> object:
    return case_acts.share_with_client(by=there.by, at=there.at, case=row, once=there.once)


def _archive(there: Visit, row: Any) -> object:
    typed = there.request.POST.get("left_school", "")
    try:
        left = date.fromisoformat(typed) if typed else None
    except ValueError:
        raise Wrong(gettext("Please give the day as year, month and day.")) from None
    return archive_acts.archive(by=there.by, at=there.at, case=row, left_school=left, once=there.once)


agree_goal = on_file(_agree_goal, "goals")
joins = on_file(_joins, "openers")
share = on_file(_share, "openers")
archive = on_file(_archive)
