"""What is pressed on a case that rests."""

from __future__ import annotations

from typing import Any

from subrosa.desks.common.requests import Visit
from subrosa.records.case import resting

from .presses import Wrong, on_file
from .rest import day_of


def _rest(there: Visit, row: Any) -> object:
    try:
        until = day_of(there.request.POST.get("until", ""))
    except ValueError as error:
        raise Wrong(str(error)) from None
    return resting.rest(by=there.by, at=there.at, case=row, until=until, once=there.once)


def _invite(there: Visit, row: Any) -> object:
    return resting.invite_back(by=there.by, at=there.at, case=row, once=there.once)


rest = on_file(_rest, "rest")
invite = on_file(_invite, "rest")
