"""Rest on purpose with an end, and one line into the own account: nothing else goes out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from subrosa.policy.ruling import Outcome
from subrosa.records.case import resting
from subrosa.records.notice.models import Notice
from subrosa.records.school.calendar import calendar
from tests.records.center import Visit, refused


@pytest.mark.clause("ETH-02", "passes")
@pytest.mark.clause("ETH-02", "not_yet")
def test_a_rest_has_an_end(booked: Visit) -> None:
    center = booked.center
    today = calendar().local(center.at)
    given = {"by": center.lin, "at": center.at, "case": booked.case}
    for wrong in (today, today - timedelta(days=1), today + timedelta(days=400)):
        ruling = refused(resting.rest, **given, until=wrong)
        assert ruling.outcome is Outcome.NOT_YET and ruling.missing == ("rest_day",)
    assert resting.rest(**given, until=today + timedelta(days=60)).rests_until == today + timedelta(days=60)


@pytest.mark.clause("ETH-02", "passes")
def test_an_invitation_is_one_line_in_the_own_account(booked: Visit) -> None:
    center = booked.center
    before = Notice.objects.count()
    resting.invite_back(by=center.lin, at=center.at, case=booked.case)
    (told,) = Notice.objects.filter(to=booked.client.pk)
    assert told.kind == "invited_back" and Notice.objects.count() == before + 1
    assert booked.case.invited_at == center.at


@pytest.mark.clause("ETH-02", "not_yet")
def test_without_an_account_nobody_is_written_to(booked: Visit) -> None:
    bare = booked.center.visit("没有账号", account=False)
    bare.book(bare.center.lin, days=2)
    ruling = refused(resting.invite_back, by=bare.center.lin, at=bare.center.at, case=bare.case)
    assert ruling.outcome is Outcome.NOT_YET and ruling.missing == ("account",)
    assert not Notice.objects.filter(to=bare.client.pk, kind="invited_back").exists()


@pytest.mark.clause("ETH-02", "refuses")
def test_what_is_closed_neither_rests_nor_is_invited(booked: Visit) -> None:
    booked.hold()
    booked.closed()
    given = {"by": booked.center.lin, "at": booked.center.later, "case": booked.case}
    ahead = calendar().local(booked.center.later) + timedelta(days=9)
    assert refused(resting.rest, **given, until=ahead).missing == ("open_case",)
    assert refused(resting.invite_back, **given).missing == ("open_case",)


@pytest.mark.clause("CONF-02", "refuses")
def test_a_colleague_lets_nobody_elses_case_rest(booked: Visit) -> None:
    given = {"by": booked.center.fang, "at": booked.center.at, "case": booked.case}
    ahead = calendar().local(booked.center.at) + timedelta(days=9)
    assert refused(resting.rest, **given, until=ahead).clauses == ("CONF-02",)
    assert refused(resting.invite_back, **given).clauses == ("CONF-02",)
