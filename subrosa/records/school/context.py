"""Which school this request, clock turn or command works for, and how the connection learns it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.pq import TransactionStatus


class Ground(Protocol):
    """What is known of a school without a query: the row of `school.School`."""

    id: int
    host: str
    kind: str
    name_zh: str
    name_en: str
    demo: bool


_school: ContextVar[Ground | None] = ContextVar("subrosa_school", default=None)
_kept: ContextVar[dict[str, Any] | None] = ContextVar("subrosa_kept", default=None)


class SchoolUnset(RuntimeError):
    """Something asked for rows before a school was chosen."""


class DirtyConnection(RuntimeError):
    """A connection came back from the pool with an act still open; it is not used."""


def school_in_force() -> Ground:
    """The school in force; raises SchoolUnset where there is none."""
    school = _school.get()
    if school is None:
        raise SchoolUnset("no school is set: a request finds it by host name, a command by school.on()")
    return school


def current_school() -> int:
    """The id of the school in force; raises SchoolUnset where there is none."""
    return school_in_force().id


def kept() -> dict[str, Any]:
    """What was read of the school in force and need not be read again in this request, round or command."""
    found = _kept.get()
    if found is None:
        raise SchoolUnset("no school is set: nothing is kept of none")
    return found


def _setting() -> str:
    school = _school.get()
    return "" if school is None else str(school.id)


def tell_connection(sender: object, connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Set the school on a connection fresh from the pool; a connection with an act still set on it is thrown away."""
    if connection.alias != DEFAULT_DB_ALIAS:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('subrosa.school', %s, false), current_setting('subrosa.act', true)", [_setting()]
        )
        row = cursor.fetchone()
    if row and row[1]:
        raw = connection.connection
        connection.connection = None
        if raw is not None:
            raw.close()
            if connection.pool is not None:  # type: ignore[attr-defined]  # only the PostgreSQL wrapper has a pool
                connection.pool.putconn(raw)  # type: ignore[attr-defined]  # a closed one is replaced by the pool
        raise DirtyConnection("a connection came back with an act open")


@contextmanager
def on(school: Ground | None) -> Iterator[None]:
    """Work for one school inside the block, on this thread's connection too if it is already open."""
    token, kept_before = _school.set(school), _kept.set({})
    try:
        _retell()
        yield
    finally:
        _school.reset(token)
        _kept.reset(kept_before)
        _retell()


def _retell() -> None:
    """Tell an open connection at once, also one that has seen errors; an aborted transaction falls back by its rollback."""
    raw = connection.connection
    if raw is not None and not raw.closed and raw.info.transaction_status != TransactionStatus.INERROR:
        raw.execute("SELECT set_config('subrosa.school', %s, false)", [_setting()])
