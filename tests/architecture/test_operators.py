"""No query compares with an operator that is not leakproof: under row security such an operator never uses an index."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from django.db import connections

WORDS = {"~~": "LIKE", "~~*": "ILIKE"}
STRINGS = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"")
SYMBOLS = re.compile(r"[-+*/<>=~!@#%^&|`?]+")
OWN = re.compile(r"\b(?:FROM|UPDATE|INTO|JOIN)\s+\"?(?!pg_|information_schema)(\w+_\w+)", re.I)


def leaking() -> set[str]:
    """Operators that compare and of which no variant is leakproof, by the database's own word."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT oprname::text FROM pg_operator JOIN pg_proc p ON p.oid = oprcode"
            " WHERE oprresult = 'bool'::regtype GROUP BY 1 HAVING NOT bool_or(proleakproof)"
        )
        return {name for (name,) in cursor.fetchall()}


def compares(sql: str, operators: set[str]) -> Iterable[str]:
    """Operators of `operators` after the first WHERE, ON or HAVING of a statement on our tables."""
    if not OWN.search(sql):
        return
    where = re.search(r"\b(WHERE|ON|HAVING)\b(.*)", STRINGS.sub("''", sql), re.S | re.I)
    if not where:
        return
    rest = re.sub(r"%\w|%%", " ", where[2])
    used = set(SYMBOLS.findall(rest)) | {
        symbol for symbol, word in WORDS.items() if re.search(rf"\b{word}\b", rest, re.I)
    }
    if re.search(r"\bSIMILAR TO\b", rest, re.I):
        used.add("~")
    yield from sorted(used & operators)


@pytest.mark.last
def test_no_statement_of_this_run_compares_with_one(database: None, seen_sql: set[str]) -> None:
    operators = leaking()
    faults = {sql: list(compares(sql, operators)) for sql in seen_sql}
    assert {sql: found for sql, found in faults.items() if found} == {}


def test_planted_comparisons_are_seen(database: None) -> None:
    operators = leaking()
    assert {"&&", "@>", "<@", "~~", "~"} <= operators and not {"=", "<", ">=", "<>"} & operators
    for sql in (
        'SELECT 1 FROM "duty_duty" WHERE "duty_duty"."kind"::text LIKE %s',
        "SELECT 1 FROM person_staff WHERE roles @> %s",
        "SELECT 1 FROM person_staff WHERE roles && ARRAY[%s]",
        "UPDATE duty_duty SET kind = 'x' WHERE kind ~ %s",
        "SELECT 1 FROM duty_duty d JOIN person_staff s ON s.roles @> d.kind",
    ):
        assert list(compares(sql, operators)), sql
    for sql in (
        'SELECT 1 FROM "duty_duty" WHERE "duty_duty"."kind" = %s AND due < %s AND due >= %s AND kind IN (%s, %s)',
        "SELECT attname FROM pg_attribute WHERE attname LIKE %s",
        "SELECT '&&' FROM duty_duty WHERE kind = 'a LIKE b'",
    ):
        assert not list(compares(sql, operators)), sql
