"""What is owed: danger first, then soonest; three late records; my cases by their newest need; the same statements for all."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from subrosa.policy.actor import Actor
from subrosa.records.case.mine import cases_by_need
from subrosa.records.case.models import Case
from subrosa.records.case.states import State
from subrosa.records.duty import queries
from subrosa.records.person.models import Client
from subrosa.records.school.calendar import calendar
from tests.ground import by_owner, growth
from tests.records.duty.test_climbing import DAY, HOUR, MONDAY, NOON, owed


def case_of(who: Actor, n: int = 0, state: State = State.OPEN) -> Case:
    made: Case = by_owner(
        Case(
            client=by_owner(Client(made_at=MONDAY)),
            counselor_id=who.id,
            state=state,
            opened_at=MONDAY - timedelta(hours=n),
        )
    )
    return made


def test_danger_first_then_soonest(counselor: Actor) -> None:
    later, sooner = owed(counselor, at=MONDAY + DAY), owed(counselor)
    cry = owed(counselor, "cry", MONDAY + 9 * DAY)
    owed(counselor, settled_at=MONDAY)
    assert [one.id for one in queries.owed_by(counselor.id)] == [cry.pk, sooner.pk, later.pk]
    assert queries.owed_count(counselor.id) == 3


def test_more_than_a_page_is_counted_and_paged(counselor: Actor, lead: Actor) -> None:
    for n in range(53):
        owed(counselor, at=MONDAY + n * DAY)
    owed(lead)
    assert len(queries.owed_by(counselor.id)) == 50 and queries.owed_count(counselor.id) == 53
    assert len(queries.owed_by(counselor.id, start=50)) == 3
    assert len(queries.owed_by_all()) == 50 and queries.owed_count_of_all() == 54
    assert len(queries.owed_by_all(start=50)) == 4
    whole = [*queries.owed_by_all(), *queries.owed_by_all(start=50)]
    assert len({one.id for one in whole}) == 54


@pytest.mark.parametrize("show", ["owed_by", "owed_by_all", "climbed"])
def test_a_list_costs_the_same_however_long(show: str, counselor: Actor) -> None:
    calendar()
    given = (counselor.id,) if show == "owed_by" else ()

    def ask() -> Any:
        return [one.late_from for one in getattr(queries, show)(*given)]

    assert len(set(growth(ask, lambda: owed(counselor, climbed_at=MONDAY)))) == 1


def test_a_record_counts_as_late_from_noon_and_only_while_it_is_open(counselor: Actor, lead: Actor) -> None:
    for kind in ("record", "record", "sitting", "guardian_talk"):
        owed(counselor, kind)
    owed(counselor, settled_at=MONDAY + HOUR)
    owed(counselor, "full_record", calendar().after_school_days(MONDAY, 2))
    noon = MONDAY + DAY + NOON
    who = [counselor.id, lead.id]
    assert queries.late_records(who, noon - timedelta(minutes=1)) == {}
    assert queries.late_records(who, noon) == {counselor.id: 2}
    assert queries.late_records(who, noon + 2 * DAY) == {counselor.id: 3}
    assert queries.late_records([lead.id], noon) == {}


def test_this_evening_are_what_is_unsigned_and_what_is_due_tonight(counselor: Actor) -> None:
    today, full = owed(counselor), owed(counselor, "full_record", calendar().after_school_days(MONDAY, 2))
    owed(counselor, "guardian_talk", calendar().after_school_days(MONDAY, 5))
    step = owed(counselor, "next_step", MONDAY + 3 * HOUR)
    owed(counselor, "next_step", MONDAY + 3 * DAY)
    assert [one.id for one in queries.owed_this_evening(counselor.id, MONDAY)] == [step.pk, today.pk, full.pk]


def test_cases_come_by_their_newest_need_then_open_then_closed(counselor: Actor, lead: Actor) -> None:
    new, old, needed, newest, closed = (
        case_of(counselor, 1),
        case_of(counselor, 2),
        case_of(counselor, 3),
        case_of(counselor, 4),
        case_of(counselor, 0, State.CLOSED),
    )
    case_of(counselor, 0, State.ARCHIVED)
    for row, at in ((needed, MONDAY), (newest, MONDAY - DAY), (newest, MONDAY + HOUR)):
        owed(counselor, "guardian_talk", MONDAY + DAY, at, case_id=row.pk)
    owed(lead, case_id=old.pk)
    needs = queries.newest_needs(counselor.id)
    assert list(needs.items()) == [(newest.pk, "guardian_talk"), (needed.pk, "guardian_talk")]
    shown = cases_by_need(counselor.id, list(needs), most=20)
    assert [one.pk for one in shown] == [newest.pk, needed.pk, new.pk, old.pk, closed.pk]


@pytest.mark.parametrize("size", [1, 2, 3, 5, 20])
def test_pages_show_every_case_once(size: int, counselor: Actor, lead: Actor) -> None:
    cases = [case_of(counselor, n) for n in range(7)]
    case_of(lead)
    needs = [cases[5].pk, cases[3].pk, cases[6].pk, uuid4()]
    pages = [cases_by_need(counselor.id, needs, most=size, start=start) for start in range(0, 7, size)]
    order = [row.pk for page in pages for row in page]
    assert order == [cases[n].pk for n in (5, 3, 6, 0, 1, 2, 4)] and all(len(page) <= size for page in pages)


def test_my_cases_cost_the_same_however_many(counselor: Actor) -> None:
    def ask() -> Any:
        return cases_by_need(counselor.id, list(queries.newest_needs(counselor.id)), most=20)

    def more() -> None:
        owed(counselor, case_id=case_of(counselor).pk)
        case_of(counselor)

    assert len(set(growth(ask, more))) == 1
