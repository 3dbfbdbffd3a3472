"""The ledger in the database: gapless places, tiles, signed checkpoints, and every edit by somebody who writes rows."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, connection, connections, transaction

from subrosa.ledger.checkpoint import BadCheckpoint, Checkpoint, new_seed, read, sign
from subrosa.ledger.tree import EMPTY, check_inclusion, leaf_hash, root_of
from subrosa.ledger.verify import Report
from subrosa.policy.actor import Actor
from subrosa.records.audit import checking, reading, sequence, witness
from subrosa.records.audit.models import Checkpoint as Row
from subrosa.records.audit.models import Entry, Leaf, Tile, Waiting
from subrosa.records.school import context
from tests.ground import as_clock, statements, together
from tests.records.audit.tiny import write

MINUTE = timedelta(minutes=1)


def place() -> int:
    with as_clock():
        return sum(iter(sequence.sequence, 0))


def signed(at: datetime) -> Checkpoint | None:
    with as_clock():
        return sequence.sign_checkpoint(at=at)


def checked(*against: Checkpoint, rows: bool = False) -> Report:
    with as_clock():
        return checking.check(against, rows=rows)


def many(count: int, at: datetime) -> None:
    """Entries as bytes in the table, put there by the owner as fast as it goes; the tree reads nothing else of them."""
    school = context.current_school()
    sql = (
        "WITH made AS (INSERT INTO audit_entry (id, school_id, at, act, outcome, actor_kind, about, clauses, missing,"
        " within, digest, bytes, answer) SELECT gen_random_uuid(), %s, %s::timestamptz + n * interval '1 second', 'x',"
        " 'done', '', '', '{}', '{}', '', '', convert_to('entry ' || n, 'UTF8'), '' FROM generate_series(1, %s) n"
        " RETURNING id, school_id, at) INSERT INTO audit_waiting (id, school_id, at) SELECT id, school_id, at FROM made"
    )
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql, [school, at, count])


@pytest.fixture
def kept(counselor: Actor, at: datetime) -> Checkpoint:
    """Five acts with their places and a checkpoint that somebody keeps outside; two acts more after it."""
    for n in range(5):
        write(by=counselor, at=at + timedelta(seconds=n))
    assert place() == 5
    found = signed(at)
    assert found is not None
    for n in range(2):
        write(by=counselor, at=at + timedelta(minutes=1, seconds=n))
    assert place() == 2
    return found


def test_an_act_leaves_an_entry_that_waits_at_no_statement_more(counselor: Actor, at: datetime) -> None:
    with statements() as said:
        write(by=counselor, at=at)
    assert sum("audit_waiting" in one for one in said) == 1
    (entry,) = Entry.objects.all()
    assert reading.size() == 0
    assert place() == 1
    assert reading.leaf_bytes(0, 9) == [bytes(entry.bytes)]
    with as_clock():
        assert not Waiting.objects.exists()


def test_places_follow_the_order_of_writing_and_are_gapless(counselor: Actor, at: datetime) -> None:
    for seconds in (3, 1, 2):
        write(by=counselor, at=at + timedelta(seconds=seconds))
    assert place() == 3
    write(by=counselor, at=at)
    assert place() == 1
    rows = Leaf.objects.order_by("place")
    times = {entry.pk: entry.at for entry in Entry.objects.all()}
    assert [row.place for row in rows] == [0, 1, 2, 3]
    assert [times[row.pk] - at for row in rows] == [timedelta(seconds=n) for n in (3, 1, 2, 0)]


def test_six_sequencers_give_each_entry_one_place(counselor: Actor, at: datetime, monkeypatch: Any) -> None:
    monkeypatch.setattr(sequence, "BATCH", 3)
    for n in range(10):
        write(by=counselor, at=at + timedelta(seconds=n))

    def one() -> int:
        with as_clock():
            return sum(sequence.sequence() for _ in range(20))

    answers = together(*[one] * 6)
    assert all(isinstance(answer, int) for answer in answers), answers
    place()
    assert sorted(Leaf.objects.values_list("place", flat=True)) == list(range(10))


def test_a_sequencer_that_dies_leaves_everything_waiting(counselor: Actor, at: datetime, monkeypatch: Any) -> None:
    write(by=counselor, at=at)
    with monkeypatch.context() as broken:
        broken.setattr(sequence, "_store_tiles", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            place()
    assert not Leaf.objects.exists()
    assert place() == 1


@pytest.mark.parametrize("count", [255, 256, 257, 600])
def test_tiles_and_their_root(school: Any, at: datetime, count: int) -> None:
    many(count, at)
    assert place() == count
    entries = reading.leaf_bytes(0, count)
    assert len(entries) == count and Tile.objects.count() == count // 256
    found = signed(at)
    assert found is not None and found.root == root_of([leaf_hash(one) for one in entries])
    assert checked(found).whole


def test_the_second_level_of_tiles(school: Any, at: datetime, monkeypatch: Any) -> None:
    many(256 * 256 + 300, at)
    with as_clock():
        assert sum(iter(sequence.sequence, 0)) == 256 * 256 + 300
    assert Tile.objects.filter(level=0).count() == 257 and Tile.objects.filter(level=1).count() == 1
    found = signed(at)
    report = checked()
    assert found is not None and report.whole and report.size == found.size and report.root == found.root
    for number in (0, 255, 256, 65535, 65536, 65835):
        entry = Leaf.objects.get(place=number).pk
        with statements() as said:
            proof = reading.proof_of(entry)
        assert proof is not None and len(said) <= 7
        assert check_inclusion(leaf_hash(proof.entry), proof.place, found.size, proof.hashes, found.root)


def test_a_checkpoint_soon_after_growth_and_daily(counselor: Actor, at: datetime) -> None:
    assert signed(at) is None, "there is nothing to sign"
    write(by=counselor, at=at)
    place()
    assert signed(at) is not None
    assert signed(at + MINUTE) is None, "it did not grow"
    assert signed(at + timedelta(days=1, seconds=1)) is not None
    write(by=counselor, at=at)
    place()
    later = at + timedelta(days=1, seconds=5)
    assert signed(later) is None, "twice a minute is enough"
    found = signed(later + MINUTE)
    assert found is not None and found.size == 2


def test_a_checkpoint_is_written_as_a_file_and_reads_back(kept: Checkpoint, at: datetime) -> None:
    file = witness.folder() / f"{context.current_school()}-latest.txt"
    line = (witness.folder() / f"{context.current_school()}.verifier").read_text()
    assert read(file.read_text(encoding="utf-8"), line) == kept
    assert checking.read_note(file.read_text(encoding="utf-8")) == kept
    assert witness._key_file().stat().st_mode & 0o777 == 0o600


def test_another_schools_checkpoint_is_none_of_ours(kept: Checkpoint, other_school: Any) -> None:
    note = Row.objects.get().note
    with context.on(other_school), pytest.raises(BadCheckpoint):
        checking.read_note(note)


def test_a_proof_against_the_newest_checkpoint(kept: Checkpoint) -> None:
    for leaf in Leaf.objects.order_by("place"):
        proof = reading.proof_of(leaf.pk)
        if leaf.place >= kept.size:
            assert proof is None, "it has a place, but no checkpoint says so yet"
            continue
        assert proof is not None and proof.place == leaf.place
        assert check_inclusion(leaf_hash(proof.entry), proof.place, kept.size, proof.hashes, kept.root)


def owner_does(sql: str, *params: Any) -> None:
    """With the rights of somebody who writes rows."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql.replace("OURS", f"school_id = {context.current_school()}"), params)
        assert cursor.rowcount != 0, "the edit found nothing to edit"


EDITS: dict[str, list[str]] = {
    "changed": [
        "UPDATE audit_entry SET bytes = 'other' WHERE id = (SELECT id FROM audit_leaf WHERE OURS AND place = 2)"
    ],
    "removed": ["DELETE FROM audit_entry WHERE id = (SELECT id FROM audit_leaf WHERE OURS AND place = 2)"],
    "removed with its place": ["DELETE FROM audit_leaf WHERE OURS AND place = 2"],
    "removed and closed up": [
        "DELETE FROM audit_leaf WHERE OURS AND place = 2",
        "UPDATE audit_leaf SET place = -place WHERE OURS AND place > 2",
        "UPDATE audit_leaf SET place = -place - 1 WHERE OURS AND place < 0",
    ],
    "reordered": [
        "UPDATE audit_leaf SET place = 100 WHERE OURS AND place = 2",
        "UPDATE audit_leaf SET place = 2 WHERE OURS AND place = 3",
        "UPDATE audit_leaf SET place = 3 WHERE OURS AND place = 100",
    ],
    "one put in": [
        "UPDATE audit_leaf SET place = -place - 1 WHERE OURS AND place >= 2",
        "UPDATE audit_leaf SET place = -place WHERE OURS AND place < 0",
        "WITH made AS (INSERT INTO audit_entry (id, school_id, at, act, outcome, actor_kind, about, clauses, missing,"
        " within, digest, bytes, answer) SELECT gen_random_uuid(), school_id, at, act, outcome, actor_kind, about,"
        " clauses, missing, within, digest, bytes, '' FROM audit_entry WHERE OURS LIMIT 1 RETURNING id, school_id)"
        " INSERT INTO audit_leaf (id, school_id, place, hash) SELECT id, school_id, 2, sha256('x') FROM made",
    ],
    "cut off": ["DELETE FROM audit_leaf WHERE OURS AND place >= 3"],
    "emptied": ["DELETE FROM audit_leaf WHERE OURS"],
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_every_edit_before_a_kept_checkpoint_is_found(kept: Checkpoint, edit: list[str]) -> None:
    assert checked(kept).whole
    for sql in edit:
        owner_does(sql)
    report = checked(kept)
    assert {one.what for one in report.findings} & {"root", "shorter"}, report


def test_rolled_back_to_an_older_checkpoint_that_was_seen_outside(kept: Checkpoint, at: datetime) -> None:
    """The whole database put back to a morning: nothing inside contradicts itself; what was kept outside does."""
    newest = signed(at + timedelta(hours=1))
    assert newest is not None and newest.size == 7
    owner_does("DELETE FROM audit_leaf WHERE OURS AND place >= %s", kept.size)
    owner_does("DELETE FROM audit_entry WHERE OURS AND id NOT IN (SELECT id FROM audit_leaf WHERE OURS)")
    owner_does("DELETE FROM audit_checkpoint WHERE OURS AND size > %s", kept.size)
    assert checked().whole, "alone it looks whole: the program says that this is all it can find"
    report = checked(newest)
    assert [(one.what, one.at, one.more) for one in report.findings] == [("shorter", 5, "7")]
    assert not witness.still_there(witness.Seen(newest.size, newest.root))
    assert witness.still_there(witness.Seen(kept.size, kept.root))


def test_rewritten_from_the_start_by_somebody_with_the_checkpoint_key(kept: Checkpoint, at: datetime) -> None:
    owner_does("UPDATE audit_entry SET bytes = 'other' WHERE id = (SELECT id FROM audit_leaf WHERE OURS AND place = 2)")
    root = root_of([leaf_hash(one) for one in reading.leaf_bytes(0, 5)])
    forged = Checkpoint(witness.origin(), 5, root, witness.more_lines())
    note = sign(forged, witness.origin(), witness.seed())
    owner_does("UPDATE audit_checkpoint SET root = %s, note = %s WHERE OURS", root, note)
    owner_does("UPDATE audit_leaf SET hash = %s WHERE OURS AND place = 2", leaf_hash(b"other"))
    assert checked().whole, "who holds the key and writes rows signs what he likes"
    assert {one.what for one in checked(kept).findings} == {"root"}, "but not what others have seen"


def test_a_checkpoint_row_that_was_altered(kept: Checkpoint) -> None:
    note = sign(Checkpoint(witness.origin(), 5, kept.root), witness.origin(), new_seed())
    owner_does("UPDATE audit_checkpoint SET note = %s WHERE OURS", note)
    assert [(one.what, one.more) for one in checked().findings] == [("checkpoint", "signature")]


def test_a_row_that_waits_no_more(counselor: Actor, at: datetime) -> None:
    """Somebody takes an entry out of the queue before the clock sees it."""
    write(by=counselor, at=at)
    owner_does("DELETE FROM audit_waiting WHERE OURS")
    assert [(one.what, one.more) for one in checked().findings] == [("no_place", "1")]


def test_columns_that_say_something_else_than_the_bytes(kept: Checkpoint) -> None:
    owner_does(
        "UPDATE audit_entry SET outcome = 'refused' WHERE id = (SELECT id FROM audit_leaf WHERE OURS AND place = 2)"
    )
    assert checked(kept).whole
    assert [one.what for one in checked(kept, rows=True).findings] == ["columns"]


def test_a_full_tile_that_was_altered_names_the_entry(school: Any, at: datetime) -> None:
    many(300, at)
    place()
    owner_does("UPDATE audit_entry SET bytes = 'x' WHERE id = (SELECT id FROM audit_leaf WHERE OURS AND place = 77)")
    assert [(one.what, one.at) for one in checked().findings] == [("tile", 77)]


@pytest.mark.parametrize("where", ["place = 2", "place >= 3", "true"])
def test_nothing_is_signed_on_a_torn_log(kept: Checkpoint, at: datetime, where: str) -> None:
    owner_does(f"DELETE FROM audit_leaf WHERE OURS AND {where}")
    with pytest.raises(sequence.LedgerBroken):
        signed(at + timedelta(days=2))


RIGHTS = ("UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}")
TABLES = ("audit_entry", "audit_leaf", "audit_tile", "audit_checkpoint")


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("who", ["app", "clock"])
def test_nobody_who_serves_may_change_what_is_written(school: Any, table: str, who: str) -> None:
    def tries() -> None:
        for sql in RIGHTS:
            denied = pytest.raises(ProgrammingError, match="permission denied")
            with denied, transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql.format(table))

    if who == "app":
        tries()
        for more in (
            "INSERT INTO audit_leaf (id, place, hash) VALUES (gen_random_uuid(), 0, '')",
            "SELECT * FROM audit_waiting",
        ):
            with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
                cursor.execute(more)
    else:
        with as_clock():
            tries()


def test_what_a_browser_keeps(kept: Checkpoint) -> None:
    seen = witness.newest_seen()
    assert seen == witness.Seen(kept.size, kept.root)
    assert witness.seen_of(seen.as_text()) == seen and witness.still_there(seen)
    assert not witness.still_there(witness.Seen(kept.size, bytes(32)))
    assert not witness.still_there(witness.Seen(kept.size + 1, kept.root))
    assert witness.still_there(witness.Seen(0, EMPTY)), "who has seen nothing misses nothing"


A = "A" * 43
NONE = ["", "5", "x.y", "5.", ".AAAA", f"-1.{A}", f"{'9' * 30}.{A}", "5.\u20ac", f"\u0663.{A}B"]


@pytest.mark.parametrize("text", NONE)
def test_a_cookie_that_is_none(text: str) -> None:
    assert witness.seen_of(text) is None


def test_an_unknown_entry_has_no_proof(school: Any) -> None:
    assert reading.proof_of(uuid.uuid4()) is None and reading.latest() is None
    assert witness.newest_seen() is None
