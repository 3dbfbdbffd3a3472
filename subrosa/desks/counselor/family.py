"""The talk about involving the guardian, and a second professional's word, as presses on the file."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext

from subrosa.desks.common.requests import Visit
from subrosa.records.consent import guardian
from subrosa.records.school.calendar import calendar

from .presses import Wrong, on_file

LONGEST_NAME = 60


def _talk(there: Visit, row: Any) -> object:
    came = there.request.POST.get("guardian_came", "")
    return guardian.note_talk(by=there.by, at=there.at, case=row, came=came, once=there.once)


def _when(request: HttpRequest) -> datetime | None:
    typed = request.POST.get("second_when", "")
    try:
        return datetime.fromisoformat(typed).replace(tzinfo=calendar().zone) if typed else None
    except ValueError:
        raise Wrong(gettext("Please give day and time.")) from None


def _second(there: Visit, row: Any) -> object:
    name = there.request.POST.get("second_who", "")
    if len(name) > LONGEST_NAME:
        raise Wrong(gettext("Please give the name in up to %(most)s characters.") % {"most": LONGEST_NAME})
    return guardian.note_second_word(
        by=there.by,
        at=there.at,
        case=row,
        why=there.request.POST.get("second_why", ""),
        who=name,
        when=_when(there.request),
        in_writing="in_writing" in there.request.POST,
        once=there.once,
    )


talk = on_file(_talk, "minors")
second = on_file(_second, "minors")
