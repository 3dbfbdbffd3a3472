"""Files whose time is over: the clock opens the duty, lead and custodian look, then nothing opens the file any more."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest

from subrosa.desks.clock.loop import round_of_all
from subrosa.records.duty.queries import owed_by_all
from subrosa.records.school import context
from tests.desks.hand import Hand
from tests.ground import as_clock
from tests.records.center import Center, Visit, booked, center, noted, own, shared_center, visit

__all__ = ["booked", "center", "shared_center", "visit"]
PAGE = "/center/destruction/"


@pytest.fixture
def bound(booked: Visit) -> Visit:
    """A file in the archive."""
    booked.hold()
    booked.sign()
    booked.record()
    booked.archived()
    return booked


@pytest.mark.clause("REC-04", "refuses")
def test_a_file_is_kept_until_its_time_is_over(monkeypatch: pytest.MonkeyPatch, bound: Visit) -> None:
    lead = Hand(monkeypatch, bound.center.lead, bound.center.later)
    before = len(noted("confirm_destruction"))
    assert str(bound.case.number) in lead.text(PAGE) and "No file's time is over." in lead.text(PAGE)
    assert lead.post(f"{PAGE}{bound.case_id}/confirm/").status_code == 403
    assert lead.post(f"{PAGE}{bound.case_id}/destroy/").status_code == 403
    assert len(noted("confirm_destruction")) == before + 1


@pytest.mark.clause("REC-04", "not_yet")
def test_two_people_look_before_it_goes(monkeypatch: pytest.MonkeyPatch, bound: Visit) -> None:
    lead, zhou = (Hand(monkeypatch, getattr(bound.center, who), bound.years()) for who in ("lead", "zhou"))
    press = f"{PAGE}{bound.case_id}"
    assert "李小雨" not in lead.text(PAGE) and "I have looked: it may go" in lead.text(PAGE)
    assert lead.post(f"{press}/confirm/").status_code == 302
    asked = lead.post(f"{press}/destroy/")
    assert asked.status_code == 409 and "both confirm" in asked.content.decode()
    assert lead.post(f"{press}/confirm/").status_code == 403  # once a role
    assert zhou.post(f"{press}/confirm/").status_code == 302
    assert zhou.post(f"{press}/destroy/").status_code == 302
    assert "gone since" in zhou.text(PAGE)
    assert "Its keys are gone" in Hand(monkeypatch, bound.center.lin, bound.years()).text(f"/cases/{bound.case_id}/")


@pytest.mark.parametrize("who", ["lin", "rui", "qian", "sun"])
def test_the_page_is_for_lead_and_custodian(monkeypatch: pytest.MonkeyPatch, center: Center, who: str) -> None:
    assert Hand(monkeypatch, getattr(center, who), center.at).get(PAGE).status_code == 403


def a_round() -> dict[str, int]:
    """As the clock's own process does it, with the clock's rights."""
    own_school = [context.school_in_force()]
    with as_clock(), patch("subrosa.records.school.queries.all_schools", lambda: own_school):
        return round_of_all()


def test_the_clock_opens_the_duty_once(monkeypatch: pytest.MonkeyPatch, database: Any) -> None:
    with own() as own_center:
        visit = own_center.visit()
        visit.recorded()
        visit.archived()
        moment = own_center.later
        monkeypatch.setattr("subrosa.records.audit.moment.now", lambda: moment)
        a_round()
        assert "destroy" not in {one.kind for one in owed_by_all()}
        moment = visit.years()
        assert a_round()["files whose time is over"] >= 1
        again = a_round()
        owed = [one for one in owed_by_all() if one.kind == "destroy"]
        assert "files whose time is over" not in again and [one.case for one in owed] == [visit.case_id]
        assert [one.owner for one in owed] == [own_center.lead.id]
        page = Hand(monkeypatch, own_center.lead, moment).text("/center/")
        assert "A file&#x27;s time is over" in page and f'href="{PAGE}"' in page
