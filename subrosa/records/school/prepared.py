"""A query that Django writes once: what an act asks on every press costs more to put into SQL than to ask."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.db import DEFAULT_DB_ALIAS, connection, models

M = TypeVar("M", bound=models.Model)


class Prepared:
    """`build` takes ids by name and answers a `values_list` query; its SQL is made at the first use and kept.

    Only ids may differ from press to press (nothing that changes the SQL); the school is the connection's, as ever.
    """

    def __init__(self, build: Callable[..., models.QuerySet[Any, Any]]) -> None:
        self._build = build
        self._made: tuple[str, tuple[Any, ...]] | None = None

    def _sql(self) -> tuple[str, tuple[Any, ...]]:
        if self._made is None:
            places = {name: uuid4() for name in inspect.signature(self._build).parameters}
            names = {place: _Named(name) for name, place in places.items()}
            sql, params = self._build(**places).query.sql_with_params()
            self._made = sql, tuple(names.get(one, one) if isinstance(one, UUID) else one for one in params)
        return self._made

    def rows(self, **ids: UUID | None) -> list[tuple[Any, ...]]:
        """The rows for these ids."""
        sql, params = self._sql()
        with connection.cursor() as cursor:
            cursor.execute(sql, [ids[one] if isinstance(one, _Named) else one for one in params])
            found: list[tuple[Any, ...]] = cursor.fetchall()
            return found


class _Named(str):
    """The place of one id among the parameters."""

    __slots__ = ()


@cache
def columns(model: type[models.Model], path: str = "") -> tuple[str, ...]:
    """The names of a model's columns, for `values_list`; `path` is the way to it, such as "holder__"."""
    return tuple(f"{path}{field.attname}" for field in model._meta.concrete_fields)


def instance(model: type[M], values: Sequence[Any]) -> M:
    """A row of `columns(model)` as the model's own, as if it had been asked for."""
    return model.from_db(DEFAULT_DB_ALIAS, columns(model), values)
