"""The client's proofs, checked by a reader that knows RFC 6962 and nothing of the house."""

from __future__ import annotations

import pytest

from tests.desks.hand import Hand
from tests.ground import as_clock
from tests.ledger import second_reader
from tests.records.center import Visit, booked, center, own_center, shared_center, visit

__all__ = ["booked", "center", "own_center", "shared_center", "visit"]


def sign_now(visit: Visit) -> None:
    from subrosa.records.audit import sequence

    with as_clock():
        while sequence.sequence():
            pass
        sequence.sign_checkpoint(at=visit.center.later)


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
    _, root, told = second_reader.proofs(text)
    assert len(told) >= 5 and "wrote the record of a meeting" in text
    for data, place, size, way in told:
        assert second_reader.leads_to(data, place, size, way) == root
        assert second_reader.leads_to(data + b"x", place, size, way) != root
        assert second_reader.entry(data)["client"] in (visit.client.pk, None)
    assert "/mine/file/proof/" in hand.text("/mine/file/")


def test_what_was_refused_is_told_as_wanted_not_as_done(booked: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    zhou = Hand(monkeypatch, booked.center.zhou, booked.center.later)
    assert zhou.get(f"/cases/{booked.case.pk}/").status_code == 404  # the same as where no file is
    hand = Hand(monkeypatch, booked.me, booked.center.later)
    for page in ("/mine/file/", "/mine/file/proof/"):
        told = hand.text(page)
        assert "wanted to open the records in your file" in told and "was not let in" in told
        assert "opened the records in your file" not in told


def test_another_client_has_another_text(booked: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    sign_now(booked)
    other = booked.center.visit("王一")
    text = Hand(monkeypatch, other.me, booked.center.later).text("/mine/file/proof/")
    assert "entry " not in text.split("byte, the left", 1)[-1], "no file, no line"
