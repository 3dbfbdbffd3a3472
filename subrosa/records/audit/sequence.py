"""The clock's work on the ledger: what waits gets its place in the tree, full tiles are stored, checkpoints are signed.

Acts only leave an entry and a row that waits, so that no writer ever queues behind another. One sequencer at a time works
for a school; whatever it had not committed when it died still waits.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import connection, transaction

from subrosa.ledger.checkpoint import Checkpoint as Statement
from subrosa.ledger.checkpoint import sign
from subrosa.ledger.tree import HASH, TILE, leaf_hash, range_root
from subrosa.ledger.verify import root_of_tile
from subrosa.records.school.context import current_school

from . import witness
from .reading import full_tile_roots, latest, leaf_hashes, size, tiles

BATCH = 4096  # entries of one transaction
SOON = timedelta(seconds=30)  # a grown tree is signed no more often than this
DAILY = timedelta(days=1)
OPEN = "SELECT set_config('subrosa.school', %s, true), set_config('subrosa.act', 'sequence', true)"


class LedgerBroken(Exception):
    """A place or a tile is missing: the tree cannot grow on what is there. Nothing was placed and nothing signed."""


def _alone(cursor: Any) -> bool:
    """Whether this is the one sequencer of this school until the transaction ends."""
    cursor.execute(OPEN, [str(current_school())])
    cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended('ledger', %s))", [current_school()])
    return bool(cursor.fetchone()[0])


def sequence() -> int:
    """Give what waits its places, in the order of its writing, and store the tiles that became full; answers how many."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        if not _alone(cursor):
            return 0
        cursor.execute(
            "SELECT w.id, e.bytes FROM audit_waiting w JOIN audit_entry e ON e.id = w.id ORDER BY w.turn LIMIT %s",
            [BATCH],
        )
        rows = cursor.fetchall()
        if not rows:
            return 0
        before, waiting = size(), [row[0] for row in rows]
        cursor.execute(
            "INSERT INTO audit_leaf (id, school_id, place, hash)"
            " SELECT one, %s, %s + n - 1, hash FROM unnest(%s::uuid[], %s::bytea[]) WITH ORDINALITY AS t(one, hash, n)",
            [current_school(), before, waiting, [leaf_hash(bytes(row[1])) for row in rows]],
        )
        cursor.execute("DELETE FROM audit_waiting WHERE id = ANY(%s)", [waiting])
        _store_tiles(before, before + len(waiting))
    return len(waiting)


def _store_tiles(before: int, after: int) -> None:
    """The tiles of leaf hashes that are full now, and above them those that became full with them."""
    for number in range(before // TILE, after // TILE):
        _store(0, number, leaf_hashes(number * TILE))
        level, above = 1, number
        while (above + 1) % TILE == 0:
            above //= TILE
            _store(level, above, full_tile_roots(level - 1, above * TILE))
            level += 1


def _store(level: int, number: int, hashes: bytes) -> None:
    if len(hashes) != TILE * HASH:
        raise LedgerBroken(LedgerBroken.__doc__)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_tile (id, school_id, level, number, hashes, root) VALUES (%s, %s, %s, %s, %s, %s)",
            [uuid4(), current_school(), level, number, hashes, root_of_tile(hashes)],
        )


def sign_checkpoint(*, at: datetime) -> Statement | None:
    """Sign the tree's size and root when it grew (at most twice a minute) and once a day; None where it is not time."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        if not _alone(cursor):
            return None
        now, last = size(), latest()
        if last is not None and now < last.size:  # cut off below: to sign the rest would make it good
            raise LedgerBroken(LedgerBroken.__doc__)
        if last is not None and at - last.at < (SOON if now > last.size else DAILY):
            return None
        if now == 0:
            return None
        try:
            root = range_root(0, now, tiles(now).node)
        except LookupError as error:
            raise LedgerBroken(LedgerBroken.__doc__) from error
        statement = Statement(witness.origin(), now, root, witness.more_lines())
        note = sign(statement, witness.origin(), witness.seed())
        cursor.execute(
            "INSERT INTO audit_checkpoint (id, school_id, size, root, note, at) VALUES (%s, %s, %s, %s, %s, %s)",
            [uuid4(), current_school(), now, root, note, at],
        )
    witness.send(note, at=at)
    return statement
