"""@act: the only way through. One function, one transaction, one order; a refusal is recorded in a transaction of its own."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import Any, ParamSpec, TypeVar, cast
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, OperationalError, connection, models, transaction

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.policy.charter import decide
from subrosa.policy.constraints import CONSTRAINTS
from subrosa.policy.ruling import Boundary, Outcome, Owed, Reason, Refused, Ruling
from subrosa.records.school.context import current_school
from subrosa.records.school.prepared import asking_ahead, in_one_go

from . import entries, locks, sockets

log = logging.getLogger("subrosa.audit")

P = ParamSpec("P")
R = TypeVar("R")
Facts = Callable[..., Iterable[object]]
Days = Callable[..., Iterable[tuple[UUID, str]]]
_Earlier = tuple[str, str, UUID | None]  # act, answer and actor of the entry that a key of repetition left

TRIES = 3
REPEATABLE = {"40P01", "40001"}  # deadlock_detected, serialization_failure
LOCK_TIMEOUT = "55P03"
OPEN = (
    "SELECT set_config('subrosa.school', %s, true), set_config('subrosa.act', %s, true),"
    " set_config('lock_timeout', '3s', true)"
)
EARLIER = "SELECT act, answer, actor_id FROM audit_entry WHERE once = %s"
OPEN_ONCE = f"{OPEN}, pg_advisory_xact_lock(hashtextextended(%s, %s))"  # a list is worked off from left to right


class Busy(Exception):
    """Someone is just working on this. Nothing was changed and nothing is lost: press again in a moment."""


class OnceReused(Exception):
    """One key of repetition was used for two different acts."""


@dataclass(slots=True)
class _Turn:
    """One outermost act under way on this thread's connection: who acts, and the first refusal of an act inside it."""

    by: Actor
    roles: frozenset[Any]
    digest: bytes = b""
    refused: Refused | None = None
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class _Spec:
    """What the decorator was told about one act."""

    act: Act
    on: tuple[str, ...]
    facts: Facts | None
    days: Days | None
    draft: Callable[..., object] | None
    owes: Callable[..., Iterable[Owed]] | None
    reads: bool
    asks: Callable[..., object] | None = None
    together: bool = False


def _turn() -> _Turn | None:
    turn: _Turn | None = getattr(connection, "subrosa_turn", None)
    return turn


def sealed(digest: bytes) -> None:
    """Inside an act: name the SHA-256 of the ciphertext that this act wrote, for its entry."""
    turn = _turn()
    assert turn is not None, "a digest is named inside an act"
    turn.digest = digest


def goes_on() -> None:
    """Inside an act: it goes on with what a person began before, and that beginning is the entry. It leaves no second one."""
    turn = _turn()
    assert turn is not None, "only an act goes on"
    turn.goes_on = True


def together(body: Callable[P, R]) -> Callable[P, R]:
    """Below `@act`: what the function writes and its entry go to the server in one go.

    For a function that is pressed often and asks nothing about what it has just written, not how many rows it was either.
    """
    body.together = True  # type: ignore[attr-defined]  # the mark that `act` reads
    return body


def asking(asks: Callable[..., object]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Below `@act`: send ahead what facts and body will read (`Prepared.ask`), so that one wait is for all of it.

    `asks` is called with the arguments of the act, behind its locks; it decides nothing.
    """

    def mark(body: Callable[P, R]) -> Callable[P, R]:
        body.asks = asks  # type: ignore[attr-defined]  # the mark that `act` reads
        return body

    return mark


def act(
    name: Act,
    *,
    on: str | Sequence[str] = (),
    facts: Facts | None = None,
    days: Days | None = None,
    draft: Callable[..., object] | None = None,
    owes: Callable[..., Iterable[Owed]] | None = None,
    reads: bool = False,
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function an act.

    `on` names the arguments that are locked FOR NO KEY UPDATE, from wide to narrow, and replaced by fresh rows; "note.case"
    locks the case of the note first. `facts`, `days` (resource id and date), `owes` are called with the same arguments,
    after the locks. `draft` is called with them when the ruling is *not yet*, in the transaction that counts it.
    `reads` locks nothing and still writes its entry.
    """
    places = (on,) if isinstance(on, str) else tuple(on)
    told = _Spec(name, places, facts, days, draft, owes, reads)

    def decorate(body: Callable[P, R]) -> Callable[P, R]:
        spec = replace(told, asks=getattr(body, "asks", None), together=getattr(body, "together", False))

        @functools.wraps(body)
        def through(*args: P.args, **kwargs: P.kwargs) -> R:
            if args:
                raise TypeError(f"{body.__name__} takes keywords only")
            given: dict[str, Any] = dict(kwargs)
            if _turn() is not None:
                return _joined(spec, body, given)
            return _outermost(spec, body, given)

        through.act = spec.act  # type: ignore[attr-defined]  # the mark that tests and the charter's page read
        return through

    return decorate


def _outermost(spec: _Spec, body: Callable[..., R], given: dict[str, Any]) -> R:
    try:
        return _repeated(spec, lambda: _transaction(spec, body, dict(given)))
    except (Boundary, IntegrityError, Refused) as error:
        ruling = _ruling_of(spec.act, error)
        if ruling is None:
            raise
        if ruling.act != spec.act:
            ruling = replace(ruling, within=spec.act)
        _repeated(spec, lambda: _record(spec, ruling, given))
        raise Refused(ruling) from (None if isinstance(error, Refused) else error)


def _repeated(spec: _Spec, run: Callable[[], R]) -> R:
    """Run one transaction; a deadlock or serialization failure repeats it, a lock waited for too long is Busy."""
    for attempt in range(1, TRIES + 1):
        try:
            return run()
        except OperationalError as error:
            state = getattr(error.__cause__, "sqlstate", None)
            if state != LOCK_TIMEOUT and state not in REPEATABLE:
                raise
            if state == LOCK_TIMEOUT or attempt == TRIES:
                raise Busy(Busy.__doc__) from error
            log.info("act %s repeated after %s", spec.act, state)
    raise AssertionError("unreachable")


def _transaction(spec: _Spec, body: Callable[..., R], given: dict[str, Any]) -> R:
    by: Actor = given["by"]
    once: UUID | None = given.get("once")
    with transaction.atomic(durable=True), asking_ahead():
        roles, entry = _open(spec, by, once=once, given=given)
        if entry is not None:
            return cast(R, _first_answer(spec, by, entry))
        turn = _Turn(by, roles)
        connection.subrosa_turn = turn  # type: ignore[attr-defined]  # one per connection, so one per thread
        try:
            answer = _inside(spec, turn, turn.roles, body, given)
        finally:
            connection.subrosa_turn = None  # type: ignore[attr-defined]
        if turn.refused is not None:  # a body that swallowed the refusal of an act inside it undoes all the same
            raise turn.refused
        return answer


def _joined(spec: _Spec, body: Callable[..., R], given: dict[str, Any]) -> R:
    """An act inside another: same transaction, own entry; a refusal passes up and undoes all."""
    turn = _turn()
    assert turn is not None
    by: Actor = given["by"]
    roles = turn.roles if by == turn.by else sockets.roles_of(by, lock=not spec.reads)
    outer_digest, turn.digest = turn.digest, b""
    outer_goes_on, turn.goes_on = turn.goes_on, False
    try:
        return _inside(spec, turn, roles, body, given)
    except (Boundary, IntegrityError, Refused) as error:
        ruling = _ruling_of(spec.act, error)
        if ruling is None:
            raise
        turn.refused = turn.refused or Refused(ruling)
        raise turn.refused from (None if isinstance(error, Refused) else error)
    finally:
        turn.digest, turn.goes_on = outer_digest, outer_goes_on


def _inside(spec: _Spec, turn: _Turn, roles: frozenset[Any], body: Callable[..., R], given: dict[str, Any]) -> R:
    if not spec.reads:
        locks.take(spec.on, given)
    if spec.days is not None:
        locks.take_days(spec.days(**given))
    ruling = decide(spec.act, roles=roles, facts=spec.facts(**given) if spec.facts else ())
    if ruling.outcome is not Outcome.DONE:
        raise Refused(ruling)
    with in_one_go() if spec.together else nullcontext():
        return _written(spec, turn, ruling, body, given)


def _written(spec: _Spec, turn: _Turn, ruling: Ruling, body: Callable[..., R], given: dict[str, Any]) -> R:
    """The function itself, the duties that it leaves and its entry."""
    answer = body(**given)
    by, at = given["by"], given["at"]
    subject = _subject(spec, given)
    row = answer if isinstance(answer, models.Model) else subject
    for owed in spec.owes(**given) if spec.owes else ():
        for open_duty in sockets.duty_openers:
            open_duty(owed=owed, about=row, actor=by.id, at=at)
    if turn.goes_on:
        return answer
    entries.write(
        ruling,
        by=by,
        at=at,
        of=entries.about(row),
        digest=turn.digest,
        once=given.get("once"),
        answer=entries.name_of(answer) if isinstance(answer, models.Model) else "",
    )
    return answer


def _open(
    spec: _Spec, by: Actor, *, once: UUID | None, given: dict[str, Any]
) -> tuple[frozenset[Any], _Earlier | None]:
    """School and act; the lock of a key of repetition, where whoever pressed the same one waits; what it did; who acts.

    All of it goes to the server together with the beginning of the transaction, and behind it the locks of the act and
    what `asks` sends: one way there and back instead of six. They are statements of their own all the same, worked off
    one after the other, so that each sees what the locks before it waited for.
    """
    connection.ensure_connection()
    with connection.cursor() as opened, connection.cursor() as asked:
        with in_one_go():
            told = [str(current_school()), spec.act.value]
            if once is None:
                opened.execute(OPEN, told)
            else:
                opened.execute(OPEN_ONCE, [*told, str(once), current_school()])
                asked.execute(EARLIER, [once])
            sockets.ask_roles(by, lock=not spec.reads)
            if not spec.reads:
                locks.ask_ahead(spec.on, given)
            if spec.asks is not None:
                spec.asks(**given)
        earlier = asked.fetchone() if once is not None else None
    return sockets.roles_of(by, lock=not spec.reads), earlier


def _first_answer(spec: _Spec, by: Actor, entry: _Earlier) -> Any:
    act_name, answer, actor = entry
    if act_name != spec.act or (actor is not None and actor != by.id):
        raise OnceReused(OnceReused.__doc__)
    if not answer:
        return None
    label, _, key = answer.partition(":")
    return apps.get_model(label)._default_manager.filter(pk=key).first()  # None for what is gone since


def _subject(spec: _Spec, given: dict[str, Any]) -> models.Model | None:
    """What the entry is about when the body returns no row: the narrowest of the locked or named arguments."""
    for name in reversed(spec.on):
        row = given.get(name.split(".")[0])
        if isinstance(row, models.Model):
            return row
    return None


def _ruling_of(act_name: Act, error: Exception) -> Ruling | None:
    """The ruling behind an exception: the charter's own, a boundary's, or that of a constraint with a name in the code."""
    if isinstance(error, Refused):
        return error.ruling
    if isinstance(error, Boundary):
        return _against(act_name, error.reason)
    diag = getattr(error.__cause__, "diag", None)
    known = CONSTRAINTS.get(getattr(diag, "constraint_name", None) or "")
    if known is None:
        return None
    return _against(act_name, Reason(known.clause, known.rule, known.outcome))


def _against(act_name: Act, reason: Reason) -> Ruling:
    return Ruling(act_name, reason.outcome, (reason.clause,), (reason,))


def _record(spec: _Spec, ruling: Ruling, given: dict[str, Any]) -> None:
    """A transaction of its own: a refusal with name, a *not yet* with its draft and without one."""
    by: Actor = given["by"]
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:  # who acts is asked only where there is a draft to keep
            cursor.execute(OPEN, [str(current_school()), spec.act.value])
        if ruling.outcome is Outcome.NOT_YET and spec.draft is not None:
            turn = _Turn(by, sockets.roles_of(by, lock=True))
            connection.subrosa_turn = turn  # type: ignore[attr-defined]
            try:
                spec.draft(**given)
            finally:
                connection.subrosa_turn = None  # type: ignore[attr-defined]
        entries.write(ruling, by=by, at=given["at"], of=entries.about(_subject(spec, given)))
