"""`subrosa ledger verify`: the whole ledger of one school against its tiles, its checkpoints, and what was seen outside."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from django.apps import apps
from django.db import connection

from subrosa.ledger.checkpoint import BadCheckpoint, Checkpoint, read
from subrosa.ledger.entry import BadEntry, parse
from subrosa.ledger.tree import TILE, leaf_hash
from subrosa.ledger.verify import Leaf, Report, verify

from . import sockets, witness
from .models import Entry
from .reading import checkpoints, size, stored_tiles

CHUNK = 4096  # entries in memory at once
AT_ONCE = 16  # stored tiles in memory at once: they hold as many hashes


def read_note(note: str) -> Checkpoint:
    """A checkpoint that was kept outside; BadCheckpoint where this ledger's key did not sign exactly this."""
    found = read(note, witness.verifier_line())
    if found.origin != witness.origin():
        raise BadCheckpoint(f"this is a checkpoint of {found.origin}, not of {witness.origin()}")
    return found


def kept_outside() -> list[Checkpoint]:
    """The checkpoints that went out as files; one that this ledger's key did not sign says nothing."""
    found = []
    for note in witness.sent():
        with suppress(BadCheckpoint):
            found.append(read_note(note))
    return found


def check(against: Sequence[Checkpoint] = (), *, rows: bool = False) -> Report:
    """Read everything once. `against` are checkpoints seen outside; `rows` compares columns and sealed rows as well."""
    report = Report()
    stored = list(_stored(report))
    verify(_leaves(), [*stored, *against], tile=_tile_reader(), report=report)
    _open_tile(report)
    _without_a_place(report)
    if rows:
        _columns(report)
        _sealed_rows(report)
    return report


def _stored(report: Report) -> Iterator[Checkpoint]:
    for row in checkpoints():
        try:
            found = read_note(row.note)
        except BadCheckpoint:
            report.note("checkpoint", row.size, "signature")
            continue
        if (found.size, found.root) != (row.size, row.root):
            report.note("checkpoint", row.size, "columns")
        yield found


def _leaves() -> Iterator[Leaf]:
    """Every place with its entry's bytes, in ranges, so that memory stays that of one range."""
    for first in range(0, size(), CHUNK):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT l.place, e.bytes FROM audit_leaf l LEFT JOIN audit_entry e ON e.id = l.id"
                " WHERE l.place >= %s AND l.place < %s ORDER BY l.place",
                [first, first + CHUNK],
            )
            yield from cursor.fetchall()


def _tile_reader() -> Callable[[int], bytes | None]:
    """Stored tiles of leaf hashes, read many at a time, since they are asked for one after the other."""
    held: dict[int, bytes] = {}

    def tile(number: int) -> bytes | None:
        if number % AT_ONCE == 0 or not held:
            held.clear()
            held.update(stored_tiles(0, number, AT_ONCE))
        return held.get(number)

    return tile


def _open_tile(report: Report) -> None:
    """The entries of the tile that is not full yet, against the hashes they were placed with."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT l.place, l.hash, e.bytes FROM audit_leaf l JOIN audit_entry e ON e.id = l.id WHERE l.place >= %s"
            " ORDER BY l.place",
            [report.size // TILE * TILE],
        )
        for place, stored, entry in cursor.fetchall():
            if bytes(stored) != leaf_hash(bytes(entry)):
                report.note("tile", place)


def _without_a_place(report: Report) -> None:
    """Entries that neither have a place nor wait for one: somebody took the waiting row away."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM (SELECT id FROM audit_entry EXCEPT"  # as sets: one pass each, whatever the statistics say
            " (SELECT id FROM audit_leaf UNION ALL SELECT id FROM audit_waiting)) lost"
        )
        lost = cursor.fetchone()[0]
    if lost:
        report.note("no_place", report.size, str(lost))


def _columns(report: Report) -> None:
    """What the columns of an entry say is what its bytes say: pages read columns, the tree holds bytes."""
    for row in Entry.objects.order_by("at").iterator(chunk_size=CHUNK):
        try:
            entry = parse(bytes(row.bytes))
        except BadEntry:
            report.note("bytes", 0, str(row.pk))
            continue
        said = (entry.id, entry.school, entry.at, entry.act, entry.outcome, entry.actor_kind, entry.actor, entry.about)
        more = (entry.client, entry.case, entry.clauses, entry.missing, entry.within, entry.digest)
        if (*said, *more) != _columns_of(row):
            report.note("columns", 0, str(row.pk))


def _columns_of(row: Entry) -> tuple[Any, ...]:
    what = (row.pk, row.school_id, row.at, row.act, row.outcome, row.actor_kind, row.actor_id, row.about)
    return (*what, row.client_id, row.case_id, tuple(row.clauses), tuple(row.missing), row.within, bytes(row.digest))


ROWS = """
WITH sealed AS (
  SELECT e.about, e.digest, rank() OVER (PARTITION BY e.about ORDER BY l.place DESC NULLS FIRST) AS back
  FROM audit_entry e LEFT JOIN audit_leaf l ON l.id = e.id WHERE e.digest <> ''::bytea AND e.outcome = 'done'
)
SELECT r.id FROM "{table}" r WHERE r."{field}" IS NOT NULL AND NOT EXISTS (
  SELECT FROM sealed s WHERE s.back = 1 AND s.about = %s || r.id::text AND s.digest = sha256(r."{field}")
)
"""


def _sealed_rows(report: Report) -> None:
    """Each finished sealed row against the digest in its last entry: an old revision put back is found here.

    Which entry is the last is said by its place. Of several that still wait for one, any may be: they have it in a minute.
    """
    for label, field in sockets.finished.items():
        table = apps.get_model(label)._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(ROWS.format(table=table, field=field), [f"{label}:"])
            for (key,) in cursor.fetchall():
                report.note("row", 0, f"{label}:{key}")
