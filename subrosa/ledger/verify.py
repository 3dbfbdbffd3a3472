"""Reading a whole ledger once, in order, in the memory of a few hashes, and saying what is not as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from .checkpoint import Checkpoint
from .tree import HASH, TILE, Peaks, leaf_hash, root_of

MOST = 100  # findings are listed up to here; what is beyond is counted


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was: what, at which index (or size), and a few words more."""

    what: str
    at: int
    more: str = ""


@dataclass(slots=True)
class Report:
    """What was read and what was found. `whole` only if nothing was."""

    size: int = 0
    root: bytes = b""
    checked: int = 0  # checkpoints that were compared
    findings: list[Finding] = field(default_factory=list)
    further: int = 0

    @property
    def whole(self) -> bool:
        """Whether everything is as it was."""
        return not self.findings

    def note(self, what: str, at: int, more: str = "") -> None:
        """One finding more."""
        if len(self.findings) < MOST:
            self.findings.append(Finding(what, at, more))
        else:
            self.further += 1


Leaf = tuple[int, bytes | None]  # index, canonical bytes (None: the entry is gone)
Tile = Callable[[int], bytes | None]  # number of a full tile of leaf hashes -> what is stored


def verify(
    leaves: Iterable[Leaf], checkpoints: Sequence[Checkpoint], *, tile: Tile | None = None, report: Report | None = None
) -> Report:
    """Read every leaf by ascending index and compare with the checkpoints, and with the stored tiles where given.

    Finds: a missing or repeated index, an entry that is gone, a root that is not the one that was signed at some size, a
    ledger shorter than a checkpoint, a tile that does not hold what the entries say (and which entry of it).
    """
    found = report or Report()
    peaks, wanted = Peaks(), sorted(checkpoints, key=lambda one: one.size)
    place, hashes = 0, []
    for hashed in _in_order(leaves, found):
        while place < len(wanted) and wanted[place].size <= peaks.size:
            _compare(wanted[place], peaks, found)
            place += 1
        peaks.append(hashed)
        if tile is not None:
            hashes.append(hashed)
            if len(hashes) == TILE:
                _compare_tile(peaks.size // TILE - 1, hashes, tile, found)
                hashes = []
    found.size, found.root = peaks.size, peaks.root()
    for one in wanted[place:]:
        _compare(one, peaks, found)
    return found


def _in_order(leaves: Iterable[Leaf], found: Report) -> Iterator[bytes]:
    """The leaf hashes by index; where an index is missing the count goes on, and every later root will show it."""
    following = 0
    for index, entry in leaves:
        if index != following:
            found.note("gap" if index > following else "repeated", following if index > following else index)
            following = max(index, following)
        following += 1
        if entry is None:
            found.note("gone", index)
            continue
        yield leaf_hash(entry)


def _compare(checkpoint: Checkpoint, peaks: Peaks, found: Report) -> None:
    found.checked += 1
    if checkpoint.size > peaks.size:
        found.note("shorter", peaks.size, str(checkpoint.size))
    elif checkpoint.root != peaks.root():
        found.note("root", checkpoint.size)


def _compare_tile(number: int, hashes: list[bytes], tile: Tile, found: Report) -> None:
    stored = tile(number)
    if stored is None:
        found.note("tile_gone", number)
    elif stored != b"".join(hashes):
        parts = [stored[place : place + HASH] for place in range(0, len(stored), HASH)]
        wrong = next((n for n, one in enumerate(hashes) if n >= len(parts) or parts[n] != one), 0)
        found.note("tile", number * TILE + wrong)


def root_of_tile(hashes: bytes) -> bytes:
    """The root over a full tile, which is a hash of the tile above it. ValueError for a tile that is not full."""
    if len(hashes) != TILE * HASH:
        raise ValueError("a full tile has 256 hashes")
    return root_of([hashes[place : place + HASH] for place in range(0, len(hashes), HASH)])
