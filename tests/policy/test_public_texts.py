"""What the house itself says to clients and at the door promises no cure, in either language (CLIENT-03)."""

from __future__ import annotations

import pytest

from subrosa.policy.cures import promises
from tests.messages import catalogue

PUBLIC = ("subrosa/desks/client/", "subrosa/desks/common/templates/common/h", "subrosa/desks/common/help")


@pytest.mark.clause("CLIENT-03", "passes")
def test_no_sentence_on_a_clients_page_promises_a_cure() -> None:
    said = [one for one in catalogue() if any(place.startswith(PUBLIC) for place, _ in one.occurrences)]
    assert len(said) > 300, "these are the pages meant"
    assert {one.msgid: promises(one.msgid, one.msgstr) for one in said if promises(one.msgid, one.msgstr)} == {}


@pytest.mark.clause("CLIENT-03", "refuses")
@pytest.mark.parametrize("words", ["cured in three weeks", "三周就好", "保证有效"])
def test_such_words_would_be_found(words: str) -> None:
    assert promises(words)
