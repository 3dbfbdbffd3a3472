"""Locks of an act: rows from wide to narrow, then days. Plain SQL, because they are on every path."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, models

from subrosa.records.school.context import current_school
from subrosa.records.school.prepared import Written


def ask_ahead(names: Sequence[str], given: dict[str, Any]) -> None:
    """Send the locks that `take` will read, as far as each is one row that is known by its id: none overtakes another."""
    for name in names:
        row = given.get(name)
        if not isinstance(row, models.Model):
            return
        _locking(type(row))[1].ask(id=row.pk)


def take(names: Sequence[str], given: dict[str, Any]) -> None:
    """Lock from wide to narrow and put the fresh rows in place of those given; two of a kind by ascending id."""
    locked: dict[tuple[type, Any], models.Model] = {}
    for name in names:
        argument, *path = name.split(".")
        row = given.get(argument)  # an optional argument may be left out
        if row is None:
            continue
        if path:
            _lock_parent(row, path[0], locked)
        elif isinstance(row, (list, tuple)):
            given[argument] = [_fresh(type(one), one.pk, locked) for one in sorted(row, key=lambda r: r.pk)]
        else:
            fresh = _fresh(type(row), row.pk, locked)
            _take_parents(fresh, locked)
            given[argument] = fresh


def _take_parents(row: models.Model, locked: dict[tuple[type, Any], models.Model]) -> None:
    """A locked row refers to the parents that were locked before it, not to copies of them."""
    for relation in row._meta.concrete_fields:
        model = relation.related_model
        parent = locked.get((model, getattr(row, relation.attname))) if isinstance(model, type) else None
        if parent is not None:
            setattr(row, relation.name, parent)


def _lock_parent(row: Any, relation: str, locked: dict[tuple[type, Any], models.Model]) -> None:
    target = row._meta.get_field(relation)
    key = getattr(row, target.attname)
    if key is not None:
        _fresh(target.related_model, key, locked)


def _fresh(model: type[models.Model], key: Any, locked: dict[tuple[type, Any], models.Model]) -> models.Model:
    known = locked.get((model, key))
    if known is None:
        known = _locked_row(model, key)
        locked[(model, key)] = known
    return known


def _locked_row(model: type[models.Model], key: Any) -> models.Model:
    """Lock one row and read it: plain SQL, because it is on every path. DoesNotExist where it is not to be seen."""
    names, asked = _locking(model)
    for row in asked.rows(id=key):
        return model.from_db(DEFAULT_DB_ALIAS, names, row)
    raise model.DoesNotExist  # type: ignore[attr-defined]  # every model has its own


@functools.cache
def _locking(model: type[models.Model]) -> tuple[list[str], Written]:
    fields = model._meta.concrete_fields
    named = ", ".join(f'"{field.column}"' for field in fields)
    table = model._meta.db_table
    sql = f'SELECT {named} FROM "{table}" WHERE id = %s FOR NO KEY UPDATE'  # noqa: S608  names
    return [f.attname for f in fields], Written(sql, "id")


def take_days(days: Iterable[tuple[UUID, str]]) -> None:
    """Lock resources for a day each, in one order for everybody: whoever books the same waits here."""
    keys = sorted({f"{resource}/{day}" for resource, day in days})
    if keys:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(k, %s)) FROM unnest(%s::text[]) WITH ORDINALITY AS t(k, o)",
                [current_school(), keys],
            )
