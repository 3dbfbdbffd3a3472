"""Sit down first: somebody is here, a clock runs; then it was a brief contact or a first meeting. The name by evening."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from subrosa.desks.common.requests import Visit, audience, safe_next
from subrosa.desks.common.rulings import margin, shown, status_of
from subrosa.desks.common.sealed import asked_for
from subrosa.desks.common.words.file import ABOUT, CAME
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused, Ruling
from subrosa.records.appointment import brief
from subrosa.records.appointment import sitting as acts
from subrosa.records.appointment.brief import BriefText, WhyLong
from subrosa.records.audit.entries import name_of
from subrosa.records.case import queries as cases
from subrosa.records.person import clients
from subrosa.records.school.calendar import school_profile

from .closed import closed_to_you, is_boundary
from .danger import StepShown, in_words, question, steps, typed_danger
from .desk import who_they_are

WHY_LONG: Final[Mapping[str, object]] = {
    WhyLong.CRISIS: _("A crisis"),
    WhyLong.TEST: _("A test"),
    WhyLong.JOINT_TALK: _("A joint talk"),
    WhyLong.NEEDED: _("It was needed"),
}


@require_POST
@audience(Role.COUNSELOR)
def sit_down(there: Visit) -> HttpResponse:
    """One press, from the desk or from the locked page. Somebody who sits here already is not sat down twice."""
    row = acts.sitting_open(there.by.id, there.at) or acts.sit_down(by=there.by, at=there.at, once=there.once)
    return redirect("sitting", row.pk)


@asked_for
@audience(Role.COUNSELOR, locked_too=True)
def sitting(there: Visit, key: UUID) -> HttpResponse:
    """The clock, and what it was. A locked session sees the time and no more, and may write what nobody can read here."""
    row = acts.sitting(key)
    if row is None or (row.staff_id != there.by.id and (there.locked or row.signed_at is None)):
        return closed_to_you(there.request)
    try:
        return _page(there, row)
    except Refused:
        return closed_to_you(there.request)


def typed_brief(post: Mapping[str, Any]) -> BriefText:
    """Taps and lines as they were typed."""
    lines = str(post.get("lines", "")).replace("\r\n", "\n")[: brief.MOST]
    about, came, why_long = (str(post.get(name, "")) for name in ("about", "came", "why_long"))
    return BriefText(about, came, lines, why_long, typed_danger(post))


def _page(there: Visit, row: Any, *, text: BriefText | None = None, ruling: Ruling | None = None) -> HttpResponse:
    kept = there.locked and row.draft is not None
    if text is None:
        there_is = row.draft is not None or row.signed_at is not None
        text = brief.read(by=there.by, at=there.at, sitting=row) if there_is and not there.locked else BriefText()
    minutes, profile = brief.minutes_of(row, there.at), school_profile()
    missing = ruling.missing if ruling else ()
    values = {
        "ruling": shown(ruling, key=row.pk) if ruling else None,
        "row": row,
        "locked": there.locked,
        "mine": row.staff_id == there.by.id,
        "kept": kept,
        "text": text,
        "said": (ABOUT.get(text.about), CAME.get(text.came), WHY_LONG.get(text.why_long)),
        "lists": [
            ("about", _("What it was about"), ABOUT.items(), text.about, "about" in missing),
            ("came", _("What came of it"), CAME.items(), text.came, False),
        ],
        **question(text.danger, there.at, missing),
        "danger_said": in_words(text.danger),
        "steps": _steps(there, row, text),
        "lines_missing": "lines" in missing,
        "why_long": WHY_LONG.items(),
        "asks_why": minutes > profile["sessions.overrun_asks_after_minutes"],
        "minutes": minutes,
        "over_brief": minutes > profile["sessions.brief_contact_max_minutes"],
        "since": int(row.began_at.timestamp() * 1000),
        "now": int(there.at.timestamp() * 1000),
        "client": who_they_are(there, [row.client_id]).get(row.client_id),
        "promised": "promise" in there.request.POST,
        "once": uuid.uuid4(),
        "once_up": uuid.uuid4(),
        "once_first": uuid.uuid4(),
        "once_name": uuid.uuid4(),
        "margin": margin("APPT-01", "CON-01", "RISK-02"),
    }
    return render(there.request, "counselor/sitting.html", values, status=status_of(ruling))


def _steps(there: Visit, row: Any, text: BriefText) -> list[StepShown]:
    """What a signed one owes, on its author's page; with the words only where they are open."""
    if row.signed_at is None or row.staff_id != there.by.id:
        return []
    about = name_of(row)
    return steps(there.at, {about: text.danger.step or text.danger.told}, about=about)


def _pressed(there: Visit, key: UUID, press: Callable[[Any], HttpResponse]) -> HttpResponse:
    """Press on one's own sitting: done goes on, *not yet* shows the page with everything typed and the reasons on top."""
    row = acts.sitting(key)
    if row is None:
        return closed_to_you(there.request)
    try:
        return press(row)
    except Refused as refused:
        if is_boundary(refused.ruling):
            return closed_to_you(there.request)
        fresh = acts.sitting(key)
        typed = typed_brief(there.request.POST) if "lines" in there.request.POST else None
        return _page(there, fresh, text=typed, ruling=refused.ruling)


@require_POST
@audience(Role.COUNSELOR)
def get_up(there: Visit, key: UUID) -> HttpResponse:
    """The clock stops."""

    def press(row: Any) -> HttpResponse:
        acts.get_up(by=there.by, at=there.at, sitting=row, once=there.once)
        return redirect("sitting", key)

    return _pressed(there, key, press)


@require_POST
@audience(Role.COUNSELOR)
def draft(there: Visit, key: UUID) -> HttpResponse:
    """Keep what is typed, from an open or a locked session."""

    def press(row: Any) -> HttpResponse:
        brief.keep(by=there.by, at=there.at, sitting=row, text=typed_brief(there.request.POST))
        return HttpResponse(status=204)

    return _pressed(there, key, press)


@require_POST
@audience(Role.COUNSELOR)
def sign(there: Visit, key: UUID) -> HttpResponse:
    """It was a brief contact. A locked session keeps what was typed first, then asks to be unlocked."""

    def press(row: Any) -> HttpResponse:
        text = typed_brief(there.request.POST)
        if there.locked:
            brief.keep(by=there.by, at=there.at, sitting=row, text=text)
            return redirect(f"{reverse('unlock')}?{urlencode({'next': reverse('sitting', args=[key])})}")
        brief.sign(by=there.by, at=there.at, sitting=row, text=text, once=there.once)
        return redirect("sitting", key)

    return _pressed(there, key, press)


@require_POST
@audience(Role.COUNSELOR, unlocked=True)
def first(there: Visit, key: UUID) -> HttpResponse:
    """It was a meeting: the file opens, and the record is next."""

    def press(row: Any) -> HttpResponse:
        said = "promise" in there.request.POST
        made = acts.hold(by=there.by, at=there.at, sitting=row, promise_said=said, once=there.once)
        return redirect("record", made.case_id, made.pk)

    return _pressed(there, key, press)


@require_POST
@audience(Role.COUNSELOR)
def unnamed(there: Visit, key: UUID) -> HttpResponse:
    """Unknown, or does not want to say."""

    def press(row: Any) -> HttpResponse:
        acts.leave_unnamed(by=there.by, at=there.at, sitting=row, once=there.once)
        return redirect("desk")

    return _pressed(there, key, press)


@require_POST
@audience(Role.COUNSELOR, unlocked=True)
def go_on_with(there: Visit, key: UUID, client: UUID) -> HttpResponse:
    """It was somebody who has been here before."""
    known = clients.client(client)
    if known is None:
        return closed_to_you(there.request)

    def press(row: Any) -> HttpResponse:
        acts.go_on_with(by=there.by, at=there.at, sitting=row, client=known, once=there.once)
        return redirect(safe_next(there.request, reverse("sitting", args=[key])))

    return _pressed(there, key, press)


@audience(Role.COUNSELOR, unlocked=True)
def register_of_case(there: Visit, key: UUID) -> HttpResponse:
    """From a record that waits for the registration form to the form, and back to the same record."""
    row = cases.case(key)
    if row is None or not cases.on_care_team(row, there.by):
        return closed_to_you(there.request)
    came = there.request.headers.get("Referer", "")
    file = reverse("case", args=[key])
    back = f"/{came.partition('//')[2].partition('/')[2]}" if came else ""
    back = back if back.startswith(file) else file
    return redirect(f"{reverse('register', args=[row.client_id])}?{urlencode({'next': back})}")
