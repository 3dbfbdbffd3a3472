"""Who would hear of it? The client guesses; what was guessed otherwise is talked over in the meeting and noted there (CON-05)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.policy.facts import CareTeamFacts, OwnFacts, PointsFacts
from subrosa.policy.grounds import table
from subrosa.records import audit
from subrosa.records.case.models import Case
from subrosa.records.case.queries import on_care_team
from subrosa.records.vault import rings
from subrosa.records.vault.opener import opener_of
from subrosa.records.vault.rings import Key, Scope
from subrosa.records.vault.texts import close_text, open_text

from .models import Understanding
from .points import (
    ANSWERS,
    Points,
    after_guessing,
    after_talking,
    as_text,
    changed_since,
    of_text,
    open_count,
    skipped,
    told_as_rows,
    told_of_rows,
)
from .queries import understanding


def begin(case: Case, language: str, at: datetime) -> Understanding:
    """Part of a signature: from now on every card is listed, unless the client guessed before. Needs no key."""
    known = understanding(case.pk)
    return known or _fresh(case, language, at, save=True)


def _fresh(case: Case, language: str, at: datetime, *, save: bool = False) -> Understanding:
    told = table()
    row = Understanding(
        case=case, told=told_as_rows(told), language=language, open_points=len(told), made_at=at, changed_at=at
    )
    if save:
        row.save(force_insert=True)
    return row


def points_in(row: Understanding, key: Key) -> Points:
    """The points of a row, opened; part of an act, never one itself."""
    if row.points is None:
        return skipped(told_of_rows(row.told))
    return of_text(open_text(row, "points", key))


def _keep(row: Understanding, points: Points, key: Key, at: datetime) -> Understanding:
    sealed = close_text(row, "points", as_text(points), key)
    row.open_points, row.changed_at = open_count(points), at
    row.save()
    audit.sealed(hashlib.sha256(sealed).digest())
    return row


def _guess_facts(*, by: Actor, case: Case, **_: Any) -> tuple[OwnFacts]:
    return (OwnFacts(own=case.client_id == by.id),)


@audit.act(Act.GUESS_CARDS, on="case", facts=_guess_facts)
def guess(
    *, by: Actor, at: datetime, case: Case, guesses: Mapping[str, str], language: str, once: UUID | None = None
) -> Understanding:
    """Keep what the client guessed ("heard" or "stays" by card; none for a card that was left): a list, no score."""
    key = rings.open_ring("case", case.pk, opener_of(by), to_seal=True, client=case.client_id).key(Scope.SHARED)
    row = understanding(case.pk)
    before: Points = {}
    if row is not None and row.points is not None:
        before = points_in(row, key)
    talked = any(one.talks for one in before.values())
    row = row or _fresh(case, language, at)
    if not talked:  # what was talked over stays told as it was, so that a later change is seen
        row.told, row.language = told_as_rows(table()), language
    return _keep(row, after_guessing(guesses, before), key, at)


def _talk_facts(*, by: Actor, case: Case, said: Mapping[str, str], **_: Any) -> tuple[CareTeamFacts, PointsFacts]:
    listed = bool(said) and set(said) <= set(table()) and set(said.values()) <= set(ANSWERS)
    return CareTeamFacts(on_care_team(case, by)), PointsFacts(listed)


@audit.act(Act.TALK_OVER_POINT, on="case", facts=_talk_facts)
def talk_over(
    *, by: Actor, at: datetime, case: Case, said: Mapping[str, str], once: UUID | None = None
) -> Understanding:
    """Note of some cards that they were talked over: understood, or again next time. A changed card is told from now on."""
    key = rings.open_ring("case", case.pk, opener_of(by), to_seal=True, client=case.client_id).key(Scope.SHARED)
    row = understanding(case.pk) or _fresh(case, "", at)
    told, now = told_of_rows(row.told), table()
    points = after_talking(said, points_in(row, key), changed_since(told), at)
    row.told = told_as_rows({**told, **{card: now[card] for card in said}})
    return _keep(row, points, key, at)
