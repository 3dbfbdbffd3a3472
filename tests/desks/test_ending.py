"""I don't want to go on, as pages: for the client at once and without a reason; for the counselor without hurt or chase."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from subrosa.records.appointment import ending
from subrosa.records.case.models import Ending
from subrosa.records.school.calendar import calendar
from tests.desks.hand import Hand
from tests.records.appointment.test_ending import end, in_danger, told
from tests.records.center import Center, Visit, booked, center, shared_center, visit

__all__ = ["booked", "center", "shared_center", "visit"]
WORDS = "谢谢，先到这里。"


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Hand]:
    return lambda who, at, **more: Hand(monkeypatch, who, at, **more)


@pytest.mark.clause("CLIENT-01", "passes")
def test_one_press_and_a_calm_last_page(hand: Any, booked: Visit) -> None:
    me = hand(booked.me, booked.center.at)
    asks = me.text("/mine/stop/")
    assert "may stay empty" in asks and "1 appointment ahead is cancelled" in asks and "required" not in asks
    assert me.post("/mine/stop/").status_code == 302 and booked.case.left_at is not None
    last = me.text("/mine/stop/")
    assert "Come back any time" in last and "12356" in last
    assert "<title>My schedule</title>" in last and "ounsel" not in last.partition("<main")[0]
    mine = me.text("/mine/")
    assert "I would like to come again" in mine and "I don&#x27;t want to go on" not in mine
    assert me.post("/mine/again/").status_code == 302 and booked.case.left_at is None


@pytest.mark.clause("CLIENT-01", "passes")
def test_words_that_cannot_be_sealed_yet_are_kept_and_nothing_hangs_on_them(hand: Any, booked: Visit) -> None:
    me = hand(booked.me, booked.center.at).lock()
    answer = me.post("/mine/stop/", text=WORDS)
    page = answer.content.decode()
    assert answer.status_code == 403 and WORDS in page and 'name="passphrase"' in page and booked.case.left_at is None
    long = me.post("/mine/stop/", text="长" * 20_001, passphrase="four quiet words here")
    assert long.status_code == 422 and "长长" in long.content.decode()
    assert me.post("/mine/stop/", text="").status_code == 302 and booked.case.left_at is not None, "a press is enough"


def test_nothing_that_runs_is_nothing_to_stop(hand: Any, visit: Visit) -> None:
    me = hand(visit.me, visit.center.at)
    assert "nothing to stop" in me.text("/mine/stop/")
    assert me.post("/mine/stop/").status_code == 200 and me.post("/mine/again/").status_code == 302
    assert not Ending.objects.filter(case__client=visit.client).exists()


@pytest.mark.clause("CLIENT-01", "refuses")
def test_the_file_says_it_neutrally_and_a_second_message_is_refused(hand: Any, booked: Visit) -> None:
    end(booked, WORDS)
    lin = hand(booked.center.lin, booked.center.at + timedelta(hours=1))
    desk = lin.text("/desk/")
    assert "no verdict on your work" in desk and "ended by the client" in desk
    file = lin.text(f"/cases/{booked.case_id}/")
    assert WORDS in file and "free decision" in file and "CLIENT-01" in file
    assert "Danger was still open" not in file, "without open danger there is no question to note"
    press = f"/cases/{booked.case_id}/door-open/"
    assert lin.post(press).status_code == 302 and told(booked.client.pk, "door_open", booked.case_id) == 1
    again = lin.post(press)
    assert again.status_code == 403 and "one neutral message" in again.content.decode()
    assert "What is possible instead" in again.content.decode()
    assert press not in lin.text(f"/cases/{booked.case_id}/")
    for tries in ("invite/", "rest/"):
        lin.post(f"/cases/{booked.case_id}/{tries}", until="2099-01-01")
    assert told(booked.client.pk, "invited_back", booked.case_id) == 0
    assert "The door stays open" in hand(booked.me, booked.center.at).text("/mine/")
    log = hand(booked.me, booked.center.at).text("/mine/file/")
    assert "that the door stays open" in log and "ended it" in log


@pytest.mark.clause("CLIENT-01", "passes")
def test_in_danger_the_question_is_noted_with_day_and_answer(hand: Any, booked: Visit, center: Center) -> None:
    in_danger(booked)
    at = center.later
    ending.end_counseling(by=booked.me, at=at, case=booked.case)
    lin, press = hand(center.lin, at), f"/cases/{booked.case_id}/asked/"
    assert "not by message, not through anybody else" in lin.text(f"/cases/{booked.case_id}/")
    lacks = lin.post(press, heard="safe")
    page = lacks.content.decode()
    assert lacks.status_code == 409 and 'value="safe" checked' in page and "a day from the end until today" in page
    assert lin.post(press, heard="safe", asked_on="yesterday").status_code == 422
    today = calendar().local(at).isoformat()
    assert lin.post(press, heard="not_safe", asked_on=today).status_code == 302
    file = lin.text(f"/cases/{booked.case_id}/")
    assert "Is not safe" in file and "Call first" in file and press not in file
    assert lin.post(press, heard="safe", asked_on=today).status_code == 403
    assert "whether you are safe" in hand(booked.me, at).text("/mine/file/")


@pytest.mark.clause("ETH-02", "passes")
def test_the_closing_waits_for_nobody_who_has_left(hand: Any, booked: Visit) -> None:
    booked.hold()
    lin = hand(booked.center.lin, booked.center.later)
    lin.post(f"/cases/{booked.case_id}/goals/", goal="睡到六点")
    end(booked)
    page = lin.text(f"/cases/{booked.case_id}/close/")
    assert 'value="did_not_want" checked' in page and 'value="client_ended" checked' in page
    assert '<textarea id="letter"' not in page and "Hand the device over" not in page
    done = lin.post(f"/cases/{booked.case_id}/close/", why="client_ended", why_not="did_not_want")
    assert done.status_code == 302 and booked.case.state == "closed"
