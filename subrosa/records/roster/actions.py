"""Importing the school's list. Only here is the roster written, and nothing else is written with it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.policy.facts import RosterFacts
from subrosa.records import audit
from subrosa.records.vault import server

from .models import Pupil
from .sheet import Card

BATCH = 1000


def _number_mark(number: str) -> bytes:
    """How the database knows a student number without having it."""
    return server.marked("student-number", number)


OURS = ("个案", "来访", "辅导记录", "咨询记录", "case", "counseling")


def _facts(*, cards: Sequence[Card], headings: Sequence[str] = (), **_: Any) -> tuple[RosterFacts]:
    named = any(word in heading.casefold() for heading in headings for word in OURS)
    return (RosterFacts(len(cards), refers_to_cases=named),)


def _one_at_a_time(**_: Any) -> tuple[tuple[UUID, str]]:
    """Two who import the same list at once: the second sees what the first put in."""
    return ((UUID(int=0), "roster"),)


@audit.act(Act.IMPORT_ROSTER, facts=_facts, days=_one_at_a_time)
def import_roster(
    *, by: Actor, at: datetime, cards: Sequence[Card], headings: Sequence[str] = (), once: UUID | None = None
) -> None:
    """Put the list in: who is there already is updated, nobody is doubled."""
    known = {bytes(mark): key for key, mark in Pupil.objects.values_list("pk", "mark")}
    fresh: list[Pupil] = []
    changed: list[Pupil] = []
    for card in cards:
        mark = _number_mark(card.number)
        row = Pupil(mark=mark, imported_at=at)
        if mark in known:
            row.pk = known[mark]
        server.close_personal(row, "card", json.dumps(card.as_dict(), ensure_ascii=False))
        (changed if mark in known else fresh).append(row)
    Pupil.objects.bulk_create(fresh, batch_size=BATCH)
    Pupil.objects.bulk_update(changed, ["card", "imported_at"], batch_size=BATCH)
