"""The bytes of an opened file, piece by piece: never more than one of them in memory, none on disk."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from subrosa.policy.ruling import Boundary
from subrosa.records.school import context
from subrosa.records.vault.files import open_part, pieces_of

from .actions import Opening
from .models import Piece


def parts(opening: Opening) -> Iterator[bytes]:
    """Every piece in order. One that is missing, moved or altered breaks the answer off before its size is reached.

    They are fetched while the answer is on its way, after the request, in whatever thread sends it: the school is set for
    each piece, and between two of them no connection is held, however slow the line.
    """
    connection.close()
    return _parts(opening, context.school_in_force())


def _parts(opening: Opening, school: context.Ground) -> Iterator[bytes]:
    count = pieces_of(opening.about.size)
    for number in range(count):
        with context.on(school):
            sealed = _body(opening, number)
        yield open_part(opening.key, number, sealed, last=number == count - 1)


def _body(opening: Opening, number: int) -> bytes:
    try:
        rows = Piece.objects.filter(attachment_id=opening.id, number=number).values_list("body", flat=True)
        body = rows.order_by("id").first()
    finally:
        connection.close()  # back to the pool
    if body is None:
        raise Boundary("CONF-04", "a_moved_or_altered_text_opens_nothing")
    return bytes(body)
