"""Consent goes on: a new version and a new school year are said in the meeting, once, and lock nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from subrosa.policy.agreement import POINTS, compose, proposed
from subrosa.policy.ruling import Outcome
from subrosa.records.consent import actions
from subrosa.records.consent.queries import has_signed, in_force, renewals
from subrosa.records.consent.renewal import changed_between, due_in, renew
from subrosa.records.school.calendar import calendar, school_year_of
from tests.records.center import Center, Visit, refused

from .test_actions import giving

LIMITS = next(point for point in POINTS if point.key == "limits")
NOW_ALSO = ("也不替你请假。", " It does not ask for leave for you.")


def publish(center: Center, more: tuple[str, str] = NOW_ALSO) -> None:
    """A version that says one thing more, under one heading, in both languages."""
    texts = proposed()
    for name, was, one in zip(("text_zh", "text_en"), LIMITS.text, more, strict=True):
        texts[name] = texts[name].replace(was, was + one)
    actions.publish_agreement(by=center.lead, at=center.at, **texts)


def pressed(visit: Visit, who: str = "lin", days: int = 0) -> dict[str, object]:
    return {"by": getattr(visit.center, who), "at": visit.center.at + timedelta(days=days), "case": visit.case}


@pytest.mark.clause("CON-05", "passes")
@pytest.mark.clause("CON-04", "passes")
def test_a_new_version_touches_no_booking_and_stands_on_the_next_meeting_with_its_change_alone(
    own_center: Center,
) -> None:
    visit = own_center.visit()
    visit.recorded()
    assert not due_in(visit.case_id, own_center.at)
    publish(own_center)
    assert has_signed(visit.case_id) and visit.book(days=8), "no booking waits for a version that came later"
    due = due_in(visit.case_id, own_center.at)
    assert due and not due.year
    assert [[head for head, _ in one] for one in due.changed] == [[LIMITS.head[0]], [LIMITS.head[1]]]
    assert all(
        one[0][1].startswith(was + more) for one, was, more in zip(due.changed, LIMITS.text, NOW_ALSO, strict=True)
    )
    assert refused(renew, **pressed(visit, "zhou")).clauses == ("CONF-02",)
    renew(**pressed(visit))  # type: ignore[arg-type]
    assert not due_in(visit.case_id, own_center.at) and len(renewals(visit.case_id)) == 1
    again = refused(renew, **pressed(visit))
    assert again.outcome is Outcome.NOT_YET and again.missing == ("renewal_due",)


@pytest.mark.clause("CON-05", "passes")
def test_the_clients_own_signature_to_the_new_version_is_an_answer_too(own_center: Center) -> None:
    visit = own_center.visit()
    visit.recorded()
    publish(own_center)
    actions.give(**giving(visit))  # type: ignore[arg-type]
    assert not due_in(visit.case_id, own_center.at)


@pytest.mark.clause("CON-05", "passes")
def test_once_in_a_school_year_and_no_more(visit: Visit) -> None:
    visit.recorded()
    begins = school_year_of(calendar().local(visit.center.at) + timedelta(days=400))
    days = (begins - calendar().local(visit.center.at)).days
    assert not due_in(visit.case_id, visit.center.at + timedelta(days=days - 400 if days > 400 else 0))
    due = due_in(visit.case_id, visit.center.at + timedelta(days=days))
    assert due.year and not due.newer
    renew(**pressed(visit, days=days))  # type: ignore[arg-type]
    assert not due_in(visit.case_id, visit.center.at + timedelta(days=days + 90))


@pytest.mark.clause("CON-05", "not_yet")
def test_a_tap_never_takes_the_place_of_a_signature(visit: Visit) -> None:
    visit.book()
    ruling = refused(renew, **pressed(visit, days=400))
    assert ruling.outcome is Outcome.NOT_YET and ruling.missing == ("agreement_signature",)
    visit.sign()
    actions.withdraw(by=visit.me, at=visit.center.at, case=visit.case)
    assert refused(renew, **pressed(visit, days=400)).missing == ("agreement_signature",)


def test_what_changed_is_named_by_its_heading_alone() -> None:
    told, now = "## A\none\n\n## B\ntwo", "## A\r\none\r\n\r\n## C\r\nthree"
    assert changed_between(told, now) == (("C", "three"), ("B", ""))
    assert changed_between(*compose()[:1] * 2) == ()


@pytest.mark.parametrize(
    ("day", "begins"),
    [
        (date(2026, 8, 31), date(2025, 9, 1)),
        (date(2026, 9, 1), date(2026, 9, 1)),
        (date(2027, 2, 20), date(2026, 9, 1)),
    ],
)
def test_a_school_year_begins_in_autumn(center: Center, day: date, begins: date) -> None:
    assert in_force() is not None
    assert school_year_of(day) == begins
