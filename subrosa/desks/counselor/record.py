"""The record of one meeting: six parts, a draft that is always kept, and the signature that locks it."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import RulingShown, margin, shown, status_of
from subrosa.desks.common.sealed import asked_for
from subrosa.desks.common.words.file import CHOICES, LATER, PARTS
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused, Ruling
from subrosa.records.appointment.queries import booking as booking_row
from subrosa.records.appointment.queries import of_case
from subrosa.records.consent.understanding import talk_over
from subrosa.records.note import actions, queries
from subrosa.records.note.parts import MOST, NoteText
from subrosa.records.note.parts import PARTS as EVERY_PART
from subrosa.records.note.short import write_short

from .around import around_of, naming, said_of_points
from .closed import closed_to_you, is_boundary
from .desk import who_they_are
from .file import answer, back_to, file_page
from .hours import endings
from .lasting import lasting, note_what_changed
from .minors import note_talk_beside
from .minors import shown as shown_minors
from .next_time import same_hour
from .questions import questions, with_below
from .two_texts import Sheet, newer, opened_sheet, shown_beside, somebody_elses, typed_sheet
from .typed import too_long
from .words import CUES


@asked_for
@audience(Role.COUNSELOR)
def record(there: Visit, key: UUID, booking: UUID) -> HttpResponse:
    """Write and sign. A locked session keeps what was typed first, then asks to be unlocked."""
    row = booking_row(booking)
    if row is None or row.case_id != key:
        return closed_to_you(there.request)
    if there.request.method != "POST":
        return _open(there, row)
    sheet = typed_sheet(there.request.POST)
    if there.locked:
        return _kept_first(there, row, sheet)
    if long := too_long(sheet.text):
        return _editor(there, row, sheet, long=long)
    return _sign(there, row, sheet)


def _kept_first(there: Visit, row: Any, sheet: Sheet) -> HttpResponse:
    """A locked session: what was typed is kept, and the way back in; somebody else's meeting is as if there were none."""
    try:
        if not too_long(sheet.text):
            actions.keep_draft(by=there.by, at=there.at, case=row.case, booking=row, text=sheet.text, mark=sheet.mark)
    except Refused as refused:
        if is_boundary(refused.ruling):
            return closed_to_you(there.request)
        raise
    return _unlock_first(there)


def _unlock_first(there: Visit) -> HttpResponse:
    return redirect(f"{reverse('unlock')}?{urlencode({'next': there.request.path})}")


def _open(there: Visit, row: Any) -> HttpResponse:
    if row.pk in queries.signed_bookings([row.pk]):
        return back_to(row.case_id, f"m-{row.pk}")
    return _editor(there, row, opened_sheet(there, row))


def _sign(there: Visit, row: Any, sheet: Sheet) -> HttpResponse:
    said = said_of_points(there.request.POST)
    try:
        if said:
            talk_over(by=there.by, at=there.at, case=row.case, said=said)
        note_talk_beside(there, row)
        note_what_changed(there, row)
        given = {"case": row.case, "booking": row, "text": sheet.text, "mark": sheet.mark}
        sign = write_short if "short" in there.request.POST else actions.write
        sign(by=there.by, at=there.at, once=there.once, **given)
    except Refused as refused:
        if is_boundary(refused.ruling):
            return closed_to_you(there.request)
        if "text_beside" in refused.ruling.missing:
            sheet = opened_sheet(there, row)  # what was typed here is kept: both are shown
        return _editor(there, row, sheet, ruling=refused.ruling)
    return back_to(row.case_id, f"m-{row.pk}")


def _editor(
    there: Visit, row: Any, sheet: Sheet, *, ruling: Ruling | None = None, long: Collection[str] = ()
) -> HttpResponse:
    """The page; opening it reads what was said beforehand, so it opens for the care team alone."""
    try:
        reasons = actions.read_reasons(by=there.by, at=there.at, case=row.case)
    except Refused:
        return closed_to_you(there.request)
    missing = ruling.missing if ruling else ()
    typed = sheet.text.taps | {name: value for name, value in there.request.POST.items() if isinstance(value, str)}
    bookings = of_case(row.case_id)
    around = around_of(there, row.case, bookings, reasons, typed)
    client = who_they_are(there, [row.client_id]).get(row.client_id)
    asked = questions(there, row, sheet.text, missing)
    parts = [_part(part, sheet.text, part in missing, part in long) for part in PARTS]
    values = {
        **around.shown,
        **asked,
        "missing_points": "open_card" in missing,
        "ruling": _answer(ruling, row, around.shown["points"]) if ruling else None,
        "explains": _explains(around.shown, bookings, sheet.text),
        "booking": row,
        "case": row.case,
        "client": client,
        **shown_minors(there, row.case, client, bookings, row.starts_at),
        "said": reasons.get(row.pk, ""),
        "parts": with_below(parts, asked["below"], asked["last"]),
        "begin_at": _begin_at(sheet.text) if ruling is None and not around.shown["points"] else "",
        "later_open": bool(sheet.text.later),
        "later": [(name, word, sheet.text.later.get(name, "")) for name, word in LATER.items()],
        **shown_beside(sheet),
        "writer": there.by.id,
        "endings": endings([row], there.at),
        "most": MOST,
        **lasting(typed, row, missing),
        "again": same_hour(row, there.at),
        "written_at": there.at,
        "margin": margin("REC-02", "CON-05" if around.shown["points"] else "REC-01", "RISK-02"),
        "once": uuid.uuid4(),
        "once_again": uuid.uuid4(),
    }
    status = status_of(ruling, otherwise=422 if long else 200)
    return render(there.request, "counselor/record.html", values, status=status)


def _answer(ruling: Ruling, row: Any, points: list[Any]) -> RulingShown:
    said = shown(ruling, key=row.case_id)
    return naming(said, ruling, points) if "open_card" in ruling.missing else said


def _explains(around: dict[str, Any], bookings: Collection[Any], text: NoteText) -> dict[str, Any] | None:
    """The line of the first record: what was talked through, by its version; None once a full record is signed (CON-02)."""
    agreement = around["agreed"]["agreement"]
    if agreement is None or queries.signed_bookings([one.pk for one in bookings]):
        return None
    return {"number": agreement.number, "said": text.explained == agreement.number}


def _begin_at(text: NoteText) -> str:
    """The part in which the cursor stands: the first that is still empty."""
    return next(iter(text.empty_parts()), "")


def _part(part: str, text: NoteText, missing: bool, long: bool) -> dict[str, Any]:
    heading, cue = PARTS[part], CUES[part]
    chosen, words = text.choices.get(part, ""), text.words.get(part, "")
    return {
        "name": part,
        "heading": heading,
        "cue": cue,
        "words": words,
        "size": len(words),
        "choices": [(one, CHOICES[f"{part}.{one}"], one == chosen) for one in EVERY_PART[part]],
        "missing": missing,
        "long": long,
        "filled": bool(words.strip() or chosen),
    }


@require_POST
@audience(Role.COUNSELOR)
def draft(there: Visit, key: UUID, booking: UUID) -> HttpResponse:
    """Keep what is typed, from an open or a locked session: sealed to its author, it needs no open vault."""
    row, sheet = booking_row(booking), typed_sheet(there.request.POST)
    if row is None or row.case_id != key or somebody_elses(there):
        return closed_to_you(there.request)
    if too_long(sheet.text):
        return HttpResponse(status=413)
    given: dict[str, Any] = {"case": row.case, "booking": row, "text": sheet.text, "mark": sheet.mark}
    try:
        kept = actions.keep_draft(by=there.by, at=there.at, **given)
    except Refused as refused:
        return closed_to_you(there.request) if is_boundary(refused.ruling) else HttpResponse(status=409)
    return HttpResponse(status=204) if kept.draft_page == sheet.mark.page else newer(there, row, kept)


@require_POST
@audience(Role.COUNSELOR, unlocked=True)
def add(there: Visit, key: UUID, note: UUID) -> HttpResponse:
    """What comes later, beside a signed record."""
    row = queries.note(note)
    if row is None or row.case_id != key:
        return closed_to_you(there.request)
    words = there.request.POST.get("addition", "").replace("\r\n", "\n")
    typed = {"addition": words, "addition_to": str(note)}
    if not words.strip() or len(words) > MOST:
        typed["wrong"] = gettext("Please write what is to be added; it may have up to %(most)s characters.") % {
            "most": MOST
        }
        return file_page(there, row.case, typed=typed)
    try:
        actions.add(by=there.by, at=there.at, note=row, text=NoteText({"other": words}), once=there.once)
    except Refused as refused:
        return answer(there, row.case, refused, typed)
    return back_to(key, f"m-{row.booking_id}")
