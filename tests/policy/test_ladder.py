"""The minors' ladder: the table as practice.md has it, and laws that hold for every age, day and answer."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from subrosa.policy.ladder import (
    FOLLOWS,
    LADDER,
    Ages,
    Asked,
    Band,
    Letter,
    Part,
    asks,
    band,
    band_at,
    birthday,
    follows,
    stops,
    turned,
)

AGES = Ages()
SHANGHAI = ZoneInfo("Asia/Shanghai")
YOUNGEST_FIRST = list(Band)
OF_GUARDIANS = {
    *(Part.LETTER_ASKED, Part.LETTER_INFORMS, Part.GUARDIAN_TOLD),
    *(Part.GUARDIAN_IN_WRITING, Part.GUARDIAN_OR_GROUND),
}
BORN = st.dates(date(1990, 1, 1), date(2020, 12, 31))
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
ASKED, BANDS, LETTERS = st.sampled_from(Asked), st.sampled_from(Band), st.sampled_from(Letter)


def test_the_table_is_whole() -> None:
    assert set(LADDER) == set(Asked) and all(set(row) == set(Band) and all(row.values()) for row in LADDER.values())
    assert set(FOLLOWS) == set(Band) and all(set(row) == set(Letter) for row in FOLLOWS.values())


@given(BORN, DAYS, DAYS)
def test_nobody_grows_younger(born: date, one: date, other: date) -> None:
    early, late = sorted((one, other))
    assert YOUNGEST_FIRST.index(band(born, early, AGES)) <= YOUNGEST_FIRST.index(band(born, late, AGES))


@given(ASKED, BANDS, BANDS)
def test_nothing_is_asked_of_a_guardian_later_that_was_not_asked_before(asked: Asked, one: Band, other: Band) -> None:
    young, old = sorted((one, other), key=YOUNGEST_FIRST.index)
    assert asks(asked, old) & OF_GUARDIANS <= asks(asked, young) & OF_GUARDIANS


@given(BANDS, BANDS, LETTERS)
def test_an_answer_never_weighs_more_with_age(one: Band, other: Band, letter: Letter) -> None:
    young, old = (follows(each, letter) for each in sorted((one, other), key=YOUNGEST_FIRST.index))
    assert (old.talk, old.stays) <= (young.talk, young.stays) and old.talk <= young.talk


@given(BANDS, LETTERS)
def test_help_in_danger_and_a_first_contact_depend_on_neither_age_nor_answer(column: Band, letter: Letter) -> None:
    for asked in (Asked.DANGER, Asked.FIRST_CONTACT):
        assert asks(asked, column) == {Part.OWN_WISH} and not stops(asked, column, letter)


@given(ASKED, BANDS, LETTERS)
def test_only_a_no_under_fourteen_holds_anything_up(asked: Asked, column: Band, letter: Letter) -> None:
    held = stops(asked, column, letter)
    assert held == (asked is Asked.GOING_ON and column is Band.UNDER_14 and letter is Letter.NO)


@given(ASKED, BANDS)
def test_a_guardian_never_learns_who_comes(asked: Asked, column: Band) -> None:
    """A guardian's own hand is asked for recording and research alone, where the student brings the paper home."""
    signed = Part.GUARDIAN_IN_WRITING in asks(asked, column)
    assert not signed or asked is Asked.RESEARCH
    assert Part.NOTHING_TOLD in asks(Asked.GUARDIAN_ASKS, column)


@given(BORN, st.sampled_from([14, 18]))
def test_a_birthday_changes_the_column_on_the_day_itself(born: date, age: int) -> None:
    day = birthday(born, age)
    before, after = band(born, day - timedelta(days=1), AGES), band(born, day, AGES)
    assert YOUNGEST_FIRST.index(after) == YOUNGEST_FIRST.index(before) + 1
    assert turned(born, day - timedelta(days=1), day, AGES) == age
    assert turned(born, day, day + timedelta(days=1), AGES) is None


@given(BORN, DAYS, DAYS)
def test_a_birthday_is_told_exactly_where_the_column_changed(born: date, one: date, other: date) -> None:
    after, until = sorted((one, other))
    assume(after < until)
    assert (turned(born, after, until, AGES) is not None) == (band(born, after, AGES) != band(born, until, AGES))


@pytest.mark.parametrize(
    ("born", "age", "day"),
    [
        (date(2012, 2, 29), 14, date(2026, 2, 28)),
        (date(2008, 2, 29), 18, date(2026, 2, 28)),
        (date(2006, 2, 28), 18, date(2024, 2, 28)),
        (date(2010, 2, 28), 14, date(2024, 2, 28)),
        (date(2012, 3, 1), 14, date(2026, 3, 1)),
    ],
)
def test_who_was_born_in_a_leap_february_has_a_birthday_every_year(born: date, age: int, day: date) -> None:
    assert birthday(born, age) == day
    assert band(born, day - timedelta(days=1), AGES) != band(born, day, AGES)


def test_the_day_is_that_of_the_school() -> None:
    born = date(2012, 9, 8)
    midnight = datetime(2026, 9, 7, 16, tzinfo=UTC)  # 8 September begins in China
    assert band_at(born, midnight - timedelta(seconds=1), SHANGHAI, AGES) is Band.UNDER_14
    assert band_at(born, midnight, SHANGHAI, AGES) is Band.FROM_14
    assert band_at(born, midnight, UTC, AGES) is Band.UNDER_14


@given(BORN, DAYS)
def test_another_school_kind_may_set_other_ages(born: date, day: date) -> None:
    later = Ages(fourteen=16, of_age=21)
    assert YOUNGEST_FIRST.index(band(born, day, later)) <= YOUNGEST_FIRST.index(band(born, day, AGES))
