"""My letters: opened with the passphrase once more, even inside an open session, since others hold one's telephone too."""

from __future__ import annotations

from collections.abc import Sequence
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
from subrosa.records.correspondence import queries as correspondence
from subrosa.records.person.entrance import by_return_code, just_begun
from subrosa.records.person.queries import names
from subrosa.records.school.calendar import calendar

from .mail import read_mail
from .unlocking import back_in, with_cookie

SALT, FOR = "letters", timedelta(minutes=10)  # how long what was opened by the passphrase may still be printed


@asked_for
@audience(Role.CLIENT)
def letters(there: Visit) -> HttpResponse:
    """Asks first; on the center's device, which a counselor handed over a moment ago, it opens at once."""
    rows = queries.letters(one.pk for one in queries.cases_of_client(there.by.id))
    written = correspondence.of_client(there.by.id)
    opens = handed.in_hand(there.request) is not None or _digits_just_typed(there)
    if not (rows or written) or (there.request.method != "POST" and not opens):
        return _page(there, rows, written)
    cookie = ""
    if not opens:
        again = back_in(there, there.request.POST.get("passphrase", ""))
        if again is None:
            return _page(there, rows, written, tried=True, status=403)
        there, cookie = again
    shown: dict[str, Any] = {
        "shown": True,
        "opened": [_opened(there, row) for row in rows],
        "mail": read_mail(there, written),
    }
    return with_cookie(_page(there, rows, written, **shown), cookie)


def _digits_just_typed(there: Visit) -> bool:
    """Who came by the sixteen digits a moment ago need not type them twice."""
    found = who(there.request)
    return found is not None and just_begun(found.session, there.at) and by_return_code(there.by.id)


def _page(there: Visit, rows: Sequence[Any], written: Sequence[Any], *, status: int = 200, **more: Any) -> HttpResponse:
    newest = written[0] if written and "sent" in there.request.GET else None
    sent = {"due": correspondence.answer_due([newest]).get(newest.pk)} if newest else None
    values = {"rows": rows, "some": bool(rows or written), "sent": sent, **more}
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
