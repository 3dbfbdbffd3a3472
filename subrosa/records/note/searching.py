"""Look for a word in one's own sealed records: opened one after the other in memory, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.records import audit
from subrosa.records.case.facts import care_facts
from subrosa.records.case.models import Case
from subrosa.records.case.states import State
from subrosa.records.vault import rings
from subrosa.records.vault.many import fetch_rings
from subrosa.records.vault.opener import Opener, opener_of
from subrosa.records.vault.rings import Scope
from subrosa.records.vault.texts import open_text

from .finding import Passage, holds, passages
from .models import Note
from .parts import NoteText

A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Hit:
    """One record that holds the word: where it is, and the passages, part by part."""

    case: Case
    booking: UUID | None
    happened_at: datetime
    parts: list[tuple[str, list[Passage]]]

    def __repr__(self) -> str:
        return "…"


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found, newest first; `many` records hold the word, of `records` in `cases` that were opened.

    `closed` is how many of the own cases did not open: their key is with nobody's pair of this session.
    """

    hits: Sequence[Hit]
    many: int
    records: int
    cases: int
    closed: int

    def __repr__(self) -> str:
        return "…"


@audit.act(Act.SEARCH_NOTES, reads=True)
def search(*, by: Actor, at: datetime, word: str, start: int = 0) -> Found:
    """Open the records of the own open cases and look for a word in them, as `finding.wanted` made it.

    One entry for the search, and one opening for each case whose words are shown. The word itself is in neither.
    """
    who = opener_of(by)
    mine = {row.pk: row for row in Case.objects.filter(counselor_id=by.id, state=State.OPEN)}
    held = fetch_rings("case", list(mine), who)
    rows = records_of(held)
    found = [(row, parts) for row in rows if (parts := _parts_with(row, who, word))]
    page = [_hit(row, mine[row.case_id], parts, word) for row, parts in found[start : start + A_PAGE]]
    for case in {one.case.pk: one.case for one in page}.values():
        _show(by=by, at=at, case=case)
    return Found(page, len(found), len(rows), len(held), len(mine) - len(held))


def records_of(cases: set[UUID]) -> list[Note]:
    """The signed records and additions of some cases, newest first, still closed."""
    rows = Note.objects.filter(case__in=cases).exclude(signed_at=None).exclude(body=None)
    return list(rows.order_by("-happened_at", "-written_at", "id"))


def opened(row: Note, who: Opener) -> NoteText:
    """One record, with the key of its case, which is unwrapped once."""
    key = rings.open_ring("case", row.case_id, who).key(Scope.FILE)
    return NoteText.of(open_text(row, "body", key))


def _parts_with(row: Note, who: Opener, word: str) -> dict[str, str]:
    """The parts of one record that hold the word."""
    text = opened(row, who)
    return {part: words for part, words in {**text.words, **text.later}.items() if holds(words, word)}


def _hit(row: Note, case: Case, parts: dict[str, str], word: str) -> Hit:
    """What is shown of one record; only what is shown is cut into passages."""
    shown = [(part, passages(words, word)) for part, words in parts.items()]
    return Hit(case, row.booking_id, row.happened_at, shown)


@audit.act(Act.READ_NOTES, on="case", facts=care_facts, reads=True)
def _show(*, by: Actor, at: datetime, case: Case) -> Case:
    """Words of this case are shown: its client finds that in the log."""
    return case
