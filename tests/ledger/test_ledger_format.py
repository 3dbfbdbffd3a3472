"""FORMAT.md is true: a reader written from it alone reads what the package writes, and finds what was altered."""

from __future__ import annotations

import base64
from dataclasses import astuple, fields

import pytest
from cryptography.exceptions import InvalidSignature
from hypothesis import given
from hypothesis import strategies as st

from subrosa.ledger.checkpoint import Checkpoint, new_seed, sign, verifier
from subrosa.ledger.entry import Entry, encode
from subrosa.ledger.tree import check_inclusion, inclusion_proof, leaf_hash, root_of
from tests.ledger import second_reader
from tests.ledger.test_entry import ENTRIES

NAMES = [one.name for one in fields(Entry)]
LOG = st.lists(st.binary(max_size=8), min_size=1, max_size=70)


@given(ENTRIES)
def test_every_field_of_an_entry_is_read(entry: Entry) -> None:
    found = second_reader.entry(encode(entry))
    wanted = dict(zip(NAMES, astuple(entry), strict=True))
    wanted |= {"school": str(entry.school), "at": entry.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")}
    wanted |= {"clauses": list(entry.clauses), "missing": list(entry.missing)}
    assert found == wanted and second_reader.leaf(encode(entry)) == leaf_hash(encode(entry))


@given(LOG, st.data())
def test_the_root_and_every_way_to_it(log: list[bytes], data: st.DataObject) -> None:
    hashes = [leaf_hash(one) for one in log]
    place = data.draw(st.integers(0, len(log) - 1))

    def node(level: int, index: int) -> bytes:
        return root_of(hashes[index << level : (index + 1) << level])

    way = inclusion_proof(place, len(log), node)
    root = second_reader.root(hashes)
    assert root == root_of(hashes) == second_reader.leads_to(log[place], place, len(log), way)
    assert check_inclusion(hashes[place], place, len(log), way, root)
    assert second_reader.leads_to(log[place] + b"x", place, len(log), way) != root


def test_a_checkpoint_is_read_and_an_altered_one_is_not() -> None:
    seed, root = new_seed(), leaf_hash(b"one")
    note = sign(Checkpoint("subrosa/7", 12, root, ("house 00ff",)), "subrosa/7", seed)
    assert second_reader.checkpoint(note, verifier("subrosa/7", seed)) == (12, root)
    with pytest.raises(InvalidSignature):
        second_reader.checkpoint(note.replace("\n12\n", "\n13\n"), verifier("subrosa/7", seed))
    with pytest.raises(AssertionError):
        second_reader.checkpoint(note, verifier("subrosa/7", new_seed()))
    assert base64.b64encode(root).decode() in note
