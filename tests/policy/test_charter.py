"""Laws of decision over every row of the charter: no permit without a role, a boundary weighs more than a gap."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrosa.policy import charter
from subrosa.policy.acts import Act
from subrosa.policy.charter import CHARTER, Row, decide
from subrosa.policy.clauses.base import CLAUSES, Clause, clause
from subrosa.policy.facts import CodeFacts
from subrosa.policy.roles import EVERY_STAFF, Role
from subrosa.policy.ruling import Boundary, Outcome, Reason, Refused, Ruling

ROLES = st.frozensets(st.sampled_from(Role))


@given(st.sampled_from(Act), ROLES)
def test_without_facts_no_rule_lets_anything_pass(act: Act, roles: frozenset[Role]) -> None:
    ruling = decide(act, roles=roles, facts=())
    assert (ruling.outcome is Outcome.DONE) == (bool(roles & CHARTER[act].who) and not CHARTER[act].rules)


@given(st.sampled_from(Act), ROLES)
def test_whoever_has_no_role_of_the_row_is_refused(act: Act, roles: frozenset[Role]) -> None:
    if not roles & CHARTER[act].who:
        ruling = decide(act, roles=roles, facts=())
        assert ruling.outcome is Outcome.REFUSED and ruling.clauses == (CHARTER[act].under,)


def test_client_clock_and_door_are_nobody_of_staff() -> None:
    assert not EVERY_STAFF & {Role.CLIENT, Role.CLOCK, Role.DOOR}


VERDICTS = st.lists(st.sampled_from(["yes", "gap", "bound", "raises"]), max_size=5)


def _rule(place: int, verdict: str) -> Clause[CodeFacts]:
    def holds(_: CodeFacts) -> bool:
        if verdict == "raises":
            raise ZeroDivisionError
        return verdict == "yes"

    otherwise = Outcome.NOT_YET if verdict == "gap" else Outcome.REFUSED
    return Clause(
        f"ETH-{place:02}", f"rule_{place}", date(2018, 7, 1), CodeFacts, holds, otherwise, lambda _: (verdict,)
    )


@given(VERDICTS)
def test_any_no_stops_and_a_boundary_weighs_more_than_a_gap(verdicts: list[str]) -> None:
    rules = tuple(_rule(place, verdict) for place, verdict in enumerate(verdicts))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(charter, "CHARTER", {Act.SIGN_CODE: Row(EVERY_STAFF, "ETH-01", rules, ("REC-01",))})
        ruling = decide(Act.SIGN_CODE, roles=frozenset({Role.LEAD}), facts=(CodeFacts(1, 1, False),))
    stopping = {"bound", "raises"} & set(verdicts)
    expected = Outcome.REFUSED if stopping else Outcome.NOT_YET if "gap" in verdicts else Outcome.DONE
    assert ruling.outcome is expected
    if expected is Outcome.DONE:
        assert set(ruling.clauses) == {"ETH-01", "REC-01", *(rule.id for rule in rules)} and ruling.reasons == ()
    else:
        weighty = {"bound", "raises"} if stopping else {"gap"}
        assert len(ruling.reasons) == sum(verdict in weighty for verdict in verdicts)
        assert ("defect" in ruling.missing) == ("raises" in verdicts)


def test_a_silent_charter_refuses() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(charter, "CHARTER", {})
        ruling = decide(Act.SIGN_CODE, roles=frozenset(Role), facts=())
    assert ruling.outcome is Outcome.REFUSED and ruling.reasons[0].rule == "the_charter_is_silent"


def test_missing_parts_are_named_once_in_order() -> None:
    reasons = tuple(Reason("A", rule, Outcome.NOT_YET, parts) for rule, parts in (("x", ("b", "a")), ("y", ("a", "c"))))
    assert Ruling(Act.ENTER, Outcome.NOT_YET, ("A",), reasons).missing == ("b", "a", "c")


def test_two_clause_functions_have_two_names() -> None:
    name = next(iter(CLAUSES))

    def again(facts: CodeFacts) -> bool:
        return True

    again.__name__ = name
    with pytest.raises(ValueError, match=name):
        clause("ETH-01", since=date(2018, 7, 1))(again)


def test_exceptions_say_what_they_mean() -> None:
    ruling = Ruling(Act.ENTER, Outcome.REFUSED, ("COMP-01",))
    assert "COMP-01" in str(Refused(ruling)) and Refused(ruling).ruling is ruling
    assert Boundary("CONF-02", "a_grant_is_signed").reason.outcome is Outcome.REFUSED
