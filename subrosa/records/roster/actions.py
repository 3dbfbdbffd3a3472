"""Importing the school's list, and noting what families answered. Only here is the roster written, and nothing else with it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import astuple, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.policy.facts import RosterFacts
from subrosa.records import audit
from subrosa.records.school.calendar import calendar
from subrosa.records.vault import server

from . import letter
from .models import Listing, Pupil
from .queries import opened, replaced
from .sheet import Card
from .sheet.card import FIELDS
from .sheet.headings import plain
from .wanted import Entry

BATCH = 1000
OURS = ("个案", "来访", "辅导记录", "咨询记录", "case", "counseling", "counselling")


def _number_mark(number: str) -> bytes:
    """How the database knows a student number without having it."""
    return server.marked("student-number", number)


def _facts(*, cards: Sequence[Card], headings: Sequence[str] = (), **_: Any) -> tuple[RosterFacts]:
    named = any(word in plain(heading) for heading in headings for word in OURS)
    return (RosterFacts(len(cards), refers_to_cases=named),)


def _one_at_a_time(**_: Any) -> tuple[tuple[UUID, str]]:
    """Two who change the list at once: the second sees what the first put in."""
    return ((UUID(int=0), "roster"),)


@audit.act(Act.IMPORT_ROSTER, facts=_facts, days=_one_at_a_time)
def import_roster(
    *,
    by: Actor,
    at: datetime,
    cards: Sequence[Card],
    headings: Sequence[str] = (),
    columns: Sequence[str] = FIELDS,
    replacing: Collection[str] = (),
    once: UUID | None = None,
) -> None:
    """Put the list in: who is there already is updated, nobody is doubled, and no answer to the letter is lost.

    `columns` are the fields that the list has: what it has no column for stays as it is. Whoever stands there under a
    wholly different name is replaced only by a number that is one of `replacing`: a mistyped number is no new name.
    """
    apart = {number for number, _, _ in replaced(cards)} - set(replacing)
    cards = [card for card in cards if card.number not in apart]
    today = calendar().local(at)
    known = {bytes(row.mark): row for row in Pupil.objects.all()}
    rows = {_number_mark(card.number): card for card in cards}
    changed = list(_changed(rows, known, frozenset(FIELDS) - frozenset(columns), today))
    _put(changed, at)
    left = ((row, opened(row)) for mark, row in known.items() if mark not in rows)
    _list([*changed, *left], at)


def _changed(
    rows: Mapping[bytes, Card], known: Mapping[bytes, Pupil], absent: frozenset[str], today: date
) -> Iterable[tuple[Pupil, Card]]:
    for mark, card in rows.items():
        row = known.get(mark)
        old = opened(row) if row else None
        merged = replace(card, **{name: getattr(old, name) for name in absent}) if old and absent else card
        yield row or Pupil(mark=mark), letter.kept(merged, old, today)


@audit.act(Act.RECORD_LETTERS, days=_one_at_a_time)
def record_letters(*, by: Actor, at: datetime, answers: Mapping[UUID, letter.Answer], once: UUID | None = None) -> None:
    """Note what some families answered to the enrollment letter; whoever left the list meanwhile is passed over."""
    today = calendar().local(at)
    there = Pupil.objects.filter(pk__in=answers).order_by("id")
    cards = [(row, opened(row)) for row in there]
    noted = [(row, letter.given(card, answers[row.pk], today)) for row, card in cards]
    _put([pair for pair, (_, card) in zip(noted, cards, strict=True) if pair[1] != card], at=None)


def _put(pairs: Iterable[tuple[Pupil, Card]], at: datetime | None) -> None:
    """Seal each card into its row and write them all: new ones and old ones in one statement for each batch."""
    rows = []
    for row, card in pairs:
        row.imported_at = at or row.imported_at
        server.close_personal(row, "card", json.dumps(card.as_dict(), ensure_ascii=False))
        rows.append(row)
    Pupil.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["school_id", "mark"],
        update_fields=["card", "imported_at"],
    )


def _list(everybody: Iterable[tuple[Pupil, Card]], at: datetime) -> None:
    """Make the listing anew."""
    listing = Listing.objects.first()
    fresh = listing is None
    row = listing or Listing()
    row.made_at = at
    entries = [astuple(Entry.of(pupil.pk, card)) for pupil, card in everybody]
    server.close_personal(row, "text", json.dumps(entries, ensure_ascii=False))
    row.save(force_insert=fresh, force_update=not fresh)
