"""The tree against the words of RFC 6962 (written out naively here), its published roots, and every way to lie to it."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrosa.ledger import tree

# Leaves and roots of the reference implementation of Certificate Transparency.
LEAVES = [bytes.fromhex(one) for one in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")]
LEAVES.append(bytes(range(0x60, 0x70)))
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def mth(leaves: list[bytes]) -> bytes:
    """RFC 6962, 2.1."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    k = split(len(leaves))
    return sha256(b"\x01" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def split(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def path(m: int, leaves: list[bytes]) -> list[bytes]:
    """RFC 6962, 2.1.1."""
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if m < k:
        return [*path(m, leaves[:k]), mth(leaves[k:])]
    return [*path(m - k, leaves[k:]), mth(leaves[:k])]


def subproof(m: int, leaves: list[bytes], whole: bool) -> list[bytes]:
    """RFC 6962, 2.1.2."""
    if m == len(leaves):
        return [] if whole else [mth(leaves)]
    k = split(len(leaves))
    if m <= k:
        return [*subproof(m, leaves[:k], whole), mth(leaves[k:])]
    return [*subproof(m - k, leaves[k:], False), mth(leaves[:k])]


def entries(count: int) -> list[bytes]:
    return [str(n).encode() for n in range(count)]


def nodes(leaves: list[bytes]) -> tree.Node:
    return lambda level, index: mth(leaves[index << level : (index + 1) << level])


@pytest.mark.parametrize("size", range(9))
def test_published_roots(size: int) -> None:
    hashes = [tree.leaf_hash(one) for one in LEAVES[:size]]
    assert tree.root_of(hashes).hex() == ROOTS[size]
    assert mth(LEAVES[:size]).hex() == ROOTS[size], "and our reading of the RFC gives the same"


@given(st.lists(st.binary(max_size=8), max_size=80))
def test_growing_gives_the_root_of_the_words(leaves: list[bytes]) -> None:
    peaks = tree.Peaks()
    for n, one in enumerate(leaves):
        assert peaks.root() == mth(leaves[:n]) and peaks.size == n
        peaks.append(tree.leaf_hash(one))
    assert peaks.root() == mth(leaves)
    assert tree.range_root(0, len(leaves), nodes(leaves)) == mth(leaves)


@given(st.data(), st.integers(1, 300))
def test_every_leaf_is_proved_and_no_other(data: st.DataObject, size: int) -> None:
    leaves = entries(size)
    index = data.draw(st.integers(0, size - 1))
    proof = tree.inclusion_proof(index, size, nodes(leaves))
    assert proof == path(index, leaves)
    leaf, root = tree.leaf_hash(leaves[index]), mth(leaves)
    assert tree.check_inclusion(leaf, index, size, proof, root)
    assert not tree.check_inclusion(tree.leaf_hash(b"x"), index, size, proof, root)
    other = data.draw(st.integers(0, size + 3).filter(lambda n: n != index))
    assert not tree.check_inclusion(leaf, other, size, proof, root)
    assert not tree.check_inclusion(leaf, index, size, [*proof, root], root)
    if proof:
        assert not tree.check_inclusion(leaf, index, size, proof[:-1], root)
        place = data.draw(st.integers(0, len(proof) - 1))
        wrong = [*proof[:place], bytes(32), *proof[place + 1 :]]
        assert not tree.check_inclusion(leaf, index, size, wrong, root)


@given(st.data(), st.integers(0, 200))
def test_growth_is_proved_and_nothing_else_is(data: st.DataObject, new: int) -> None:
    leaves = entries(new)
    old = data.draw(st.integers(0, new))
    proof = tree.consistency_proof(old, new, nodes(leaves))
    assert proof == (subproof(old, leaves, True) if old > 0 else [])
    before, after = mth(leaves[:old]), mth(leaves)
    assert tree.check_consistency(old, before, new, after, proof)
    if old:
        place = data.draw(st.integers(0, old - 1))
        altered = [*leaves[:place], b"x", *leaves[place + 1 :]]
        forged = tree.consistency_proof(old, new, nodes(altered))
        assert not tree.check_consistency(old, before, new, mth(altered), forged), "a changed past does not go through"
        assert not tree.check_consistency(old, before, new, mth(altered), proof)
    if proof:
        assert not tree.check_consistency(old, before, new, after, proof[:-1])
        assert not tree.check_consistency(old, before, new, after, [*proof, after])
        assert not tree.check_consistency(old - 1, before, new, after, proof)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (-1, 3), (3, 3)])
def test_a_leaf_that_is_not_there(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="no such leaf"):
        tree.inclusion_proof(index, size, nodes(entries(size)))
    assert not tree.check_inclusion(tree.EMPTY, index, size, [], tree.EMPTY)


@pytest.mark.parametrize(("old", "new"), [(4, 3), (-1, 3)])
def test_a_tree_never_shrinks(old: int, new: int) -> None:
    with pytest.raises(ValueError, match="never shrinks"):
        tree.consistency_proof(old, new, nodes(entries(new)))
    assert not tree.check_consistency(old, mth(entries(4)), new, mth(entries(3)), [])


def tiles_of(leaves: list[bytes]) -> tree.Tiles:
    """Tiles as they are stored: full ones and, last on each level, what is there of the next."""

    def read(tier: int, number: int) -> bytes:
        width = tree.TILE**tier
        count = min(tree.TILE, len(leaves) // width - number * tree.TILE)
        starts = [(number * tree.TILE + n) * width for n in range(max(count, 0))]
        return b"".join(mth(leaves[start : start + width]) for start in starts)

    return tree.Tiles(read)


@pytest.mark.parametrize("size", [1, 255, 256, 257, 700, 1024])
def test_tiles_give_the_same_nodes(size: int) -> None:
    leaves = entries(size)
    tiles, plain = tiles_of(leaves), nodes(leaves)
    for level in range(size.bit_length()):
        for index in range(0, size >> level, max(1, (size >> level) // 7)):
            assert tiles.node(level, index) == plain(level, index)
    for index in {0, size // 2, size - 1}:
        proof = tree.inclusion_proof(index, size, tiles.node)
        assert tree.check_inclusion(tree.leaf_hash(leaves[index]), index, size, proof, mth(leaves))


def test_a_tile_that_holds_too_few() -> None:
    with pytest.raises(LookupError, match="too few"):
        tiles_of(entries(5)).node(1, 2)
