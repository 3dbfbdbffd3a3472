"""Presses on what a record is asked: what the margin shows while it is typed, whose words they are, a step that is done."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from subrosa.desks.common.requests import Visit, audience
from subrosa.policy.diagnosis import asserted
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused
from subrosa.records.appointment import sitting as sittings
from subrosa.records.appointment.steps import note_step_done
from subrosa.records.case import queries as cases
from subrosa.records.note import actions, queries
from subrosa.records.note.asked import Asked
from subrosa.records.note.parts import NoteText

from .closed import closed_to_you, is_boundary
from .file import answer, back_to, file_page
from .marks import marks_of, source_of
from .typed import typed_text


@require_POST
@audience(Role.COUNSELOR)
def live(there: Visit) -> HttpResponse:
    """What stands below the parts, while they are typed: only what is different from what the page shows. Nothing is kept."""
    post = there.request.POST
    text = typed_text(post)
    last = {part: str(post.get(f"last_{part}", "")) for part in text.words}
    fresh = [one for part, one in marks_of(text, last).items() if one.seen != post.get(f"seen_{part}", "")]
    if not fresh:
        return HttpResponse(status=204)
    return render(there.request, "counselor/_marks_live.html", {"fresh": fresh})


@require_POST
@audience(Role.COUNSELOR, unlocked=True)
def whose(there: Visit, key: UUID, note: UUID) -> HttpResponse:
    """Afterwards: one tap says whose words a phrase of a signed record is. It stands beside it as an addition."""
    row = queries.note(note)
    if row is None or row.case_id != key:
        return closed_to_you(there.request)
    post = there.request.POST
    phrase = str(post.get("phrase", ""))
    source = source_of(*(str(post.get(name, "")) for name in ("whose", "place", "on")))
    if not source.whose or not asserted(phrase):
        wrong = gettext("Please choose whose words they are.")
        return file_page(there, row.case, typed={"wrong": wrong})
    try:
        text = NoteText(asked=Asked(sources={phrase: source}))
        actions.add(by=there.by, at=there.at, note=row, text=text, once=there.once)
    except Refused as refused:
        return answer(there, row.case, refused)
    return back_to(key, f"n-{row.pk}")


@require_POST
@audience(Role.COUNSELOR)
def case_step(there: Visit, key: UUID, kind: str) -> HttpResponse:
    """One tap on the file."""
    row = cases.case(key)
    if row is None:
        return closed_to_you(there.request)
    try:
        note_step_done(by=there.by, at=there.at, kind=kind, case=row, once=there.once)
    except Refused as refused:
        return answer(there, row, refused)
    return back_to(key)


@require_POST
@audience(Role.COUNSELOR)
def sitting_step(there: Visit, key: UUID, kind: str) -> HttpResponse:
    """One tap on the page of a brief contact."""
    row = sittings.sitting(key)
    if row is None:
        return closed_to_you(there.request)
    try:
        note_step_done(by=there.by, at=there.at, kind=kind, sitting=row, once=there.once)
    except Refused as refused:
        if is_boundary(refused.ruling):
            return closed_to_you(there.request)
    return redirect("sitting", key)
