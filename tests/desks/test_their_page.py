"""The counselor's sight of the client's own page: whose step each line was."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest

from subrosa.policy.actor import CLOCK
from subrosa.policy.acts import Act
from subrosa.records.audit.models import Entry
from subrosa.records.duty.actions import climb
from subrosa.records.duty.models import Duty
from tests.desks.hand import Hand
from tests.records.center import Visit, booked, center, shared_center, visit

__all__ = ["booked", "center", "shared_center", "visit"]
LINE = re.compile(r"<span>([^·<]+) · ([^<]+)<")


def lines(page: str) -> set[tuple[str, str]]:
    return {(who.strip(), did.strip()) for who, did in LINE.findall(page)}


def test_a_step_of_the_clock_is_not_the_clients(monkeypatch: pytest.MonkeyPatch, booked: Visit) -> None:
    booked.hold()
    late = booked.center.later + timedelta(days=3)
    duty = Duty.objects.get(case_id=booked.case_id, kind="record")
    climb(by=CLOCK, at=late, duty=duty)
    assert Entry.objects.filter(case_id=booked.case_id, act=Act.CLIMB_DUTY, actor_kind="clock").exists()
    found = lines(unescape(Hand(monkeypatch, booked.center.lin, late).text(f"/cases/{booked.case_id}/their-page/")))
    assert ("The program itself", "Put what is late on the lead's page") in found
    assert ("The client", "Book a time") in found and ("林知夏", "Note that the meeting took place") in found
