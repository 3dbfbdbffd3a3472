"""Reading the tree of this school: its size, its nodes out of tiles, its checkpoints, and proofs for single entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from subrosa.ledger.tree import TILE, Tiles, consistency_proof, inclusion_proof

from .models import Checkpoint

CHUNK = 2000  # rows that lie in memory at once while a whole ledger is read


def size() -> int:
    """How many entries have a place."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT place + 1 FROM audit_leaf ORDER BY school_id DESC, place DESC LIMIT 1")
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def waiting_since() -> datetime | None:
    """Since when the oldest entry waits for its place; None where none does. Only the clock may ask."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(at) FROM audit_waiting")
        found: datetime | None = cursor.fetchone()[0]
    return found


def leaf_bytes(first: int, count: int) -> list[bytes]:
    """The canonical bytes of up to `count` entries from one place on."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.bytes FROM audit_leaf l JOIN audit_entry e ON e.id = l.id"
            " WHERE l.place >= %s AND l.place < %s ORDER BY l.place",
            [first, first + count],
        )
        return [bytes(row[0]) for row in cursor.fetchall()]


def leaf_hashes(first: int) -> bytes:
    """The hashes of up to 256 entries from one place on, joined: what a tile of them holds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT hash FROM audit_leaf WHERE place >= %s AND place < %s ORDER BY place", [first, first + TILE]
        )
        return b"".join(bytes(row[0]) for row in cursor.fetchall())


def full_tile_roots(level: int, first: int) -> bytes:
    """The roots of up to 256 full tiles of one level, joined: what the tile above them holds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT root FROM audit_tile WHERE level = %s AND number >= %s AND number < %s ORDER BY number",
            [level, first, first + TILE],
        )
        return b"".join(bytes(row[0]) for row in cursor.fetchall())


def stored_tile(level: int, number: int) -> bytes | None:
    """The hashes of a full tile as they are stored."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT hashes FROM audit_tile WHERE level = %s AND number = %s", [level, number])
        row = cursor.fetchone()
    return bytes(row[0]) if row else None


def stored_tiles(level: int, first: int, count: int) -> dict[int, bytes]:
    """The full tiles of one level from one number on, by number."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, hashes FROM audit_tile WHERE level = %s AND number >= %s AND number < %s",
            [level, first, first + count],
        )
        return {number: bytes(hashes) for number, hashes in cursor.fetchall()}


def tiles(of: int) -> Tiles:
    """The nodes of a tree of `of` entries: from full tiles, and where the last one is still open from the rows below it."""

    def read(level: int, number: int) -> bytes:
        full = (number + 1) * TILE ** (level + 1) <= of
        if full and (stored := stored_tile(level, number)) is not None:
            return stored
        return leaf_hashes(number * TILE) if level == 0 else full_tile_roots(level - 1, number * TILE)

    return Tiles(read)


@dataclass(frozen=True, slots=True)
class Signed:
    """One stored checkpoint."""

    size: int
    root: bytes
    note: str
    at: datetime


def _signed(row: Checkpoint) -> Signed:
    return Signed(row.size, bytes(row.root), row.note, row.at)


def latest() -> Signed | None:
    """The newest checkpoint."""
    row = Checkpoint.objects.order_by("-size", "-at").first()
    return _signed(row) if row else None


def checkpoints() -> Iterator[Signed]:
    """Every stored checkpoint, the smallest tree first."""
    return (_signed(row) for row in Checkpoint.objects.order_by("size", "at").iterator(chunk_size=CHUNK))


@dataclass(frozen=True, slots=True)
class Proof:
    """That one entry stands in the tree that a checkpoint signed: its bytes, its place and the hashes up to the root."""

    entry: bytes
    place: int
    hashes: tuple[bytes, ...]
    signed: Signed


def proofs_of(entries: Sequence[UUID]) -> dict[UUID, Proof]:
    """The proofs for some entries against the newest checkpoint; one that still waits for one (about a minute) has none."""
    signed = latest()
    if signed is None:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT l.id, l.place, e.bytes FROM audit_leaf l JOIN audit_entry e ON e.id = l.id"
            " WHERE l.id = ANY(%s) AND l.place < %s",
            [list(entries), signed.size],
        )
        rows = cursor.fetchall()
    node = tiles(signed.size).node  # read once for all of them
    return {
        key: Proof(bytes(entry), place, tuple(inclusion_proof(place, signed.size, node)), signed)
        for key, place, entry in rows
    }


def proof_of(entry: UUID) -> Proof | None:
    """The proof for one entry; None while it still waits for a checkpoint."""
    return proofs_of([entry]).get(entry)


def growth_from(old: int) -> tuple[Signed, list[bytes]] | None:
    """The newest checkpoint and the proof that it grew out of the tree of `old` entries; None where it cannot have."""
    signed = latest()
    if signed is None or old > signed.size:
        return None
    return signed, consistency_proof(old, signed.size, tiles(signed.size).node)
