"""For the page of a record: what it asks beside its six parts, filled in with what is known."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from subrosa.desks.common.requests import Visit
from subrosa.policy.danger import DangerAnswer
from subrosa.records.audit.entries import name_of
from subrosa.records.note.parts import NoteText
from subrosa.records.note.short import last_text, short_of
from subrosa.records.vault.opener import opener_of

from .danger import DangerShown, in_words, question, steps
from .marks import LINES, PartMarks, last_of, marks_of


def questions(there: Visit, row: Any, text: NoteText, missing: Collection[str]) -> dict[str, Any]:
    """Read after an act of the same request has opened the case."""
    who = opener_of(there.by)
    short = short_of(who, row.case_id, row.pk)
    owed = steps(there.at, {}, case=row.case_id)
    said = text.asked.danger
    if not said and short is not None:
        said = _as_in_short(short[1].asked.danger, any(one.about == name_of(row) for one in owed))
    last = last_of(last_text(who, row))
    below = marks_of(text, last)
    return {
        **question(said, there.at, missing),
        "steps": owed,
        "below": below,
        "last": last,
        "short_text": text.asked.lines,
        "short_below": below[LINES],
        "short_open": short is None and ("lines" in missing or bool(text.asked.lines.strip())),
        "short_missing": "lines" in missing,
        "short_signed": {"row": short[0], "text": short[1]} if short is not None else None,
    }


def _as_in_short(said: DangerAnswer, still_open: bool) -> DangerAnswer:
    """The short record's answer, to be said again or changed; a step that is done by now is not asked for once more."""
    return said if still_open else replace(said, step="", day="")


def with_below(
    parts: Iterable[dict[str, Any]], below: dict[str, PartMarks], last: dict[str, str]
) -> list[dict[str, Any]]:
    """Each part of the form with what stands below it."""
    return [{**one, "below": below.get(one["name"]), "last": last.get(one["name"], "")} for one in parts]


def answered(text: NoteText) -> DangerShown | None:
    """What a signed record says about danger."""
    return in_words(text.asked.danger)
