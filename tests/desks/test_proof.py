"""The client's proofs, checked by a reader that knows RFC 6962 and nothing of the house."""

from __future__ import annotations

import base64
import re
from hashlib import sha256

import pytest

from tests.desks.hand import Hand
from tests.ground import as_clock
from tests.records.center import Visit, booked, center, own_center, shared_center, visit

__all__ = ["booked", "center", "own_center", "shared_center", "visit"]


def sign_now(visit: Visit) -> None:
    from subrosa.records.audit import sequence

    with as_clock():
        while sequence.sequence():
            pass
        sequence.sign_checkpoint(at=visit.center.later)


def root_by_hand(entry: bytes, place: int, size: int, way: list[bytes]) -> bytes:
    """RFC 9162, 2.1.3.2, word by word."""
    fn, sn, r = place, size - 1, sha256(b"\0" + entry).digest()
    for p in way:
        if fn & 1 or fn == sn:
            r = sha256(b"\1" + p + r).digest()
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = sha256(b"\1" + r + p).digest()
        fn, sn = fn >> 1, sn >> 1
    assert sn == 0
    return r


@pytest.mark.clause("CON-09", "passes")
def test_every_line_is_proved_to_a_stranger(own_center: object, monkeypatch: pytest.MonkeyPatch) -> None:
    visit = own_center.visit()  # type: ignore[attr-defined]  # a Center
    visit.recorded()
    hand = Hand(monkeypatch, visit.me, visit.center.later)
    before = hand.text("/mine/file/proof/")
    assert "No checkpoint is signed yet" in before and "way " not in before
    sign_now(visit)
    answer = hand.get("/mine/file/proof/")
    text = answer.content.decode()
    assert answer["Content-Type"] == "text/plain; charset=utf-8" and answer["Cache-Control"] == "no-store"
    size, root = int(text.splitlines()[3]), base64.b64decode(text.splitlines()[4])
    blocks = re.split(r"\n\n(?=\S)", text)
    proved = 0
    for block in blocks:
        found = re.search(r"place (\d+) of (\d+)\n  entry (\S+)", block)
        if found is None:
            continue
        way = [base64.b64decode(one) for one in re.findall(r"\n  way (\S+)", block)]
        assert int(found[2]) == size
        assert root_by_hand(base64.b64decode(found[3]), int(found[1]), size, way) == root
        proved += 1
    assert proved >= 5 and "wrote the record of a meeting" in text
    assert "/mine/file/proof/" in hand.text("/mine/file/")


def test_another_client_has_another_text(booked: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    sign_now(booked)
    other = booked.center.visit("王一")
    text = Hand(monkeypatch, other.me, booked.center.later).text("/mine/file/proof/")
    assert "entry " not in text.split("byte, the left", 1)[-1], "no file, no line"
