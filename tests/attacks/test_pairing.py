"""Who comes: a thief with every row, the server key and the logs tries to pair a student of the list with a client.

Tried: equal values; hashes of everything that the server key opens of the list, plain, salted and under every key that he has;
the transaction that wrote a row; moments within five seconds; log lines. Each way is tried on a copy, too, in which
somebody left that very trace: there it pairs them.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4, uuid5

import pytest

from subrosa.crypto.keys import mark
from subrosa.records.person.models import Client
from subrosa.records.roster import actions as roster
from subrosa.records.roster.queries import search
from subrosa.records.roster.sheet import Card
from subrosa.records.school.context import school_in_force
from tests.attacks.test_dump import NAME, NUMBER, PHONE, Copy, close, copy, islands, server_keys, values_of
from tests.desks.hand import Hand
from tests.records.center import Center

__all__ = ["copy"]
ALGORITHMS = ("sha256", "sha1", "md5", "sha512", "blake2b")
COMING = (
    "person_",
    "case_",
    "appointment_",
    "note_",
    "consent_",
    "vault_",
    "duty_",
    "notice_",
    "archive_",
    "outreach_",
)
Rows = list[dict[str, Any]]
Theirs = dict[str, Rows]


def coming(theirs: Theirs) -> Iterator[tuple[str, dict[str, Any]]]:
    """Rows that somebody's coming made, with their table."""
    return ((table, row) for table, rows in theirs.items() if table.startswith(COMING) for row in rows)


def by_value(pupils: Rows, theirs: Theirs) -> set[str]:
    known = values_of(pupils)
    return {table for table, row in coming(theirs) if known & values_of([row])}


def by_hash(pupils: Rows, theirs: Theirs) -> set[str]:
    """Every digest that he can make of what he reads of the list, whole or its first 16 bytes."""
    digests = set(hashes(pupils))
    return {table for table, row in coming(theirs) if any(one[:16] in digests for one in as_bytes(row))}


def hashes(pupils: Rows) -> Iterator[bytes]:
    school = school_in_force()
    salts = [b"", str(school.id).encode(), school.host.encode()]
    texts = [part.encode() for part in (NUMBER, NAME, PHONE)]
    ids = [row["id"] for row in pupils]
    texts += [form for key in ids for form in (str(key).encode(), key.bytes, key.hex.encode())]
    for text in texts:
        for salt in salts:
            for algorithm in ALGORITHMS:
                yield hashlib.new(algorithm, salt + text).digest()[:16]
                yield hashlib.new(algorithm, text + salt).digest()[:16]
            for key in server_keys():
                yield hmac.digest(key.bytes(), salt + text, "sha256")[:16]
                yield mark(key, salt, text)[:16]
    yield from (uuid5(space, NUMBER).bytes for space in ids)
    yield from (uuid5(space, str(school.id)).bytes for space in ids)


def as_bytes(row: dict[str, Any]) -> Iterator[bytes]:
    for column, value in row.items():
        if isinstance(value, UUID):
            yield value.bytes
        elif isinstance(value, (bytes, memoryview)):
            yield bytes(value)
        elif isinstance(value, str) and column != "xmin" and len(value) >= 32:
            try:
                yield bytes.fromhex(value)
            except ValueError:
                continue


def by_transaction(pupils: Rows, theirs: Theirs) -> set[str]:
    written = {row["xmin"] for row in pupils}
    return {table for table, row in coming(theirs) if row["xmin"] in written}


def by_moment(pupils: Rows, theirs: Theirs) -> set[str]:
    moments = [value for row in pupils for value in row.values() if isinstance(value, datetime)]
    seen = ((table, value) for table, row in coming(theirs) for value in row.values() if isinstance(value, datetime))
    return {table for table, value in seen if close(value, moments)}


WAYS: dict[str, Callable[[Rows, Theirs], set[str]]] = {
    "value": by_value,
    "hash": by_hash,
    "transaction": by_transaction,
    "moment": by_moment,
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.clause("CONF-05", "refuses")
def test_no_way_pairs_the_list_with_who_comes(copy: Copy, way: str) -> None:
    pupils, theirs = islands(copy)
    assert len(pupils) == 2 and len(theirs["person_client"]) >= 3
    assert WAYS[way](pupils, theirs) == set()


def traces(pupils: Rows) -> dict[str, dict[str, Any]]:
    """What a careless program might have left in a client's row: one trace for each way."""
    one, school = pupils[0], str(school_in_force().id).encode()
    moment = next(value for value in one.values() if isinstance(value, datetime))
    return {
        "value": {"roster_id": one["id"]},
        "hash": {"pupil": hmac.digest(server_keys()[3].bytes(), school + NUMBER.encode(), "sha256")},
        "transaction": {"xmin": one["xmin"]},
        "moment": {"made_at": moment + timedelta(seconds=4)},
    }


@pytest.mark.parametrize("way", WAYS)
def test_each_way_finds_the_trace_where_somebody_left_it(copy: Copy, way: str) -> None:
    """The control: the same search over the same copy, with one row changed."""
    pupils, theirs = islands(copy)
    first, *others = theirs["person_client"]
    careless = {**theirs, "person_client": [{**first, **traces(pupils)[way]}, *others]}
    assert WAYS[way](pupils, careless) == {"person_client"}


def test_ids_on_the_clients_side_are_drawn(copy: Copy) -> None:
    """No id tells a time or is made of another: version 4."""
    _, theirs = islands(copy)
    for table in ("person_client", "case_case", "appointment_booking", "person_account"):
        assert theirs[table] and {row["id"].version for row in theirs[table]} == {4}, table


class Kept(logging.Handler):
    """Every line of every logger, as its formatter would write it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(logging.Formatter("%(name)s %(pathname)s %(message)s").format(record))


@pytest.fixture
def kept() -> Iterator[Kept]:
    """The lines of the program, of Django and of the database's driver that pass the levels of the settings."""
    handler = Kept()
    loggers = [logging.getLogger(name) for name in ("", "subrosa", "django", "django.request", "psycopg")]
    for one in loggers:
        one.addHandler(handler)
    yield handler
    for one in loggers:
        one.removeHandler(handler)


@pytest.mark.clause("CONF-05", "refuses")
def test_no_line_of_the_log_names_or_pairs_anybody(center: Center, monkeypatch: pytest.MonkeyPatch, kept: Kept) -> None:
    """The desk looks a student up, receives her, opens her page; somebody mistypes an address; a page is refused."""
    number, name = f"2022{uuid4().int % 10**6:06d}", "司马听澜"
    roster.import_roster(by=center.sun, at=center.at - timedelta(days=30), cards=[Card(number, name)])
    pupil = search(number)[0].id
    rui, sun = (Hand(monkeypatch, getattr(center, who), center.at) for who in ("rui", "sun"))
    assert name in rui.text(f"/reception/find/?q={number}")
    path = rui.post(f"/reception/pick/{pupil}/")["Location"]
    client = UUID(path.strip("/").split("/")[-1])
    assert name in rui.text(path) and Client.objects.filter(pk=client).exists()
    for person in (sun, rui):
        assert {person.get(one).status_code for one in (path, f"/cases/{client}/", f"/nowhere/{client}/")} <= {
            200,
            403,
            404,
        }
    said = {
        number,
        name,
        str(pupil),
        str(client),
        client.hex,
        pupil.hex,
        path,
        str(rui.client.cookies["vault_key"].value),
    }
    assert not [line for line in kept.lines if any(word in line for word in said)]
    logging.getLogger("subrosa.request").warning("a page failed: %s", path)
    assert [line for line in kept.lines if path in line], "the control: a careless line would be seen"
