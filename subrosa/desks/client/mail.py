"""The own letters and what came back, as their writer sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from subrosa.desks.common.letter_paper import source_line
from subrosa.desks.common.requests import Visit
from subrosa.records.correspondence import actions, facts, queries
from subrosa.records.correspondence.states import OPEN, State
from subrosa.records.person.clients import client
from subrosa.records.person.queries import names


@dataclass(frozen=True, slots=True)
class MailShown:
    """One letter with its answer; `gone` is the day on which both are destroyed, `due` by when an answer is there."""

    row: Any
    text: str
    lines: list[str]
    sources: list[str]
    author: str
    time: bool
    due: datetime | None
    gone: datetime | None
    opens: bool

    def __repr__(self) -> str:
        return "…"


def read_mail(there: Visit, rows: Sequence[Any]) -> list[MailShown]:
    """Opened with the own key: one entry for the page. What this sign-in cannot open says so."""
    me = client(there.by.id)
    if not rows or me is None:
        return []
    due = queries.answer_due(rows)
    authors = names({row.ended_by_id for row in rows if row.ended_by_id})
    return [_shown(one, due, authors) for one in actions.read_own(by=there.by, at=there.at, client=me)]


def _shown(one: actions.Read, due: dict[UUID, datetime], authors: dict[UUID, Any]) -> MailShown:
    row, words = one.letter, one.answer.text
    lines = [line.strip() for line in words.text.splitlines() if line.strip()]
    sources = [source_line(phrase, source) for phrase, source in words.said()]
    author = authors.get(row.ended_by_id, "") if row.ended_by_id else ""
    gone = facts.gone_after(row)
    return MailShown(row, one.text, lines, sources, author, one.answer.time, due.get(row.pk), gone, one.opens)


@dataclass(frozen=True, slots=True)
class Standing:
    """How the own letters stand, from the rows: nothing is opened for it."""

    answered: bool
    waits: bool
    due: datetime | None


def standing(me: UUID) -> Standing:
    """Whether an answer lies there, and by when the next one does."""
    rows = queries.of_client(me)
    waits = [row for row in rows if row.state in OPEN]
    return Standing(
        any(row.state == State.ANSWERED for row in rows),
        bool(waits),
        min(queries.answer_due(waits).values(), default=None),
    )
