"""What is read before anything is signed, for everybody: the agreement's own text, without sign-in and without a name."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from subrosa.desks.common.card import whom
from subrosa.desks.common.requests import at
from subrosa.policy.agreement import Texts, proposed
from subrosa.records.consent.queries import in_force
from subrosa.records.standing.queries import offered_to_new_clients

from .agreement import parts, shown_in
from .wordings import chosen, switch, text_of


@require_safe
def read(request: HttpRequest) -> HttpResponse:
    """The version in force, or what it would say; one line a point, everything at once with `?all`, for paper."""
    version, moment = in_force(), at(request)
    told = version or Texts(**proposed())
    wording = chosen(request, told)
    values = {
        "version": version,
        "parts": parts(text_of(told, wording, shown_in())),
        **switch(told, wording),
        "cards": whom({one.id: one.name for one in offered_to_new_clients(moment)}, moment),
        "open_all": "all" in request.GET,
    }
    return render(request, "client/read.html", values)
