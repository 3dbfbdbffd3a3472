"""The administrator's copy: every table and the server key hold no sentence, no client, nothing that pairs the two islands."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connections

from subrosa.crypto.bound import Bound, Scope
from subrosa.crypto.envelope import open_sealed
from subrosa.crypto.errors import CannotOpen
from subrosa.crypto.keys import derive, mark
from subrosa.crypto.passphrase import code_hash
from subrosa.host.account import database_account
from subrosa.host.binaries import bin_folder
from subrosa.offline import dump
from subrosa.records.note import actions as notes
from subrosa.records.note.parts import NoteText
from subrosa.records.roster import actions as roster
from subrosa.records.roster.queries import search
from subrosa.records.roster.sheet import Card
from subrosa.records.vault.server import server_key
from tests.records.center import PASSPHRASE, SAFE, Center, Visit, found, refused

NAME, NUMBER, PHONE = "欧阳夜阑", "2022097713", "13900007713"
WALK_IN = "司徒未央"
REASON = "我常常在天台上坐到很晚才下来"
ROSTER = [Card(NUMBER, NAME, phone=PHONE, class_name="高二7班"), Card("2022097714", "上官同舟")]
SENTENCES = {
    part: f"{words},只在辅导室里说过。"
    for part, words in (("situation", "住校第三年"), ("problem", "凌晨三点还醒着"), ("course", "画了睡眠的曲线"))
}
NOTE = NoteText(SENTENCES, {"advice": "listened", "effect": "too_early", "other": "none"}, asked=SAFE)
LATER, DRAFT, GOAL, RATING = "后来又补的一句话", "写到一半的草稿句子", "每晚十一点半前躺下来", "7"
ISLAND = ("roster_pupil", "roster_listing", "person_staff", "standing_principalpage")  # what the school knows anyway


@dataclass
class Copy:
    """One copy of the database: rows as dictionaries of values, by table; and the words that were typed."""

    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    typed: set[str] = field(default_factory=set)
    secret: set[bytes] = field(default_factory=set)
    school: int = 0
    clients: set[UUID] = field(default_factory=set)


def live(center: Center) -> Copy:
    """A whole thread: a student of the list and a walk-in, booked, recorded, added to, one of them destroyed."""
    roster.import_roster(by=center.sun, at=center.at - timedelta(days=30), cards=ROSTER)
    pupil = search(NUMBER)[0]
    card = {"number": NUMBER, "phone": PHONE, "class_name": "高二7班", "roster": str(pupil.id)}
    first, second = center.visit(NAME, **card), center.visit(WALK_IN, account=False)
    first.book(reason=REASON)
    first.hold()
    refused(first.record, text=NoteText({"situation": DRAFT}))
    first.sign()
    note = first.record(NOTE)
    notes.add(by=center.lin, at=center.later, note=note, text=NoteText({"other": LATER}))
    goal(first)
    second.book(center.lin, days=2, reason=REASON + "。")
    first.book(days=8)
    unfinished = {"by": center.lin, "at": center.later, "case": first.case, "booking": first.booking}
    notes.keep_draft(**unfinished, text=NoteText({"situation": DRAFT}))
    third = center.visit("端木归晚")
    third.book(days=3, reason=REASON)
    copy = Copy(school=center.school.id)
    copy.typed = {NAME, NUMBER, PHONE, WALK_IN, "端木归晚", REASON, LATER, DRAFT, GOAL, *SENTENCES.values()}
    copy.typed |= {PASSPHRASE, first.code, third.code, center.recovery, *center.sheets, *center.sheets[0].split()}
    copy.typed |= {first.code.replace("-", ""), center.recovery.replace("-", "")}
    people = (center.staff[name].opener for name in center.staff)
    copy.secret = {half.bytes()[1:] for one in people for half in (one.seal, one.sign)}
    copy.clients = {one.client.pk for one in (first, second, third)}
    return copy


def goal(visit: Visit) -> None:
    from subrosa.records.case import actions as cases
    from subrosa.records.case.rating import rate_goal

    made = cases.agree_goal(by=visit.center.lin, at=visit.center.at, case=visit.case, text=GOAL)
    rate_goal(by=visit.center.lin, at=visit.center.at, case=visit.case, goal=made, rating=RATING)


@pytest.fixture(scope="module")
def copy(database: None) -> Iterator[Copy]:
    """Lived once, then every table as the owner reads it, with the transaction that wrote each row."""
    from subrosa.records.school import context
    from tests.ground import new_school

    with context.on(new_school()):
        made = live(found())
        with connections["owner"].cursor() as cursor:
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            for (table,) in cursor.fetchall():
                cursor.execute(f'SELECT *, xmin::text AS "xmin" FROM "{table}"')
                names = [column.name for column in cursor.description]
                made.tables[table] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        yield made


def texts(value: Any) -> Iterator[str]:
    """A value as somebody who searches a copy reads it: as text, and bytes in every common decoding."""
    if isinstance(value, (bytes, memoryview)):
        held = bytes(value)
        yield from (held.decode(code, "ignore") for code in ("utf-8", "utf-16-le", "gb18030"))
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from texts(one)
    elif value is not None:
        yield str(value)


def holding(copy: Copy, words: set[str]) -> list[tuple[str, str]]:
    """Where one of the words stands: table and column."""
    return [
        (table, column)
        for table, rows in copy.tables.items()
        for row in rows
        for column, value in row.items()
        if any(word in text for text in texts(value) for word in words)
    ]


@pytest.mark.clause("CONF-04", "passes")
@pytest.mark.clause("CONF-05", "passes")
def test_no_typed_word_stands_in_any_table(copy: Copy) -> None:
    assert sum(len(rows) for rows in copy.tables.values()) > 100
    assert holding(copy, copy.typed) == []
    assert holding(copy, {str(next(iter(copy.clients)))}), "the search itself finds what is there"


def test_no_private_half_lies_bare(copy: Copy) -> None:
    values = [
        bytes(v)
        for rows in copy.tables.values()
        for r in rows
        for v in r.values()
        if isinstance(v, (bytes, memoryview))
    ]
    assert not [value for value in values if any(half in value for half in copy.secret)]


def server_keys() -> list[Any]:
    """Every key that somebody with the server key can make, for whatever the program uses it."""
    labels = ("personal", "pepper", "marks", "lock", "session", "index", "desk", "handed", "drafts")
    first = [server_key(), *(derive(server_key(), label) for label in labels)]
    return first + [derive(key, label) for key in first[1:] for label in labels]


@pytest.mark.clause("CONF-04", "refuses")
def test_the_server_key_opens_the_list_and_the_staff_and_nothing_else(copy: Copy) -> None:
    keys, opened = server_keys(), set()
    for table, rows in copy.tables.items():
        mine = [row for row in rows if row.get("school_id") == copy.school]
        for row in mine:
            for column, value in row.items():
                if isinstance(value, (bytes, memoryview)) and opens(keys, copy.school, row["id"], bytes(value)):
                    opened.add((table, column))
    assert opened == {
        ("roster_pupil", "card"),
        ("roster_listing", "text"),
        ("person_staff", "name"),
        ("standing_principalpage", "signer"),
    }


def opens(keys: list[Any], school: int, row: UUID, value: bytes) -> bool:
    """Whether any key opens the value at any place of its row."""
    from subrosa.crypto.keys import key_id

    named = [key for key in keys if key_id(key) == value[1:9]]
    for key in named:
        for number in range(64):
            for scope in Scope:
                try:
                    open_sealed(key, value, Bound(school, number, row, scope))
                except (CannotOpen, ValueError):
                    continue
                return True
    return False


def values_of(rows: list[dict[str, Any]]) -> set[Any]:
    """Every value of some rows that could name somebody: not the school, not flags or small numbers."""
    found = set()
    for row in rows:
        for column, value in row.items():
            held = bytes(value) if isinstance(value, memoryview) else value
            if column not in {"school_id", "xmin"} and isinstance(held, (bytes, UUID, str)) and len(str(held)) > 8:
                found.add(held)
    return found


def islands(copy: Copy) -> tuple[list[dict[str, Any]], dict[str, list[dict[str, Any]]]]:
    """The roster's rows, and by table every row that somebody's coming made."""
    theirs = {
        table: [row for row in rows if row.get("school_id") == copy.school]
        for table, rows in copy.tables.items()
        if table not in ISLAND and not table.startswith(("django_", "school_"))
    }
    return [r for r in copy.tables["roster_pupil"] if r["school_id"] == copy.school], theirs


@pytest.mark.clause("CONF-05", "refuses")
def test_no_value_pairs_the_list_with_who_comes(copy: Copy) -> None:
    pupils, theirs = islands(copy)
    assert len(pupils) == 2
    known = values_of(pupils)
    for table, rows in theirs.items():
        assert not known & values_of(rows), table


@pytest.mark.clause("CONF-05", "refuses")
def test_no_hmac_under_the_server_key_pairs_them(copy: Copy) -> None:
    pupils, theirs = islands(copy)
    everything = {value for rows in theirs.values() for value in values_of(rows)}
    parts = [str(row["id"]) for row in pupils] + [NUMBER, NAME, PHONE, "2022097714"]
    school = str(copy.school).encode()
    for key in server_keys():
        for part in parts:
            text = part.encode()
            assert mark(key, text) not in everything
            for purpose in ("student-number", "roster", "client", "index", "link", "sign-in"):
                assert mark(key, purpose.encode(), school, text) not in everything
            assert mark(key, school, text) not in everything
    assert not {code_hash(code) for code in copy.typed if _is_code(code)} & everything, "used codes are gone"


def _is_code(text: str) -> bool:
    try:
        return len(code_hash(text)) == 32
    except (CannotOpen, ValueError):
        return False


@pytest.mark.clause("CONF-05", "refuses")
def test_no_transaction_and_no_moment_pairs_them(copy: Copy) -> None:
    pupils, theirs = islands(copy)
    written = {row["xmin"] for row in pupils}
    moments = [v for row in pupils for v in row.values() if isinstance(v, datetime)]
    nobody = {row["id"] for row in theirs["audit_entry"] if row["client_id"] is None and row["case_id"] is None}
    coming = ("person_", "case_", "appointment_", "note_", "consent_", "vault_", "duty_", "notice_", "archive_")
    for table, rows in theirs.items():
        for row in rows:
            if table in ("audit_entry", "audit_waiting") and row["id"] in nobody:
                continue  # the import's own entry, and its row that waits: it names nobody
            assert row["xmin"] not in written, table
            if table.startswith(coming):
                near = [v for v in row.values() if isinstance(v, datetime) and close(v, moments)]
                assert not near, (table, near)


def close(moment: datetime, moments: list[datetime]) -> bool:
    return any(abs(moment - one) < timedelta(seconds=5) for one in moments)


def test_the_logs_of_the_database_hold_none_of_it(copy: Copy) -> None:
    folder = Path(settings.DATA_DIR)
    logs = [file for file in folder.rglob("*") if file.is_file() and ".log" in file.name]
    assert logs, "the cluster writes a log"
    for file in logs:
        for text in texts(file.read_bytes()):
            assert not [word for word in copy.typed if word in text], file.name


def test_a_dump_of_the_owner_holds_none_of_it(copy: Copy) -> None:
    """`pg_dump`, as a backup would take it: the same search over the whole file, bytea decoded."""
    program = bin_folder(database_account(Path(settings.DATA_DIR))) / "pg_dump"
    given = connections["owner"].settings_dict
    address = {"PGHOST": given["HOST"], "PGUSER": given["USER"], "PGPASSWORD": given["PASSWORD"]}
    done = subprocess.run(
        [str(program), "--inserts", given["NAME"]], env=address, capture_output=True, check=True, timeout=60
    )
    text = done.stdout.decode()
    assert "INSERT INTO public.note_note" in text
    decoded = [bytes.fromhex(value) for value in re.findall(r"'\\x([0-9a-f]*)'", text)]
    assert len(decoded) > 100
    for piece in (text, *(one for value in decoded for one in texts(value))):
        assert not [word for word in copy.typed if word in piece]


def test_what_dump_plain_prints_is_what_a_thief_of_both_reads(copy: Copy) -> None:
    """`subrosa dump-plain`: the list and the staff in words, times and ids of who comes, and of what was said its size."""
    printed = list(dump.lines())
    text = "\n".join(printed)
    for word in (NAME, NUMBER, "上官同舟", "林知夏"):
        assert word in text, "the server key opens what the school knows anyway"
    islands_only = "\n".join(line for line in printed if not line.startswith(ISLAND))
    assert not [word for word in copy.typed if word in islands_only]
    assert all(str(client) in text for client in copy.clients), "that somebody comes shows, as a number"
    assert "person_client: " in text and "[desk: " in text and "note_note: " in text and "[sealed: " in text
    tables = {json.loads(line)["table"] for line in dump.lines(as_json=True)}
    held = {table for table, rows in copy.tables.items() if any(row.get("school_id") == copy.school for row in rows)}
    assert tables == held, "every table that holds something is shown"


def test_what_is_searched_for_was_really_there(copy: Copy) -> None:
    assert REASON in copy.typed and uuid4() not in copy.clients
    assert len(copy.tables["note_note"]) >= 3 and len(copy.tables["person_client"]) >= 3
