"""A stranger with a copy of the database and a checkpoint that somebody kept: one SELECT of FORMAT.md, and no line of ours."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connections

from subrosa.policy.actor import Actor
from subrosa.records.audit import witness
from subrosa.records.audit.models import Checkpoint, Entry
from subrosa.records.school import context
from tests.ground import as_clock
from tests.ledger import second_reader
from tests.records.audit.test_ledger import place, signed
from tests.records.audit.tiny import write

SELECT = (
    "SELECT l.place, e.bytes FROM audit_leaf l JOIN audit_entry e USING (id) WHERE l.school_id = %s ORDER BY l.place"
)


def log() -> list[bytes]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(SELECT, [context.current_school()])
        rows = cursor.fetchall()
    assert [row[0] for row in rows] == list(range(len(rows)))
    return [bytes(row[1]) for row in rows]


def test_a_stranger_verifies_the_log_and_finds_what_was_altered(counselor: Actor, at: datetime) -> None:
    for n in range(7):
        write(by=counselor, at=at + timedelta(seconds=n))
    place()
    assert signed(at) is not None
    with as_clock():
        note = Checkpoint.objects.get().note
    size, root = second_reader.checkpoint(note, witness.verifier_line())
    entries = log()
    assert size == 7 and second_reader.root([second_reader.leaf(one) for one in entries]) == root
    told = [second_reader.entry(one) for one in entries]
    assert {one["actor"] for one in told} == {counselor.id} and {one["outcome"] for one in told} == {"done"}
    with connections["owner"].cursor() as cursor:
        found = Entry.objects.order_by("at").first()
        assert found is not None
        altered = bytes(found.bytes).replace(b"done", b"DONE")
        cursor.execute("UPDATE audit_entry SET bytes = %s WHERE id = %s", [altered, found.pk])
    assert second_reader.root([second_reader.leaf(one) for one in log()]) != root
