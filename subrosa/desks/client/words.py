"""Words around a meeting: what I want to say, what I did not say, what would be different. Nothing of it is ever asked for."""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import status_of
from subrosa.desks.common.sealed import asked_for
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused, Ruling
from subrosa.records.appointment.queries import booking as booking_row
from subrosa.records.appointment.words import leave_words, unsaid_of
from subrosa.records.case.handing import holds_shared
from subrosa.records.case.queries import open_case_of
from subrosa.records.consent.expectation import write_expectation
from subrosa.records.consent.opened import hope_of
from subrosa.records.consent.queries import expectation
from subrosa.records.note.actions import read_reasons
from subrosa.records.vault.opener import opener_of

from .care import who_opens
from .plain import told
from .unlocking import back_in, with_cookie

LONGEST = 20_000  # characters
BEFORE, AFTER = "before", "after"


def typed(there: Visit, name: str) -> str:
    """Exactly what was typed; only line ends are made one kind."""
    return there.request.POST.get(name, "").replace("\r\n", "\n").replace("\r", "\n")


def too_long(text: str) -> str:
    """What to say about words that do not fit; empty where they do."""
    if len(text) <= LONGEST:
        return ""
    return gettext("This is longer than fits (20,000 characters). Shorten it, or bring it along; nothing is lost.")


def unlocked(there: Visit) -> tuple[Visit, str]:
    """The same visit with open keys where the passphrase was typed beside the words; else as it was."""
    back = back_in(there, there.request.POST.get("passphrase", "")) if there.locked else None
    return back or (there, "")


def _page(there: Visit, template: str, text: str, ruling: Ruling | None = None, **more: Any) -> HttpResponse:
    long = too_long(text)
    tried = there.locked and bool(there.request.POST.get("passphrase"))
    values = {
        "text": text,
        "long": long,
        "ruling": told(ruling) if ruling else None,
        "locked": there.locked,
        "tried": tried,
        "once": there.once or uuid.uuid4(),
        **more,
    }
    status = status_of(ruling, otherwise=422 if long else 403 if there.locked else 200)
    return render(there.request, template, values, status=status)


@asked_for
@audience(Role.CLIENT)
def leave(there: Visit, key: UUID, which: str) -> HttpResponse:
    """One field for one meeting. Empty is fine, and empties what stood there."""
    row = booking_row(key)
    if which not in (BEFORE, AFTER) or row is None or row.client_id != there.by.id:
        raise Http404
    more: dict[str, Any] = {"row": row, "before": which == BEFORE, "can": holds_shared(there.by, row.case)}
    more |= who_opens(row.case)
    if there.request.method != "POST":
        return _page(there, "client/leave.html", _left_before(there, row, which) if more["can"] else "", **more)
    text, (there, cookie) = typed(there, "text"), unlocked(there)
    more["can"] = there.locked or holds_shared(there.by, row.case)
    if there.locked or too_long(text):
        return with_cookie(_page(there, "client/leave.html", text, **more), cookie)
    try:
        leave_words(by=there.by, at=there.at, booking=row, before=which == BEFORE, text=text, once=there.once)
    except Refused as refused:
        return with_cookie(_page(there, "client/leave.html", text, refused.ruling, **more), cookie)
    return with_cookie(redirect(f"{reverse('mine')}?left={which}"), cookie)


def _left_before(there: Visit, row: Any, which: str) -> str:
    """What stands there already, opened with the own key; nothing is opened where nothing was left."""
    if (row.reason if which == BEFORE else row.unsaid) is None:
        return ""
    said = read_reasons(by=there.by, at=there.at, case=row.case)
    return str((said if which == BEFORE else unsaid_of(opener_of(there.by), row.case_id)).get(row.pk, ""))


@asked_for
@audience(Role.CLIENT)
def hope(there: Visit) -> HttpResponse:
    """What would be different if this helps? And beside it what the counselor thinks is realistic."""
    case = open_case_of(there.by.id)
    if case is None:
        raise Http404
    can, opens = there.locked or holds_shared(there.by, case), who_opens(case)
    if there.request.method != "POST":
        if not can:
            return _page(there, "client/hope.html", "", can=False)
        read_reasons(by=there.by, at=there.at, case=case)
        known = hope_of(opener_of(there.by), case.pk)
        return _page(there, "client/hope.html", known.hope if known else "", can=True, known=known, **opens)
    text, (there, cookie) = typed(there, "text"), unlocked(there)
    if not text.strip() and expectation(case.pk) is None:
        return with_cookie(redirect("mine"), cookie)  # nothing said is an answer too
    if there.locked or too_long(text):
        return with_cookie(_page(there, "client/hope.html", text, can=True, **opens), cookie)
    try:
        write_expectation(by=there.by, at=there.at, case=case, hope=text, once=there.once)
    except Refused as refused:
        return with_cookie(_page(there, "client/hope.html", text, refused.ruling, can=True, **opens), cookie)
    return with_cookie(redirect(f"{reverse('mine')}?left=hope"), cookie)
