"""My letters: opened with the passphrase once more, even inside an open session, since others hold one's telephone too."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from subrosa.desks.common import handed
from subrosa.desks.common.letter_paper import Sheet, shown, source_line
from subrosa.desks.common.requests import Visit, audience, who
from subrosa.desks.common.sealed import asked_for
from subrosa.policy.roles import Role
from subrosa.records.case import queries
from subrosa.records.case.farewell import read_letter
from subrosa.records.case.handing import holds_shared
from subrosa.records.person.queries import names
from subrosa.records.school.calendar import calendar

from .unlocking import back_in, with_cookie

SALT, FOR = "letters", timedelta(minutes=10)  # how long what was opened by the passphrase may still be printed


@asked_for
@audience(Role.CLIENT)
def letters(there: Visit) -> HttpResponse:
    """Asks first; on the center's device, which a counselor handed over a moment ago, it opens at once."""
    rows = queries.letters(one.pk for one in queries.cases_of_client(there.by.id))
    here = handed.in_hand(there.request) is not None
    if not rows or (there.request.method != "POST" and not here):
        return _page(there, rows)
    cookie = ""
    if not here:
        again = back_in(there, there.request.POST.get("passphrase", ""))
        if again is None:
            return _page(there, rows, tried=True, status=403)
        there, cookie = again
    opened = [_opened(there, row) for row in rows]
    return with_cookie(_page(there, rows, opened=opened), cookie) if cookie else _page(there, rows, opened=opened)


def _page(
    there: Visit, rows: list[Any], *, opened: list[dict[str, Any]] | None = None, tried: bool = False, status: int = 200
) -> HttpResponse:
    values = {"rows": rows, "opened": opened, "tried": tried}
    return render(there.request, "client/letters.html", values, status=status)


def _sheet(there: Visit, row: Any) -> Sheet | None:
    if not holds_shared(there.by, row.case):
        return None
    text = read_letter(by=there.by, at=there.at, case=row.case)
    if text is None:
        return None
    author = names([row.author_id]).get(row.author_id, "")
    return Sheet(author, calendar().local(row.written_at), text)


def _opened(there: Visit, row: Any) -> dict[str, Any]:
    sheet = _sheet(there, row)
    token = signing.dumps([str(row.pk), str(there.by.id)], salt=SALT)
    sources = [source_line(words, one) for words, one in sheet.text.said()] if sheet else []
    return {"row": row, "sheet": sheet, "sources": sources, "token": token}


@require_POST
@audience(Role.CLIENT, unlocked=True)
def paper(there: Visit, key: UUID) -> HttpResponse:
    """The letter to print: only from a page that the passphrase has just opened."""
    try:
        said = signing.loads(there.request.POST.get("token", ""), salt=SALT, max_age=FOR)
    except signing.BadSignature:
        return redirect("mine_letters")
    rows = queries.letters(one.pk for one in queries.cases_of_client(there.by.id))
    row = next((one for one in rows if one.pk == key and said == [str(key), str(there.by.id)]), None)
    sheet = _sheet(there, row) if row is not None and who(there.request) is not None else None
    if sheet is None:
        return redirect("mine_letters")
    return shown(there.request, sheet, "client/no_letter_paper.html")
