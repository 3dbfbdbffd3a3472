"""Cases on real rows: opened with their key, handed on only by who holds it, goals agreed and rated."""

from __future__ import annotations

from typing import Any

import pytest

from subrosa.policy.ruling import Boundary, Outcome
from subrosa.records.case import actions, joining, rating
from subrosa.records.case.models import CareMember, Case, Goal
from subrosa.records.case.opened import goals_of
from subrosa.records.case.queries import open_case_of, who_can_open
from subrosa.records.note import actions as notes
from subrosa.records.vault import rings
from subrosa.records.vault.opener import opener_of
from tests.records.center import FULL, Visit, locked, refused
from tests.records.joining import joined
from tests.records.thief import tampered


def goal_words(visit: Visit, by: Any) -> list[tuple[str, str]]:
    """The goals as one reader opens them."""
    rings.open_ring("case", visit.case_id, opener_of(by))
    return [(one.text, one.rating) for one in goals_of(by.opener, visit.case_id)]


@pytest.mark.clause("CONF-04", "passes")
def test_a_client_has_one_open_case(booked: Visit) -> None:
    found = open_case_of(booked.client.pk)
    assert found is not None and found.pk == booked.case_id
    given = {"at": booked.center.at, "client": booked.client, "counselor": booked.center.row("fang")}
    ruling = refused(actions.open_case, by=booked.center.fang, **given)
    assert ruling.outcome is Outcome.REFUSED and ruling.clauses == ("REC-04",)
    assert Case.objects.filter(client=booked.client).count() == 1


@pytest.mark.clause("CONF-04", "refuses")
@pytest.mark.parametrize("who", ["lead", "qian", "sun"])
def test_who_opens_no_case(visit: Visit, who: str) -> None:
    given = {"at": visit.center.at, "client": visit.client, "counselor": visit.center.row("lin")}
    assert refused(actions.open_case, by=getattr(visit.center, who), **given).clauses == ("CONF-04",)


@pytest.mark.clause("CONF-02", "passes")
def test_a_colleague_is_brought_in_by_who_holds_the_case(visit: Visit) -> None:
    visit.recorded()
    center = visit.center
    joined(by=center.lin, at=center.at, case=visit.case, colleague=center.row("fang"))
    pages = notes.read_file(by=center.fang, at=center.later, case=visit.case)
    assert [page.text.as_text() for page in pages] == [FULL.as_text()]
    assert ("staff", center.fang.id, rings.Scope.ROOT, False) in {
        (one.kind, one.of, one.scope, one.dormant) for one in who_can_open(visit.case_id)
    }
    again = {"by": center.lin, "at": center.at, "case": visit.case, "colleague": center.row("fang")}
    assert refused(joining.show_joining, **again).outcome is Outcome.REFUSED
    assert refused(joining.grant_case, told=True, **again).missing == ("joining_shown",)


@pytest.mark.clause("CONF-02", "refuses")
@pytest.mark.parametrize("who", ["fang", "zhou", "rui", "lead", "qian", "sun"])
def test_nobody_adds_himself(visit: Visit, who: str) -> None:
    visit.recorded()
    center = visit.center
    given = {"by": getattr(center, who), "at": center.at, "case": visit.case, "colleague": center.row(who)}
    assert refused(joining.grant_case, **given).clauses == ("CONF-02",)
    assert not CareMember.objects.filter(case_id=visit.case_id).exists()


@pytest.mark.clause("CONF-02", "refuses")
@pytest.mark.parametrize("who", ["rui", "lead", "qian", "sun"])
def test_nobody_is_brought_in_who_does_not_counsel(booked: Visit, who: str) -> None:
    center = booked.center
    given = {"by": center.lin, "at": center.at, "case": booked.case, "colleague": center.row(who)}
    assert refused(joining.show_joining, **given).clauses == ("CONF-02",)
    with pytest.raises(Boundary):
        rings.open_ring("case", booked.case_id, opener_of(getattr(center, who)))


@pytest.mark.clause("CON-06", "passes")
@pytest.mark.clause("ETH-02", "passes")
def test_goals_are_agreed_and_rated(booked: Visit) -> None:
    center = booked.center
    goal = actions.agree_goal(by=center.lin, at=center.at, case=booked.case, text="睡到六点")
    assert goal_words(booked, booked.me) == [("睡到六点", "")]
    rating.rate_goal(by=center.lin, at=center.at, case=booked.case, goal=goal, rating="8")
    assert goal_words(booked, center.lin) == [("睡到六点", "8")]
    with pytest.raises(Boundary):
        goals_of(center.lin.opener, booked.case_id)
    assert "睡".encode() not in bytes(Goal.objects.get(pk=goal.pk).text)


@pytest.mark.clause("CONF-02", "refuses")
def test_outsiders_agree_and_rate_nothing(booked: Visit) -> None:
    center = booked.center
    goal = actions.agree_goal(by=center.lin, at=center.at, case=booked.case, text="睡到六点")
    for who in ("fang", "zhou"):
        given = {"by": getattr(center, who), "at": center.at, "case": booked.case}
        assert refused(actions.agree_goal, **given, text="x").clauses == ("CONF-02",)
        assert refused(rating.rate_goal, **given, goal=goal, rating="1").clauses == ("CONF-02",)
    given = {"by": locked(center.lin), "at": center.at, "case": booked.case, "text": "x"}
    assert refused(actions.agree_goal, **given).clauses == ("CONF-04",)


@pytest.mark.clause("CONF-02", "refuses")
def test_a_goal_of_another_case_is_not_rated(booked: Visit) -> None:
    """Through the own case nobody writes into a colleague's, nor makes its goal unreadable."""
    center = booked.center
    other = center.visit("王一")
    other.book(center.fang, days=2)
    theirs = actions.agree_goal(by=center.lin, at=center.at, case=other.case, text="睡到七点")
    given = {"by": center.lin, "at": center.at, "case": booked.case, "goal": theirs, "rating": "1"}
    assert refused(rating.rate_goal, **given).clauses == ("CONF-02",)
    assert Goal.objects.get(pk=theirs.pk).rating is None


@pytest.mark.clause("CON-09", "passes")
@pytest.mark.clause("CON-09", "refuses")
def test_a_client_sees_the_own_log(booked: Visit) -> None:
    notes.read_reasons(by=booked.center.lin, at=booked.center.at, case=booked.case)
    given = {"at": booked.center.at, "case": booked.case}
    acts = {one.act for one in actions.read_own_log(by=booked.me, **given)}
    assert {"open_case", "read_reason"} <= acts
    other = booked.center.visit("王一")
    assert refused(actions.read_own_log, by=other.me, **given).clauses == ("CONF-02",)
    assert refused(actions.read_own_log, by=booked.center.lin, **given).clauses == ("CON-09",)


def test_a_case_given_to_another_client_by_somebody_opens_nothing_new(booked: Visit) -> None:
    other = booked.center.visit("王一")
    with tampered(booked.case, client=other.client):
        given = {"by": other.me, "at": booked.center.at, "case": booked.case}
        assert refused(notes.read_reasons, **given).clauses == ("CONF-02",)
