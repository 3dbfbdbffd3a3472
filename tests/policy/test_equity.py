"""The figures of the comparison: ranges that are right, groups that are too small, and none that follows from the others."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrosa.policy.equity import SEX, TRAITS, Asked, Group, compared, mean, share


def people(**groups: int) -> list[Asked]:
    return [
        Asked({SEX: name}, waited=float(n % 5), came_once=n % 4 == 0)
        for name, many in groups.items()
        for n in range(many)
    ]


def shown(found: list[Group]) -> dict[str, int | None]:
    return {one.name: one.asked for one in found}


@pytest.mark.clause("ETH-05", "refuses")
def test_a_group_of_twelve_is_withheld_and_so_is_what_would_tell_it() -> None:
    assert shown(compared(people(a=40, b=12), 30)) == {"a": None, "b": None}, "40 of 52 known by all: 12 would follow"
    assert shown(compared(people(a=40, b=31, c=12), 30)) == {"a": 40, "b": None, "c": None}
    assert shown(compared(people(a=40, b=12, c=3), 30)) == {"a": 40, "b": None, "c": None}


@pytest.mark.clause("ETH-05", "passes")
def test_groups_of_thirty_are_shown_with_the_range_of_chance() -> None:
    a, b = compared(people(a=30, b=60), 30)
    assert (a.asked, b.asked) == (30, 60)
    assert a.waited is not None and a.accepted is not None and a.came_once is not None
    assert a.waited.low <= a.waited.figure <= a.waited.high and a.accepted.figure == 1.0 and a.accepted.low < 1.0
    assert b.came_once is not None and b.came_once.high - b.came_once.low < a.came_once.high - a.came_once.low


def test_grades_stand_in_their_order() -> None:
    rows = [Asked({"grade": name}) for name in ("12年级", "7年级", "8年级") for _ in range(30)]
    assert [one.name for one in compared(rows, 30)] == ["7年级", "8年级", "12年级"]


def test_one_group_compares_nothing_and_an_unknown_trait_stands_in_no_group() -> None:
    assert compared(people(a=100), 30) == [] == compared([Asked({})] * 100, 30)
    assert {one.trait for one in compared([Asked({"faith": n}) for n in ("x", "y") for _ in range(50)], 30)} == set()


def test_figures_with_too_few_behind_them_are_withheld_within_a_shown_group() -> None:
    rows = [Asked({SEX: name}, waited=1.0 if n < 3 else None) for name, n in product("ab", range(40))]
    assert all(one.asked == 40 and one.waited is None and one.came_once is None for one in compared(rows, 30))


def test_wilsons_interval_is_that_of_the_textbook() -> None:
    found = share(8, 10)
    assert (round(found.low, 4), round(found.high, 4)) == (0.4902, 0.9433)
    assert mean([1.0, 2.0, 3.0]).figure == 2.0


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_share_lies_in_its_range_and_the_range_in_nought_to_one(hits_of: tuple[int, int]) -> None:
    found = share(*hits_of)
    assert 0 <= found.low <= found.figure + 1e-12 and found.figure - 1e-12 <= found.high <= 1


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 60), min_size=2), st.integers(2, 40))
def test_what_is_withheld_never_follows_from_what_is_shown(groups: dict[str, int], least: int) -> None:
    found = compared(people(**groups), least)
    hidden = [one for one in found if one.asked is None]
    assert len(hidden) != 1 and all(one.asked >= least for one in found if one.asked is not None)
    assert {one.trait for one in found} <= set(TRAITS)
