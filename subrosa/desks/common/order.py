"""Lists of people are in the order of time. Whoever asks for another order by a trait gets the charter's answer (ETH-05)."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, Final, ParamSpec, cast

from django.http import HttpRequest, HttpResponse

from subrosa.records.appointment.registering import TRAITS, sort_by

from .requests import Visit

P = ParamSpec("P")
ORDERING: Final = ("sort", "order", "order_by", "group", "filter", "by")
View = Callable[Concatenate[Visit, P], HttpResponse]


def asked_trait(request: HttpRequest) -> str:
    """The trait that an address wants a list sorted or filtered by; empty for none. No list reads it."""
    for name in request.GET:
        asked = request.GET.get(name, "").strip("-+ ").casefold() if name in ORDERING else name.casefold()
        if asked in TRAITS:
            return asked
    return ""


def in_order_of_time(view: View[P]) -> View[P]:
    """A list page that takes no order: a trait in its address is refused, with name, before anything is read."""

    @functools.wraps(view)
    def guarded(there: Visit, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if trait := asked_trait(there.request):
            sort_by(by=there.by, at=there.at, trait=trait)
        return view(there, *args, **kwargs)

    return cast(View[P], guarded)
