"""Is everybody received alike? Both sides meet in memory, under the desk's key, in as many statements for two as for many."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from subrosa.policy.equity import Group
from subrosa.records.appointment import equity, registering
from subrosa.records.appointment.equity import compare_treatment
from subrosa.records.roster import actions as roster
from subrosa.records.roster.queries import search
from subrosa.records.roster.sheet import Card
from subrosa.records.school.calendar import calendar, school_year_of
from tests.ground import statements
from tests.records.center import Center, Visit, refused


def of_the_list(center: Center, name: str, **card: Any) -> Visit:
    """A client whom the desk has found on the school's list."""
    roster.import_roster(
        by=center.sun, at=center.at, cards=[Card(f"E-{name}", name, grade="初二", class_name="3班", **card)]
    )
    (found,) = search(name)
    return center.visit(name, roster=str(found.id))


def by_name(found: list[Group], trait: str) -> dict[str, Group]:
    return {one.name: one for one in found if one.trait == trait}


@pytest.fixture
def a_year_later(monkeypatch: pytest.MonkeyPatch) -> Callable[[Center], datetime]:
    """The comparison of the school year in which a center's tests happen."""

    def later(center: Center) -> datetime:
        first = school_year_of(calendar().local(center.at))
        return center.at + (school_year_of(first + timedelta(days=400)) - first) + timedelta(days=1)

    return later


@pytest.mark.clause("ETH-05", "passes")
def test_who_waited_and_who_was_turned_away(
    own_center: Center, monkeypatch: pytest.MonkeyPatch, a_year_later: Callable[[Center], datetime]
) -> None:
    monkeypatch.setattr(equity, "school_profile", lambda: {"tests.equity_group_minimum": 2})
    for days, name in enumerate(("伍一", "伍二"), 1):
        of_the_list(own_center, name, sex="女", boarding=True).book(days=days)
    waits = of_the_list(own_center, "陆一", sex="男", boarding=False)
    registering.decline(
        by=own_center.lin, at=own_center.at - timedelta(days=9), client=waits.client, reason="no_free_time"
    )
    waits.book(days=4)
    last = of_the_list(own_center, "陆二", sex="男", boarding=False)
    registering.decline(by=own_center.lin, at=own_center.at, client=last.client, reason="no_free_time")
    own_center.visit("不在名册").book(days=8)
    then = a_year_later(own_center)
    found = compare_treatment(by=own_center.lead, at=then)
    assert found.first <= calendar().local(own_center.at) <= found.last
    girls, boys = by_name(found.groups, "sex")["女"], by_name(found.groups, "sex")["男"]
    assert (girls.asked, boys.asked) == (2, 2) and girls.accepted is not None and boys.accepted is not None
    assert (girls.accepted.figure, boys.accepted.figure) == (1.0, 0.5), "who got a time later was received"
    assert girls.waited is not None and 0 < girls.waited.figure < 3 and boys.waited is None, (
        "one alone is nobody's mean"
    )
    assert set(by_name(found.groups, "boarding")) == {"yes", "no"} and not by_name(found.groups, "grade"), "one grade"
    assert not compare_treatment(by=own_center.lead, at=own_center.later).groups, "a year that goes on shows nothing"


def test_waiting_counts_from_the_first_time_that_there_was_none(
    own_center: Center, monkeypatch: pytest.MonkeyPatch, a_year_later: Callable[[Center], datetime]
) -> None:
    monkeypatch.setattr(equity, "school_profile", lambda: {"tests.equity_group_minimum": 2})
    for day, (name, sex) in enumerate((("玖一", "女"), ("玖二", "女"), ("玖三", "男"), ("玖四", "男")), 1):
        one = of_the_list(own_center, name, sex=sex)
        if sex == "男":
            at = own_center.at - timedelta(days=20)
            registering.decline(by=own_center.lin, at=at, client=one.client, reason="no_free_time")
        one.book(days=day if day < 5 else day + 3)
    found = by_name(compare_treatment(by=own_center.lead, at=a_year_later(own_center)).groups, "sex")
    girls, boys = found["女"].waited, found["男"].waited
    assert girls is not None and boys is not None and boys.figure - girls.figure > 19


@pytest.mark.clause("ETH-05", "refuses")
def test_as_they_are_so_few_all_is_withheld(own_center: Center, a_year_later: Callable[[Center], datetime]) -> None:
    for days, (name, sex) in enumerate((("柒一", "女"), ("柒二", "男")), 1):
        of_the_list(own_center, name, sex=sex).book(days=days)
    found = compare_treatment(by=own_center.lead, at=a_year_later(own_center)).groups
    assert found and all(one.asked is None for one in found)


@pytest.mark.clause("ETH-05", "refuses")
@pytest.mark.parametrize("who", ["lin", "qian", "sun", "rui"])
def test_nobody_else_compares(center: Center, who: str) -> None:
    assert refused(compare_treatment, by=getattr(center, who), at=center.at).clauses == ("ETH-05",)


def test_as_many_statements_for_many(own_center: Center, a_year_later: Callable[[Center], datetime]) -> None:
    then = a_year_later(own_center)
    of_the_list(own_center, "捌一", sex="女").book()
    compare_treatment(by=own_center.lead, at=then)
    with statements() as few:
        compare_treatment(by=own_center.lead, at=then)
    for days, name in enumerate(("捌二", "捌三"), 2):
        of_the_list(own_center, name, sex="男").book(days=days)
    with statements() as many:
        compare_treatment(by=own_center.lead, at=then)
    assert len(many) == len(few)
