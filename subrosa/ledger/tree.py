"""The Merkle tree of RFC 6962 over the entries of a ledger: hashing, proofs and their checks, tiles of 256 hashes.

A leaf is SHA-256(0x00 || entry), a node SHA-256(0x01 || left || right), the root of nothing SHA-256 of nothing. Indices
count from 0, sizes are numbers of leaves. A *node* (level, index) is the root of the 2^level leaves from index * 2^level on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256

TILE = 256  # hashes in a full tile
DEPTH = 8  # levels of nodes inside one tile: 2^8 = 256
HASH = 32  # bytes
EMPTY = sha256(b"").digest()

Node = Callable[[int, int], bytes]  # (level, index) -> hash of a complete subtree
ReadTile = Callable[[int, int], bytes]  # (level of tiles, number) -> its hashes, joined; the last tile may hold fewer


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry's canonical bytes."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two subtrees."""
    return sha256(b"\x01" + left + right).digest()


def root_of(hashes: Sequence[bytes]) -> bytes:
    """The root over leaf hashes that lie in memory; EMPTY for none."""
    peaks = Peaks()
    for one in hashes:
        peaks.append(one)
    return peaks.root()


class Peaks:
    """A tree that only grows: the roots of its complete subtrees, largest first. Memory is that of log2(size) hashes."""

    __slots__ = ("_peaks", "size")

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def append(self, leaf: bytes) -> None:
        """One more leaf hash."""
        peaks, size = self._peaks, self.size + 1
        self.size = size
        while not size & 1:
            leaf = sha256(b"\x01" + peaks.pop() + leaf).digest()
            size >>= 1
        peaks.append(leaf)

    def root(self) -> bytes:
        """The root over everything appended so far."""
        if not self._peaks:
            return EMPTY
        root = self._peaks[-1]
        for left in self._peaks[-2::-1]:
            root = node_hash(left, root)
        return root


def _split(count: int) -> int:
    """The largest power of two below a count of at least 2."""
    return 1 << ((count - 1).bit_length() - 1)


def range_root(start: int, end: int, node: Node) -> bytes:
    """The root over the leaves from start up to, not with, end; `start` is where RFC 6962 would split."""
    count = end - start
    if count <= 0:
        return EMPTY
    if count & (count - 1) == 0:
        level = count.bit_length() - 1
        return node(level, start >> level)
    middle = start + _split(count)
    return node_hash(range_root(start, middle, node), range_root(middle, end, node))


def inclusion_proof(index: int, size: int, node: Node) -> list[bytes]:
    """The hashes that lead from leaf `index` to the root of the first `size` leaves, nearest first (RFC 6962, 2.1.1).

    ValueError unless 0 <= index < size.
    """
    if not 0 <= index < size:
        raise ValueError("no such leaf in a tree of this size")
    start, end, proof = 0, size, []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            proof.append(range_root(middle, end, node))
            end = middle
        else:
            proof.append(range_root(start, middle, node))
            start = middle
    return proof[::-1]


def check_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether `proof` shows that `leaf` is leaf `index` of the tree of `size` leaves with this root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for one in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(one, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, one)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def consistency_proof(old: int, new: int, node: Node) -> list[bytes]:
    """The hashes that show that the first `old` of `new` leaves are unchanged (RFC 6962, 2.1.2).

    ValueError unless 0 <= old <= new. Empty where there is nothing to show (old is 0 or new).
    """
    if not 0 <= old <= new:
        raise ValueError("a tree never shrinks")
    if old in (0, new):
        return []
    start, end, whole, proof = 0, new, True, []
    while old - start != end - start:
        middle = start + _split(end - start)
        if old <= middle:
            proof.append(range_root(middle, end, node))
            end = middle
        else:
            proof.append(range_root(start, middle, node))
            start, whole = middle, False
    if not whole:
        proof.append(range_root(start, end, node))
    return proof[::-1]


def check_consistency(old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether `proof` shows that a tree of `new` leaves begins with the tree of `old` leaves (RFC 9162, 2.1.4.2)."""
    if old == new:
        return not proof and old_root == new_root
    if old == 0:
        return not proof and old_root == EMPTY
    if not 0 < old < new or not proof:
        return False
    hashes = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    first = second = hashes[0]
    for one in hashes[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            first, second = node_hash(one, first), node_hash(one, second)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            second = node_hash(second, one)
        place, last = place >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root


class Tiles:
    """Nodes out of tiles: each tile is read once, and a node inside it is folded from its hashes.

    Tile `number` of level t holds the nodes (8 t, 256 number) to (8 t, 256 number + 255), as C2SP tlog-tiles lays them out.
    """

    def __init__(self, read: ReadTile) -> None:
        self._read = read
        self._known: dict[tuple[int, int], bytes] = {}

    def node(self, level: int, index: int) -> bytes:
        """The hash of one complete subtree; LookupError where a tile holds too few hashes for it."""
        tier, height = divmod(level, DEPTH)
        first = index << height
        number, offset = divmod(first, TILE)
        if (tier, number) not in self._known:
            self._known[tier, number] = self._read(tier, number)
        held = self._known[tier, number][offset * HASH : (offset + (1 << height)) * HASH]
        if len(held) != HASH << height:
            raise LookupError(f"tile {tier}/{number} holds too few hashes")
        return root_of(split_hashes(held))


def split_hashes(joined: bytes) -> list[bytes]:
    """The hashes of a tile one by one."""
    return [joined[place : place + HASH] for place in range(0, len(joined), HASH)]
