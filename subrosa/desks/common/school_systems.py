"""What the school's systems get from the center: figures of a short list. Whatever else is asked for is refused here."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from subrosa.policy.ruling import Refused, Ruling
from subrosa.records.outreach.school_systems import Figure, Month, Wanted, export
from subrosa.records.school.calendar import school_profile

from .requests import Visit, audience
from .rulings import margin, shown

WANTED: Final[Mapping[Wanted, object]] = {
    Wanted.NAMES: _("A list of who came"),
    Wanted.STUDENT: _("Whether one student came, or what was said"),
    Wanted.RESULT: _("A result, for the student record"),
    Wanted.RECORD: _("A case or a record, for the student record"),
}


@audience()
def school_systems(there: Visit) -> HttpResponse:
    """The page; a press on a figure shows it, a press on anything else shows why not."""
    if there.request.method != "POST":
        return _page(there)
    what = there.request.POST.get("what", "")
    try:
        months = export(by=there.by, at=there.at, what=what, once=there.once)
    except Refused as refused:
        return _page(there, ruling=refused.ruling, asked=what)
    return _page(there, months=months)


def _page(
    there: Visit, *, months: list[Month] | None = None, ruling: Ruling | None = None, asked: str = ""
) -> HttpResponse:
    values = {
        "months": months,
        "given": months is not None,
        "figure": Figure.MEETINGS,
        "least": school_profile()["tests.cell_minimum"],
        "wanted": [(key, word, key == asked) for key, word in WANTED.items()],
        "ruling": shown(ruling) if ruling else None,
        "once": uuid.uuid4(),
        "once_wanted": uuid.uuid4(),
        "margin": margin("CONF-05", "MGMT-02"),
    }
    return render(there.request, "common/school_systems.html", values, status=403 if ruling else 200)
