"""What a page says when a form was too large to be taken, or when there is no page: calm, and in both languages."""

from __future__ import annotations

import logging

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

log = logging.getLogger("subrosa.request")
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
MEGABYTE = 1024 * 1024


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A form over the limit, or anything else that no page of ours sends. Whoever is signed in stays so."""
    values = {
        "too_long": isinstance(exception, RequestDataTooBig),
        "too_many": isinstance(exception, TOO_LARGE),
        "most": settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MEGABYTE,
        "fields": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS,
    }
    return render(request, "common/too_large.html", values, status=413 if values["too_many"] else 400)


def no_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that comes from no page of ours, or from one that lay open since before a sign-in. `reason` is the framework's."""
    route = request.resolver_match.view_name if request.resolver_match else "-"
    log.warning("a form without its token: %s", route)
    return render(request, "common/too_large.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is nothing at this address, or nothing that is shown to you: the two look the same."""
    return render(request, "common/not_found.html", status=404)
