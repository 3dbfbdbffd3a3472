"""Importing the school's list, on real rows: once or twice, nobody is doubled, and the list never says who comes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from subrosa.policy.roles import Role
from subrosa.records.roster import actions, queries
from subrosa.records.roster.models import Pupil
from subrosa.records.roster.sheet import Card
from subrosa.records.school import context
from subrosa.records.vault import server
from tests.ground import actor, together
from tests.records.center import refused

CARDS = [Card("2022090001", "李小雨", class_name="3"), Card("2022090002", "王一", phone="13800000000")]


def cards() -> dict[str, Card]:
    return {one.card.number: one.card for one in queries.first_students(10)}


@pytest.mark.clause("CONF-05", "passes")
def test_a_list_is_put_in_and_found(steward: Any, at: Any) -> None:
    actions.import_roster(by=steward, at=at, cards=CARDS)
    assert cards() == {card.number: card for card in CARDS}
    assert [one.card.name for one in queries.search("小雨")] == ["李小雨"]
    assert [one.card.name for one in queries.search("20220900 王")] == ["王一"]
    assert queries.search("  ") == [] and queries.search("%") == []
    assert queries.card(queries.search("王一")[0].id) == CARDS[1]


def test_who_is_there_already_is_updated_and_nobody_is_doubled(steward: Any, at: Any) -> None:
    actions.import_roster(by=steward, at=at, cards=CARDS)
    before = {bytes(row.mark): row.pk for row in Pupil.objects.all()}
    moved = [Card("2022090001", "李小雨", class_name="5"), Card("2022090003", "赵三")]
    actions.import_roster(by=steward, at=at + timedelta(days=1), cards=moved)
    after = {bytes(row.mark): row.pk for row in Pupil.objects.all()}
    assert len(after) == 3 and before.items() <= after.items()
    assert cards()["2022090001"].class_name == "5" and cards()["2022090002"].phone == "13800000000"


@pytest.mark.parametrize("text", ["=1+1", "<b>x</b>", "李​小雨", "‮abc", "👩‍👩‍👧"])
def test_text_comes_back_as_it_was(steward: Any, at: Any, text: str) -> None:
    actions.import_roster(by=steward, at=at, cards=[Card("1", text)])
    assert cards()["1"].name == text


def test_what_a_list_has_no_column_for_stays_as_it_is(steward: Any, at: Any) -> None:
    whole = Card("1", "甲", class_name="1班", born="2010-03-04", phone="13800000000")
    actions.import_roster(by=steward, at=at, cards=[whole])
    short = [Card("1", "甲", class_name="2班"), Card("2", "乙", class_name="2班")]
    actions.import_roster(by=steward, at=at, cards=short, columns=("number", "name", "class_name", "phone"))
    assert cards()["1"] == Card("1", "甲", class_name="2班", born="2010-03-04")
    assert cards()["2"] == short[1]


def test_the_last_of_two_rows_with_one_number_counts(steward: Any, at: Any) -> None:
    actions.import_roster(by=steward, at=at, cards=[Card("1", "甲"), Card("1", "乙")])
    assert cards() == {"1": Card("1", "乙")}


@pytest.mark.clause("CONF-05", "refuses")
@pytest.mark.parametrize(
    "heading", ["个案编号", "个 案\n编 号", "来访次数", "Case No.", "ｃａｓｅ", "counseling since"]
)
def test_a_list_that_names_cases_is_refused(steward: Any, at: Any, heading: str) -> None:
    given = {"by": steward, "at": at, "cards": CARDS, "headings": ("学号", "姓名", heading)}
    assert refused(actions.import_roster, **given).clauses == ("CONF-05",)
    assert queries.size() == 0


@pytest.mark.clause("CONF-05", "refuses")
def test_leadership_imports_no_list(staff: Any, at: Any) -> None:
    leader = actor(staff(Role.LEADERSHIP))
    assert refused(actions.import_roster, by=leader, at=at, cards=CARDS).clauses == ("CONF-05",)


def test_two_who_import_the_same_list_at_once(steward: Any, at: Any) -> None:
    answers = together(*(lambda: actions.import_roster(by=steward, at=at, cards=CARDS) for _ in range(4)))
    assert answers == [None] * 4
    assert cards() == {card.number: card for card in CARDS}


def test_the_same_number_in_two_schools_has_two_marks(steward: Any, at: Any, other_school: Any) -> None:
    actions.import_roster(by=steward, at=at, cards=CARDS)
    here = {bytes(row.mark) for row in Pupil.objects.all()}
    assert server.marked("student-number", "2022090001") in here
    with context.on(other_school):
        assert server.marked("student-number", "2022090001") not in here
        assert queries.size() == 0
