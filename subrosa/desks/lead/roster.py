"""The school's list: upload, look at what is good and what is not, confirm. Nothing is stored in between.

What was read travels through the page itself, sealed: the good rows in one token, the bad ones in another. So the bad rows
come back as a file to mend, before the import or after it, and lie nowhere.
"""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import margin, shown
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused
from subrosa.records.roster import actions, queries
from subrosa.records.roster.sheet import Card, Sheet, SheetError, mend, read
from subrosa.records.school.calendar import calendar
from subrosa.records.vault.server import close_token, open_token

from .roster_words import imported, what_to_mend, why_not
from .tabs import tabs

PURPOSE, BAD_PURPOSE = "roster", "roster to mend"
MINUTES = 30
MOST_SEALED = 3_000_000  # characters of the hidden fields; some 15,000 students
FIRST = 5
BAD_SHOWN = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEND_NAME = "to-mend.xlsx"  # no school, no day: a file name is read by everybody who passes


@audience(Role.STEWARD, Role.LEAD)
def roster(there: Visit) -> HttpResponse:
    """The page with the file field."""
    if there.request.method == "POST":
        return _preview(there)
    done, kept = (_count(there.request.GET.get(key, "")) for key in ("imported", "kept"))
    return _page(there, done="" if done is None else imported(done, kept or 0))


def _count(said: str) -> int | None:
    return int(said) if said.isdecimal() and len(said) < 7 else None


def _page(there: Visit, status: int = 200, **more: Any) -> HttpResponse:
    values = {
        "tabs": tabs(there, "roster"),
        "size": queries.size(),
        "margin": margin("CONF-05"),
        "once": uuid.uuid4(),
        **more,
    }
    return render(there.request, "lead/roster.html", values, status=status)


def _preview(there: Visit) -> HttpResponse:
    file = there.request.FILES.get("file")
    if file is None:
        wrong = gettext("No file arrived. Please choose one of at most 4 MB; a larger list can be split by year.")
        return _page(there, 422, wrong=wrong)
    try:
        sheet = read(file.read(), today=calendar().local(there.at))
    except SheetError as error:
        return _page(there, 422, wrong=why_not(error))
    token = _sealed(there, PURPOSE, [[card.as_dict() for card in sheet.cards], sheet.headings, sheet.columns])
    bad = (
        _sealed(there, BAD_PURPOSE, [sheet.headings, [[one.cells, one.whys] for one in sheet.bad]]) if sheet.bad else ""
    )
    if len(token) + len(bad) > MOST_SEALED:
        return _page(there, 422, wrong=gettext("This list is too long for one go. Please split it by year."))
    return _page(there, token=token, bad_token=bad, minutes=MINUTES, **_looked_at(sheet))


def _sealed(there: Visit, purpose: str, held: Any) -> str:
    text = json.dumps(held, ensure_ascii=False)
    return close_token(purpose, text, of=there.by.id, until=there.at + timedelta(minutes=MINUTES))


def _looked_at(sheet: Sheet) -> dict[str, Any]:
    known = queries.known_numbers(card.number for card in sheet.cards)
    return {
        "preview": True,
        "good": len(sheet.cards),
        "fresh": len(sheet.cards) - len(known),
        "updated": len(known),
        "first": [(card, card.number in known) for card in sheet.cards[:FIRST]],
        **_renamed(sheet.cards),
        "bad": [(one.line, one.name, what_to_mend(one.whys)) for one in sheet.bad[:BAD_SHOWN]],
        "bad_count": len(sheet.bad),
        "passed_over": sheet.passed_over,
        "sheet_name": sheet.name,
        "others": sheet.others,
    }


def _renamed(cards: list[Card]) -> dict[str, Any]:
    """Numbers that the list has under another name: a name spelled anew, or somebody else, who needs a tick each."""
    wholly = queries.replaced(cards)
    apart = {number for number, _, _ in wholly}
    spelled = [one for one in queries.renamed(cards) if one[0] not in apart]
    return {"replaced": wholly[:BAD_SHOWN], "replaced_count": len(wholly), "renamed": spelled[:BAD_SHOWN]}


def _opened(there: Visit, purpose: str, field: str) -> Any:
    held = open_token(purpose, there.request.POST.get(field, ""), of=there.by.id, at=there.at)
    return None if held is None else json.loads(held)


def _too_old(there: Visit) -> HttpResponse:
    return _page(there, 422, wrong=gettext("This preview is too old or was altered. Please choose the file again."))


@require_POST
@audience(Role.STEWARD, Role.LEAD)
def confirm(there: Visit) -> HttpResponse:
    """Put in what the preview showed: the rows come back sealed from the page itself."""
    held = _opened(there, PURPOSE, "rows")
    if held is None:
        return _too_old(there)
    rows, headings, columns = held
    cards, ticked = [Card.of(one) for one in rows], there.request.POST.getlist("replace")
    kept = len({number for number, _, _ in queries.replaced(cards)} - set(ticked))
    list_: dict[str, Any] = {"cards": cards, "headings": headings, "columns": columns, "replacing": ticked}
    try:
        actions.import_roster(by=there.by, at=there.at, **list_, once=there.once)
    except Refused as refused:
        return _page(there, 403, ruling=shown(refused.ruling))
    if bad := _opened(there, BAD_PURPOSE, "bad"):
        left: dict[str, Any] = {"bad_token": there.request.POST["bad"], "bad_count": len(bad[1])}
        return _page(there, done=imported(len(cards) - kept, kept), **left)
    return redirect(f"{reverse('roster')}?imported={len(cards) - kept}{f'&kept={kept}' if kept else ''}")


@require_POST
@audience(Role.STEWARD, Role.LEAD, unlocked=True)
def to_mend(there: Visit) -> HttpResponse:
    """The rows that were left out, as a file: made now, sent, and kept nowhere."""
    held = _opened(there, BAD_PURPOSE, "bad")
    if held is None:
        return _too_old(there)
    headings, rows = held
    told = [(cells, what_to_mend(whys)) for cells, whys in rows]
    file = mend(headings, told, gettext("What to mend"))
    return HttpResponse(
        file, headers={"Content-Type": XLSX, "Content-Disposition": f'attachment; filename="{MEND_NAME}"'}
    )
