"""Client mode on a page: handing the device over, "I am done", and what happens when nobody touched it for too long."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from subrosa.policy.actor import CLOCK, Actor, Kind
from subrosa.policy.ladder import Band
from subrosa.policy.ruling import Refused
from subrosa.records.case import handing
from subrosa.records.case.handing import Handed
from subrosa.records.consent.guardian import rung
from subrosa.records.person import entrance
from subrosa.records.person.clients import Client, read_identities
from subrosa.records.school.calendar import calendar

from .doors import with_cookie
from .requests import Visit, at, who

FORGET = '"cache"'
YOUNGER = (
    "words"  # a cookie of the handed device: the text in simpler words stands first; it goes when the device goes back
)


def give(
    there: Visit, client: Client, *, back_to: str, case: handing.Case | None = None, to_book: bool = False
) -> HttpResponse:
    """Lock this staff session and give the browser a client's; the device shows the client's first page.

    `to_book` says that the page of times comes first: nobody who has left is handed that.
    """
    found, younger = who(there.request), _is_younger(there, client.pk)
    device = handing.prepare(client.pk, at=there.at, to_book=to_book)
    handing.hand_over(
        by=there.by,
        at=there.at,
        client=client,
        device=device,
        locking=found.session if found else None,
        case=case,
        back_to=back_to,
        once=there.once,
    )
    response = redirect("here")
    response.headers["Clear-Site-Data"] = FORGET
    response.delete_cookie(YOUNGER)
    if younger:
        response.set_cookie(YOUNGER, "simple", httponly=True, samesite="Lax", secure=settings.COOKIE_SECURE)
    return with_cookie(response, device.cookie)


def _is_younger(there: Visit, client: UUID) -> bool:
    """Whether somebody is of the younger band, by the identity that this session can read; False where nobody knows."""
    try:
        known = read_identities(by=there.by, at=there.at, clients=[client])
    except Refused:
        return False
    stands = rung(known.get(client), calendar().local(there.at))
    return stands is not None and stands.column is Band.UNDER_14


def in_hand(request: HttpRequest) -> Handed | None:
    """The handing over that this request belongs to; asked once, and only of a client's session."""
    if not hasattr(request, "in_hand"):
        found = who(request)
        client = found is not None and found.actor.kind is Kind.CLIENT
        request.in_hand = handing.of_session(found.session) if found and client else None  # type: ignore[attr-defined]
    held: Handed | None = request.in_hand  # type: ignore[attr-defined]
    return held


def take_back(request: HttpRequest, handed: Handed, by: Actor) -> HttpResponse:
    """End the client's session; what remains in the browser is the colleague's, locked, and the page that unlocks it."""
    try:
        handing.take_back(by=by, at=at(request), handed=handed)
    except Refused:  # given back a moment ago: the session is gone all the same
        entrance.end(handed.session)
    response = redirect(f"{reverse('unlock')}?{urlencode({'next': handed.back_to})}")
    response.headers["Clear-Site-Data"] = FORGET
    response.delete_cookie(YOUNGER)
    return with_cookie(response, _locked(handed.staff_id, request))


def _locked(staff: UUID, request: HttpRequest) -> str:
    """A session of the colleague that opens nothing until the passphrase is typed."""
    pair = entrance.pair_of(Kind.STAFF, staff)
    if pair is None:
        return ""
    session, cookie = entrance.new_session(Kind.STAFF, staff, pair.pk, None, at=at(request))
    session.save(force_insert=True)
    return cookie


def ran_out(request: HttpRequest) -> HttpResponse | None:
    """The way back for a device that nobody touched for too long; None for every other request."""
    found = who(request)
    if found is None or not found.locked or found.actor.kind is not Kind.CLIENT:
        return None
    handed = in_hand(request)
    return take_back(request, handed, CLOCK) if handed is not None else None
