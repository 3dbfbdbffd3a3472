"""The morning queue: one page, each text an entry, keys that sort, a cry in red and everything else in one quiet line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from subrosa.policy.actor import DOOR
from subrosa.records.appointment.models import Booking
from subrosa.records.audit.models import Entry
from subrosa.records.audit.queries import entries_of_case
from subrosa.records.outreach import actions, lists, queries
from subrosa.records.outreach.models import Slip
from tests.desks.hand import Hand
from tests.records.center import Center, Visit, booked, center, own_center, shared_center, visit

__all__ = ["booked", "center", "own_center", "shared_center", "visit"]


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Hand]:
    return lambda who, at, **more: Hand(monkeypatch, who, at, **more)


def leave(center: Center, text: str, **more: Any) -> Slip:
    once, at = uuid4(), more.pop("at", center.at)
    words = lists.Words(text, whom="王小明 高一3班", sender="parent")
    return actions.leave_slip(by=DOOR, at=at, words=words, code=queries.slip_code(once), **more)


def test_everything_new_stands_on_one_page_and_each_text_is_an_entry(hand: Any, own_center: Center) -> None:
    visit = own_center.visit("李小雨", class_name="高二5班")
    visit.book(reason="最近总是睡不着")
    old = leave(own_center, "上周四的事", at=own_center.at - timedelta(days=4))
    new = leave(own_center, "周末看到的事", at=own_center.at - timedelta(days=1))
    cry = actions.send_to_duty(by=visit.me, at=own_center.at, text="撑不住了", reach="B 栋楼顶")
    page = hand(own_center.lin, own_center.at).text("/queue/")
    shown = ("撑不住了", "Since Friday 17:00", "周末看到的事", "最近总是睡不着", "From before", "上周四的事")
    order = [page.index(text) for text in shown]
    assert order == sorted(order)
    assert "B 栋楼顶" in page and "李小雨 · 高二5班" in page and "王小明 高一3班 · from a parent" in page
    for slip in (old, new, cry):
        assert Entry.objects.filter(act="read_queue", outcome="done", about=f"outreach.Slip:{slip.pk}").count() == 1
    told = [(one.act, one.outcome, one.actor) for one in entries_of_case(visit.case_id) if one.act == "read_request"]
    assert told == [("read_request", "done", own_center.lin.id)]


def _at_the_door(patch: pytest.MonkeyPatch, center: Center, days: int, **said: str) -> None:
    """A first time held without an account."""
    given, door = center.slot(days), Hand(patch, None, center.at - timedelta(minutes=60 - days))
    slot = f"{given['opening'].pk}@{int(given['starts_at'].timestamp())}"
    assert door.post("/talk/first/", slot=slot, reach="comes_by", **said).status_code == 200


@pytest.mark.clause("APPT-01", "passes")
def test_who_says_that_it_is_urgent_stands_before_the_others_with_words_or_without(
    hand: Any, own_center: Center, monkeypatch: pytest.MonkeyPatch
) -> None:
    for days, said in enumerate(
        (
            {"name": "丙三", "hard": "on", "urgent": "on"},
            {"name": "甲一", "reason": "先写的话"},
            {"name": "乙二", "hard": "on"},
            {"name": "丁四", "reason": "急的话", "urgent": "on"},
        ),
        1,
    ):
        _at_the_door(monkeypatch, own_center, days, **said)
    actions.send_to_duty(by=DOOR, at=own_center.at, text="撑不住了")
    leave(own_center, "周末看到的事", at=own_center.at - timedelta(days=1))
    locked = hand(own_center.lin, own_center.at).lock().text("/desk/")
    assert "urgent" not in locked, "what the desk's key has not opened says of nobody that it is urgent"
    lin = hand(own_center.lin, own_center.at)
    desk, page = lin.text("/desk/"), lin.text("/queue/")
    assert "Said to be urgent, have a look today: 2" in desk
    assert desk.count("said it is urgent") == 3, "tomorrow's line, and both in the list of files"
    order = [page.index(text) for text in ("撑不住了", "丙三", "急的话", "周末看到的事", "先写的话")]
    assert order == sorted(order) and "乙二" not in page
    assert page.count("said it is urgent") == 2
    key = Booking.objects.get(starts_at=own_center.slot(1)["starts_at"]).pk
    assert lin.post(f"/queue/requests/{key}/sort/", choice="today")["Location"] == "/queue/"
    assert "丙三" not in lin.text("/queue/") and "Said to be urgent, have a look today: 1" in lin.text("/desk/")
    assert "丁四" in hand(own_center.zhou, own_center.at).text("/queue/"), "whoever is on duty sees it too"


@pytest.mark.clause("CONF-02", "passes")
def test_whoever_is_on_duty_reads_the_words_of_a_colleagues_client_and_the_client_sees_who(
    hand: Any, own_center: Center
) -> None:
    visit = own_center.visit("李小雨", class_name="高二5班")
    visit.book(reason="今晚就撑不住了")
    page = hand(own_center.zhou, own_center.at).text("/queue/")
    assert "今晚就撑不住了" in page and "李小雨 · 高二5班 · with 林知夏" in page  # whose client it is
    told = [(one.act, one.actor) for one in entries_of_case(visit.case_id) if one.act == "read_request"]
    assert told == [("read_request", own_center.zhou.id)]
    log = hand(visit.account, own_center.at).text("/mine/file/")
    assert "周明远" in log and "read, before your first meeting, what you wrote beforehand" in log
    visit.hold()
    assert "今晚就撑不住了" not in hand(own_center.zhou, own_center.at).text("/queue/")


def test_an_altered_request_keeps_no_other_text_from_being_read(hand: Any, own_center: Center) -> None:
    good, bad = own_center.visit("李小雨"), own_center.visit("王小明")
    good.book(reason="说得出来的话")
    bad.book(reason="被人动过的话", days=2)
    Booking.objects.using("owner").filter(pk=bad.booking.pk).update(reason=b"\x01altered")
    page = hand(own_center.zhou, own_center.at).text("/queue/")
    assert "说得出来的话" in page and "it was altered" in page


def test_each_text_has_its_three_keys_and_a_press_takes_it(hand: Any, center: Center) -> None:
    slip, lin = leave(center, "看到了"), hand(center.lin, center.at)
    page = lin.text("/queue/").partition(f'id="letter-{slip.pk}"')[2].partition("</li>")[0]
    for number, choice in enumerate(("today", "week", "answer"), 1):
        assert f'value="{choice}" data-key="{number}"' in page
    assert lin.post(f"/queue/{slip.pk}/sort/", choice="week")["Location"] == "/queue/"
    assert f'id="letter-{slip.pk}"' not in lin.text("/queue/") and f"/queue/{slip.pk}/" in lin.text("/queue/")
    assert queries.told(Slip.objects.get(pk=slip.pk), center.at) == "taken"


def test_with_script_a_line_takes_the_place_of_the_text(hand: Any, booked: Visit) -> None:
    center = booked.center
    slip, lin = leave(center, "看到了"), hand(center.lin, center.at)
    for path, key in (
        (f"/queue/{slip.pk}/sort/", slip.pk),
        (f"/queue/requests/{booked.booking.pk}/sort/", booked.booking.pk),
    ):
        answer = lin._ask().post(path, {"choice": "today", "once": str(uuid4())}, headers={"HX-Request": "true"})
        said = answer.content.decode()
        assert answer.status_code == 200 and f'id="letter-{key}"' in said and "Today" in said and "<html" not in said
    assert "最近总是睡不着" not in lin.text("/queue/")


def test_what_cannot_be_done_is_said_calmly(hand: Any, center: Center) -> None:
    slip, lin = leave(center, "看到了"), hand(center.lin, center.at)
    assert lin.post(f"/queue/{slip.pk}/sort/", choice="never").status_code in (403, 409)
    for path in (f"/queue/{uuid4()}/sort/", f"/queue/{uuid4()}/close/", f"/queue/requests/{uuid4()}/sort/"):
        assert lin.post(path, choice="today").status_code == 404
    assert lin.get(f"/queue/{uuid4()}/").status_code == 404
    assert lin.get("/queue/", **{"Sec-Purpose": "prefetch"}).status_code == 403
    assert lin.post(f"/queue/{slip.pk}/close/").status_code == 409


def test_a_letter_is_closed_with_one_of_a_few_answers(hand: Any, center: Center) -> None:
    slip, lin = leave(center, "看到了"), hand(center.lin, center.at)
    assert "看到了" in lin.text(f"/queue/{slip.pk}/")
    assert lin.post(f"/queue/{slip.pk}/close/", answer="spoken_with_sender")["Location"] == "/queue/"
    assert "Spoken with the sender" in lin.text(f"/queue/{slip.pk}/")
    again = lin.post(f"/queue/{slip.pk}/close/", answer="nothing_to_do")
    assert again.status_code == 403 and "closed already" in again.content.decode()


def test_the_desk_has_one_quiet_line_and_red_only_for_a_cry(hand: Any, own_center: Center) -> None:
    lin = hand(own_center.lin, own_center.at)
    assert "/queue/" not in lin.text("/desk/")
    for _ in range(3):
        leave(own_center, "看到了", at=own_center.at - timedelta(days=1))
    page = lin.text("/desk/")
    assert "3 new texts since Friday 17:00" in page and "notice danger" not in page and "看到了" not in page
    cry = actions.send_to_duty(by=DOOR, at=own_center.at, text="")
    for shown in (lin.text("/desk/"), lin.lock().text("/desk/")):
        assert "1 message to the duty counselor: open it now" in shown and "notice danger" in shown
    assert "Somebody asked for the counselor on duty" in hand(own_center.zhou, own_center.at).text("/desk/")  # owed
    actions.sort_slip(by=own_center.zhou, at=own_center.at, slip=cry, choice="today")
    assert "notice danger" not in hand(own_center.lin, own_center.at).text("/desk/")


@pytest.mark.clause("EDU-05", "refuses")
def test_a_locked_session_reads_nothing(hand: Any, center: Center) -> None:
    slip = leave(center, "看到了")
    lin = hand(center.lin, center.at).lock()
    for path in ("/queue/", f"/queue/{slip.pk}/"):
        assert lin.get(path)["Location"].startswith("/unlock/")
    assert lin.post(f"/queue/{slip.pk}/sort/", choice="today")["Location"].startswith("/unlock/")
    assert Slip.objects.get(pk=slip.pk).state == "received"
