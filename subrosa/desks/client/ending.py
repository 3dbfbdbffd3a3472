"""I don't want to go on, and: I would like to come again. At once and without a reason; words may come with it, never must."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from subrosa.desks.common.help import glance
from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import status_of
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused
from subrosa.records.appointment.ending import come_again, end_counseling
from subrosa.records.appointment.queries import of_client
from subrosa.records.case.handing import holds_shared
from subrosa.records.case.queries import open_case_of

from .care import who_opens
from .plain import told
from .unlocking import with_cookie
from .words import too_long, typed, unlocked


@audience(Role.CLIENT)
def stop(there: Visit) -> HttpResponse:
    """The page that asks once; after the press, and at every later look, the page that says that it has ended."""
    case = open_case_of(there.by.id)
    if case is not None and case.left_at is not None:
        return render(there.request, "client/stopped.html", {"once": uuid.uuid4(), "calls": glance()})
    if case is None or there.request.method != "POST":
        return _page(there, case)
    text, cookie = typed(there, "text"), ""
    if text.strip():  # only words need a key: stopping itself needs none
        there, cookie = unlocked(there)
        if there.locked or too_long(text):
            return with_cookie(_page(there, case, text), cookie)
    try:
        end_counseling(by=there.by, at=there.at, case=case, words=text, once=there.once)
    except Refused as refused:
        return with_cookie(_page(there, case, text, refused), cookie)
    return with_cookie(redirect("mine_stop"), cookie)


def _page(there: Visit, case: Any, text: str = "", refused: Refused | None = None) -> HttpResponse:
    locked = there.locked and bool(text.strip())
    ahead = [row for row in of_client(there.by.id) if row.state == "booked" and row.starts_at > there.at]
    values = {
        "case": case,
        "ahead": ahead,
        "text": text,
        "long": too_long(text),
        "locked": locked,
        "tried": locked and bool(there.request.POST.get("passphrase")),
        "can": case is not None and (there.locked or holds_shared(there.by, case)),
        "ruling": told(refused.ruling) if refused else None,
        "once": there.once or uuid.uuid4(),
        **(who_opens(case) if case is not None else {}),
    }
    status = status_of(refused.ruling if refused else None, otherwise=422 if values["long"] else 403 if locked else 200)
    return render(there.request, "client/stop.html", values, status=status)


@require_POST
@audience(Role.CLIENT)
def again(there: Visit) -> HttpResponse:
    """The mark is gone, and the page of times is next."""
    case = open_case_of(there.by.id)
    if case is not None:
        come_again(by=there.by, at=there.at, case=case, once=there.once)
    return redirect(f"{reverse('talk')}?again=1")
