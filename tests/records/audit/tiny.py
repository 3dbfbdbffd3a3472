"""Tiny acts to try the kernel with: they borrow names of the house, and `charter` gives each a row of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.policy.charter import Row
from subrosa.policy.clauses.base import Clause
from subrosa.policy.roles import EVERY_STAFF
from subrosa.policy.ruling import Outcome, Owed
from subrosa.records import audit
from subrosa.records.audit.models import Entry
from subrosa.records.duty.models import Duty
from subrosa.records.person.models import Staff

WRITE, INNER, READ, ASK = Act.PAUSE_CLIENTS, Act.RECEIVE_CLIENTS, Act.SIGN_CODE, Act.INVITE_STAFF


@dataclass(frozen=True, slots=True)
class Answers:
    """What the tiny clause looks at; an Exception is raised where it stands."""

    holds: bool | Exception = True


def _holds(facts: Answers) -> bool:
    if isinstance(facts.holds, Exception):
        raise facts.holds
    return facts.holds


def tiny_clause(outcome: Outcome, *missing: str) -> Clause[Answers]:
    """A clause under REC-02 that says what its facts say."""
    return Clause("REC-02", f"tiny_{outcome}", date(2018, 7, 1), Answers, _holds, outcome, lambda _: missing)


REFUSES = tiny_clause(Outcome.REFUSED)
ASKS = tiny_clause(Outcome.NOT_YET, "a_part")
CHARTER = {
    WRITE: Row(EVERY_STAFF, "COMP-07"),
    INNER: Row(EVERY_STAFF, "COMP-01", (REFUSES,)),
    READ: Row(EVERY_STAFF, "CONF-02", keeps=("CONF-04",)),
    ASK: Row(EVERY_STAFF, "COMP-01", (ASKS,)),
}


def duty(at: datetime, kind: str = "tiny") -> Duty:
    """Insert one row."""
    made: Duty = Duty.objects.create(kind=kind, clause="REC-02", about="", due=at, opened_at=at)
    return made


def says(*, holds: Any = True, **_: Any) -> Iterable[Answers]:
    """The facts of the tiny clause."""
    return (Answers(holds),)


def owed(*, at: datetime, kind: str = "", **_: Any) -> Iterable[Owed]:
    """What the writing act leaves owed, when it is given a kind that says so."""
    return (Owed("owed", "REC-02", at),) if kind == "owes" else ()


@audit.act(WRITE, owes=owed)
def write(
    *, by: Actor, at: datetime, kind: str = "tiny", then: Callable[[], Any] | None = None, once: UUID | None = None
) -> Duty:
    made = duty(at, kind)
    if then is not None:
        then()
    return made


@audit.act(INNER, facts=says)
def careful(*, by: Actor, at: datetime, holds: bool | Exception = True, once: UUID | None = None) -> Duty:
    return duty(at, "careful")


def keep_draft(*, at: datetime, **_: Any) -> None:
    duty(at, "draft")


@audit.act(ASK, facts=says, draft=keep_draft)
def ask(*, by: Actor, at: datetime, holds: bool = True, once: UUID | None = None) -> Duty:
    return duty(at, "asked")


@audit.act(WRITE)
def go_on(*, by: Actor, at: datetime, then: Callable[[], Any] | None = None) -> Duty:
    """Goes on with something; what it does besides may be an act with an entry of its own."""
    audit.goes_on()
    if then is not None:
        then()
    return duty(at, "gone on")


@audit.act(READ, on="row", reads=True)
def read(*, by: Actor, at: datetime, row: Staff) -> str:
    return row.state


@audit.act(WRITE, on=("first", "second"))
def lock_two(
    *, by: Actor, at: datetime, first: Staff, second: Staff | None = None, then: Callable[..., Any] | None = None
) -> Staff:
    if then is not None:
        then(first)
    return first


@audit.act(WRITE, on="rows")
def lock_many(*, by: Actor, at: datetime, rows: list[Staff]) -> list[UUID]:
    return [row.pk for row in rows]


def entries(**which: Any) -> list[Entry]:
    """The entries of the school in force, in the order of writing as far as `at` tells."""
    return list(Entry.objects.filter(**which).order_by("at", "outcome"))


def kinds() -> list[str]:
    """The kinds of duty rows that exist in this school."""
    return sorted(Duty.objects.values_list("kind", flat=True))


def key() -> UUID:
    """A fresh key of repetition."""
    return uuid4()
