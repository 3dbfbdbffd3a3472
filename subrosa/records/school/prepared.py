"""Statements that Django writes once: what an act asks on every press costs more to put into SQL than to ask."""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from secrets import randbelow
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models.sql import UpdateQuery
from psycopg.errors import PipelineAborted

M = TypeVar("M", bound=models.Model)
Query = models.QuerySet[Any, Any]
PLACES: Mapping[
    type, Callable[[], Any]
] = {  # a value of each kind that stands for what will be given, and for nothing else
    UUID: uuid4,
    str: lambda: uuid4().hex,
    datetime: lambda: datetime(1, 1, 2, microsecond=randbelow(1_000_000), tzinfo=UTC),
}


class _Named(str):
    """The place of one argument among the parameters."""

    __slots__ = ()


class _Once:
    """SQL made at the first use and kept. Only values may differ from press to press; the school is the connection's."""

    def __init__(self, build: Callable[..., Any]) -> None:
        self._build = build
        self._made: tuple[str, tuple[Any, ...]] | None = None

    def _compiled(self, built: Any) -> tuple[str, tuple[Any, ...]]:
        raise NotImplementedError

    def _sql(self) -> tuple[str, tuple[Any, ...]]:
        if self._made is None:
            hints = {name: kind for name, kind in typing.get_type_hints(self._build).items() if name != "return"}
            places = {name: PLACES[kind]() for name, kind in hints.items()}
            names = {place: _Named(name) for name, place in places.items()}
            sql, params = self._compiled(self._build(**places))
            self._made = sql, tuple(names.get(one, one) if type(one) in PLACES else one for one in params)
        return self._made

    def _run(self, cursor: Any, given: Mapping[str, Any]) -> None:
        sql, params = self._sql()
        cursor.execute(sql, [given[one] if isinstance(one, _Named) else one for one in params])


class Prepared(_Once):
    """`build` takes values by name and answers a `values_list` query."""

    def _compiled(self, built: Query) -> tuple[str, tuple[Any, ...]]:
        sql, params = built.query.sql_with_params()
        return sql, tuple(params)

    def ask(self, **given: Any) -> None:
        """Ask now; `rows` with the same values takes the answer, once. `in_one_go` such questions wait together."""
        cursor = connection.cursor()
        self._run(cursor, given)
        _asked()[self, frozenset(given.items())] = cursor

    def rows(self, **given: Any) -> list[tuple[Any, ...]]:
        """The rows for these values."""
        with _asked().pop((self, frozenset(given.items())), None) or self._asked_now(given) as cursor:
            found: list[tuple[Any, ...]] = cursor.fetchall()
            return found

    def _asked_now(self, given: Mapping[str, Any]) -> Any:
        cursor = connection.cursor()
        self._run(cursor, given)
        return cursor


class Written(Prepared):
    """As `Prepared`, of SQL that is written out, with its values in the order in which it names them."""

    def __init__(self, sql: str, *names: str) -> None:
        self._made = sql, tuple(map(_Named, names))


def _asked() -> dict[tuple[Prepared, frozenset[tuple[str, Any]]], Any]:
    """What this thread's connection was asked, and nobody has read yet."""
    held: dict[Any, Any] | None = getattr(connection, "subrosa_asked", None)
    if held is None:
        held = connection.subrosa_asked = {}  # type: ignore[attr-defined]  # one per connection, so one per thread
    return held


@contextmanager
def asking_ahead() -> Iterator[None]:
    """What is asked inside and not read by the end is no answer any more: rows may change after it."""
    try:
        yield
    finally:
        held = _asked()
        while held:
            held.popitem()[1].close()


@contextmanager
def in_one_go() -> Iterator[None]:
    """Statements wait for each other only where somebody asks for an answer. The first that fails is the error raised."""
    with connection.wrap_database_errors:
        try:
            with connection.connection.pipeline():
                yield
        except PipelineAborted as error:
            raise _first(error) from None


def _first(error: BaseException) -> BaseException:
    """Statements behind one that failed fail too, and say nothing but that."""
    while isinstance(error, PipelineAborted) and error.__context__ is not None:
        error = error.__context__
    return error


class PreparedUpdate(_Once):
    """`build` takes values by name and answers a query and what to set in its rows."""

    def _compiled(self, built: tuple[Query, Mapping[str, Any]]) -> tuple[str, tuple[Any, ...]]:
        rows, values = built
        update: Any = rows.query.chain(UpdateQuery)
        update.add_update_values(values)
        sql, params = update.get_compiler(DEFAULT_DB_ALIAS).as_sql()
        return sql, tuple(params)

    def run(self, **given: Any) -> int:
        """How many rows were changed."""
        with connection.cursor() as cursor:
            self._run(cursor, given)
            return int(cursor.rowcount)


def put(row: models.Model, *, instead: Sequence[str]) -> None:
    """Insert a row, or where its id is there already set the named fields, in one statement. The school fills itself in."""
    with _sent(row, instead):
        pass


def put_and_ask(row: models.Model, *, instead: Sequence[str]) -> bool:
    """As `put`; whether it was not there."""
    with _sent(
        row, instead, " RETURNING xmax = 0"
    ) as cursor:  # a row that this statement inserted was locked by nobody yet
        return bool(cursor.fetchone()[0])


@contextmanager
def _sent(row: models.Model, instead: Sequence[str], asked: str = "") -> Iterator[Any]:
    sql, fields = _putting(type(row), tuple(instead))
    with connection.cursor() as cursor:
        cursor.execute(sql + asked, [getattr(row, name) for name in fields])
        yield cursor
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


@cache
def _putting(model: type[models.Model], instead: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    fields = [field for field in model._meta.concrete_fields if field.attname != "school_id"]
    named = ", ".join(f'"{field.column}"' for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    changed = (model._meta.get_field(name) for name in instead)
    sets = ", ".join(f'"{field.column}" = EXCLUDED."{field.column}"' for field in changed)  # type: ignore[union-attr]
    table = model._meta.db_table
    sql = f'INSERT INTO "{table}" ({named}) VALUES ({marks}) ON CONFLICT ("id") DO UPDATE SET {sets}'  # noqa: S608  names
    return sql, tuple(field.attname for field in fields)


@cache
def columns(model: type[models.Model], path: str = "") -> tuple[str, ...]:
    """The names of a model's columns, for `values_list`; `path` is the way to it, such as "holder__"."""
    return tuple(f"{path}{field.attname}" for field in model._meta.concrete_fields)


def instance(model: type[M], values: Sequence[Any]) -> M:
    """A row of `columns(model)` as the model's own, as if it had been asked for."""
    return model.from_db(DEFAULT_DB_ALIAS, columns(model), values)
