"""A volume as a file: whole as it was written, and every kind of damage has its own word."""

from __future__ import annotations

import hashlib
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrosa.ledger import checkpoint, volume
from subrosa.ledger.volume import Finding, NoVolume, check, signed, written

SEED = bytes(range(32))
CENTER = "subrosa/7"
LINE = checkpoint.verifier(CENTER, SEED)  # the line of the log: the same key
SHEETS = [b"a" * 70_000, b"b" * 300, b"c" * 40]


def a_file(number: int, first: int, last: int, *sheets: bytes, **more: Any) -> dict[str, Any]:
    entry = {
        "number": number, "from": "2026-03-02", "until": "2026-06-30", "sessions": 5, "first_page": first,
        "last_page": last, "case": "c", "bound": "b", "keyring": "k", "generation": 1,
        "pieces": [len(one) for one in sheets], "sha256": hashlib.sha256(b"".join(sheets)).hexdigest(),
    }  # fmt: skip
    return {**entry, **more}


def a_head(*files: dict[str, Any], **more: Any) -> dict[str, Any]:
    head = {
        "center": CENTER, "volume": "v", "number": 3, "school": 7, "counselor": "s", "first": "2026-02-15",
        "last": "2026-08-31", "made": "2026-09-10", "files": list(files),
    }  # fmt: skip
    return {**head, **more}


FILES = (a_file(11, 1, 6, SHEETS[0]), a_file(14, 7, 9, SHEETS[1], SHEETS[2]))


def made(head: dict[str, Any] | None = None, sheets: list[bytes] = SHEETS, *, seed: bytes = SEED) -> bytes:
    return b"".join(written(*signed(head or a_head(*FILES), seed), sheets))


def found(data: bytes, trusted: str = LINE) -> list[Finding]:
    return check(io.BytesIO(data), trusted).findings


@pytest.mark.clause("REC-04", "passes")
def test_a_volume_is_whole_as_it_was_written() -> None:
    report = check(io.BytesIO(made()), LINE)
    assert report.whole and report.trusted
    assert (report.center, report.number, report.files, report.pages) == (CENTER, 3, 2, 9)
    alone = check(io.BytesIO(made()))
    assert alone.whole and not alone.trusted and alone.signer == report.signer
    assert checkpoint.under_name(f"{CENTER}/volumes", LINE) == report.signer


@pytest.mark.clause("REC-04", "refuses")
@given(place=st.integers(min_value=0, max_value=len(made()) - 1), flip=st.integers(min_value=1, max_value=255))
def test_no_byte_changes_unseen(place: int, flip: int) -> None:
    data = bytearray(made())
    data[place] ^= flip
    try:
        report = check(io.BytesIO(bytes(data)), LINE)
    except NoVolume:
        return
    assert not report.whole


@given(cut=st.integers(min_value=1, max_value=len(made()) - 1))
def test_nothing_is_cut_off_unseen(cut: int) -> None:
    try:
        report = check(io.BytesIO(made()[:-cut]), LINE)
    except NoVolume:
        return
    assert not report.whole


def test_each_kind_of_damage_has_its_word() -> None:
    assert found(made(sheets=[SHEETS[0][:-1] + b"z", *SHEETS[1:]])) == [Finding("changed", 11, 1, 6)]
    assert found(made()[:-50]) == [Finding("cut_off", 14, 7, 9)]
    assert found(made(sheets=[])) == [Finding("cut_off", 11, 1, 6), Finding("cut_off", 14, 7, 9)]
    assert found(made() + b"x") == [Finding("more")]
    assert found(made(seed=bytes(32))) == [Finding("signer")]
    assert found(made(seed=bytes(32)), "") == [], "whose key it is, the file alone cannot say"
    assert found(made(), "nonsense") == [Finding("signer")]
    gap = a_head(a_file(11, 1, 6, SHEETS[0]), a_file(14, 8, 9, *SHEETS[1:]))
    assert found(made(gap)) == [Finding("pages", 14, 8, 9)]
    twice = a_head(a_file(11, 1, 6, SHEETS[0]), a_file(11, 7, 9, *SHEETS[1:]))
    assert found(made(twice)) == [Finding("twice", 11, 7, 9)]


def test_an_index_of_another_volume_under_a_true_signature() -> None:
    head, _note = signed(a_head(*FILES), SEED)
    other, note = signed(a_head(*FILES, number=4), SEED)
    assert found(b"".join(written(head, note, SHEETS))) == [Finding("index")]
    assert found(b"".join(written(other, note, SHEETS))) == []
    name = f"{CENTER}/volumes"
    log = checkpoint.sign(checkpoint.Checkpoint(CENTER, 3, hashlib.sha256(head).digest()), name, SEED)
    assert found(b"".join(written(head, log, SHEETS))) == [Finding("index")], (
        "a checkpoint of the log is no volume's note"
    )
    wrong = note.replace("volumes", "volumen", 1)
    assert found(b"".join(written(other, wrong, SHEETS))) == [Finding("signature")]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "not a volume"),
        (b"%PDF-1.7 of something else", "not a volume"),
        (b"subrosa volume 2\n....", "another form"),
        (volume.MAGIC + volume.VERSION + b"\xff\xff\xff\xff{}", "damaged or cut off"),
        (volume.MAGIC + volume.VERSION + b"\0\0\0\2{}", "damaged or cut off"),
        (volume.MAGIC + volume.VERSION + b"\0\0\0\2{}\0\0\0\1x", "index cannot be read"),
        (volume.MAGIC + volume.VERSION + b"\0\0\0\2[]\0\0\0\1x", "index cannot be read"),
        (volume.MAGIC + volume.VERSION + b"\0\0\0\2{}\0\0\0\1\xff", "signature cannot be read"),
    ],
)
def test_what_is_no_volume_is_told_apart(data: bytes, why: str) -> None:
    with pytest.raises(NoVolume, match=why):
        check(io.BytesIO(data))


@pytest.mark.parametrize(
    "spoil",
    [
        {"center": "a\x1b[2Jb"}, {"center": 5}, {"number": "3"}, {"number": True}, {"files": {}}, {"files": [5]},
        {"files": [a_file(1, 1, 1, pieces=5)]}, {"files": [a_file(1, 1, 1, pieces=[-1])]}, {"more": 1},
        {"files": [a_file(1, 1, 1, pieces=[True])]}, {"files": [a_file(1, 1, 1, sha256=5)]},
        {"files": [a_file("11", 1, 1)]},
    ],
)  # fmt: skip
def test_an_index_of_another_shape(spoil: dict[str, Any]) -> None:
    head = json.dumps({**a_head(*FILES), "signer": "x", **spoil}).encode()
    with pytest.raises(NoVolume, match="index cannot be read"):
        check(io.BytesIO(b"".join(written(head, "note", []))))


def test_deep_nesting_is_an_answer_too() -> None:
    with pytest.raises(NoVolume):
        check(io.BytesIO(b"".join(written(b"[" * 200_000, "note", []))))
