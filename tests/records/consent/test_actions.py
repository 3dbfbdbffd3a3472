"""The agreement on real rows: versions, points, the client's own signature, and taking it back."""

from __future__ import annotations

from uuid import uuid4

import pytest

from subrosa.policy.agreement import POINTS, compose
from subrosa.policy.ruling import Outcome, Refused
from subrosa.records.consent import actions, queries
from subrosa.records.consent.models import Agreement, Consent
from tests.ground import together
from tests.records.center import Center, Visit, refused


def giving(visit: Visit) -> dict[str, object]:
    return {
        "by": visit.me,
        "at": visit.center.at,
        "case": visit.case,
        "agreement": queries.in_force(),
        "language": "zh-hans",
    }


@pytest.mark.clause("CON-02", "refuses")
@pytest.mark.parametrize("point", [point.key for point in POINTS])
def test_a_missing_point_is_named(center: Center, point: str) -> None:
    before = Agreement.objects.count()
    whole, short = compose(), compose(leave_out=frozenset({point}))
    for zh, en in (short, (whole[0], short[1]), (short[0], whole[1])):
        ruling = refused(actions.publish_agreement, by=center.lead, at=center.at, text_zh=zh, text_en=en)
        assert ruling.clauses == ("CON-02",) and ruling.missing == (point,)
    assert Agreement.objects.count() == before


@pytest.mark.clause("CON-02", "refuses")
@pytest.mark.parametrize("who", ["lin", "rui", "qian", "sun"])
def test_only_the_lead_publishes(center: Center, who: str) -> None:
    zh, en = compose()
    given = {"by": getattr(center, who), "at": center.at, "text_zh": zh, "text_en": en}
    assert refused(actions.publish_agreement, **given).clauses == ("CON-02",)


@pytest.mark.clause("CON-02", "passes")
@pytest.mark.clause("CON-01", "not_yet")
def test_a_page_that_lay_open_signs_nothing_old(own_center: Center) -> None:
    visit = own_center.visit()
    visit.recorded()
    old = giving(visit)
    zh, en = compose()
    second = actions.publish_agreement(by=own_center.lead, at=own_center.at, text_zh=zh, text_en=en)
    assert second.number == 2 and queries.in_force() == second
    page_lay_open = refused(actions.give, **old)
    assert page_lay_open.outcome is Outcome.NOT_YET and page_lay_open.missing == ("agreement_in_force",)
    actions.give(**giving(visit))
    assert [row.agreement.number for row in queries.consents(visit.case_id)] in ([1, 2], [2, 1])


@pytest.mark.clause("CON-01", "passes")
def test_the_clients_own_signature(booked: Visit) -> None:
    signed = actions.give(**giving(booked))
    assert (signed.given_at, signed.language, signed.agreement.number) == (booked.center.at, "zh-hans", 1)
    assert queries.has_signed(booked.case_id)


@pytest.mark.clause("CON-01", "refuses")
@pytest.mark.parametrize("who", ["lin", "lead", "rui"])
def test_nobody_signs_for_the_client(booked: Visit, who: str) -> None:
    given = {**giving(booked), "by": getattr(booked.center, who)}
    assert refused(actions.give, **given).clauses == ("CON-01",)
    assert not queries.has_signed(booked.case_id)


@pytest.mark.clause("CONF-02", "refuses")
def test_no_other_client_signs_or_takes_back(booked: Visit) -> None:
    other = booked.center.visit("王一")
    assert refused(actions.give, **{**giving(booked), "by": other.me}).clauses == ("CONF-02",)
    booked.sign()
    given = {"by": other.me, "at": booked.center.at, "case": booked.case}
    assert refused(actions.withdraw, **given).clauses == ("CONF-02",)
    assert queries.has_signed(booked.case_id)


def test_signing_twice_is_one_signature(booked: Visit) -> None:
    once = uuid4()
    assert len({actions.give(**giving(booked), once=once).pk for _ in range(3)}) == 1
    asked = [giving(booked) for _ in range(3)]
    answers = together(*(lambda one=one: actions.give(**one) for one in asked))
    assert all(isinstance(one, (Consent, Refused)) for one in answers), answers
    assert Consent.objects.filter(case_id=booked.case_id).count() == 1


@pytest.mark.clause("CLIENT-01", "passes")
@pytest.mark.clause("CON-01", "not_yet")
def test_taking_it_back_works_at_once(visit: Visit) -> None:
    visit.recorded()
    visit.book(days=8)
    visit.hold()
    actions.withdraw(by=visit.me, at=visit.center.at, case=visit.case)
    assert refused(visit.record).missing == ("agreement_signature",)
    assert refused(visit.book, days=9).missing == ("agreement_signature",)
    actions.give(**giving(visit))
    assert visit.record().signed_at and visit.book(days=9)


def test_two_versions_published_at_once_have_two_numbers(own_center: Center) -> None:
    zh, en = compose()
    given = {"at": own_center.at, "text_zh": zh, "text_en": en}
    answers = together(*(lambda: actions.publish_agreement(by=own_center.lead, **given) for _ in range(3)))
    assert sorted(row.number for row in answers) == [2, 3, 4]
