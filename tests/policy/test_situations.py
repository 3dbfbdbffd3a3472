"""Every situation gets the answer it must get, and every clause function has one it stops and one it lets pass."""

from __future__ import annotations

import pytest

from subrosa.policy.acts import Act
from subrosa.policy.charter import CHARTER
from subrosa.policy.ruling import Outcome
from tests.policy.situations import Situation, shown, situations

ALL = situations()


def _marked(one: Situation) -> pytest.param:  # type: ignore[valid-type]
    """Each clause of the answer as a mark: what was seen to refuse, to ask and to pass."""
    shows = {Outcome.DONE: "passes", Outcome.NOT_YET: "not_yet", Outcome.REFUSED: "refuses"}[one.outcome]
    return pytest.param(one, id=one.words, marks=[pytest.mark.clause(clause, shows) for clause in one.clauses])


@pytest.mark.parametrize("one", [_marked(one) for one in ALL])
def test_situation(one: Situation) -> None:
    ruling = one.ruling()
    assert (ruling.outcome, ruling.clauses, ruling.missing) == (one.outcome, one.clauses, one.missing)
    assert tuple(reason.rule for reason in ruling.reasons) == one.rules
    assert all(reason.outcome is one.outcome for reason in ruling.reasons)


def test_each_is_told_once_and_in_words() -> None:
    words = [one.words for one in ALL]
    assert len(words) == len(set(words)) and all(text.endswith(".") and len(text.split()) > 3 for text in words)


def test_every_clause_function_stops_one_and_lets_one_pass() -> None:
    rules = {rule.name for row in CHARTER.values() for rule in row.rules}
    lacking = {name: {"no", "passes"} - shown().get(name, set()) for name in sorted(rules)}
    assert {name: lack for name, lack in lacking.items() if lack} == {}


def test_every_act_is_let_through_once_and_stopped_once() -> None:
    outcomes = {act: {one.outcome for one in ALL if one.act is act} for act in Act}
    assert [act for act in Act if Outcome.DONE not in outcomes[act]] == []
    assert [act for act in Act if not outcomes[act] - {Outcome.DONE}] == []
