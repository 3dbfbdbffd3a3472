"""Signed records as a file shows them: parts in words, what was answered, whose words an illness is, and what came later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from subrosa.desks.common.words.file import CHOICES, LATER, PARTS
from subrosa.policy.diagnosis import Source, asserted
from subrosa.records.note.actions import Page
from subrosa.records.note.parts import NoteText

from .danger import DangerShown, in_words
from .marks import MarkShown, open_marks, sources_of

Rows = list[tuple[object, str, object]]


@dataclass(frozen=True, slots=True)
class RecordShown:
    """A signed record or an addition: its parts in words, when it happened and when it was written."""

    id: UUID
    parts: Rows
    happened_at: datetime
    written_at: datetime
    additions: list[RecordShown] = field(default_factory=list)
    danger: DangerShown | None = None
    marks: list[MarkShown] = field(default_factory=list)

    def __repr__(self) -> str:
        return "…"


@dataclass(frozen=True, slots=True)
class Records:
    """The full and the short records of a file, each by its booking."""

    full: Mapping[UUID, RecordShown]
    short: Mapping[UUID, RecordShown]


def parts_shown(text: NoteText) -> Rows:
    """Heading, words and choice of each part that holds something."""
    rows: Rows = []
    for part, heading in PARTS.items():
        words, choice = text.words.get(part, ""), CHOICES.get(f"{part}.{text.choices.get(part, '')}", "")
        if words.strip() or choice:
            rows.append((heading, words, choice))
    if text.asked.lines.strip():
        rows.append((_("Two lines"), text.asked.lines, ""))
    if text.explained:
        said = gettext("What counseling is, its limits, and the rights and duties of both (agreement, version %(n)s)")
        rows.append((_("Talked through with the client"), said % {"n": text.explained}, ""))
    return rows + [(LATER[name], words, "") for name, words in text.later.items() if name in LATER and words.strip()]


def underlined(words: str, sources: Mapping[str, Source]) -> str:
    """The words for a page, with what would assert an illness underlined: until somebody says whose words they are."""
    pieces: list[Any] = []
    last = 0
    for found in asserted(words):
        tagged = "tagged" if found.words in sources else "asserts"
        pieces += [words[last : found.start], format_html('<mark class="{}">{}</mark>', tagged, found.words)]
        last = found.end
    return format_html_join("", "{}", ((piece,) for piece in (*pieces, words[last:])))


def records_of(pages: Sequence[Page]) -> Records:
    """Records by booking, each with its additions. An addition that only says whose words they are is no text of its own."""
    later: dict[UUID, list[Page]] = {}
    for page in pages:
        if page.note.adds_to_id is not None:
            later.setdefault(page.note.adds_to_id, []).append(page)
    full, short = dict[UUID, RecordShown](), dict[UUID, RecordShown]()
    for page in pages:
        if page.note.adds_to_id is None:
            shown = _shown(page, later.get(page.note.pk, ()))
            if page.note.booking_id is not None:
                full[page.note.booking_id] = shown
            if page.note.short_of_id is not None:
                short[page.note.short_of_id] = shown
    return Records(full, short)


def _shown(page: Page, later: Iterable[Page]) -> RecordShown:
    every = [page, *later]
    sources = sources_of(one.text for one in every)
    texts = [words for one in every for _heading, words, _choice in parts_shown(one.text)]
    first, *others = [_one(one, sources) for one in every]
    return RecordShown(
        first.id,
        first.parts,
        first.happened_at,
        first.written_at,
        [one for one in others if one.parts],
        in_words(page.text.asked.danger),
        open_marks(texts, sources),
    )


def _one(page: Page, sources: Mapping[str, Source]) -> RecordShown:
    parts: Rows = [(heading, underlined(words, sources), choice) for heading, words, choice in parts_shown(page.text)]
    return RecordShown(page.note.pk, parts, page.note.happened_at, page.note.written_at)


def steps_said(pages: Iterable[Page]) -> dict[str, str]:
    """The words of each next step, and who knew of a danger, by the meeting that a duty names."""
    found: dict[str, str] = {}
    for page in pages:
        booking = page.note.booking_id or page.note.short_of_id
        said = page.text.asked.danger
        if booking is not None and (said.step or said.told):
            found[f"appointment.Booking:{booking}"] = said.step or said.told
    return found


def briefs_said(briefs: Iterable[tuple[Any, Any]]) -> dict[str, str]:
    """The same of the brief contacts that hang on a file."""
    said = {f"appointment.Sitting:{row.pk}": text.danger for row, text in briefs if text is not None}
    return {about: one.step or one.told for about, one in said.items() if one.step or one.told}
