"""The answer to the enrollment letter: kept on the roster's island only, and taken away by no list."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from subrosa.policy.roles import Role
from subrosa.records.audit.models import Entry
from subrosa.records.roster import actions, queries
from subrosa.records.roster.letter import Answer, Consent, Letter
from subrosa.records.roster.models import Pupil
from subrosa.records.roster.sheet import Card, read
from tests.ground import actor, statements, together
from tests.records.center import refused

CARDS = [
    Card("1", "甲", grade="7年级", class_name="2班", born="2013-05-06"),
    Card("2", "乙", grade="7年级", class_name="10班"),
    Card("3", "丙", grade="7年级", class_name="2班"),
]
YES, NO = Answer(Consent.YES), Answer(Consent.NO, no_screening=True, talk_wanted=True)


@pytest.fixture
def pupils(steward: Any, at: Any) -> dict[str, Any]:
    """Number -> id."""
    actions.import_roster(by=steward, at=at, cards=CARDS)
    return {one.card.number: one.id for one in queries.first_students(10)}


def answered(key: Any) -> tuple[Any, ...]:
    found = queries.letter_of(key)
    assert found is not None
    return found.consent, found.no_screening, found.talk_wanted, found.answered


@pytest.mark.clause("CON-01", "passes")
def test_an_answer_is_noted_with_its_day(lead: Any, at: Any, pupils: dict[str, Any]) -> None:
    assert queries.letter_of(pupils["1"]) == Letter(Consent.NONE, False, False, None, date(2013, 5, 6))
    actions.record_letters(by=lead, at=at, answers={pupils["1"]: YES, pupils["2"]: NO})
    assert queries.letter_of(pupils["1"]) == Letter(Consent.YES, False, False, date(2026, 3, 2), date(2013, 5, 6))
    assert answered(pupils["2"]) == (Consent.NO, True, True, date(2026, 3, 2))
    assert answered(pupils["3"]) == (Consent.NONE, False, False, None)
    assert queries.letter_of(uuid4()) is None


def test_the_day_of_an_answer_changes_only_with_the_answer(lead: Any, at: Any, pupils: dict[str, Any]) -> None:
    key = pupils["1"]
    for days, answer in enumerate((YES, YES, NO, Answer(), YES)):
        actions.record_letters(by=lead, at=at + timedelta(days=days), answers={key: answer})
        wanted = {0: 2, 1: 2, 2: 4, 4: 6}.get(days)
        assert answered(key)[3] == (date(2026, 3, wanted) if wanted else None)


@pytest.mark.clause("CON-01", "refuses")
@pytest.mark.parametrize("role", [Role.COUNSELOR, Role.RECEPTION, Role.LEADERSHIP])
def test_others_note_no_answers(staff: Any, at: Any, pupils: dict[str, Any], role: Role) -> None:
    given = {"by": actor(staff(role)), "at": at, "answers": {pupils["1"]: YES}}
    assert refused(actions.record_letters, **given).clauses == ("CON-01",)
    assert answered(pupils["1"])[0] is Consent.NONE


def test_a_list_takes_no_answer_away(lead: Any, at: Any, pupils: dict[str, Any]) -> None:
    actions.record_letters(by=lead, at=at, answers={pupils["1"]: NO, pupils["2"]: YES})
    later = at + timedelta(days=30)
    data = "学号,姓名,家长回执,不参加测评,希望谈谈,回执日期\n1,甲,,,,\n2,乙,不同意,是,,2026-03-20\n3,丙,同意,,√,\n"
    sheet = read(data.encode(), today=later.date())
    assert not sheet.bad
    actions.import_roster(by=lead, at=later, cards=sheet.cards, columns=sheet.columns)
    assert answered(pupils["1"]) == (Consent.NO, True, True, date(2026, 3, 2))
    assert answered(pupils["2"]) == (Consent.NO, True, False, date(2026, 3, 20))
    assert answered(pupils["3"]) == (Consent.YES, False, True, date(2026, 4, 1))
    actions.import_roster(by=lead, at=later + timedelta(days=9), cards=CARDS)
    assert answered(pupils["1"]) == (Consent.NO, True, True, date(2026, 3, 2))
    assert answered(pupils["3"]) == (Consent.YES, False, True, date(2026, 4, 1))
    assert queries.card(pupils["1"]).grade == "7年级"  # type: ignore[union-attr]  # it is there


def test_classes_stand_in_their_order_with_their_letters_counted(lead: Any, at: Any, pupils: dict[str, Any]) -> None:
    actions.record_letters(by=lead, at=at, answers={pupils["1"]: NO, pupils["2"]: YES})
    found = [(one.class_name, one.size, one.yes, one.no, one.open, one.talks) for one in queries.classes()]
    assert found == [("2班", 2, 0, 1, 1, 1), ("10班", 1, 1, 0, 0, 0)]
    assert [one.card.number for one in queries.class_list("7年级", "2班")] == ["1", "3"]
    assert queries.class_list("7年级", "3班") == []


@pytest.mark.clause("CONF-05", "passes")
def test_noting_answers_writes_nothing_but_the_list_and_its_entry(lead: Any, at: Any, pupils: dict[str, Any]) -> None:
    with statements() as said:
        actions.record_letters(by=lead, at=at, answers=dict.fromkeys(pupils.values(), YES))
    written = {
        sql.split('"')[1] if '"' in sql else sql.split()[2] for sql in said if sql.startswith(("INSERT", "UPDATE"))
    }
    assert written <= {"roster_pupil", "audit_entry", "audit_waiting"} and "roster_pupil" in written
    assert not any(
        str(key) in str(entry.__dict__)
        for entry in Entry.objects.filter(act="record_letters")
        for key in pupils.values()
    )


def test_only_changed_rows_are_written_and_a_press_twice_is_one(lead: Any, at: Any, pupils: dict[str, Any]) -> None:
    once = uuid4()
    for _ in range(2):
        actions.record_letters(by=lead, at=at, answers={pupils["1"]: YES}, once=once)
    before = dict(Pupil.objects.values_list("pk", "card"))
    actions.record_letters(by=lead, at=at, answers={pupils["1"]: YES, pupils["2"]: Answer(), uuid4(): YES})
    assert dict(Pupil.objects.values_list("pk", "card")) == before
    assert Entry.objects.filter(act="record_letters", outcome="done").count() == 2


def test_a_list_and_answers_at_once_lose_nothing(lead: Any, steward: Any, at: Any, pupils: dict[str, Any]) -> None:
    moved = [Card(card.number, card.name, class_name="5班") for card in CARDS]
    answers = together(
        lambda: actions.import_roster(by=steward, at=at, cards=moved),
        lambda: actions.record_letters(by=lead, at=at, answers=dict.fromkeys(pupils.values(), YES)),
        lambda: actions.import_roster(by=steward, at=at, cards=moved),
    )
    assert answers == [None] * 3
    assert {(one.card.class_name, one.card.consent) for one in queries.first_students(9)} == {("5班", "yes")}


def test_a_letter_shows_nothing_in_a_log() -> None:
    assert "2013" not in repr(Letter(Consent.NO, True, True, None, date(2013, 5, 6)))
