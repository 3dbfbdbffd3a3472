"""What the school's systems get: one figure without small numbers; everything else is refused, and that it was asked is noted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from subrosa.policy.ruling import Outcome
from subrosa.records.appointment.models import Booking
from subrosa.records.outreach.school_systems import Figure, Wanted, export
from subrosa.records.person.models import Staff
from subrosa.records.vault import rings
from subrosa.records.vault.models import Grant
from tests.desks.hand import Hand
from tests.ground import by_owner
from tests.records.center import Center, center, noted, own_center, refused, shared_center

__all__ = ["center", "own_center", "shared_center"]
ADDRESS = "/school-systems/"


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Hand]:
    return lambda who, at, **more: Hand(monkeypatch, who, at, **more)


@pytest.mark.clause("CONF-05", "refuses")
@pytest.mark.parametrize("what", [*Wanted, "", "meetings_by_student", "case:7"])
def test_nothing_about_anybody_is_given_whoever_asks(center: Center, what: str) -> None:
    before = len(noted("export_to_school"))
    for who in ("lead", "lin", "sun", "qian", "rui"):
        ruling = refused(export, by=getattr(center, who), at=center.at, what=what)
        assert (ruling.outcome, ruling.clauses) == (Outcome.REFUSED, ("CONF-05",))
    entries = noted("export_to_school")[before:]
    assert len(entries) == 5 and all(one.actor_id and not one.client_id and not one.case_id for one in entries)


def _held(center: Center, months_ago: int, count: int) -> None:
    visit = center.visit("李小雨")
    visit.book(days=1 + months_ago)
    case = visit.case
    first = (center.at.replace(day=15) - timedelta(days=30 * months_ago)).replace(day=10)
    for n in range(count):
        starts = first + timedelta(hours=n)
        given: dict[str, Any] = {"client": visit.client, "case": case, "staff": center.row("lin"), "state": "held"}
        span = {"starts_at": starts, "ends_at": starts + timedelta(minutes=30)}
        by_owner(Booking(**given, **span, walked_in=True, booked_by="staff", booked_at=starts))


@pytest.mark.clause("CONF-05", "passes")
def test_the_figure_counts_whole_months_and_hides_small_numbers(own_center: Center) -> None:
    for months_ago, count in ((0, 12), (1, 10), (3, 9)):
        _held(own_center, months_ago, count)
    months = export(by=own_center.qian, at=own_center.at, what=Figure.MEETINGS)
    assert [one.count for one in months] == [10, None]  # this month runs; nine could be guessed
    assert all(one.first.day == 1 for one in months) and months[0].first > months[1].first


def test_the_page_is_calm_and_shows_the_figure_only_when_pressed(hand: Any, own_center: Center) -> None:
    _held(own_center, 1, 11)
    for who in (own_center.lead, own_center.qian, own_center.sun, own_center.lin):
        person = hand(who, own_center.at)
        page = person.text(ADDRESS)
        assert "What the school's systems get from us" in page and "<td" not in page
        answer = person.post(ADDRESS, what="names")
        assert answer.status_code == 403 and "No name, no case and no result" in answer.content.decode()
        assert 'value="names" required checked' in answer.content.decode()
        shown = person.post(ADDRESS, what="meetings_by_month").content.decode()
        assert ">11<" in shown and "李小雨" not in shown


@pytest.mark.clause("CONF-05", "refuses")
def test_a_student_helper_cannot_be_invited(hand: Any, center: Center) -> None:
    before = Staff.objects.count()
    lead = hand(center.lead, center.at)
    for roles in (["student_helper"], ["counselor", "student_helper"], ["client"], ["door"]):
        answer = lead._ask().post("/center/colleagues/", {"name": "小助手", "roles": roles, "once": str(uuid4())})
        assert answer.status_code == 403 and "The house has no such role" in answer.content.decode()
    for roles in (["leadership", "counselor"], ["steward", "reception", "custodian"]):
        answer = lead._ask().post("/center/colleagues/", {"name": "副校长", "roles": roles, "once": str(uuid4())})
        assert answer.status_code == 403 and "holds no desk key" in answer.content.decode()
    assert Staff.objects.count() == before
    assert [one.clauses for one in noted("invite_staff")][-6:] == [["CONF-05"]] * 6
    assert lead._ask().post("/center/colleagues/", {"name": "新同事", "roles": ["reception"]}).status_code == 200


@pytest.mark.clause("CONF-05", "passes")
def test_certifying_hands_the_desk_key_to_nobody_else(center: Center) -> None:

    held = Grant.objects.filter(keyring__kind="desk", keyring__of=rings.team_id("desk"), share=0, holder__kind="staff")
    roles = {role for row in Staff.objects.filter(pk__in=held.values("holder__of")) for role in row.roles}
    assert roles == {"lead", "counselor", "custodian", "reception"}
    without = {center.staff[name].id for name in ("qian", "sun")}
    assert not held.filter(holder__of__in=without).exists()
