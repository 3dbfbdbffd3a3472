"""The catalogue of the real database: every table keeps its school to itself, for reading and for writing."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, connections

from subrosa.records.school import context
from subrosa.records.school.models import School
from tests.architecture.catalogue import (
    EXEMPT,
    UNREADABLE,
    WITHOUT_ACT,
    ask,
    keys,
    linked,
    plant,
    rights,
    row_security,
    tables,
)
from tests.architecture.house import house_models
from tests.ground import new_school

ROLES = sorted(settings.ROLES.values())


@pytest.fixture(scope="module")
def two_schools(database: None) -> Iterator[tuple[School, School, dict[str, uuid.UUID], dict[str, uuid.UUID]]]:
    """One row in every table, for each of two schools. They go with this file: nothing in them means anything to a clock."""
    mine, theirs = new_school(), new_school()
    rows: tuple[dict[str, uuid.UUID], dict[str, uuid.UUID]] = ({}, {})
    for school, made in zip((mine, theirs), rows, strict=True):
        for table in guarded():
            plant(table, school.pk, made)
    yield mine, theirs, *rows
    for table in reversed(list(rows[0])):  # those that others point to were planted first
        ask(f'DELETE FROM "{table}" WHERE school_id = ANY(%s) RETURNING 1', [[mine.pk, theirs.pk]])


def guarded() -> list[str]:
    return [table for table in tables() if table not in EXEMPT]


def outsiders(table: str, school: School, own: uuid.UUID) -> list[str]:
    """What the app role sees without a filter beside the one row of its school."""
    with context.on(school):
        seen = {key for (key,) in ask(f'SELECT id FROM "{table}"', alias="default")}
    return (
        [] if seen == {own} else [f"{table}: sees {len(seen - {own})} rows of others, {len(seen & {own})} of its own"]
    )


def writes(table: str, school: School) -> list[str]:
    """What a write without an act changes as the app role: it must be refused, or find nothing."""
    faults = []
    for sql in (
        f'INSERT INTO "{table}" SELECT * FROM "{table}" LIMIT 1',
        f'UPDATE "{table}" SET id = id',
        f'DELETE FROM "{table}"',
    ):
        with context.on(school), connection.cursor() as cursor:
            try:
                cursor.execute(sql)
            except DatabaseError as error:
                refused = "row-level security" in str(error) or "permission denied" in str(error)
                faults += [] if refused else [f"{table}: {sql.split()[0]} fails for another reason: {error}"]
            else:
                faults += [f"{table}: {sql.split()[0]} changed {cursor.rowcount}"] if cursor.rowcount else []
    return faults


def test_every_table_is_guarded(database: None) -> None:
    assert set(tables()) >= EXEMPT and len(guarded()) >= len(house_models()) - 1
    assert [fault for table in guarded() for fault in row_security(table)] == []


def test_every_key_stays_within_its_school(database: None) -> None:
    assert [fault for table in guarded() for fault in keys(table)] == []


def test_every_foreign_key_of_a_model_is_one_of_the_database(database: None) -> None:
    fields = [
        (model._meta.db_table, field.column)
        for model in house_models()
        for field in model._meta.local_concrete_fields
        if field.is_relation
    ]
    assert fields and [pair for pair in fields if not linked(*pair)] == []


@pytest.mark.parametrize("role", ROLES)
def test_the_serving_roles_own_nothing_and_cannot_empty_anything(database: None, role: str) -> None:
    assert [fault for table in tables() for fault in rights(table, role)] == []
    assert ask(
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = %s", [role]
    ) == [(False, False, False, False)]
    assert ask("SELECT has_schema_privilege(%s, 'public', 'CREATE')", [role]) == [(False,)]


def test_a_query_without_a_filter_sees_one_school(two_schools: Any) -> None:
    mine, theirs, own, others = two_schools
    readable = [table for table in guarded() if table not in UNREADABLE]
    assert [f for table in readable for f in outsiders(table, mine, own[table])] == []
    assert [f for table in readable for f in outsiders(table, theirs, others[table])] == []
    for table in UNREADABLE:
        with context.on(mine), pytest.raises(DatabaseError, match="permission denied"):
            ask(f'SELECT id FROM "{table}"', alias="default")


def test_a_query_without_a_school_is_an_error(two_schools: Any) -> None:
    for table in set(guarded()) - UNREADABLE:
        with context.on(None), pytest.raises(DatabaseError, match="bigint"):
            ask(f'SELECT * FROM "{table}"', alias="default")


def test_a_write_without_an_act_is_refused(two_schools: Any) -> None:
    mine, *_ = two_schools
    assert [f for table in guarded() if table not in WITHOUT_ACT for f in writes(table, mine)] == []


@pytest.fixture
def planted(two_schools: Any) -> Iterator[str]:
    """A table as somebody makes it who has not read the plan."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "CREATE TABLE planted (id uuid PRIMARY KEY, school_id bigint NOT NULL, mark text UNIQUE,"
            " staff_id uuid REFERENCES person_staff (id) DEFERRABLE)"
        )
        cursor.execute(f"GRANT ALL ON planted TO {', '.join(ROLES)}")
        cursor.execute("INSERT INTO planted VALUES (gen_random_uuid(), 1), (gen_random_uuid(), 2)")
    yield "planted"
    with connections["owner"].cursor() as cursor:
        cursor.execute("DROP TABLE planted")


def test_a_planted_table_is_seen_by_every_check(planted: str, two_schools: Any) -> None:
    mine, *_ = two_schools
    assert len(list(row_security(planted))) == 3, list(row_security(planted))
    assert len(list(keys(planted))) == 2, list(keys(planted))
    assert not linked(planted, "mark")
    assert [fault for role in ROLES for fault in rights(planted, role)]
    assert outsiders(planted, mine, uuid.uuid4()) and len(writes(planted, mine)) == 3


@pytest.mark.parametrize(
    "policy",
    [
        "FOR SELECT USING (true)",
        "FOR ALL USING (true)",
        "FOR INSERT WITH CHECK (school_id = current_setting('subrosa.school')::bigint)",
    ],
)
def test_a_planted_policy_is_seen(planted: str, policy: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE planted ENABLE ROW LEVEL SECURITY")
        cursor.execute(f"CREATE POLICY planted_wide ON planted {policy}")
    assert any("does not ask for" in fault for fault in row_security(planted))
