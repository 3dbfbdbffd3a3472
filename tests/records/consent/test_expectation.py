"""What would be different if this helps: one line of either, and not without the counselor's sentence (CLIENT-03)."""

from __future__ import annotations

from typing import Any

import pytest

from subrosa.policy.agreement import proposed
from subrosa.policy.ruling import Outcome
from subrosa.records.consent import actions
from subrosa.records.consent.expectation import write_expectation
from subrosa.records.consent.models import Expectation
from subrosa.records.consent.opened import Hope, hope_of
from subrosa.records.note import actions as notes
from subrosa.records.vault.opener import opener_of
from tests.records.center import Visit, refused


def hope(visit: Visit) -> Hope | None:
    by = visit.center.lin
    notes.read_reasons(by=by, at=visit.center.at, case=visit.case)
    return hope_of(opener_of(by), visit.case_id)


def write(visit: Visit, **more: Any) -> Expectation:
    given = {"by": visit.center.lin, "at": visit.center.at, "case": visit.case, "hope": "一次就变开心"}
    return write_expectation(**given | more)


@pytest.mark.clause("CLIENT-03", "not_yet")
def test_happy_in_one_session_is_answered_by_what_is_realistic(booked: Visit) -> None:
    for empty in ("", "  \n"):
        ruling = refused(write, visit=booked, realistic=empty)
        assert (ruling.outcome, ruling.clauses, ruling.missing) == (Outcome.NOT_YET, ("CLIENT-03",), ("realistic",))
    assert hope(booked) is None
    assert refused(write, visit=booked, by=booked.me, hope=" ").missing == ("hope",)


@pytest.mark.clause("CLIENT-03", "passes")
def test_either_writes_and_the_answer_stays(booked: Visit) -> None:
    write(booked, by=booked.me)
    first = hope(booked)
    assert first is not None and (first.hope, first.realistic, first.answered_at) == ("一次就变开心", "", None)
    write(booked, hope="睡得着", realistic="三四次以后，多数人睡得好一些。")
    write(booked, by=booked.me, hope="睡得着，敢进教室")
    last = hope(booked)
    assert last is not None and last.hope == "睡得着，敢进教室" and last.realistic.startswith("三四次")
    row = Expectation.objects.get(case_id=booked.case_id)
    assert "睡得着".encode() not in bytes(row.hope)


@pytest.mark.clause("CONF-02", "refuses")
def test_nobody_else_writes_it(booked: Visit) -> None:
    other = booked.center.visit("王一")
    assert refused(write, visit=booked, by=other.me).clauses == ("CONF-02",)
    assert refused(write, visit=booked, by=booked.center.zhou, realistic="慢慢来").clauses == ("CONF-02",)
    assert refused(write, visit=booked, by=booked.center.lead, realistic="慢慢来").clauses == ("CLIENT-03",)


@pytest.mark.clause("CLIENT-03", "not_yet")
def test_an_agreement_that_promises_a_cure_is_held(own_center: Any) -> None:
    given = {"by": own_center.lead, "at": own_center.at, **proposed()}
    for name, cure in (
        ("text_zh", "三周治愈。"),
        ("simple_zh", "三周治愈。"),
        ("simple_en", "You are cured in three weeks."),
    ):
        ruling = refused(actions.publish_agreement, **{**given, name: f"{given[name]}\n{cure}"})
        assert (ruling.outcome, ruling.missing) == (Outcome.NOT_YET, ("words_without_a_cure",))
    assert actions.publish_agreement(**given).number == 2
