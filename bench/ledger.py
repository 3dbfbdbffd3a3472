"""Verifying a whole ledger beside reading the same rows, in the same memory however long it is; and one proof in it."""

from __future__ import annotations

import statistics
import time
import tracemalloc
from datetime import UTC, datetime

from django.db import connection, connections

from subrosa.ledger.tree import check_inclusion, leaf_hash
from subrosa.records.audit import checking, reading, sequence
from subrosa.records.school import context
from subrosa.records.school.models import School
from subrosa.walk.walk import Walk

from .measure import Line, as_clock, in_turn, ratio

VERIFY_LIMIT, PROOF_LIMIT, MEMORY_LIMIT = 2.0, 5.0, 1.2
BYTES = 340  # of one entry: an act about a record, with its clauses
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def lines(walk: Walk, *, times: int, size: int = 0) -> list[Line]:
    """Schools of their own, so that what is counted is known: 10⁵ entries, and 10⁶ where there is time for it."""
    quick = times < 100
    small, large = 100_000, size or (200_000 if quick else 1_000_000)
    found, peaks = [], []
    for number, count in enumerate((small, large)):
        with context.on(_school(f"ledger{number}.example")), as_clock():
            _fill(count)
            whole, bare = in_turn(lambda _: checking.check(), lambda _: _raw(), times=3)
            found.append(ratio(f"verifying {count:,} entries ÷ reading the rows", whole, bare, VERIFY_LIMIT, times=3))
            peaks.append(_peak())
            if count == large:
                found.append(_proofs(count))
    facts = {"mb": [round(one / 2**20, 2) for one in peaks]}
    found.append(
        Line(
            f"memory of verifying {large:,} ÷ {small:,} entries",
            round(peaks[1] / peaks[0], 2),
            MEMORY_LIMIT,
            facts=facts,
        )
    )
    return found


def _school(host: str) -> School:
    made = School.objects.using("owner").create(host=host, name_zh="学校", name_en="School", kind="cn-secondary")
    made._state.db = "default"
    return made


def _fill(count: int) -> None:
    """Entries of the size that acts leave, by the owner, then placed by the sequencer as the clock does it."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "WITH made AS (INSERT INTO audit_entry (id, school_id, at, act, outcome, actor_kind, about, clauses, missing,"
            " within, digest, bytes, answer) SELECT gen_random_uuid(), %s, %s::timestamptz + n * interval '1 second',"
            " 'write_note', 'done', 'staff', '', '{}', '{}', '', '', convert_to(rpad(n::text, %s, 'x'), 'UTF8'), ''"
            " FROM generate_series(1, %s) n RETURNING id, school_id, at)"
            " INSERT INTO audit_waiting (id, school_id, at) SELECT id, school_id, at FROM made",
            [context.current_school(), AT, BYTES, count],
        )
        cursor.execute("ANALYZE audit_entry, audit_waiting")
    while sequence.sequence():
        pass
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE audit_leaf, audit_tile, audit_waiting")
    assert sequence.sign_checkpoint(at=AT) is not None


def _raw() -> int:
    """The same rows in the same ranges, and nothing done with them."""
    return sum(1 for _ in checking._leaves())


def _peak() -> int:
    tracemalloc.start()
    checking.check()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def _proofs(count: int) -> Line:
    """Milliseconds of one inclusion proof, read and checked; places all over the tree, the newest among them."""
    with connection.cursor() as cursor:
        places = [0, 255, 256, count // 3, count // 2, count - 300, count - 2, count - 1]
        cursor.execute("SELECT id FROM audit_leaf WHERE place = ANY(%s)", [places])
        entries = [row[0] for row in cursor.fetchall()]
    spans = []
    for entry in entries * 5:
        begun = time.perf_counter()
        proof = reading.proof_of(entry)
        spans.append(time.perf_counter() - begun)
        assert proof is not None
        found = check_inclusion(leaf_hash(proof.entry), proof.place, proof.signed.size, proof.hashes, proof.signed.root)
        assert found, "the proof holds"
    return Line(
        f"an inclusion proof among {count:,} entries", round(statistics.median(spans) * 1000, 2), PROOF_LIMIT, " ms"
    )
