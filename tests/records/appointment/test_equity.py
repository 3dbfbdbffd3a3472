"""Is everybody received alike? Both sides meet in memory, under the desk's key, in as many statements for two as for many."""

from __future__ import annotations

from typing import Any

import pytest

from subrosa.policy.equity import Group
from subrosa.records.appointment import equity, registering
from subrosa.records.appointment.equity import compare_treatment
from subrosa.records.roster import actions as roster
from subrosa.records.roster.queries import search
from subrosa.records.roster.sheet import Card
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


@pytest.mark.clause("ETH-05", "passes")
def test_who_waited_and_who_was_turned_away(own_center: Center, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(equity, "school_profile", lambda: {"tests.equity_group_minimum": 2})
    for days, name in enumerate(("伍一", "伍二"), 1):
        of_the_list(own_center, name, sex="女", boarding=True).book(days=days)
    of_the_list(own_center, "陆一", sex="男", boarding=False).book(days=4)
    last = of_the_list(own_center, "陆二", sex="男", boarding=False)
    registering.decline(by=own_center.lin, at=own_center.at, client=last.client, reason="no_free_time")
    own_center.visit("不在名册").book(days=8)
    found = compare_treatment(by=own_center.lin, at=own_center.later)
    girls, boys = by_name(found, "sex")["女"], by_name(found, "sex")["男"]
    assert (girls.asked, boys.asked) == (2, 2) and girls.accepted is not None and boys.accepted is not None
    assert (girls.accepted.figure, boys.accepted.figure) == (1.0, 0.5)
    assert girls.waited is not None and 0 < girls.waited.figure < 3 and boys.waited is None, (
        "one alone is nobody's mean"
    )
    assert set(by_name(found, "boarding")) == {"yes", "no"} and not by_name(found, "grade"), (
        "one grade compares nothing"
    )


@pytest.mark.clause("ETH-05", "refuses")
def test_as_they_are_so_few_all_is_withheld(own_center: Center) -> None:
    for name, sex in (("柒一", "女"), ("柒二", "男")):
        of_the_list(own_center, name, sex=sex)
        registering.decline(
            by=own_center.lin, at=own_center.at, client=own_center.visit(name).client, reason="no_free_time"
        )
    assert all(one.asked is None for one in compare_treatment(by=own_center.lin, at=own_center.later))


@pytest.mark.clause("ETH-05", "refuses")
@pytest.mark.parametrize("who", ["lead", "qian", "sun", "rui"])
def test_nobody_else_compares(center: Center, who: str) -> None:
    assert refused(compare_treatment, by=getattr(center, who), at=center.at).clauses == ("ETH-05",)


def test_as_many_statements_for_many(center: Center) -> None:
    of_the_list(center, "捌一", sex="女").book()
    compare_treatment(by=center.lin, at=center.later)
    with statements() as few:
        compare_treatment(by=center.lin, at=center.later)
    for days, name in enumerate(("捌二", "捌三"), 2):
        of_the_list(center, name, sex="男").book(days=days)
    with statements() as many:
        compare_treatment(by=center.lin, at=center.later)
    assert len(many) == len(few)
