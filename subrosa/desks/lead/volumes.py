"""The volumes of the archive: bind a counselor's files of a term, look one up, take it out sealed, open it to print it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from subrosa.desks.common.paper import NEUTRAL_NAME
from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import margin, shown, status_of
from subrosa.desks.common.words.file import WHY_CLOSED
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused, Ruling
from subrosa.records.archive import briefs, shelf, terms, volumes
from subrosa.records.person import queries as people
from subrosa.records.school.calendar import calendar
from subrosa.records.school.context import school_in_force
from subrosa.timetable.terms import Term

from .bound_paper import Book, Bound, file_paper, volume_paper
from .tabs import tabs

SEALED_NAME = "volume-%s.sealed"


@audience(Role.LEAD, Role.CUSTODIAN)
def shelf_page(there: Visit) -> HttpResponse:
    """What is to be bound, the volumes, what is kept in sight; numbers and days only."""
    return _shelf(there)


def _shelf(there: Visit, ruling: Ruling | None = None) -> HttpResponse:
    bound = shelf.volumes()
    waiting = [(one, shelf.piles(one)) for one in shelf.terms_to_bind()]
    counselors = {one.counselor_id for one in bound} | {pile.counselor.pk for _, piles in waiting for pile in piles}
    called = people.names(counselors)
    values = {
        "ruling": shown(ruling) if ruling else None,
        "terms": [_term(term, piles, called, there) for term, piles in waiting],
        "volumes": [(one, called.get(one.counselor_id, "")) for one in bound],
        "keeps": shelf.keeps_the_key(there.by),
        "followed": [(one, WHY_CLOSED.get(one.why_closed, "")) for one in shelf.followed_up()],
        "last_file": next((one.number for one in shelf.register(most=1)), 0),
        "last_brief": next((one.number for one in briefs.register(most=1)), 0),
        "tabs": tabs(there, "volumes"),
        "margin": margin("REC-04", "CONF-04", "CONF-02"),
    }
    return render(there.request, "lead/volumes.html", values, status=status_of(ruling))


def _term(term: Term, piles: Sequence[shelf.Pile], called: Mapping[UUID, str], there: Visit) -> dict[str, Any]:
    due = terms.due_of(term)
    rows = [
        {"id": one.counselor.pk, "name": called.get(one.counselor.pk, ""), "pile": one, "once": uuid.uuid4()}
        for one in piles
    ]
    over = calendar().local(there.at) > term.last
    return {"term": term, "due": due if over else None, "late": there.at > due, "piles": rows}


@require_POST
@audience(Role.LEAD, Role.CUSTODIAN, unlocked=True)
def bind(there: Visit, key: UUID, first: str) -> HttpResponse:
    """Open the files one by one, set their type, then bind: no act is open while the type is set."""
    counselor, term = people.staff(key), _named(first)
    if counselor is None or term is None:
        raise Http404
    waits = shelf.missing_records(counselor.pk, term)
    cases = shelf.to_bind(counselor.pk, term)
    try:
        typeset = {} if waits else _typeset(there, cases)
        made = volumes.bind(
            by=there.by, at=there.at, counselor=counselor, term=term, cases=cases, typeset=typeset, once=there.once
        )
    except Refused as refused:
        return _shelf(there, refused.ruling)
    return redirect("volume", made.pk)


def _named(first: str) -> Term | None:
    """The term that begins on a day; None where none does."""
    try:
        day = date.fromisoformat(first)
    except ValueError:
        return None
    term = terms.term_at(day)
    return term if term.first == day else None


def _typeset(there: Visit, cases: list[Any]) -> dict[UUID, volumes.Typeset]:
    page, found = 1, {}
    for case in cases:
        volumes.open_archived(by=there.by, at=there.at, case=case)
        made = file_paper(
            volumes.contents(there.by, case),
            language=get_language() or "zh-hans",
            first_page=page,
            on=calendar().local(there.at),
        )
        found[case.pk] = volumes.Typeset(case.pk, made.pdf, page, page + made.pages - 1)
        page += made.pages
    return found


@audience(Role.LEAD, Role.CUSTODIAN)
def volume(there: Visit, key: UUID) -> HttpResponse:
    """One volume: its index, its hash, and how anybody checks it."""
    return _page(there, _found(key))


def _found(key: UUID) -> Any:
    row = shelf.volume(key)
    if row is None:
        raise Http404
    return row


def _page(there: Visit, row: Any, ruling: Ruling | None = None) -> HttpResponse:
    report = shelf.checked(row)
    values = {
        "ruling": shown(ruling) if ruling else None,
        "volume": row,
        "counselor": people.names([row.counselor_id]).get(row.counselor_id, ""),
        "files": shelf.index_of(row),
        "whole": shelf.is_whole(row, report),
        "digest": report.digest,
        "signer": report.signer,
        "command": f"subrosa archive verify {SEALED_NAME % row.number}",
        "keeps": shelf.keeps_the_key(there.by),
        "tabs": tabs(there, "volumes"),
        "margin": margin("REC-04", "CONF-04"),
        "once": uuid.uuid4(),
    }
    return render(there.request, "lead/volume.html", values, status=status_of(ruling))


@require_POST
@audience(Role.LEAD, Role.CUSTODIAN)
def take(there: Visit, key: UUID) -> HttpResponse:
    """The sealed file, streamed out of the database."""
    row = _found(key)
    try:
        volumes.take(by=there.by, at=there.at, volume=row)
    except Refused as refused:
        return _page(there, row, refused.ruling)
    answer = StreamingHttpResponse(shelf.stream_of(row), content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = f'attachment; filename="{SEALED_NAME % row.number}"'
    return cast(HttpResponse, answer)  # a stream is one too, as far as whoever sends it is concerned


@require_POST
@audience(Role.LEAD, Role.CUSTODIAN, unlocked=True)
def open_volume(there: Visit, key: UUID) -> HttpResponse:
    """The PDF for binding: set now, in memory, shown and not saved."""
    row = _found(key)
    try:
        parts = volumes.open_volume(by=there.by, at=there.at, volume=row)
    except Refused as refused:
        return _page(there, row, refused.ruling)
    school, language = school_in_force(), get_language() or "zh-hans"
    book = Book(
        row.number,
        school.name_zh if language.startswith("zh") else school.name_en,
        str(people.names([row.counselor_id]).get(row.counselor_id, "")),
        (row.first, row.last),
        calendar().local(row.made_at),
        shelf.digest_of(row),
    )
    lines = {line.number: line for line in shelf.index_of(row)}
    files = [
        Bound(
            number := part.case.number or 0,
            (lines[number].since, lines[number].until),
            lines[number].sessions,
            (part.first_page, part.last_page),
            part.pdf,
        )
        for part in parts
    ]
    answer = HttpResponse(volume_paper(book, files, language=language), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{NEUTRAL_NAME}"'
    return answer
