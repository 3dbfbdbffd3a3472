"""Resting cases on real rows, asked each time: holidays stop the clock, and what lies ahead or is meant so does not rest."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from subrosa.records.appointment import resting, sitting
from subrosa.records.appointment.actions import note_no_show
from subrosa.records.case import actions as cases
from subrosa.records.case import resting as rests
from subrosa.records.person import clients
from subrosa.timetable.calendar import Calendar, Span
from tests.ground import growth
from tests.records.center import Center, Visit

ZONE = ZoneInfo("Asia/Shanghai")
WEEK = timedelta(days=7)


@pytest.fixture
def met(own_center: Center) -> Visit:
    """One meeting held, and nothing since: in a center of its own, for a page shows the first fifty that rest."""
    visit = own_center.visit()
    visit.book()
    visit.hold()
    return visit


def found(visit: Visit, at: datetime) -> list[Any]:
    return [one for one in resting.resting_of(visit.center.lin.id, at) if one.case.pk == visit.case_id]


@pytest.mark.clause("ETH-02", "passes")
def test_after_four_school_weeks_it_rests(met: Visit) -> None:
    last = met.booking.starts_at
    assert found(met, last + 4 * WEEK) == []
    (one,) = found(met, last + 4 * WEEK + timedelta(days=1))
    assert one.since == last and resting.rests(met.case_id, last + 5 * WEEK).since == last
    lead = [one.case.pk for one in resting.resting_for_the_lead(last + 5 * WEEK)]
    assert met.case_id not in lead, "to the lead it is shown later"
    assert met.case_id in [one.case.pk for one in resting.resting_for_the_lead(last + 6 * WEEK + timedelta(days=1))]


@pytest.mark.clause("ETH-02", "passes")
@pytest.mark.parametrize("stopped", ["holidays", "quiet"])
def test_over_a_holiday_the_clock_stands_still(met: Visit, stopped: str, monkeypatch: pytest.MonkeyPatch) -> None:
    last = met.booking.starts_at
    first = last.astimezone(ZONE).date() + timedelta(days=2)
    away = Span(first, first + timedelta(days=34))  # five weeks
    held = Calendar(ZONE, **{stopped: (away,)})  # type: ignore[arg-type]  # one of two fields of spans
    monkeypatch.setattr(resting, "calendar", lambda: held)
    for weeks in (5, 7, 9):
        assert found(met, last + weeks * WEEK) == [], weeks
    assert found(met, last + 9 * WEEK + timedelta(days=2))


@pytest.mark.clause("ETH-02", "passes")
def test_what_lies_ahead_or_was_a_brief_contact_keeps_it_awake(own_center: Center) -> None:
    visit = own_center.visit()
    visit.recorded()
    later = visit.booking.starts_at + 5 * WEEK
    assert found(visit, later)
    came = sitting.sit_down(by=own_center.lin, at=later - WEEK)
    sitting.go_on_with(by=own_center.lin, at=later - WEEK, sitting=came, client=visit.client)
    assert found(visit, later) == [], "somebody sat down a week ago"
    visit.book(own_center.lin, days=72)
    assert found(visit, visit.booking.starts_at - WEEK) == [], "a meeting lies ahead"


@pytest.mark.clause("ETH-02", "passes")
def test_on_purpose_it_is_quiet_until_the_day(met: Visit) -> None:
    later = met.booking.starts_at + 5 * WEEK
    until = (later + 3 * WEEK).astimezone(ZONE).date()
    rests.rest(by=met.center.lin, at=later, case=met.case, until=until)
    assert found(met, later) == [] and found(met, later + 3 * WEEK - timedelta(days=1)) == []
    assert found(met, later + 3 * WEEK)


@pytest.mark.clause("ETH-02", "passes")
def test_an_invitation_is_a_next_step_for_as_long(met: Visit) -> None:
    later = met.booking.starts_at + 5 * WEEK
    rests.invite_back(by=met.center.lin, at=later, case=met.case)
    assert found(met, later + 2 * WEEK) == []
    assert found(met, later + 4 * WEEK + timedelta(days=1))


def test_what_is_closed_does_not_rest(met: Visit) -> None:
    met.closed()
    assert found(met, met.center.at + 9 * WEEK) == []


def test_somebody_who_never_came_rests_too(own_center: Center) -> None:
    visit = own_center.visit()
    visit.book()
    assert found(visit, visit.booking.starts_at + 3 * WEEK) == []
    note_no_show(by=visit.center.lin, at=visit.booking.ends_at, booking=visit.booking)
    (one,) = found(visit, visit.center.at + 5 * WEEK)
    assert one.since == visit.case.opened_at


def test_a_colleague_sees_the_own_ones_only(met: Visit) -> None:
    later = met.booking.starts_at + 5 * WEEK
    assert met.case_id not in [one.case.pk for one in resting.resting_of(met.center.zhou.id, later)]


def test_as_many_statements_for_one_as_for_many(own_center: Center) -> None:
    def more() -> None:
        client = clients.open_client(by=own_center.lin, at=own_center.at, identity=clients.Identity("又一位"))
        cases.open_case(by=own_center.lin, at=own_center.at, client=client, counselor=own_center.row("lin"))

    more()
    late = own_center.at + 9 * WEEK
    one, many = growth(lambda: resting.resting_of(own_center.lin.id, late), more)
    assert one == many and len(resting.resting_of(own_center.lin.id, late)) == 30
