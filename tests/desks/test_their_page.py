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


def test_a_day_of_openings_is_a_line_each_and_the_next_day_is_another(
    monkeypatch: pytest.MonkeyPatch, booked: Visit
) -> None:
    late = booked.center.later
    for _ in range(3):
        Hand(monkeypatch, booked.center.lin, late).text(f"/cases/{booked.case_id}/")
    mine = Hand(monkeypatch, booked.me, late).text("/mine/file/")
    did = "opened the records in your file", "read what you wrote beforehand"
    assert [mine.count(one) for one in did] == [1, 1] and mine.count("3 times that day") == 2
    night, morning = late.replace(hour=15, minute=50), late.replace(hour=16, minute=10)  # ten to and ten past midnight
    for at in (night, morning):
        Hand(monkeypatch, booked.center.lin, at).text(f"/cases/{booked.case_id}/")
    mine = Hand(monkeypatch, booked.me, morning).text("/mine/file/")
    assert [mine.count(one) for one in did] == [2, 2] and mine.count("4 times that day") == 2
