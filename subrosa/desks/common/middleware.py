"""What every request passes: headers, its school by host name, its language, who is signed in, and the page of rulings."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import add_never_cache_headers, patch_vary_headers

from subrosa.policy.ruling import Refused
from subrosa.records import audit
from subrosa.records.audit.moment import now
from subrosa.records.person import entrance
from subrosa.records.school import context
from subrosa.records.school.queries import school_for_host

from .handed import ran_out
from .rulings import ruling_page, status_of

log = logging.getLogger("subrosa.request")

Next = Callable[[HttpRequest], HttpResponse]
CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "object-src 'none'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
METHODS = ("GET", "HEAD", "POST")
PREFIX = "__Host-"
ANSWERED = (Http404, PermissionDenied, SuspiciousOperation)  # 404, 403, 400: an answer, no failure


class _Middleware:
    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response


class Headers(_Middleware):
    """The strict headers of every answer; pages are never stored, static files may be."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add them on the way out."""
        response = self.get_response(request)
        response.headers["Content-Security-Policy"] = CSP
        response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if not request.path.startswith(settings.STATIC_URL):
            add_never_cache_headers(response)
            response.headers["Cache-Control"] = "no-store"
        return response


class HostCookies(_Middleware):
    """Over https every cookie carries `__Host-`: the browser then proves that this host set it, over https, for all its paths.

    Inside the house the names are plain, so nobody else has to know. A plain cookie that comes over https is not read:
    it may have been planted by a neighboring host, or over http.
    """

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Take the prefix off on the way in, put it on on the way out."""
        if not request.is_secure():
            return self.get_response(request)
        sent = request.COOKIES.items()
        ours = {name.removeprefix(PREFIX): value for name, value in sent if name.startswith(PREFIX)}
        request.COOKIES = ours
        response = self.get_response(request)
        for name, cookie in list(response.cookies.items()):
            del response.cookies[name]
            cookie.set(PREFIX + name, cookie.value, cookie.coded_value)
            cookie["secure"], cookie["path"], cookie["domain"] = True, "/", ""
            response.cookies[PREFIX + name] = cookie
        return response


class Methods(_Middleware):
    """Three methods and no other: pages ask whether it is a POST, and what is neither read nor pressed reaches none."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer anything else before any page, so that it passes no lock."""
        return self.get_response(request) if request.method in METHODS else HttpResponseNotAllowed(METHODS)


class SchoolByHost(_Middleware):
    """The request's school is found by host name; an unknown name is answered before any page."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set the school for the whole request, and one `at`: the moment somebody pressed."""
        request.at = now()  # type: ignore[attr-defined]  # the one moment of this request
        school = school_for_host(request.get_host())
        if school is None:
            return render(request, "common/unknown_host.html", {"host": request.get_host()}, status=404)
        with context.on(school):
            return self.get_response(request)


class Language(_Middleware):
    """The language of the cookie, else of the browser."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Activate it for the request."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = dict(settings.LANGUAGES)
        code = chosen if chosen in known else translation.get_language_from_request(request)
        with translation.override(code if code in known else settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            if hasattr(response, "render") and callable(response.render):
                response = response.render()
        response.headers.setdefault("Content-Language", code)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response


class SignedIn(_Middleware):
    """Reads the cookie and puts the actor on the request; a cookie that fits nothing is thrown away."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set `request.signed_in` (or None)."""
        value = request.COOKIES.get(settings.SESSION_COOKIE)
        polling = request.headers.get("X-Polling") == "1"
        found = entrance.signed_in(value, at=request.at, polling=polling) if value else None  # type: ignore[attr-defined]
        request.signed_in = found  # type: ignore[attr-defined]
        given_back = ran_out(request)
        if given_back is not None:
            return self._goes_on(request, given_back)
        response = self.get_response(request)
        if value and found is None and settings.SESSION_COOKIE not in response.cookies:
            response.delete_cookie(settings.SESSION_COOKIE)
        return response

    def _goes_on(self, request: HttpRequest, given_back: HttpResponse) -> HttpResponse:
        """A device that ran out shows the unlock page; what was just sent from it comes back as to somebody signed out."""
        if request.method in ("GET", "HEAD"):
            return given_back
        request.signed_in = request.in_hand = None  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.cookies.update(given_back.cookies)
        return response


class Rulings(_Middleware):
    """One page shows every refusal: the reasons, the clauses, and what to do next."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to do on the way; see `process_exception`."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn a refusal into its page, a busy row or a form sent twice for two things into a calm sentence."""
        if isinstance(error, Refused):
            return ruling_page(request, error.ruling, status=status_of(error.ruling))
        if isinstance(error, (audit.Busy, audit.OnceReused)):
            return render(request, "common/busy.html", status=503)
        if isinstance(error, ANSWERED):
            return None
        route = request.resolver_match.view_name if request.resolver_match else "-"
        log.error("a page failed: %s %s", route, type(error).__name__)
        return None
