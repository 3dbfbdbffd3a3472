"""Pages that open something sealed are asked for by a person, never fetched ahead by a browser."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec, cast

from django.http import HttpRequest, HttpResponse

P = ParamSpec("P")
AHEAD = ("Sec-Purpose", "Purpose", "X-Moz")


def asked_for(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Refuse a prefetch or prerender: an opening is an entry in the log, and nobody has pressed."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if any("pre" in request.headers.get(name, "").lower() for name in AHEAD):
            return HttpResponse(status=403)
        return view(request, *args, **kwargs)

    return cast(Callable[Concatenate[HttpRequest, P], HttpResponse], guarded)
