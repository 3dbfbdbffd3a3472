"""Danger today? Asked before a record is signed; what *watch* and *act* owe; the short record, and whose words an illness is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from subrosa.policy.danger import NO_DANGER, UNANSWERED, Danger, DangerAnswer
from subrosa.policy.diagnosis import Source, Whose, untagged
from subrosa.records.appointment.steps import note_step_done
from subrosa.records.duty.queries import owed_by
from subrosa.records.note import actions as notes
from subrosa.records.note.asked import Asked
from subrosa.records.note.parts import NoteText
from subrosa.records.note.short import write_short
from subrosa.records.school.calendar import calendar

from .steps_session import whole
from .walk import NOT_YET, REFUSED, Walk

STEP, KNOWN = "课间再问一次睡得怎么样", "沈老师 15:10 已知道"
PHRASE = "医院查出抑郁症"
NEW = "第二次面谈：睡着了三晚。"


def _owed(walk: Walk, *kinds: str) -> tuple[int, ...]:
    owed = [one.kind for one in owed_by(walk.id("lin")) if one.case == walk.things["case"].pk]
    return tuple(owed.count(kind) for kind in kinds)


def _with(answer: DangerAnswer, text: NoteText) -> NoteText:
    return replace(text, asked=replace(text.asked, danger=answer))


def _watch(walk: Walk, days: int) -> DangerAnswer:
    day = calendar().local(walk.at) + timedelta(days=days)
    return DangerAnswer(Danger.WATCH, step=STEP, day=day.isoformat())


def danger_is_asked_first(walk: Walk) -> None:
    """No answer is chosen beforehand; *watch* needs a day that lies ahead, *act* somebody who knows."""
    of: dict[str, Any] = {"case": walk.things["case"], "booking": walk.things["second"]}
    asked: tuple[tuple[str, str, DangerAnswer], ...] = (
        ("sign a record without an answer about danger", "danger", UNANSWERED),
        ("watch, with a next step of yesterday", "next_day", _watch(walk, -1)),
        ("act, and nobody is named who knows", "who_knows", DangerAnswer(Danger.ACT)),
    )
    for step, part, answer in asked:
        given: dict[str, Any] = {"missing": (part,), "text": _with(answer, whole(NEW)), **of}
        walk.press(step, notes.write, by="lin", must=NOT_YET, under=("RISK-02",), **given)


def a_short_record_keeps_the_day(walk: Walk) -> None:
    """Two lines after the second meeting: nothing is owed today any more, but the full record is, in two school days."""
    of: dict[str, Any] = {"case": walk.things["case"], "booking": walk.things["second"]}
    two = NoteText(asked=Asked(NO_DANGER, f"妈妈说{PHRASE}。\n约好周四再来。"))
    none: dict[str, Any] = {"missing": ("lines",), "text": replace(two, asked=Asked(NO_DANGER)), **of}
    walk.press("a short record without a line", write_short, by="lin", must=NOT_YET, under=("REC-01",), **none)
    walk.press("the lead writes it", write_short, by="shen", must=REFUSED, under=("REC-01",), text=two, **of)
    kept = ("REC-01", "RISK-02", "COMP-03")
    watching: dict[str, Any] = {"text": _with(_watch(walk, 3), two), **of}
    note = walk.press("two lines, and somebody to watch over", write_short, by="lin", under=kept, **watching)
    owed = _owed(walk, "record", "full_record", "next_step")
    walk.look(
        "the full record and the next step are owed", by="lin", sees=owed == (0, 1, 1), under=("REC-01", "RISK-02")
    )
    walk.press("write it once more", write_short, by="lin", must=REFUSED, under=("REC-01",), text=two, **of)
    walk.things["short"] = note


def the_next_step_is_taken(walk: Walk) -> None:
    """One tap by somebody on the care team, once."""
    done: dict[str, Any] = {"kind": "next_step", "case": walk.things["case"]}
    again: dict[str, Any] = {"must": NOT_YET, "under": ("RISK-02",), "missing": ("open_step",)}
    walk.press("the lead says it was taken", note_step_done, by="shen", must=REFUSED, under=("RISK-02",), **done)
    walk.press("lin says it was taken", note_step_done, by="lin", under=("RISK-02",), **done)
    walk.press("and says it again", note_step_done, by="lin", **again, **done)
    walk.look("it is owed no more", by="lin", sees=_owed(walk, "next_step") == (0,), under=("RISK-02",))


def whose_words_they_are(walk: Walk) -> None:
    """An illness in a record stops nothing; it stays marked until one tap says whose words it is."""
    pages = walk.press(
        "lin opens the file once more", notes.read_file, by="lin", under=("CONF-02",), case=walk.things["case"]
    )
    lines = [page.text.asked.lines for page in pages]
    marked = untagged(lines, {})
    walk.look("an illness in it is marked", by="lin", sees=len(marked) == 1, under=("COMP-03",))
    source = {phrase: Source(Whose.HOSPITAL, "市一院", "2026-09-01") for phrase in marked}
    tap: dict[str, Any] = {"note": walk.things["short"], "text": NoteText(asked=Asked(sources=source))}
    walk.press("one tap: a hospital's words", notes.add, by="lin", under=("CONF-02", "REC-01"), **tap)
    walk.look("nothing is marked any more", by="lin", sees=not untagged(lines, source), under=("COMP-03",))


def the_full_record_finds_danger(walk: Walk) -> None:
    """*Act* owes that whoever has a task is told today; the record is signed all the same."""
    of: dict[str, Any] = {"case": walk.things["case"], "booking": walk.things["second"]}
    text = _with(DangerAnswer(Danger.ACT, told=KNOWN), whole(NEW))
    walk.press("write the record that was missing", notes.write, by="lin", under=("REC-02", "RISK-02"), text=text, **of)
    owed = _owed(walk, "full_record", "danger_report")
    walk.look("the report is owed, the record no more", by="lin", sees=owed == (0, 1), under=("REC-01", "RISK-02"))
    done: dict[str, Any] = {"kind": "danger_report", "case": walk.things["case"]}
    walk.press("it was passed on", note_step_done, by="lin", under=("RISK-02",), **done)


BEFORE_CLOSING = (danger_is_asked_first, a_short_record_keeps_the_day, the_next_step_is_taken, whose_words_they_are)
