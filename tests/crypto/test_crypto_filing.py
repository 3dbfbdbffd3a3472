"""A sealed file: however it arrives it opens as it was, and whatever is done to its pieces is noticed."""

from __future__ import annotations

import os
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from subrosa.crypto import filing
from subrosa.crypto.bound import Bound, Scope
from subrosa.crypto.errors import CannotOpen, Malformed
from subrosa.crypto.secret import Secret

from . import second_reader as second

PLACE = Bound(7, 0, UUID(int=9), Scope.FILE)
KEY = filing.file_key(Secret(b"\x07" * 32), PLACE)
OTHER = filing.file_key(Secret(b"\x07" * 32), Bound(7, 0, UUID(int=10), Scope.FILE))
NOISE = os.urandom(3 * filing.PIECE + 70_000)
EDGES = (0, 1, filing.CHUNK, filing.PIECE, 2 * filing.PIECE)
SIZES = st.one_of(
    st.integers(0, len(NOISE)),
    st.sampled_from(EDGES).flatmap(lambda edge: st.integers(max(0, edge - 1), edge + 1)),
)


def sealed(plain: bytes, key: Secret = KEY, cuts: list[int] | None = None) -> list[bytes]:
    """The pieces of a file that arrived cut at these places."""
    sealer = filing.Sealer(key)
    ends = sorted(min(cut, len(plain)) for cut in cuts or [])
    portions = [plain[start:end] for start, end in pairwise([0, *ends, len(plain)])]
    pieces = [piece for portion in portions for piece in sealer.add(portion)]
    return [*pieces, sealer.end()]


def opened(pieces: list[bytes], key: Secret = KEY) -> bytes:
    return b"".join(filing.open_file(key, pieces))


@settings(max_examples=40)
@given(size=SIZES, cuts=st.lists(st.integers(0, len(NOISE)), max_size=6), fill=st.sampled_from([b"", b"\x80", b"\0"]))
def test_however_it_is_cut_it_opens_as_it_was(size: int, cuts: list[int], fill: bytes) -> None:
    plain = NOISE[: size - len(fill)] + fill if size else b""
    pieces = sealed(plain, cuts=cuts)
    assert opened(pieces) == plain
    assert len(pieces) == filing.pieces_of(len(plain))
    assert second.open_file(KEY.bytes(), b"".join(pieces)) == plain


@settings(max_examples=40)
@given(size=SIZES, data=st.data())
def test_what_is_moved_dropped_doubled_or_added_does_not_open(size: int, data: st.DataObject) -> None:
    pieces = sealed(NOISE[:size])
    one, two = (data.draw(st.integers(0, len(pieces) - 1)) for _ in range(2))
    swapped = list(pieces)
    swapped[one], swapped[two] = pieces[two], pieces[one]
    dropped = pieces[:one] + pieces[one + 1 :]
    doubled = [*pieces[: one + 1], *pieces[one:]]
    added = [*pieces, pieces[two]]
    for changed in (swapped, dropped, doubled, added):
        if changed != pieces:
            with pytest.raises(CannotOpen):
                opened(changed)


@settings(max_examples=60)
@given(size=st.integers(0, 3 * filing.CHUNK), data=st.data())
def test_one_altered_bit_is_noticed(size: int, data: st.DataObject) -> None:
    (piece,) = sealed(NOISE[:size])
    at = data.draw(st.integers(0, len(piece) - 1))
    altered = piece[:at] + bytes([piece[at] ^ 1 << data.draw(st.integers(0, 7))]) + piece[at + 1 :]
    with pytest.raises(CannotOpen):
        opened([altered])


@settings(max_examples=40)
@given(size=st.integers(filing.CHUNK, 5 * filing.CHUNK), data=st.data())
def test_chunks_within_a_piece_stay_where_they_are(size: int, data: st.DataObject) -> None:
    (piece,) = sealed(NOISE[:size])
    head, rest = piece[: filing.HEAD_SIZE], piece[filing.HEAD_SIZE :]
    chunks = [rest[at : at + filing.SEALED_CHUNK] for at in range(0, len(rest), filing.SEALED_CHUNK)]
    order = data.draw(st.permutations(chunks))
    for changed in (order, chunks[:-1], chunks[1:], [*chunks, chunks[-1]], [*chunks, chunks[0]]):
        if changed != chunks:
            with pytest.raises(CannotOpen):
                opened([head + b"".join(changed)])


def test_pieces_of_another_file_do_not_open() -> None:
    mine, theirs = sealed(NOISE), sealed(NOISE, OTHER)
    with pytest.raises(CannotOpen):
        opened(theirs)
    for place in range(len(mine)):
        with pytest.raises(CannotOpen):
            opened([*mine[:place], theirs[place], *mine[place + 1 :]])


@pytest.mark.parametrize("field", ["school", "field", "row", "scope", "generation", "revision"])
def test_each_part_of_the_place_makes_another_key(field: str) -> None:
    moved = {"school": 8, "field": 1, "row": UUID(int=8), "scope": Scope.SHARED, "generation": 2, "revision": 2}
    given_ = {name: getattr(PLACE, name) for name in moved} | {field: moved[field]}
    assert filing.file_key(Secret(b"\x07" * 32), Bound(**given_)) != KEY


def test_what_is_cut_off_is_an_error_and_not_a_shorter_file() -> None:
    """Also where the cut falls between two pieces, and where nothing is left."""
    pieces = sealed(NOISE[: 2 * filing.PIECE])
    for left in range(len(pieces)):
        with pytest.raises(CannotOpen):
            opened(pieces[:left])
    parts = filing.open_file(KEY, pieces[:-1])
    assert next(parts) == NOISE[: filing.PIECE], "what came before the cut was true"
    with pytest.raises(CannotOpen):
        next(parts)


@settings(max_examples=30)
@given(size=SIZES, data=st.data())
def test_a_chunk_opens_without_the_others(size: int, data: st.DataObject) -> None:
    plain = NOISE[:size]
    pieces = sealed(plain)
    count = size // filing.CHUNK + 1
    chunk = data.draw(st.integers(0, count - 1))
    last = chunk == count - 1
    found = filing.open_chunk(KEY, chunk, pieces[chunk // filing.CHUNKS], last=last)
    assert found == plain[chunk * filing.CHUNK : (chunk + 1) * filing.CHUNK]
    with pytest.raises(CannotOpen):
        filing.open_chunk(KEY, chunk, pieces[chunk // filing.CHUNKS], last=not last)


def test_sealed_twice_is_never_the_same() -> None:
    assert sealed(b"the same")[0] != sealed(b"the same")[0]


def test_how_long_it_is_shows_to_a_chunk_only() -> None:
    assert len(sealed(b"")[0]) == len(sealed(NOISE[: filing.CHUNK - 1])[0]) < len(sealed(NOISE[: filing.CHUNK])[0])


@pytest.mark.parametrize("size", [0, 1, filing.PIECE - 1, filing.PIECE + 1])
def test_a_piece_is_full_or_the_last(size: int) -> None:
    with pytest.raises(ValueError, match="full"):
        filing.seal_piece(KEY, 0, bytes(size))


@pytest.mark.parametrize("junk", [b"", b"\x01", b"\x01" * 25, b"\x02" + bytes(24 + filing.SEALED_CHUNK)])
def test_what_is_no_piece_is_malformed(junk: bytes) -> None:
    with pytest.raises(Malformed):
        opened([junk])


def test_what_seals_says_nothing_of_itself() -> None:
    assert repr(filing.Sealer(KEY)) == "…"
