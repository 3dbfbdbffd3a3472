"""Each browser keeps the newest checkpoint it has seen, and at the next sign-in the log must have grown out of it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from subrosa.policy.actor import DOOR
from subrosa.records.archive import keeping
from subrosa.records.audit import witness

from .requests import at, safe_next

COOKIE = "seen"
DAYS = 400  # the longest that browsers keep a cookie


def witnessed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer to a sign-in, with the newest checkpoint to keep; where the log is another one, led to the page that says so."""
    kept = witness.seen_of(request.COOKIES.get(COOKIE, ""))
    if kept is not None and not witness.still_there(kept):
        keeping.report(by=DOOR, at=at(request))
        response.headers["Location"] = reverse("doubt")
        return response  # what the browser has seen stays there: it is the evidence
    newest = witness.newest_seen()
    if newest is not None:
        response.set_cookie(
            COOKIE,
            newest.as_text(),
            max_age=DAYS * 86400,
            httponly=True,
            samesite="Lax",
            secure=settings.COOKIE_SECURE,
        )
    return response


def doubt(request: HttpRequest) -> HttpResponse:
    """The page itself: what this browser has seen, and what to do now."""
    kept = witness.seen_of(request.COOKIES.get(COOKIE, ""))
    newest = witness.newest_seen()
    doubted = kept is not None and not witness.still_there(kept)
    values = {"kept": kept, "newest": newest, "doubted": doubted, "next": safe_next(request)}
    return render(request, "common/doubt.html", values)
