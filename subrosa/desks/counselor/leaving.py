"""What is pressed on a case whose client has ended it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext

from subrosa.desks.common.requests import Visit
from subrosa.records.appointment import ending

from .presses import Wrong, on_file


def _tell(there: Visit, row: Any) -> object:
    return ending.say_door_is_open(by=there.by, at=there.at, case=row, once=there.once)


def _asked(there: Visit, row: Any) -> object:
    typed = there.request.POST.get("asked_on", "")
    try:
        day = date.fromisoformat(typed) if typed else None
    except ValueError:
        raise Wrong(gettext("Please give the day as year, month and day.")) from None
    heard = there.request.POST.get("heard", "")
    return ending.ask_if_safe(by=there.by, at=there.at, case=row, day=day, heard=heard, once=there.once)


tell = on_file(_tell, "left")
asked = on_file(_asked, "left")
