"""A signature on paper: dated, seen by somebody, counted like any other, told to the client and taken back at once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from subrosa.policy.agreement import proposed
from subrosa.policy.ruling import Outcome
from subrosa.policy.wording import Wording
from subrosa.records.case.actions import read_own_log
from subrosa.records.consent import actions, queries
from tests.records.center import Visit, refused
from tests.records.owing import owing


def paper(visit: Visit, **more: Any) -> Any:
    center = visit.center
    day, wording = more.pop("signed_on", center.at.date()), more.pop("wording", Wording.WHOLE)
    sheet = actions.Paper(day, center.row("zhou"), "zh-hans", wording)
    given = {"by": center.lin, "at": center.at, "case": visit.case, "agreement": center.agreement, "paper": sheet}
    return actions.note_paper(**given | more)


def owed(visit: Visit) -> list[str]:
    return [one.clause for one in owing(visit.center.staff["lin"].id, kind="paper_scan", case_id=visit.case_id)]


@pytest.mark.clause("CON-01", "passes")
def test_it_counts_like_the_own_account_and_a_scan_is_owed(booked: Visit) -> None:
    booked.hold()
    signed = paper(booked)
    assert (signed.given_how, signed.signed_on, signed.seen_by_id) == (
        "paper",
        booked.center.at.date(),
        booked.center.row("zhou").pk,
    )
    assert queries.has_signed(booked.case_id) and owed(booked) == ["CON-01"]
    assert refused(booked.record).missing == ("open_card",), "all cards are listed: nobody guessed"
    booked.talk_over()
    assert booked.record().signed_at and booked.book(days=8)


@pytest.mark.clause("CON-01", "not_yet")
def test_the_date_lies_between_the_version_and_today(booked: Visit) -> None:
    published = booked.center.agreement.published_at.date()
    for day in (booked.center.at.date() + timedelta(days=1), published - timedelta(days=1), date(1999, 1, 1)):
        ruling = refused(paper, visit=booked, signed_on=day)
        assert (ruling.outcome, ruling.missing) == (Outcome.NOT_YET, ("date_on_paper",))
    assert not queries.has_signed(booked.case_id) and owed(booked) == []


@pytest.mark.clause("CON-01", "refuses")
def test_only_who_holds_the_case_notes_it(booked: Visit) -> None:
    center = booked.center
    for who, clause in (("zhou", "CONF-02"), ("lead", "CON-01"), ("rui", "CON-01")):
        assert refused(paper, visit=booked, by=getattr(center, who)).clauses == (clause,)
    assert refused(paper, visit=booked, by=booked.me).clauses == ("CON-01",), (
        "the client signs, and does not note paper"
    )


@pytest.mark.clause("CON-01", "not_yet")
def test_a_paper_of_an_old_version_asks_for_the_new_one(own_center: Any) -> None:
    visit = own_center.visit()
    visit.book()
    actions.publish_agreement(by=own_center.lead, at=own_center.at, **proposed())
    assert refused(paper, visit=visit).missing == ("agreement_in_force",)


@pytest.mark.clause("CLIENT-01", "passes")
def test_the_client_sees_it_and_objects_at_once(booked: Visit) -> None:
    paper(booked)
    log = read_own_log(by=booked.me, at=booked.center.at, case=booked.case)
    assert "note_paper_consent" in {one.act for one in log}
    actions.withdraw(by=booked.me, at=booked.center.at, case=booked.case)
    assert not queries.has_signed(booked.case_id) and owed(booked) == []
