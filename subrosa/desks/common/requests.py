"""What views ask of a request, typed; and who may open which page."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from subrosa.policy.actor import Actor, Kind
from subrosa.policy.roles import EVERY_STAFF, Role
from subrosa.records.person.entrance import SignedIn
from subrosa.records.person.queries import Colleague, colleague, staff

log = logging.getLogger("subrosa.request")
P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Visit:
    """One signed-in request: who, when, and the keys of this session."""

    request: HttpRequest
    by: Actor
    at: datetime
    locked: bool
    roles: frozenset[Role]
    person: Colleague | None

    @property
    def once(self) -> UUID | None:
        """The form's key of repetition: one press, one deed, however often it is sent."""
        try:
            return UUID(self.request.POST.get("once", ""))
        except ValueError:
            return None


def at(request: HttpRequest) -> datetime:
    """The moment somebody pressed: one for the whole request."""
    moment: datetime = request.at  # type: ignore[attr-defined]  # set by SchoolByHost
    return moment


def who(request: HttpRequest) -> SignedIn | None:
    """Who is signed in on this request."""
    found: SignedIn | None = getattr(request, "signed_in", None)
    return found


def visit(request: HttpRequest) -> Visit | None:
    """The visit of a request, its staff row read once."""
    found = who(request)
    if found is None:
        return None
    known: Visit | None = getattr(request, "visit", None)
    if known is None:
        person, roles = None, frozenset({Role.CLIENT})
        if found.actor.kind is Kind.STAFF:
            row = staff(found.actor.id)
            person = colleague(row) if row and row.state == "active" else None
            roles = frozenset(person.roles) if person else frozenset()
        known = Visit(request, found.actor, at(request), found.locked, roles, person)
        request.visit = known  # type: ignore[attr-defined]
    return known


def safe_next(request: HttpRequest, otherwise: str = "/") -> str:
    """Where to go on: only ever a page of this house."""
    target = request.POST.get("next") or request.GET.get("next") or otherwise
    return target if url_has_allowed_host_and_scheme(target, {request.get_host()}) else otherwise


def here(request: HttpRequest) -> str:
    """The page somebody stands on: this address, or for the answer to a form the page that held it."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    came = urlsplit(request.headers.get("Referer", ""))
    path = came._replace(scheme="", netloc="", fragment="").geturl()
    return path if came.netloc == request.get_host() else "/"


def _to_unlock(request: HttpRequest) -> HttpResponse:
    target = f"{reverse('unlock')}?{urlencode({'next': here(request)})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return redirect(target)


def audience(
    *roles: Role, unlocked: bool = False, locked_too: bool = False
) -> Callable[[Callable[Concatenate[Visit, P], HttpResponse]], Callable[Concatenate[HttpRequest, P], HttpResponse]]:
    """Who may open a page: nobody else sees it, whatever the address.

    A locked session is shown nothing but the way back in, save pages that are `locked_too`; what it writes is taken all
    the same, unless the act needs the keys of the session (`unlocked`).
    """
    admitted = frozenset(roles) or EVERY_STAFF

    def wrap(
        view: Callable[Concatenate[Visit, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            there = visit(request)
            if there is None:
                return redirect(f"{reverse('sign_in')}?{urlencode({'next': request.get_full_path()})}")
            if not there.roles & admitted:
                log.warning("not for this role: %s", view.__name__)
                of_clients = admitted == {Role.CLIENT}
                return render(request, "common/not_for_you.html", {"of_clients": of_clients}, status=403)
            reads = request.method in ("GET", "HEAD") and not locked_too
            if there.locked and (unlocked or reads):
                return _to_unlock(request)
            return view(there, *args, **kwargs)

        guarded.audience = admitted  # type: ignore[attr-defined]  # read by the test of every address and role
        return cast(Callable[Concatenate[HttpRequest, P], HttpResponse], guarded)

    return wrap
