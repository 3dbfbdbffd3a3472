"""The case file: one chronological thread, and beside it who can open this."""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import margin, shown, status_of
from subrosa.desks.common.sealed import asked_for
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused, Ruling
from subrosa.records.appointment.brief import briefs_of
from subrosa.records.appointment.queries import of_case
from subrosa.records.attachment.about import MOST
from subrosa.records.attachment.opened import attached_of
from subrosa.records.attachment.queries import scan_owed
from subrosa.records.case import queries
from subrosa.records.case.joining import joinings, waited
from subrosa.records.case.opened import goals_of, letter_of, plans_of
from subrosa.records.correspondence.queries import of_case as mail_of_case
from subrosa.records.note import actions as note_acts
from subrosa.records.person import queries as people
from subrosa.records.person.queries import colleagues
from subrosa.records.vault.opener import opener_of

from . import minors
from .around import around_of
from .closed import closed_to_you, is_boundary
from .danger import steps
from .desk import who_they_are
from .hours import endings
from .left import left_shown
from .planned import plan_shown
from .records_shown import briefs_said, steps_said
from .rest import rest_shown
from .thread import Opened, last_written, thread
from .together import joined_files
from .who_opens import openers_of
from .words import CASE_STATES

BOUND = ("archived", "destroyed")


@asked_for
@audience(unlocked=True)
def case(there: Visit, key: UUID) -> HttpResponse:
    """The file. Whoever is not on its care team gets the same page as for a file that does not exist."""
    row = queries.case(key)
    return file_page(there, row) if row else closed_to_you(there.request)


@asked_for
@audience(Role.COUNSELOR, unlocked=True)
def on_paper(there: Visit, key: UUID) -> HttpResponse:
    """The file as it is printed: by the browser, from this page alone; the house makes no file of it."""
    row = queries.case(key)
    return file_page(there, row, page="counselor/on_paper.html") if row else closed_to_you(there.request)


def file_page(
    there: Visit,
    row: Any,
    ruling: Ruling | None = None,
    typed: dict[str, str] | None = None,
    *,
    page: str = "counselor/case.html",
) -> HttpResponse:
    """The opened file, with the charter's answer on top and everything typed kept where a press was refused."""
    if row.state in BOUND and queries.on_care_team(row, there.by):
        values = {"case": row, "state": CASE_STATES[row.state], "margin": margin("REC-04", "CONF-04")}
        return render(there.request, "counselor/bound.html", values)
    try:
        pages = note_acts.read_file(by=there.by, at=there.at, case=row)
        bookings = of_case(row.pk)
        said = any(one.reason is not None or one.unsaid is not None for one in bookings)
        reasons = note_acts.read_reasons(by=there.by, at=there.at, case=row) if said else {}
    except Refused:
        return closed_to_you(there.request)
    values = _values(there, row, (bookings, pages, reasons), typed or {})
    values["last"] = last_written(values["lines"])
    values["ruling"] = shown(ruling, key=row.pk) if ruling else None
    status = status_of(ruling, otherwise=422 if typed and typed.get("wrong") else 200)
    return render(there.request, page, values, status=status)


def _values(there: Visit, row: Any, read: tuple[Any, Any, Any], typed: dict[str, str]) -> dict[str, Any]:
    """What the page of an opened file shows: its meetings, records and reasons, and everything around them."""
    bookings, pages, reasons = read
    who = opener_of(there.by)
    goals, plans, letter = goals_of(who, row.pk), plans_of(who, row.pk), letter_of(who, row.pk)
    briefs = briefs_of(who, row.pk)
    openers = openers_of(row.pk)
    around = around_of(there, row, bookings, reasons, typed)
    client = who_they_are(there, [row.client_id]).get(row.client_id)
    return {
        "typed": typed,
        "case": row,
        "state": CASE_STATES[row.state],
        "client": client,
        **minors.shown(there, row, client, bookings),
        "lines": thread(
            Opened(
                *(row, bookings, pages, reasons, around.signatures, goals, around.unsaid, around.talked),
                renewed=around.renewed,
                briefs=briefs,
                files=attached_of(who, row.pk),
                plans=plans,
                letter=letter,
                mail=mail_of_case(row.pk),
            ),
            there.at,
            openers,
        ),
        **around.shown,
        "steps": steps(there.at, steps_said(pages) | briefs_said(briefs), case=row.pk),
        "goals": [one for one in goals if one.stands],
        "letter": letter,
        **plan_shown(plans),
        **rest_shown(there, row),
        **left_shown(there, row),
        **_joining(there, row),
        "joined_files": joined_files(there, row),
        "openers": openers.lines,
        "most_bytes": MOST,
        "scan_owed": scan_owed(row.pk),
        "once_scan": uuid.uuid4(),
        "may_share": row.state == "open" and queries.account_without_key(row),
        "endings": endings(bookings, there.at),
        "margin": margin("CONF-02", "REC-01", "CLIENT-01" if row.left_at else "ETH-02"),
        "once": uuid.uuid4(),
    }


def answer(there: Visit, row: Any, refused: Refused, typed: dict[str, str] | None = None) -> HttpResponse:
    """What a refused press on the file shows: the file with the reasons, or the one closed page."""
    if is_boundary(refused.ruling) or there.locked:
        return closed_to_you(there.request)
    return file_page(there, row, refused.ruling, typed)


def back_to(key: UUID, place: str = "") -> HttpResponse:
    """The file again after a press that was done."""
    response = redirect("case", key=key)
    response["Location"] += f"#{place}" if place else ""
    return response


def _joining(there: Visit, row: Any) -> dict[str, Any]:
    """Who is to open this too and stands on the client's page already, and who else could."""
    rows = joinings(row.pk)
    names = people.names(one.staff_id for one in rows)
    planned = [(one, names.get(one.staff_id, "–"), waited(one, there.at)) for one in rows]
    there_already = queries.care_team(row.pk) | {row.counselor_id, there.by.id, *(one.staff_id for one in rows)}
    here = [one for one in colleagues() if one.certified and one.state == "active" and "counselor" in one.roles]
    return {"planned": planned, "may_join": [one for one in here if one.id not in there_already]}
