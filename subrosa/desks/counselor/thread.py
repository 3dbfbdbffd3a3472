"""A file as one line of time: meetings with their records, signatures, goals, closing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.text import format_lazy

from subrosa.desks.common.words.file import ENDED, WHY_NOT
from subrosa.records.attachment.opened import Attached
from subrosa.records.case.opened import GoalOpened, LetterOpened, PlanOpened
from subrosa.records.note.actions import Page

from .meeting import Meeting, meetings
from .records_shown import RecordShown, records_of
from .records_shown import parts_shown as parts_shown
from .who_opens import Openers
from .words import KINDS


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
    short: RecordShown | None = None
    what: Any = None
    word: object = ""
    opens: str = ""
    opens_said: str = ""


def rating_shown(goal: GoalOpened) -> object:
    """Both numbers; the one tap why the client's is missing in its words. Older ratings stand in one text ("8/7", "not:")."""
    if goal.why_not:
        why = WHY_NOT.get(goal.why_not, goal.why_not)
        return format_lazy("{} · {}", goal.rating, why) if goal.rating else why
    if goal.own:
        return f"{goal.rating}/{goal.own}"
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
    renewed: Iterable[Any] = ()
    briefs: Iterable[tuple[Any, Any]] = ()
    files: Iterable[Attached] = ()
    plans: Iterable[PlanOpened] = ()
    letter: LetterOpened | None = None
    mail: Iterable[Any] = ()

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


def last_written(lines: Iterable[Line]) -> Any:
    """The newest meeting that has a record: what somebody looks for who has ten minutes."""
    written = [one.meeting for one in lines if one.meeting and (one.record or one.short)]
    return written[-1] if written else None


def _opens(line: Line, openers: Openers) -> str:
    """Names of those who open one item; nobody is named beside an item that holds nothing sealed."""
    empty = (line.kind == "meeting" and line.record is None and line.short is None) or (
        line.kind == "brief" and not line.said
    )
    return "" if empty else openers.of(line.kind)


def _lines(file: Opened, at: datetime) -> list[Line]:
    case = file.case
    records = records_of(file.pages)
    lines = [Line("opened", case.opened_at)]
    for one in meetings(file.bookings, at):
        mark = "owed" if one.record_owed else "sealed" if one.recorded else ""
        said = file.reasons.get(one.id, "")
        unsaid = file.unsaid.get(one.id, "")
        line = Line("meeting", one.row.starts_at, mark, one, said, unsaid, records.full.get(one.id))
        lines.append(replace(line, short=records.short.get(one.id)))
    for row in file.signatures:
        lines.append(Line("signed", row.given_at, "in-order", what=row))
        if row.withdrawn_at is not None:
            lines.append(Line("withdrawn", row.withdrawn_at, "owed", what=row))
    lines += [Line("renewed", row.at, "in-order", what=row) for row in file.renewed]
    lines += [Line("talked", when, what=situation, word=came) for when, situation, came in file.talked]
    lines += [
        Line("brief", row.began_at, "sealed", what=row, said=text.lines if text else "") for row, text in file.briefs
    ]
    lines += [Line("attached", one.at, "sealed", what=one, word=KINDS[one.about.kind]) for one in file.files]
    for goal in file.goals:
        lines.append(Line("goal", goal.agreed_at, what=goal))
        if goal.rated_at is not None:
            lines.append(Line("rated", goal.rated_at, "in-order", what=goal, word=rating_shown(goal)))
    for plan in file.plans:
        lines.append(Line("plan", plan.row.proposed_at, what=plan))
        if plan.row.agreed_at is not None:
            lines.append(Line("planned", plan.row.agreed_at, "in-order", what=plan))
    lines += [Line("mail", row.sent_at, "owed" if row.ended_at is None else "sealed", what=row) for row in file.mail]
    if file.letter is not None:
        lines.append(Line("letter", file.letter.row.written_at, "sealed", what=file.letter))
    if case.closed_at is not None:
        lines.append(Line("closed", case.closed_at, "in-order", what=case, word=ENDED.get(case.why_closed, "")))
    return lines
