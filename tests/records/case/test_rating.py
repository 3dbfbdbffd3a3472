"""Goals at the end: each rates for himself, or one tap says why the client did not."""

from __future__ import annotations

from typing import Any

import pytest

from subrosa.policy.ruling import Outcome
from subrosa.records.archive import actions as archive
from subrosa.records.case import actions, rating
from subrosa.records.case.models import Goal
from subrosa.records.case.opened import GoalOpened, goals_of
from subrosa.records.case.plan import read_plan
from tests.records.case.test_handing import hand, holder
from tests.records.center import Visit, refused


@pytest.fixture
def agreed(booked: Visit) -> Visit:
    """A booked case with one goal."""
    actions.agree_goal(by=booked.center.lin, at=booked.center.at, case=booked.case, text="睡到六点")
    return booked


def rate(visit: Visit, by: Any, **given: str) -> Goal:
    goal = Goal.objects.get(case_id=visit.case_id)
    return rating.rate_goal(by=by, at=visit.center.at, case=visit.case, goal=goal, **given)


def seen(visit: Visit, by: Any) -> GoalOpened:
    read_plan(by=by, at=visit.center.at, case=visit.case)
    (one,) = goals_of(by.opener, visit.case_id)
    return one


def close(visit: Visit) -> Any:
    return archive.close(by=visit.center.lin, at=visit.booking.ends_at, case=visit.case, why="goals_reached")


@pytest.mark.clause("ETH-02", "not_yet")
@pytest.mark.clause("ETH-02", "passes")
def test_closing_waits_for_both(agreed: Visit) -> None:
    agreed.hold()
    assert refused(close, visit=agreed).missing == ("goal_ratings", "client_ratings")
    rate(agreed, agreed.center.lin, rating="8")
    assert refused(close, visit=agreed).missing == ("client_ratings",)
    assert seen(agreed, agreed.me).rated_at is None
    rate(agreed, agreed.me, rating="07")
    one = seen(agreed, agreed.center.lin)
    assert (one.rating, one.own, one.row.own_how) == ("8", "7", "account") and one.rated_at
    assert close(agreed).state == "closed"


@pytest.mark.clause("ETH-02", "passes")
@pytest.mark.parametrize("why", rating.WHY_NOT)
def test_one_tap_says_why_not(agreed: Visit, why: str) -> None:
    agreed.hold()
    rate(agreed, agreed.center.lin, why_not=why)
    assert seen(agreed, agreed.me).why_not == why
    assert close(agreed).state == "closed"


@pytest.mark.clause("ETH-02", "passes")
def test_a_number_and_a_tap_go_together(agreed: Visit) -> None:
    rate(agreed, agreed.center.lin, rating="3", why_not="did_not_come_back")
    one = seen(agreed, agreed.center.lin)
    assert (one.rating, one.own, one.why_not) == ("3", "", "did_not_come_back")


@pytest.mark.clause("ETH-02", "passes")
def test_on_the_centers_device_it_is_the_clients_own(agreed: Visit) -> None:
    device = holder(hand(agreed)[1], agreed.center.at)
    rate(agreed, device, rating="10")
    one = seen(agreed, agreed.center.lin)
    assert (one.rating, one.own, one.row.own_how) == ("", "10", "client_mode")


@pytest.mark.clause("ETH-02", "not_yet")
@pytest.mark.parametrize(
    "given", [{"rating": "11"}, {"rating": "８"}, {"rating": ""}, {"rating": "8/7"}, {"why_not": "tired"}]
)
def test_a_number_or_a_reason(agreed: Visit, given: dict[str, str]) -> None:
    ruling = refused(rate, visit=agreed, by=agreed.center.lin, **given)
    assert ruling.outcome is Outcome.NOT_YET and ruling.missing == ("rating",)


@pytest.mark.clause("ETH-02", "not_yet")
def test_a_client_gives_a_number_and_no_reason_why_not(agreed: Visit) -> None:
    assert refused(rate, visit=agreed, by=agreed.me, why_not="did_not_want").missing == ("rating",)
