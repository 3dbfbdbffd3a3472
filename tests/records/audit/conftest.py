from __future__ import annotations

import pytest

from subrosa.policy import charter
from tests.records.audit import tiny


@pytest.fixture(autouse=True)
def tiny_charter(monkeypatch: pytest.MonkeyPatch) -> None:
    """The charter of these tests: the rows of the tiny acts and no other."""
    monkeypatch.setattr(charter, "CHARTER", tiny.CHARTER)
