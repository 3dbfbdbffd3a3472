"""A wider circle: on the client's page first, then the key, or not after all (CON-09)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from subrosa.policy.ruling import Outcome
from subrosa.records.case.joining import drop_joining, grant_case, joinings, show_joining
from subrosa.records.case.queries import who_can_open
from subrosa.records.notice.queries import unseen
from subrosa.records.school.calendar import calendar
from tests.records.center import Visit, refused


@pytest.fixture
def fang(booked: Visit) -> dict[str, Any]:
    center = booked.center
    return {"by": center.lin, "at": center.at, "case": booked.case, "colleague": center.row("fang")}


def holds(visit: Visit, name: str) -> bool:
    return getattr(visit.center, name).id in {one.of for one in who_can_open(visit.case_id)}


@pytest.mark.clause("CON-09", "refuses")
@pytest.mark.clause("CON-09", "not_yet")
def test_the_clients_page_changes_first(booked: Visit, fang: dict[str, Any]) -> None:
    ruling = refused(grant_case, told=True, **fang)
    assert ruling.outcome is Outcome.NOT_YET and ruling.clauses == ("CON-09",) and ruling.missing == ("joining_shown",)
    show_joining(**fang)
    assert [one.staff_id for one in joinings(booked.case_id)] == [booked.center.fang.id] and not holds(booked, "fang")
    assert "joining" in {one.kind for one in unseen(booked.client.pk)}
    assert refused(grant_case, **fang).missing == ("joining_known",), "nobody told the client, and no day has passed"
    assert not holds(booked, "fang")


@pytest.mark.clause("CON-09", "passes")
def test_the_key_follows_once_the_client_knows(booked: Visit, fang: dict[str, Any]) -> None:
    show_joining(**fang)
    grant_case(told=True, **fang)
    assert holds(booked, "fang") and not joinings(booked.case_id)


@pytest.mark.clause("CON-09", "passes")
def test_or_a_school_day_later(booked: Visit, fang: dict[str, Any]) -> None:
    show_joining(**fang)
    due = calendar().after_school_days(booked.center.at, 1)
    assert refused(grant_case, **{**fang, "at": due - timedelta(minutes=1)}).missing == ("joining_known",)
    grant_case(**{**fang, "at": due})
    assert holds(booked, "fang")


def test_not_after_all_takes_the_line_and_the_message_away(booked: Visit, fang: dict[str, Any]) -> None:
    show_joining(**fang)
    show_joining(**fang)  # twice is once
    assert len(joinings(booked.case_id)) == 1
    drop_joining(**fang)
    assert not joinings(booked.case_id) and "joining" not in {one.kind for one in unseen(booked.client.pk)}
    assert refused(grant_case, told=True, **fang).missing == ("joining_shown",)


@pytest.mark.clause("CONF-02", "refuses")
@pytest.mark.parametrize("who", ["fang", "zhou", "lead"])
def test_nobody_names_himself(booked: Visit, fang: dict[str, Any], who: str) -> None:
    me = getattr(booked.center, who)
    given = {**fang, "by": me, "colleague": booked.center.row(who)}
    assert refused(show_joining, **given).outcome is Outcome.REFUSED
    assert refused(drop_joining, **given).outcome is Outcome.REFUSED
    assert not joinings(booked.case_id)
