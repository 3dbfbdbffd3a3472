"""A center that each test finds as it was founded: founding one costs half a second, putting its rows back a twentieth."""

from __future__ import annotations

from graphlib import TopologicalSorter

import psycopg
from django.apps import apps
from django.db import connections

from subrosa.records.school.models import School, SchoolRow

SCHOOL = School._meta.db_table


def _tables() -> list[str]:
    """Every table with rows of a school; whatever a row refers to comes before it."""
    refers: dict[str, set[str]] = {}
    for model in apps.get_models():
        if issubclass(model, SchoolRow):
            targets = {one.related_model for one in model._meta.concrete_fields if one.related_model}
            named = {one._meta.db_table for one in targets if isinstance(one, type) and issubclass(one, SchoolRow)}
            refers[model._meta.db_table] = named - {model._meta.db_table}
    return list(TopologicalSorter(refers).static_order())


class Kept:
    """The rows of one school at one moment, in a session of their own."""

    def __init__(self, school: int) -> None:
        """Keep them now."""
        tables = _tables()
        connections["owner"].ensure_connection()
        self._session = psycopg.connect(**connections["owner"].get_connection_params(), autocommit=True)  # type: ignore[arg-type]
        self._run(
            *(f'CREATE TEMP TABLE "kept_{one}" AS SELECT * FROM "{one}" WHERE school_id = {school}' for one in tables)
        )
        self._run(f'CREATE TEMP TABLE "kept_{SCHOOL}" AS SELECT * FROM "{SCHOOL}" WHERE id = {school}')
        names = ", ".join(f'"{one.column}"' for one in School._meta.concrete_fields if not one.primary_key)
        self._back = [
            *(f'DELETE FROM "{one}" WHERE school_id = {school}' for one in reversed(tables)),
            f'UPDATE "{SCHOOL}" s SET ({names}) = (SELECT {names} FROM "kept_{SCHOOL}") WHERE s.id = {school}',
            *(f'INSERT INTO "{one}" SELECT * FROM "kept_{one}"' for one in tables if self._has_rows(one)),
        ]

    def put_back(self) -> None:
        """The school's rows as they were, in one transaction."""
        self._run(*self._back)

    def _run(self, *statements: str) -> None:
        self._session.execute("; ".join(("BEGIN", *statements, "COMMIT")))

    def _has_rows(self, table: str) -> bool:
        found = self._session.execute(f'SELECT EXISTS (SELECT FROM "kept_{table}")').fetchone()
        return bool(found and found[0])
