"""A file in portions of half a MB, sent by a small script: short requests, a bar that moves, and it goes on where it stopped."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import status_of
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused
from subrosa.records.attachment import actions, queries
from subrosa.records.attachment.about import MOST, About, tidy_name
from subrosa.records.case.queries import case as case_row

from .closed import closed_to_you, is_boundary

TYPE = 120  # characters of a type


def _no(there: Visit, refused: Refused) -> HttpResponse:
    if is_boundary(refused.ruling):
        return closed_to_you(there.request)
    return HttpResponse(status=status_of(refused.ruling))


def _broken(there: Visit, upload: Any) -> HttpResponse:
    """A request that no page of ours sends; about somebody else's upload it hears what it would hear about none."""
    return HttpResponse(status=400) if upload.author_id == there.by.id else closed_to_you(there.request)


def _upload(key: UUID, file: UUID) -> Any:
    return queries.attachment(file, key)


@require_POST
@audience(Role.COUNSELOR, unlocked=True)
def begin(there: Visit, key: UUID) -> HttpResponse:
    """Room for a file: where its portions go, and how long each of them is."""
    case = case_row(key)
    if case is None:
        return closed_to_you(there.request)
    try:
        upload = actions.begin(by=there.by, at=there.at, case=case, once=there.once)
    except Refused as refused:
        return _no(there, refused)
    to = reverse("file_portions", args=(key, upload.pk))
    return JsonResponse({"to": to, "portion": actions.PIECE, "most": MOST}, status=201)


@require_GET
@audience(Role.COUNSELOR, unlocked=True)
def portions(there: Visit, key: UUID, file: UUID) -> HttpResponse:
    """How many portions have arrived: where to go on after a line that broke."""
    upload = _upload(key, file)
    if upload is None or upload.author_id != there.by.id:
        return closed_to_you(there.request)
    return JsonResponse({"have": queries.received(upload)})


@require_POST
@audience(Role.COUNSELOR, unlocked=True)
def portion(there: Visit, key: UUID, file: UUID, number: int) -> HttpResponse:
    """One full portion, the bare bytes. They are read past the request, which would hold them until it is swept away."""
    upload, plain = _upload(key, file), there.request.read(actions.PIECE + 1)
    if upload is None:
        return closed_to_you(there.request)
    if len(plain) != actions.PIECE or number > MOST // actions.PIECE:
        return _broken(there, upload)
    try:
        actions.keep_piece(by=there.by, at=there.at, attachment=upload, number=number, plain=plain)
    except Refused as refused:
        return _no(there, refused)
    return HttpResponse(status=204)


@require_POST
@audience(Role.COUNSELOR, unlocked=True)
def finish(there: Visit, key: UUID, file: UUID) -> HttpResponse:
    """The rest of the file, what it is called, of which type and how long it is."""
    upload, post = _upload(key, file), there.request.POST
    if upload is None:
        return closed_to_you(there.request)
    arrived = there.request.FILES.get("rest")
    rest = arrived.read() if arrived else b""
    size = post.get("size", "")
    if not (size.isascii() and size.isdigit()) or not 0 < int(size) <= MOST:
        return _broken(there, upload)
    about = About(tidy_name(post.get("name", "")), post.get("type", "")[:TYPE], int(size))
    try:
        actions.attach(by=there.by, at=there.at, attachment=upload, about=about, rest=rest, once=there.once)
    except Refused as refused:
        return _no(there, refused)
    return JsonResponse({"at": f"{reverse('case', args=(key,))}#f-{file}"}, status=201)
