"""Checkpoints: what is printed reads back, and nothing that was altered does."""

from __future__ import annotations

import base64
import struct

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from subrosa.ledger.checkpoint import BadCheckpoint, Checkpoint, new_seed, read, sign, verifier

NAME = "subrosa.example/7"
SEED = bytes(range(32))
LINE = verifier(NAME, SEED)
ROOT = bytes(range(32))
lines = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20)


@given(st.integers(0, 10**18 - 1), st.binary(min_size=32, max_size=32), st.lists(lines, max_size=2))
def test_what_is_signed_reads_back(size: int, root: bytes, more: list[str]) -> None:
    checkpoint = Checkpoint(NAME, size, root, tuple(more))
    assert read(sign(checkpoint, NAME, SEED), LINE) == checkpoint


def test_the_form_is_that_of_signed_notes() -> None:
    """Line by line, so that a reader of another make understands it."""
    note = sign(Checkpoint(NAME, 42, ROOT, ("house 01ab",)), NAME, SEED)
    text, signature = note.split("\n\n")
    assert text.split("\n") == [NAME, "42", base64.b64encode(ROOT).decode(), "house 01ab"]
    assert signature.startswith(f"\u2014 {NAME} ") and signature.endswith("\n") and signature.count("\n") == 1
    raw = base64.b64decode(signature.split(" ")[2])
    name, key_id, key = LINE.split("+", 2)
    assert name == NAME and raw[:4].hex() == key_id and len(raw) == 68
    public = base64.b64decode(key)
    assert public[:1] == b"\x01"
    Ed25519PrivateKey.from_private_bytes(SEED).public_key().verify(raw[4:], (text + "\n").encode())
    assert Ed25519PrivateKey.from_private_bytes(SEED).public_key().public_bytes_raw() == public[1:]


NOTE = sign(Checkpoint(NAME, 42, ROOT, ("house 01ab",)), NAME, SEED)


@given(st.integers(0, len(NOTE.encode()) - 1), st.integers(0, 7))
def test_every_flipped_bit_is_noticed(place: int, bit: int) -> None:
    changed = bytearray(NOTE.encode())
    changed[place] ^= 1 << bit
    try:
        altered = changed.decode()
    except UnicodeDecodeError:
        return
    with pytest.raises(BadCheckpoint):
        read(altered, LINE)


def test_another_key_and_another_name_sign_nothing_here() -> None:
    checkpoint = Checkpoint(NAME, 42, ROOT)
    for note in (sign(checkpoint, NAME, new_seed()), sign(checkpoint, "other/1", SEED), checkpoint.text(), ""):
        with pytest.raises(BadCheckpoint):
            read(note, LINE)


def test_a_witness_may_sign_beside_us() -> None:
    both = NOTE + sign(Checkpoint(NAME, 42, ROOT, ("house 01ab",)), "witness", new_seed()).split("\n\n")[1]
    assert read(both, LINE).size == 42


BAD = {
    "a name with a space": Checkpoint("a b", 1, ROOT),
    "a name with a plus": Checkpoint("a+b", 1, ROOT),
    "a short root": Checkpoint(NAME, 1, ROOT[:31]),
    "a size below nothing": Checkpoint(NAME, -1, ROOT),
    "an empty line": Checkpoint(NAME, 1, ROOT, ("",)),
    "a line break in a line": Checkpoint(NAME, 1, ROOT, ("a\nb",)),
}


@pytest.mark.parametrize("checkpoint", BAD.values(), ids=BAD)
def test_nothing_is_signed_that_would_read_back_otherwise(checkpoint: Checkpoint) -> None:
    with pytest.raises(BadCheckpoint):
        sign(checkpoint, NAME, SEED)


@pytest.mark.parametrize("line", ["", "name", "name+00000000+AAAA", LINE.replace("+", "-"), LINE[:-4] + "AAA="])
def test_no_verifier_line(line: str) -> None:
    with pytest.raises(BadCheckpoint):
        read(NOTE, line)


@pytest.mark.parametrize("size", ["042", "+42", "4 2", "-1", "", "1" * 19])
def test_a_size_is_written_in_one_way(size: str) -> None:
    """Signed by the right key, but not as we would have written it: one encoding only."""
    text = f"{NAME}\n{size}\n{base64.b64encode(ROOT).decode()}\n"
    key = Ed25519PrivateKey.from_private_bytes(SEED)
    key_id = struct.pack(">I", int(LINE.split("+")[1], 16))
    signed = base64.b64encode(key_id + key.sign(text.encode())).decode()
    with pytest.raises(BadCheckpoint):
        read(f"{text}\n\u2014 {NAME} {signed}\n", LINE)
