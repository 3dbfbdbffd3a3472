"""One record open on two devices: which page a text was typed on, and what stands beside the text that is gone on with."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from subrosa.desks.common.requests import Visit, audience
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused
from subrosa.records.appointment.queries import booking as booking_row
from subrosa.records.note.drafts import Beside, choose_draft, keep_draft, put_draft_away, read_draft
from subrosa.records.note.mark import NOWHERE, Mark
from subrosa.records.note.parts import NoteText

from .closed import closed_to_you
from .danger import in_words
from .records_shown import parts_shown
from .typed import too_long, typed_text

LONGEST_TURN = 10  # digits


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the page of a record is filled with: the text, the page that it is typed on, and the texts beside it."""

    text: NoteText
    mark: Mark
    beside: Sequence[Beside] = ()

    def __repr__(self) -> str:
        return "…"


def opened_sheet(there: Visit, row: Any) -> Sheet:
    """The own draft on a page that was just opened."""
    draft = read_draft(by=there.by, at=there.at, booking=row)
    return Sheet(draft.text, Mark(uuid.uuid4(), 0, draft.opened_on), draft.beside)


def typed_sheet(post: Mapping[str, Any]) -> Sheet:
    """What a page sends: its text, and which page it is."""
    return Sheet(typed_text(post), typed_mark(post))


def typed_mark(post: Mapping[str, Any]) -> Mark:
    """The page that a form was sent from; none where it does not say."""
    turn = str(post.get("turn", ""))
    try:
        page = UUID(str(post.get("page", "")))
    except ValueError:
        return NOWHERE
    count = int(turn) if turn.isascii() and turn.isdigit() and len(turn) < LONGEST_TURN else 0
    return Mark(page, count, str(post.get("opened_on", "")))


def shown_beside(sheet: Sheet) -> dict[str, Any]:
    """For the page of the record: its mark, and each text beside it."""
    return {"mark": sheet.mark, "beside": [_beside(one, sheet.text) for one in sheet.beside]}


def _beside(one: Beside, here: NoteText) -> dict[str, Any]:
    """Only what differs from the text of the page has to be read; the rest is said to be the same."""
    known = parts_shown(here)
    parts = [part for part in parts_shown(one.text) if part not in known]
    danger = one.text.asked.danger
    return {
        "page": one.page,
        "kept_at": one.kept_at,
        "parts": parts,
        "danger": in_words(danger) if danger != here.asked.danger else None,
        "same": one.text == here,
        "less": len(parts_shown(one.text)) > len(parts),
        "once": uuid.uuid4(),
    }


def somebody_elses(there: Visit) -> bool:
    """Whether a page that waited for the network is sent by another colleague, who signed in on the same device."""
    return there.request.POST.get("writer", str(there.by.id)) != str(there.by.id)


def newer(there: Visit, row: Any, note: Any) -> HttpResponse:
    """The answer to a page that was overtaken: what it typed stands beside the newer text, which is offered."""
    values = {"case": row.case, "booking": row, "kept_at": note.written_at}
    return render(there.request, "counselor/_newer.html", values)


Press = Callable[[Visit, Any], object]


def _on_draft(there: Visit, key: UUID, booking: UUID, press: Press) -> HttpResponse:
    row = booking_row(booking)
    if row is None or row.case_id != key:
        return closed_to_you(there.request)
    try:
        press(there, row)
    except Refused:
        return closed_to_you(there.request)
    return redirect("record", key, booking)


@require_POST
@audience(Role.COUNSELOR)
def go_on_with_mine(there: Visit, key: UUID, booking: UUID) -> HttpResponse:
    """From the page that was overtaken: its text is the one to go on with. A locked session keeps it and asks to be unlocked."""

    def press(there: Visit, row: Any) -> None:
        sheet = typed_sheet(there.request.POST)
        if not too_long(sheet.text):
            keep_draft(by=there.by, at=there.at, case=row.case, booking=row, text=sheet.text, mark=sheet.mark)
        if not there.locked:
            choose_draft(by=there.by, at=there.at, case=row.case, booking=row, page=sheet.mark.page)

    return _on_draft(there, key, booking, press)


@require_POST
@audience(Role.COUNSELOR, unlocked=True)
def go_on_with(there: Visit, key: UUID, booking: UUID, page: UUID) -> HttpResponse:
    """The text beside is the one to go on with; the other takes its place."""

    def press(there: Visit, row: Any) -> None:
        choose_draft(by=there.by, at=there.at, case=row.case, booking=row, page=page, once=there.once)

    return _on_draft(there, key, booking, press)


@require_POST
@audience(Role.COUNSELOR, unlocked=True)
def put_away(there: Visit, key: UUID, booking: UUID, page: UUID) -> HttpResponse:
    """The text beside is not needed."""

    def press(there: Visit, row: Any) -> None:
        put_draft_away(by=there.by, at=there.at, case=row.case, booking=row, page=page, once=there.once)

    return _on_draft(there, key, booking, press)
