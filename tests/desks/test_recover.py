"""A forgotten passphrase: the code from the own envelope opens the same keys; nothing else does."""

from __future__ import annotations

from typing import Any

import pytest

from subrosa.records.person import entrance
from tests.desks.hand import Hand
from tests.records.center import PASSPHRASE, Center, own_center

__all__ = ["own_center"]
NEW = {"passphrase": "another four quiet words", "again": "another four quiet words"}


def ask(patch: pytest.MonkeyPatch, center: Center, **given: str) -> Any:
    stranger = Hand(patch, None, center.later)
    return stranger.post("/recover/", **{"name": "shen", "code": center.recovery.lower(), **NEW, **given})


@pytest.mark.clause("CONF-07", "passes")
def test_the_code_sets_a_new_passphrase_once(monkeypatch: pytest.MonkeyPatch, own_center: Center) -> None:
    answer = ask(monkeypatch, own_center)
    assert answer.status_code == 200 and "vault_key" in answer.cookies
    assert entrance.try_passphrase("shen", PASSPHRASE) is None
    opened = entrance.try_passphrase("shen", NEW["passphrase"])
    assert opened is not None and opened.private.bytes()[:33] == own_center.lead.opener.seal.bytes()
    assert ask(monkeypatch, own_center).status_code == 422, "the old code opens nothing any more"


@pytest.mark.parametrize(
    "given", [{"code": "AAAA"}, {"name": "lin"}, {"name": "nobody"}, {"again": "something else, long"}]
)
def test_what_does_not_fit_changes_nothing_and_keeps_what_was_typed(
    monkeypatch: pytest.MonkeyPatch, own_center: Center, given: dict[str, str]
) -> None:
    answer = ask(monkeypatch, own_center, **given)
    assert answer.status_code == 422 and "vault_key" not in answer.cookies
    assert NEW["passphrase"] in answer.content.decode()
    assert entrance.try_passphrase("shen", PASSPHRASE) is not None
