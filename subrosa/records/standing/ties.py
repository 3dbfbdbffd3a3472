"""Ties between a counselor and classes: entered by either, named by the counselor, ended (REL-01, CON-03)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.policy.credentials import OF_CLASSES, TieKind
from subrosa.policy.cures import promises
from subrosa.policy.facts import AgreementFacts, TieFacts
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Owed
from subrosa.records import audit
from subrosa.records.duty.book import open_duty, settle
from subrosa.records.person.models import Staff, Tie
from subrosa.records.person.queries import roles_of
from subrosa.records.school.calendar import calendar
from subrosa.records.vault.server import close_personal

LONGEST = 240  # characters, in each language
UNNAMED = "name_tie"  # the duty


def _enter_facts(
    *, by: Actor, colleague: Staff, kind: str, words: str, words_en: str = "", **_: Any
) -> tuple[TieFacts, AgreementFacts]:
    lacks = [] if kind in set(TieKind) else ["tie_kind"]
    if not (words.strip() or (words_en.strip() and kind not in OF_CLASSES)) or max(len(words), len(words_en)) > LONGEST:
        lacks.append("tie_words")
    may_for_others = kind != TieKind.WAY and Role.LEAD in roles_of(by.id)  # how somebody works nobody else knows
    tie = TieFacts(colleague.pk == by.id, may_for_others, tuple(lacks))
    return tie, AgreementFacts(cures=promises(words, words_en))


@audit.act(Act.ENTER_TIE, on="colleague", facts=_enter_facts)
def enter_tie(
    *,
    by: Actor,
    at: datetime,
    colleague: Staff,
    kind: str,
    words: str,
    words_en: str = "",
    once: UUID | None = None,
) -> Tie:
    """A tie: classes, or a sentence of the own. The own one is named at once; what the lead enters waits for its owner."""
    row = Tie(staff=colleague, kind=kind, entered_by=by.id, entered_at=at)
    row.named_at = at if colleague.pk == by.id else None
    close_personal(row, "words", " ".join(words.split()))
    if words_en.strip() and kind not in OF_CLASSES:
        close_personal(row, "words_en", " ".join(words_en.split()))
    row.save(force_insert=True)
    if row.named_at is None:
        due = calendar().after_school_days(at, 1)
        open_duty(owed=Owed(UNNAMED, "CON-03", due, colleague.pk), about=row, actor=by.id, at=at)
    return row


def _name_facts(*, by: Actor, tie: Tie, **_: Any) -> tuple[TieFacts]:
    return (TieFacts(tie.staff_id == by.id),)


@audit.act(Act.NAME_TIE, on=("tie.staff", "tie"), facts=_name_facts)
def name_tie(*, by: Actor, at: datetime, tie: Tie, once: UUID | None = None) -> Tie:
    """Take a tie that the lead entered into the own restrictions: from now on the agreement names it."""
    if tie.named_at is None:
        tie.named_at = at
        tie.save(update_fields=["named_at"])
        settle(kind=UNNAMED, about=tie, by=by.id, at=at)
    return tie


def _end_facts(*, by: Actor, tie: Tie, **_: Any) -> tuple[TieFacts]:
    return (TieFacts(tie.staff_id == by.id == tie.entered_by, Role.LEAD in roles_of(by.id)),)


@audit.act(Act.END_TIE, on=("tie.staff", "tie"), facts=_end_facts)
def end_tie(*, by: Actor, at: datetime, tie: Tie, once: UUID | None = None) -> Tie:
    """It is no more: copies that were signed before go on naming it."""
    if tie.ended_at is None:
        tie.ended_at = at
        tie.save(update_fields=["ended_at"])
        settle(kind=UNNAMED, about=tie, by=by.id, at=at)
    return tie
