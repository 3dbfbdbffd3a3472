"""A file as one line of time: meetings with their records, signatures, goals, closing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from subrosa.records.attachment.opened import Attached
from subrosa.records.case.opened import GoalOpened
from subrosa.records.note.actions import Page
from subrosa.records.note.parts import NoteText

from .meeting import Meeting, meetings
from .who_opens import Openers
from .words import CHOICES, KINDS, LATER, PARTS, WHY_CLOSED, WHY_NOT


@dataclass(frozen=True, slots=True)
class RecordShown:
    """A signed record or an addition: its parts in words, when it happened and when it was written."""

    id: UUID
    parts: list[tuple[object, str, object]]
    happened_at: datetime
    written_at: datetime
    additions: list[RecordShown] = field(default_factory=list)

    def __repr__(self) -> str:
        return "…"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing in the life of a case."""

    kind: str
    at: datetime
    mark: str = ""
    meeting: Meeting | None = None
    said: str = ""
    unsaid: str = ""
    record: RecordShown | None = None
    what: Any = None
    word: object = ""
    opens: str = ""
    opens_said: str = ""


def parts_shown(text: NoteText) -> list[tuple[object, str, object]]:
    """Heading, words and choice of each part that holds something."""
    rows: list[tuple[object, str, object]] = []
    for part, (heading, _cue) in PARTS.items():
        words, choice = text.words.get(part, ""), CHOICES.get(f"{part}.{text.choices.get(part, '')}", "")
        if words.strip() or choice:
            rows.append((heading, words, choice))
    return rows + [(LATER[name], words, "") for name, words in text.later.items() if name in LATER and words.strip()]


def _records(pages: Sequence[Page]) -> dict[UUID, RecordShown]:
    """Records by booking, each with its additions."""
    by_note: dict[UUID, RecordShown] = {}
    by_booking: dict[UUID, RecordShown] = {}
    for page in pages:
        note = page.note
        one = RecordShown(note.pk, parts_shown(page.text), note.happened_at, note.written_at)
        if note.adds_to_id is None:
            by_note[note.pk] = one
            if note.booking_id is not None:
                by_booking[note.booking_id] = one
    for page in pages:
        note = page.note
        if note.adds_to_id is not None and note.adds_to_id in by_note:
            later = RecordShown(note.pk, parts_shown(page.text), note.happened_at, note.written_at)
            by_note[note.adds_to_id].additions.append(later)
    return by_booking


def rating_shown(goal: GoalOpened) -> object:
    """A rating in words: "8/7" stays two numbers, the one tap why not becomes its words."""
    return WHY_NOT.get(goal.rating.removeprefix("not:"), goal.rating)


@dataclass(frozen=True, slots=True)
class Opened:
    """What a file holds once it is open."""

    case: Any
    bookings: Sequence[Any]
    pages: Sequence[Page]
    reasons: Mapping[UUID, str]
    signatures: Iterable[Any]
    goals: Iterable[GoalOpened]
    unsaid: Mapping[UUID, str] = field(default_factory=dict)
    talked: Iterable[tuple[datetime, str, object]] = ()
    briefs: Iterable[tuple[Any, Any]] = ()
    files: Iterable[Attached] = ()

    def __repr__(self) -> str:
        return "…"


def thread(file: Opened, at: datetime, openers: Openers) -> list[Line]:
    """Everything that happened in a case, oldest first, and beside what is sealed who can open it."""
    said = openers.of("said")
    lines = [
        replace(one, opens=_opens(one, openers), opens_said=said if one.meeting and (one.said or one.unsaid) else "")
        for one in _lines(file, at)
    ]
    return sorted(lines, key=lambda line: line.at)


def _opens(line: Line, openers: Openers) -> str:
    """Names of those who open one item; nobody is named beside an item that holds nothing sealed."""
    empty = (line.kind == "meeting" and line.record is None) or (line.kind == "brief" and not line.said)
    return "" if empty else openers.of(line.kind)


def _lines(file: Opened, at: datetime) -> list[Line]:
    case = file.case
    records = _records(file.pages)
    lines = [Line("opened", case.opened_at)]
    for one in meetings(file.bookings, at):
        mark = "owed" if one.record_owed else "sealed" if one.recorded else ""
        said = file.reasons.get(one.id, "")
        unsaid = file.unsaid.get(one.id, "")
        lines.append(Line("meeting", one.row.starts_at, mark, one, said, unsaid, records.get(one.id)))
    for row in file.signatures:
        lines.append(Line("signed", row.given_at, "in-order", what=row))
        if row.withdrawn_at is not None:
            lines.append(Line("withdrawn", row.withdrawn_at, "owed", what=row))
    lines += [Line("talked", when, what=situation, word=came) for when, situation, came in file.talked]
    lines += [
        Line("brief", row.began_at, "sealed", what=row, said=text.lines if text else "") for row, text in file.briefs
    ]
    lines += [Line("attached", one.at, "sealed", what=one, word=KINDS[one.about.kind]) for one in file.files]
    for goal in file.goals:
        lines.append(Line("goal", goal.agreed_at, what=goal))
        if goal.rated_at is not None:
            lines.append(Line("rated", goal.rated_at, "in-order", what=goal, word=rating_shown(goal)))
    if case.closed_at is not None:
        lines.append(Line("closed", case.closed_at, "in-order", what=case, word=WHY_CLOSED.get(case.why_closed, "")))
    return lines
