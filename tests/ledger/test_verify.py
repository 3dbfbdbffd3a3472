"""Every edit of a ledger is found, against what was seen elsewhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrosa.ledger import tree
from subrosa.ledger.checkpoint import Checkpoint
from subrosa.ledger.verify import MOST, Finding, Leaf, Report, root_of_tile, verify

ENTRIES = [f"entry {n}".encode() for n in range(600)]
HASHES = [tree.leaf_hash(one) for one in ENTRIES]


def numbered(entries: list[bytes]) -> list[Leaf]:
    return list(enumerate(entries))


def seen(size: int) -> Checkpoint:
    return Checkpoint("x", size, tree.root_of(HASHES[:size]))


def stored(number: int) -> bytes:
    return b"".join(HASHES[number * 256 : (number + 1) * 256])


CHECKPOINTS = [seen(size) for size in (0, 1, 100, 257, 600)]


def test_an_untouched_ledger_is_whole() -> None:
    report = verify(numbered(ENTRIES), CHECKPOINTS, tile=stored)
    assert report.whole and report.size == 600 and report.checked == 5
    assert report.root == tree.root_of(HASHES)


EDITS: dict[str, Callable[[list[Leaf]], list[Leaf]]] = {
    "changed": lambda rows: [*rows[:50], (50, b"other"), *rows[51:]],
    "removed, numbers closed up": lambda rows: numbered([one for n, one in rows if n != 50 and one is not None]),
    "removed, a gap left": lambda rows: [*rows[:50], *rows[51:]],
    "its bytes gone": lambda rows: [*rows[:50], (50, None), *rows[51:]],
    "inserted": lambda rows: numbered([one for _, one in [*rows[:50], (0, b"new"), *rows[50:]] if one is not None]),
    "two exchanged": lambda rows: numbered(
        [b"entry 51" if n == 50 else b"entry 50" if n == 51 else one for n, one in rows]
    ),  # type: ignore[misc]  # no None here
    "an index twice": lambda rows: [*rows[:51], (50, b"entry 50"), *rows[51:]],
    "cut off": lambda rows: rows[:90],
    "emptied": lambda _: [],
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
@pytest.mark.parametrize("with_tiles", [False, True])
def test_every_edit_is_found(edit: Callable[[list[Leaf]], list[Leaf]], with_tiles: bool) -> None:
    report = verify(edit(numbered(ENTRIES)), CHECKPOINTS, tile=stored if with_tiles else None)
    assert not report.whole
    assert any(one.what in ("root", "shorter") for one in report.findings), "a signed root shows it even without tiles"


def test_tiles_name_the_entry() -> None:
    report = verify([*numbered(ENTRIES)[:550], (550, b"x"), *numbered(ENTRIES)[551:]], [], tile=stored)
    assert report.findings == [], "an unfinished tile says nothing yet"
    report = verify([*numbered(ENTRIES)[:30], (30, b"x"), *numbered(ENTRIES)[31:]], [], tile=stored)
    assert report.findings == [Finding("tile", 30)]
    report = verify(numbered(ENTRIES), [], tile=lambda n: None if n else stored(n)[:-32])
    assert report.findings == [Finding("tile", 255), Finding("tile_gone", 1)]


def test_what_is_newer_than_every_checkpoint_is_not_shown() -> None:
    """The honest limit: an edit after the last checkpoint that was seen outside."""
    rows = [*numbered(ENTRIES)[:300], (300, b"x"), *numbered(ENTRIES)[301:]]
    assert verify(rows, [seen(257)]).whole
    assert not verify(rows, [seen(301)]).whole


@given(st.integers(0, 40), st.integers(0, 40), st.binary(max_size=3))
def test_any_change_before_a_checkpoint(size: int, place: int, entry: bytes) -> None:
    rows = numbered(ENTRIES[:40])
    if place < 40:
        rows[place] = (place, entry)
    assert verify(rows, [seen(size)]).whole == (place >= size or entry == ENTRIES[place])


def test_a_thousand_findings_are_counted() -> None:
    report = Report()
    for n in range(MOST + 5):
        report.note("gone", n)
    assert len(report.findings) == MOST and report.further == 5 and not report.whole


def test_the_root_of_a_tile() -> None:
    assert root_of_tile(stored(0)) == tree.root_of(HASHES[:256])
    with pytest.raises(ValueError, match="256"):
        root_of_tile(stored(0)[:-32])
