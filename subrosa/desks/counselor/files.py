"""Files of a case: put in, and read out again as a stream."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_POST

from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.sealed import asked_for
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused
from subrosa.records.attachment import actions, queries
from subrosa.records.attachment.about import MOST
from subrosa.records.attachment.stream import parts
from subrosa.records.case.queries import case as case_row

from .closed import closed_to_you
from .file import answer, back_to, file_page
from .receiving_files import Arrived, Sealing

GIGABYTE = 1024**3
FRAME = 64 * 1024  # what a form around a file may add
LAST = "whole"  # stands behind the file in the form: without it the request was cut off


@csrf_exempt  # only until the handler is in its place: reading the form is what checks the token, below
@require_POST
@audience(Role.COUNSELOR, unlocked=True)
def attach(there: Visit, key: UUID) -> HttpResponse:
    """One file by an ordinary form: it is sealed while it comes, and there when the whole of it came."""
    case = case_row(key)
    if case is None:
        return closed_to_you(there.request)
    if int(there.request.META.get("CONTENT_LENGTH") or 0) > MOST + FRAME:  # what says so beforehand is not read at all
        return _again(there, case, _too_large())
    sealing = Sealing(there, case)
    there.request.upload_handlers = [sealing]
    try:
        response: HttpResponse = _received(there.request, there, case, sealing)
    except Refused as refused:
        return answer(there, case, refused)
    finally:
        sealing.give_up()
    return response


@csrf_protect
def _received(request: Any, there: Visit, case: Any, sealing: Sealing) -> HttpResponse:
    arrived, whole = request.FILES.get("file"), request.POST.get(LAST)
    wrong = _wrong(sealing, arrived, whole)
    if wrong or not isinstance(arrived, Arrived):
        return _again(there, case, wrong)
    attached = actions.attach(
        by=there.by, at=there.at, attachment=sealing.upload, about=arrived.about, rest=arrived.rest, once=there.once
    )
    sealing.upload = None
    return back_to(case.pk, f"f-{attached.pk}")


def _again(there: Visit, case: Any, wrong: str) -> HttpResponse:
    return file_page(there, case, typed={"wrong": wrong, "attaching": "1"})


def _too_large() -> str:
    said = gettext("This file is too large: a file may have up to %(most)s GB. Nothing of it was kept.")
    return said % {"most": MOST // GIGABYTE}


def _wrong(sealing: Sealing, arrived: Any, whole: Any) -> str:
    """What is wrong with what came, in words; empty where nothing is."""
    if sealing.too_large:
        return _too_large()
    if arrived is None:
        return gettext("Please choose a file.")
    if not whole:
        return gettext("Only part of this file arrived, so nothing was put into the case. Please choose it once more.")
    if not arrived.about.size:
        return gettext("This file is empty: there is nothing to keep.")
    return ""


@require_GET
@asked_for
@audience(Role.COUNSELOR, unlocked=True)
def download(there: Visit, key: UUID, file: UUID) -> HttpResponse:
    """The file, piece by piece. Saved under a name that says nothing; never shown inside a page."""
    row = queries.attachment(file, key)
    if row is None:
        return closed_to_you(there.request)
    try:
        opening = actions.read(by=there.by, at=there.at, attachment=row)
    except Refused:
        return closed_to_you(there.request)
    response = StreamingHttpResponse(parts(opening), content_type="application/octet-stream")
    response.headers["Content-Length"] = str(opening.about.size)
    response.headers["Content-Disposition"] = f'attachment; filename="file-{str(file)[:8]}{opening.about.ending}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return cast(HttpResponse, response)  # a page to who guards it; the server takes either


@require_POST
@audience(Role.COUNSELOR, unlocked=True)
def name_scan(there: Visit, key: UUID, file: UUID) -> HttpResponse:
    """This file is the paper that was signed."""
    row = queries.attachment(file, key)
    if row is None:
        return closed_to_you(there.request)
    try:
        actions.name_scan(by=there.by, at=there.at, attachment=row, once=there.once)
    except Refused as refused:
        return answer(there, row.case, refused)
    return back_to(key, f"f-{row.pk}")
