"""A drawing is put into the case, half of it and whole; a word is looked for in the own records."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from subrosa.records.attachment import actions as files
from subrosa.records.attachment import queries
from subrosa.records.attachment.about import About
from subrosa.records.attachment.stream import parts
from subrosa.records.note.finding import wanted
from subrosa.records.note.searching import search

from .walk import NOT_YET, REFUSED, Walk

DRAWING = "一座没有门的房子。".encode() * 25_000  # a little more than a piece
SHOWN = About("画.jpg", "image/jpeg", len(DRAWING))


def a_drawing_is_put_in(walk: Walk) -> None:
    """Whole or not at all; for the care team alone; what is there stays as it is."""
    case, first, rest = walk.things["case"], DRAWING[: files.PIECE], DRAWING[files.PIECE :]
    walk.press("zhou sends a file", files.begin, by="zhou", must=REFUSED, under=("CONF-02",), case=case)
    upload = walk.press("lin begins to send a drawing", files.begin, by="lin", under=("CONF-04",), case=case)
    of: dict[str, Any] = {"attachment": upload}
    half: dict[str, Any] = {"about": SHOWN, "rest": rest, **of}
    lacks: dict[str, Any] = {"must": NOT_YET, "under": ("CONF-04",), "missing": ("rest_of_file",)}
    walk.press("put half of it into the case", files.attach, by="lin", **lacks, **half)
    walk.go_on("send its first portion", files.keep_piece, by="lin", under=("CONF-04",), number=0, plain=first, **of)
    walk.press("put it into the case", files.attach, by="lin", under=("CONF-01", "CONF-04"), **half)
    again: dict[str, Any] = {"must": REFUSED, "under": ("CONF-04",), **of}
    walk.press("send a portion once more", files.keep_piece, by="lin", number=1, plain=first, **again)
    row = queries.attachment(upload.pk, case.pk)
    for name in ("zhou", "shen", "qian"):
        walk.press(f"{name} opens the drawing", files.read, by=name, must=REFUSED, under=("CONF-02",), attachment=row)
    opening = walk.press("lin looks at it", files.read, by="lin", under=("CONF-02", "CONF-01"), attachment=row)
    walk.look("it is what was sent", by="lin", sees=b"".join(parts(opening)) == DRAWING, under=("CONF-04",))


def what_broke_off_is_swept(walk: Walk) -> None:
    """An upload that nobody went on with for a day leaves nothing; the clock does not wait less."""
    upload = walk.press(
        "lin begins to send a second one", files.begin, by="lin", under=("CONF-04",), case=walk.things["case"]
    )
    of: dict[str, Any] = {"attachment": upload}
    walk.press("the clock sweeps it at once", files.drop, by="clock", must=REFUSED, under=("CONF-04",), **of)
    begun, walk.at = walk.at, walk.at + timedelta(hours=24)
    walk.press("the clock sweeps it a day later", files.drop, by="clock", under=("CONF-04",), **of)
    walk.at = begun


def a_word_is_looked_for(walk: Walk) -> None:
    """In the own open cases, by whoever holds them."""
    word = wanted("父亲")
    walk.press("the lead looks for a word", search, by="shen", must=REFUSED, under=("CONF-02",), word=word)
    found = walk.press("lin looks for a word", search, by="lin", under=("CONF-02",), word=word)
    walk.look("it stands in one record", by="lin", sees=found.many == 1, under=("CONF-02",))
    none = walk.press("zhou looks for it", search, by="zhou", under=("CONF-02",), word=word)
    walk.look("not in what zhou holds", by="zhou", sees=none.many == 0, under=("CONF-02",))


STEPS = (a_drawing_is_put_in, what_broke_off_is_swept, a_word_is_looked_for)
