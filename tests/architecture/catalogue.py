"""What the database says of itself: tables, policies, keys, rights; and one row for every table of two schools."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connections

EXEMPT = {"school_school", "django_migrations"}  # no person stands there; the app role only reads
WITHOUT_ACT = {"person_session"}  # who is signed in: written at every request, by no act
UNREADABLE = {"audit_waiting"}  # the app only puts entries in; the clock alone reads what waits
READ_ONLY = {"SELECT"}
NEVER = {"TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN"}
SCHOOL, ACT = "current_setting('subrosa.school'::text)", "current_setting('subrosa.act'::text, true)"
COMMANDS = {"SELECT", "INSERT", "UPDATE", "DELETE"}


def ask(sql: str, values: Sequence[Any] = (), *, alias: str = "owner") -> list[tuple[Any, ...]]:
    """Rows of one query."""
    with connections[alias].cursor() as cursor:
        cursor.execute(sql, list(values) or None)
        return list(cursor.fetchall())


def tables() -> list[str]:
    """Every table of the schema."""
    return [name for (name,) in ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")]


def row_security(table: str) -> Iterable[str]:
    """school_id with its default, row security enabled and not forced, one policy a command that says the right thing."""
    columns = dict(
        ask("SELECT column_name, column_default FROM information_schema.columns WHERE table_name = %s", [table])
    )
    if SCHOOL not in (columns.get("school_id") or ""):
        yield f"{table} has no school_id that the connection fills"
    ((enabled, forced),) = ask(
        "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", [table]
    )
    if not enabled or forced:
        yield f"{table}: row security enabled {enabled}, forced {forced}"
    policies = ask("SELECT cmd, qual, with_check, permissive FROM pg_policies WHERE tablename = %s", [table])
    if sorted(cmd for cmd, *_ in policies) != sorted(COMMANDS):
        yield f"{table} has policies for {sorted(cmd for cmd, *_ in policies)}"
    for cmd, qual, check, _ in policies:
        asked = {"SELECT": [qual], "INSERT": [check], "UPDATE": [qual, check], "DELETE": [qual]}.get(cmd, [])
        if not asked or any(SCHOOL not in (one or "") for one in asked):
            yield f"{table}: the policy for {cmd} does not ask for the school"
        if cmd != "SELECT" and table not in WITHOUT_ACT and ACT not in (asked[-1] or ""):
            yield f"{table}: the policy for {cmd} does not ask for an act"


def keys(table: str) -> Iterable[str]:
    """Foreign keys are (school_id, x) → (school_id, id), at once, with an index; unique keys begin with the school."""
    foreign = ask(
        "SELECT conname, condeferrable, confrelid::regclass::text,"
        " ARRAY(SELECT attname::text FROM unnest(conkey) WITH ORDINALITY k(n, o) JOIN pg_attribute"
        "  ON attrelid = conrelid AND attnum = k.n ORDER BY k.o),"
        " ARRAY(SELECT attname::text FROM unnest(confkey) WITH ORDINALITY k(n, o) JOIN pg_attribute"
        "  ON attrelid = confrelid AND attnum = k.n ORDER BY k.o)"
        " FROM pg_constraint WHERE contype = 'f' AND conrelid = %s::regclass",
        [table],
    )
    indexes = _indexes(table)
    for name, late, _, here, there in foreign:
        if late or here[:1] != ["school_id"] or len(here) != 2 or there != ["school_id", "id"]:
            yield f"{table}: {name} is {here} → {there}{' deferrable' if late else ''}"
        elif not any(columns[:2] == here for _, _, columns in indexes):
            yield f"{table}: {name} has no index"
    for name, unique, columns in indexes:
        if unique and columns[:1] != ["school_id"] and columns != ["id"]:
            yield f"{table}: the unique key {name} does not begin with the school"


def _indexes(table: str) -> list[tuple[Any, ...]]:
    return ask(
        "SELECT indexrelid::regclass::text, indisunique,"
        " ARRAY(SELECT a.attname::text FROM unnest(indkey) WITH ORDINALITY k(n, o) JOIN pg_attribute a"
        "  ON a.attrelid = indrelid AND a.attnum = k.n ORDER BY k.o)"
        " FROM pg_index WHERE indrelid = %s::regclass",
        [table],
    )


def linked(table: str, column: str) -> bool:
    """Whether a foreign key of the database begins at this column."""
    return any(column in text for (text,) in ask(
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f' AND conrelid = %s::regclass", [table]
    ))  # fmt: skip


def rights(table: str, role: str) -> Iterable[str]:
    """The serving roles own nothing and may neither truncate nor, on exempt tables, write."""
    ((owner,),) = ask("SELECT tableowner::text FROM pg_tables WHERE tablename = %s", [table])
    if owner == role:
        yield f"{role} owns {table}"
    held = {
        right
        for right in [*COMMANDS, "TRUNCATE", "REFERENCES", "TRIGGER"]
        if ask("SELECT has_table_privilege(%s, %s, %s)", [role, table, right]) == [(True,)]
    }
    if held & NEVER:
        yield f"{role} may {sorted(held & NEVER)} {table}"
    if table in EXEMPT and held - READ_ONLY:
        yield f"{role} may {sorted(held - READ_ONLY)} {table}"


# --- one row for every table, whatever its columns are -----------------------------------------------------------------

MADE = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
VALUES: dict[str, Any] = {
    "uuid": lambda: uuid.uuid4(),
    "bigint": lambda: 1,
    "integer": lambda: 1,
    "smallint": lambda: 1,
    "boolean": lambda: False,
    "timestamp with time zone": lambda: MADE,
    "date": lambda: MADE.date(),
    "time without time zone": lambda: MADE.time(),
    "bytea": lambda: uuid.uuid4().bytes,
    "ARRAY": lambda: [],
    "jsonb": lambda: "{}",
    "numeric": lambda: 1,
    "double precision": lambda: 1.0,
}
LATER = {"ends_at", "until", "ends", "last"}  # columns that a check wants after another one


def _value(name: str, kind: str, length: int | None) -> Any:
    if kind in {"text", "character varying"}:
        return uuid.uuid4().hex[: length or 32]
    value = VALUES[kind]()
    return value.replace(hour=3) if name in LATER and hasattr(value, "hour") else value


def _columns(table: str) -> list[tuple[Any, ...]]:
    return ask(
        "SELECT column_name, data_type, character_maximum_length FROM information_schema.columns"
        " WHERE table_schema = 'public' AND table_name = %s AND is_nullable = 'NO' AND column_name <> 'school_id'"
        " AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    )


def _parents(table: str) -> dict[str, str]:
    rows = ask(
        "SELECT a.attname::text, confrelid::regclass::text FROM pg_constraint c JOIN pg_attribute a"
        " ON a.attrelid = conrelid AND a.attnum = conkey[2] WHERE contype = 'f' AND conrelid = %s::regclass",
        [table],
    )
    return dict(rows)


def plant(table: str, school: int, made: dict[str, uuid.UUID]) -> uuid.UUID:
    """Insert one row as the owner, its parents first; `made` remembers one row a table."""
    if table in made:
        return made[table]
    parents, given = _parents(table), {"school_id": school}
    for name, kind, length in _columns(table):
        given[name] = plant(parents[name], school, made) if name in parents else _value(name, kind, length)
    made[table] = given["id"]
    names = ", ".join(f'"{name}"' for name in given)
    sql = f'INSERT INTO "{table}" ({names}) VALUES ({", ".join(["%s"] * len(given))})'
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql, list(given.values()))
    return made[table]
