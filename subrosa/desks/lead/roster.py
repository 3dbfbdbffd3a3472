"""The school's list: upload, look at what is good and what is not, confirm. Nothing is stored in between."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_POST

from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import margin, shown
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused
from subrosa.records.roster import actions, queries
from subrosa.records.roster.sheet import Card, Sheet, SheetError, read
from subrosa.records.vault.server import close_token, open_token

from .tabs import tabs

PURPOSE = "roster"
MINUTES = 30
MOST_SEALED = 3_000_000  # characters of the hidden field; some 15,000 students
FIRST = 5
BAD_SHOWN = 200
WHY = {
    "number_missing": gettext_lazy("the student number is missing"),
    "name_missing": gettext_lazy("the name is missing"),
    "number_twice": gettext_lazy("this student number stands higher up already"),
}
KINDS = (  # what a file begins with -> what to do
    (b"%PDF", gettext_lazy("This is a PDF, which cannot be read as a table. Please export the list as .xlsx.")),
    (
        b"\xd0\xcf\x11\xe0",
        gettext_lazy(
            "This is the old .xls format or a locked workbook. Please open it and save it as .xlsx, without a password."
        ),
    ),
)
UNREADABLE = {
    "unpacked too large": gettext_lazy("Unpacked, this file would be larger than any school's list. Nothing was read."),
    "too many rows": gettext_lazy("This file has more than 50,000 rows. Please split it by year."),
    "no heading row with student number and name": gettext_lazy(
        "No row with the headings “student number” and “name” was found in the first sheet."
    ),
}


@audience(Role.STEWARD, Role.LEAD)
def roster(there: Visit) -> HttpResponse:
    """The page with the file field."""
    if there.request.method == "POST":
        return _preview(there)
    return _page(there)


def _page(there: Visit, status: int = 200, **more: Any) -> HttpResponse:
    values = {"tabs": tabs(there, "roster"), "size": queries.size(), "margin": margin("CONF-05"), "once": uuid.uuid4(), **more}
    return render(there.request, "lead/roster.html", values, status=status)


def _preview(there: Visit) -> HttpResponse:
    file = there.request.FILES.get("file")
    if file is None:
        wrong = gettext("No file arrived. Please choose one of at most 4 MB; a larger list can be split by year.")
        return _page(there, 422, wrong=wrong)
    data = file.read()
    try:
        sheet = read(data)
    except SheetError as error:
        return _page(there, 422, wrong=_why_not(data, str(error)))
    held = json.dumps([[card.as_dict() for card in sheet.cards], list(sheet.headings)], ensure_ascii=False)
    token = close_token(PURPOSE, held, of=there.by.id, until=there.at + timedelta(minutes=MINUTES))
    if len(token) > MOST_SEALED:
        return _page(there, 422, wrong=gettext("This list is too long for one go. Please split it by year."))
    return _page(there, token=token, minutes=MINUTES, **_looked_at(sheet))


def _looked_at(sheet: Sheet) -> dict[str, Any]:
    known = queries.known_numbers(card.number for card in sheet.cards)
    return {
        "preview": True,
        "good": len(sheet.cards),
        "fresh": len(sheet.cards) - len(known),
        "updated": len(known),
        "first": [(card, card.number in known) for card in sheet.cards[:FIRST]],
        "bad": [(one.line, WHY.get(one.why, one.why)) for one in sheet.bad[:BAD_SHOWN]],
        "bad_count": len(sheet.bad),
    }


def _why_not(data: bytes, error: str) -> str:
    for begins, sentence in KINDS:
        if data.startswith(begins):
            return str(sentence)
    other = gettext("This is no .xlsx workbook. Please open the list in a spreadsheet program and save it as .xlsx.")
    return str(UNREADABLE.get(error, other))


@require_POST
@audience(Role.STEWARD, Role.LEAD)
def confirm(there: Visit) -> HttpResponse:
    """Put in what the preview showed: the rows come back sealed from the page itself."""
    held = open_token(PURPOSE, there.request.POST.get("rows", ""), of=there.by.id, at=there.at)
    if held is None:
        wrong = gettext("This preview is too old or was altered. Please choose the file again.")
        return _page(there, 422, wrong=wrong)
    cards, headings = json.loads(held)
    try:
        actions.import_roster(
            by=there.by, at=there.at, cards=[Card(**one) for one in cards], headings=headings, once=there.once
        )
    except Refused as refused:
        return _page(there, 403, ruling=shown(refused.ruling))
    return redirect("roster")
