"""The protective delay: lines that the client's page keeps back, never who opened the file, and a look again within a week."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from subrosa.policy.acts import Act
from subrosa.policy.ruling import Outcome
from subrosa.records.audit.models import Entry
from subrosa.records.case import withholding
from subrosa.records.case.actions import read_own_log
from subrosa.records.case.models import Withheld
from subrosa.records.duty.models import Duty
from subrosa.records.school.calendar import calendar
from tests.desks.hand import Hand
from tests.records.center import Center, Visit, refused
from tests.records.duty.test_climbing import climbed_at, climbings, round_at
from tests.records.owing import owing


def given(visit: Visit, **more: Any) -> dict[str, Any]:
    center = visit.center
    look = calendar().local(center.at) + timedelta(days=5)
    return {"by": center.lin, "at": center.at, "case": visit.case, "reason": "home", "look_on": look} | more


def page(visit: Visit) -> dict[Any, str]:
    return {one.id: one.act for one in read_own_log(by=visit.me, at=visit.center.at, case=visit.case)}


def line(visit: Visit, act: Act) -> Any:
    return next(key for key, name in page(visit).items() if name == act)


@pytest.mark.clause("CON-09", "passes")
def test_a_line_is_late_on_the_page_and_not_in_the_log(booked: Visit) -> None:
    booked.hold()
    hidden, center = line(booked, Act.HOLD_SESSION), booked.center
    before = Entry.objects.filter(case_id=booked.case_id).count()
    withholding.withhold(**given(booked, entries=[hidden]))
    assert hidden not in page(booked) and Act.WITHHOLD_LINES not in page(booked).values()
    assert Entry.objects.filter(pk=hidden).exists() and Entry.objects.filter(case_id=booked.case_id).count() > before
    (owed,) = owing(center.staff["lin"].id, kind="look_again", case_id=booked.case_id)
    assert owed.clause == "CON-09" and calendar().local(owed.due) == given(booked)["look_on"]
    (row,) = Withheld.objects.filter(case=booked.case)
    assert b"home" not in bytes(row.reason)
    (seen,) = [one for one in withholding.read_lines(by=center.lin, at=center.at, case=booked.case) if one.kept]
    assert (seen.noted.id, str(seen.reason)) == (hidden, "home") or seen.reason is not None

    again = given(booked)["look_on"] + timedelta(days=1)
    withholding.withhold(**given(booked, entries=[hidden], look_on=again))  # looked, and it is still needed
    (owed,) = owing(center.staff["lin"].id, kind="look_again", case_id=booked.case_id)
    assert calendar().local(owed.due) == again and Withheld.objects.filter(case=booked.case).count() == 1

    withholding.show(by=center.lin, at=center.at, case=booked.case)
    assert hidden in page(booked) and Act.WITHHOLD_LINES in page(booked).values(), "afterwards the delay itself is told"
    assert owing(center.staff["lin"].id, kind="look_again", case_id=booked.case_id) == []


@pytest.mark.clause("CON-09", "passes")
def test_a_delay_that_nobody_looks_at_again_climbs_to_the_lead(
    own_center: Center, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Past its day it stands on the lead's page, and stays back until somebody has looked: it never ends by silence."""
    center, visit = own_center, own_center.visit()
    visit.book()
    visit.hold()
    hidden, look = line(visit, Act.HOLD_SESSION), given(visit)["look_on"]
    withholding.withhold(**given(visit, entries=[hidden]))
    late = calendar().end_of(look)
    (row,) = Duty.objects.filter(kind="look_again", case_id=visit.case_id, settled_at=None)
    round_at(monkeypatch, late - timedelta(minutes=1))
    assert climbed_at(row) is None
    round_at(monkeypatch, late)
    assert climbed_at(row) == late and climbings(row) and hidden not in page(visit)
    lead = Hand(monkeypatch, center.lead, late + timedelta(hours=8))
    assert "Look again at what the client" in lead.text("/center/")

    center.at = late  # looked, and it is still needed: the new day is owed, and that one climbs too
    withholding.withhold(**given(visit, entries=[hidden]))
    (again,) = Duty.objects.filter(kind="look_again", case_id=visit.case_id, settled_at=None)
    round_at(monkeypatch, again.due)
    assert climbed_at(again) == again.due and again.pk != row.pk
    withholding.show(by=center.lin, at=again.due, case=visit.case)
    assert hidden in page(visit) and "Look again at what" not in lead.text("/center/")


@pytest.mark.clause("CON-09", "refuses")
def test_nobody_hides_who_opened_the_file(booked: Visit) -> None:
    booked.hold()
    center = booked.center
    withholding.read_lines(by=center.lin, at=center.at, case=booked.case)
    for act in (Act.READ_CLIENT_PAGE, Act.OPEN_CASE):
        ruling = refused(withholding.withhold, **given(booked, entries=[line(booked, act)]))
        assert ruling.outcome is Outcome.REFUSED and ruling.clauses == ("CON-09",)
    assert not Withheld.objects.filter(case=booked.case).exists()


@pytest.mark.clause("CON-09", "not_yet")
def test_a_reason_and_a_look_within_a_week(booked: Visit) -> None:
    booked.hold()
    hidden, today = line(booked, Act.HOLD_SESSION), calendar().local(booked.center.at)
    for look in (None, today, today + timedelta(days=8)):
        assert refused(withholding.withhold, **given(booked, entries=[hidden], look_on=look)).missing == ("next_look",)
    assert refused(withholding.withhold, **given(booked, entries=[hidden], reason="")).missing == ("withheld_reason",)
    for none in ([], [uuid4()]):
        assert refused(withholding.withhold, **given(booked, entries=none)).missing == ("withheld_lines",)
    assert hidden in page(booked)


@pytest.mark.clause("CONF-02", "refuses")
def test_only_the_care_team(booked: Visit) -> None:
    booked.hold()
    hidden, fang = line(booked, Act.HOLD_SESSION), booked.center.fang
    assert refused(withholding.withhold, **given(booked, entries=[hidden], by=fang)).clauses == ("CONF-02",)
    for act in (withholding.show, withholding.read_lines):
        assert refused(act, by=fang, at=booked.center.at, case=booked.case).clauses == ("CONF-02",)
