"""One record typed on two devices, and the quiet page before the next meeting."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from subrosa.records.note import actions as notes
from subrosa.records.note.drafts import choose_draft, put_draft_away
from subrosa.records.note.lookback import look_back
from subrosa.records.note.mark import Mark
from subrosa.records.note.parts import NoteText

from .steps_session import whole
from .walk import NOT_YET, REFUSED, Walk

ON_THE_WAY = NoteText({"problem": "在路上补的一句。"})


def one_record_on_two_devices(walk: Walk) -> None:
    """What was kept last is not written over by a page that was opened before it; signing waits until both were looked at."""
    of: dict[str, Any] = {"case": walk.things["case"], "booking": walk.things["held"]}
    under = ("CONF-04",)
    opened = walk.press("lin opens the draft again", notes.read_draft, by="lin", under=under, booking=of["booking"])
    laptop, tablet = (Mark(uuid4(), 1, opened.opened_on) for _ in range(2))
    walk.go_on("go on with it on the laptop", notes.keep_draft, by="lin", under=under, text=whole(), mark=laptop, **of)
    walk.go_on("and on the tablet", notes.keep_draft, by="lin", under=under, text=ON_THE_WAY, mark=tablet, **of)
    both = notes.read_draft(by=walk.people["lin"], at=walk.at, booking=of["booking"])
    stand = both.text.as_text() == whole().as_text() and [one.text for one in both.beside] == [_read(ON_THE_WAY)]
    walk.look("both texts stand side by side", by="lin", sees=stand, under=("REC-01",))
    waits: dict[str, Any] = {"must": NOT_YET, "under": ("REC-01",), "missing": ("text_beside",)}
    walk.press("sign one of them", notes.write, by="lin", text=whole(), mark=laptop, **waits, **of)
    refused: dict[str, Any] = {"must": REFUSED, "under": ("CONF-02",)}
    walk.press("zhou puts the other away", put_draft_away, by="zhou", page=tablet.page, **refused, **of)
    walk.press("zhou goes on with the other", choose_draft, by="zhou", page=tablet.page, **refused, **of)
    walk.press("lin goes on with the other", choose_draft, by="lin", under=under, page=tablet.page, **of)
    walk.press("lin puts the first away", put_draft_away, by="lin", under=under, page=laptop.page, **of)
    last = notes.read_draft(by=walk.people["lin"], at=walk.at, booking=of["booking"])
    walk.look("one text is left", by="lin", sees=not last.beside, under=("REC-01",))
    here = Mark(opened_on=last.opened_on)
    walk.go_on("write on without a page", notes.keep_draft, by="lin", under=under, text=last.text, mark=here, **of)


def _read(text: NoteText) -> NoteText:
    """As it comes back from the seal: every part there, if empty."""
    return NoteText.of(text.as_text())


def before_the_next_meeting(walk: Walk, ahead: Any) -> None:
    """Ten minutes before: what was left open last time, in one opening, for the care team."""
    given: dict[str, Any] = {"case": walk.things["case"], "booking": ahead}
    walk.press("tang looks back at lin's last meeting", look_back, by="tang", must=REFUSED, under=("CONF-02",), **given)
    found = walk.press("lin looks back before the next meeting", look_back, by="lin", under=("CONF-02",), **given)
    last = found.happened_at == walk.things["held"].starts_at
    walk.look("it is the last meeting's record", by="lin", sees=last, under=("CONF-02",))


STEPS = (one_record_on_two_devices,)
