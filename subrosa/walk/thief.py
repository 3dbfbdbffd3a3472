"""Whoever copies or alters the database below the program: what he reads, and what the program says to what he planted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

TABLES = "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'"


def readable(*texts: str) -> list[str]:
    """The tables in which one of the texts can be read, as text or as its bytes in hexadecimal, which is how a dump has them."""
    marks = [f"%{mark}%" for text in texts for mark in (text, text.encode().hex())]
    with connections["owner"].cursor() as cursor:
        cursor.execute(TABLES)
        found = []
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {table} t WHERE t::text LIKE ANY(%s))", [marks])  # noqa: S608  quoted
            if cursor.fetchone() == (True,):
                found.append(str(table))
    return found


@contextmanager
def altered(table: str, column: str, keys: dict[str, bytes]) -> Iterator[None]:
    """Inside, one column of some rows holds other bytes; afterwards what stood there before."""
    before = {key: _swap(table, column, key, value) for key, value in keys.items()}
    try:
        yield
    finally:
        for key, value in before.items():
            _swap(table, column, key, value)


def _swap(table: str, column: str, key: str, value: bytes) -> bytes:
    """Put bytes into a row and answer those that stood there."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(f'SELECT "{column}" FROM "{table}" WHERE id = %s', [key])  # noqa: S608  names of our own tables
        row = cursor.fetchone()
        assert row is not None, "the row is there"
        cursor.execute(f'UPDATE "{table}" SET "{column}" = %s WHERE id = %s', [value, key])  # noqa: S608  as above
        return bytes(row[0])


def grants_of(of: str, holder: str) -> list[str]:
    """The ids of one holder's grants of one keyring: who watches the tables knows them."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT g.id FROM vault_grant g JOIN vault_keyring r ON r.id = g.keyring_id"
            " JOIN vault_keypair p ON p.id = g.holder_id WHERE r.of = %s AND p.of = %s AND NOT g.dormant",
            [of, holder],
        )
        return [str(row[0]) for row in cursor.fetchall()]
