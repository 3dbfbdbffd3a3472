"""The worry slip at the door: no account, three answers, everything typed kept, and nothing of it to be read there again."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from subrosa.records.outreach import actions
from subrosa.records.outreach.models import Slip
from subrosa.records.school import context
from subrosa.records.school.calendar import school_profile
from tests.desks.hand import Hand
from tests.records.center import Center, center, own_center, shared_center

__all__ = ["center", "own_center", "shared_center"]
WORRY = "他把最喜欢的书都送人了。"


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Hand]:
    return lambda at, **more: Hand(monkeypatch, None, at, **more)


def left(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return re.search(r'<code id="code">([^<]+)</code>', answer.content.decode())[1]  # type: ignore[index]


def letters(center: Center) -> list[actions.Letter]:
    return list(actions.read_queue(by=center.lin, at=center.later))


@pytest.mark.clause("EDU-05", "passes")
def test_a_class_teacher_leaves_a_slip_and_gets_received(door: Any, center: Center) -> None:
    hand = door(center.at)
    page = hand.text("/slip/")
    assert "<title>My schedule</title>" in page and "ounsel" not in page.partition("<main")[0]
    answer = hand.post("/slip/", text=WORRY, whom="王小明 高一3班", sender="class_teacher", reach="8012")
    said = answer.content.decode()
    assert "Received" in said and "Please do not" in said and "12356" in said
    for typed in (WORRY, "王小明", "8012"):
        assert typed not in said
    look = hand.post("/slip/look/", code=left(answer).lower().replace("-", " ")).content.decode()
    assert "<h1>Received.</h1>" in look and "not whether somebody comes" in look
    (found,) = [one for one in letters(center) if one.words.whom == "王小明 高一3班"]
    assert (found.words.text, found.words.sender, found.words.reach) == (WORRY, "class_teacher", "8012")


@pytest.mark.clause("CLIENT-01", "passes")
def test_the_look_up_says_one_of_three_and_nothing_else(door: Any, center: Center) -> None:
    hand = door(center.at)
    codes = [left(hand.post("/slip/", text=WORRY, whom=whom)) for whom in ("李小雨", "从没来过的人")]
    center.visit("李小雨").book(reason="真的来了")
    pages = []
    for step in ("received", "today", "closed", "next day"):
        for code in codes:
            row = Slip.objects.get(code_hash=_mark(code))
            if step == "today":
                actions.sort_slip(by=center.lin, at=center.at, slip=row, choice="today")
            if step == "closed":
                actions.close_slip(by=center.lin, at=center.at, slip=row, answer="looked_after")
            pages.append(_main(door(center.at + timedelta(days=step == "next day")).post("/slip/look/", code=code)))
    heads = [re.search(r"<h1>(.*?)</h1>", page)[1] for page in pages]  # type: ignore[index]
    assert heads == ["Received."] * 2 + ["Somebody is taking care."] * 4 + ["Closed."] * 2
    assert all(one == two for one, two in zip(pages[::2], pages[1::2], strict=True))
    without = {re.sub(r"<h1>.*?</h1>", "", page) for page in pages}
    assert len(without) == 1  # the same page but for the one word


def _mark(code: str) -> bytes:
    from subrosa.records.vault import keys

    return keys.code_mark(keys.tidy_code(code))


def _main(answer: Any) -> str:
    return str(answer.content.decode().partition("<main")[2].partition("</main>")[0])


@pytest.mark.parametrize("text", ["", "   \n ", "\u200b\u200c\u200d", "\u2060\ufeff \u3164"])
def test_nothing_that_can_be_seen_is_asked_for(door: Any, center: Center, text: str) -> None:
    before = Slip.objects.count()
    answer = door(center.at).post("/slip/", text=text, whom="王小明", reach="8012")
    said = answer.content.decode()
    assert answer.status_code == 422 and "Please write a line" in said
    assert 'value="王小明"' in said and 'value="8012"' in said and Slip.objects.count() == before


def test_one_megabyte_comes_back_whole(door: Any, center: Center) -> None:
    long, before = "长" * 350_000, Slip.objects.count()
    answer = door(center.at).post("/slip/", text=long, urgent="on")
    said = answer.content.decode()
    assert answer.status_code == 422 and long in said and "330,000" in said and "checked" in said
    assert Slip.objects.count() == before


@pytest.mark.parametrize("text", ["\u202eקורא\u202c مرحبا", "😭" * 300, "<script>alert(1)</script>"])
def test_whatever_is_typed_is_read_as_it_was(door: Any, center: Center, text: str) -> None:
    left(door(center.at).post("/slip/", text=text))
    assert text in [one.words.text for one in letters(center)]


def test_pressed_six_times_it_is_one_slip_with_one_answer(door: Any, center: Center) -> None:
    hand, once, before = door(center.at), str(uuid4()), Slip.objects.count()
    codes = {left(hand.post("/slip/", text=WORRY, once=once)) for _ in range(6)}
    assert len(codes) == 1 and Slip.objects.count() == before + 1
    left(hand.post("/slip/", text=WORRY, once="nonsense"))


@pytest.mark.clause("EDU-05", "passes")
@pytest.mark.parametrize(
    ("urgent", "hours", "says"),
    [
        (True, 0, "Somebody on duty looks at it today, until 17:00."),
        (True, 8, "Today nobody looks any more: it is read on Tuesday, March 3, 07:40."),
        (True, 24 * 5, "Today nobody looks any more: it is read on Monday, March 9, 07:40."),
        (False, 24 * 4 + 8, "It is read on Monday, March 9, 07:40, by somebody who knows what to do."),
    ],
)
def test_when_a_slip_is_read_is_said_as_it_is(
    door: Any, own_center: Center, urgent: bool, hours: int, says: str
) -> None:
    hand = door(own_center.at + timedelta(hours=hours))
    page = hand.post("/slip/", text=WORRY, **({"urgent": "on"} if urgent else {})).content.decode()
    assert says in page
    assert ("You have done your part" in page) == ("looks any more" not in page)


@pytest.mark.parametrize("sender", ["class_teacher", "parent", "classmate", ""])
def test_whoever_is_grown_up_is_not_told_to_fetch_a_grown_up(door: Any, center: Center, sender: str) -> None:
    hand = door(center.at, language="zh-hans")
    grown_up = sender in ("class_teacher", "parent")
    for more in ({"text": WORRY}, {"now": "1"}):
        page = hand.post("/slip/", sender=sender, **more).content.decode()
        assert ("叫一个大人" in page.partition("<h1>")[2].partition('class="numbers"')[0]) is False or not grown_up
        assert ("不要答应替他保密" in page) != grown_up
    page = hand.post("/slip/", sender=sender, text=WORRY).content.decode()
    assert ("谢谢您" in page) == grown_up and ("谢谢你" in page) != grown_up


@pytest.mark.clause("RISK-01", "passes")
def test_send_to_the_duty_counselor_now_needs_no_field(door: Any, center: Center) -> None:
    hand, once = door(center.at), str(uuid4())
    for _ in range(2):
        answer = hand.post("/slip/", now="1", once=once)
        assert answer.status_code == 200 and "It has arrived" in answer.content.decode()
    hand.post("/slip/", now="1", text=WORRY, whom="王小明", sender="parent", reach="B 栋楼顶")
    found = [one for one in letters(center) if one.slip.kind == "cry"]
    assert [one.words.text for one in found if one.words.reach] == [f"王小明\na parent\n{WORRY}"]
    left(hand.post("/slip/", text=WORRY, once=once))  # the other button of the same page is another press


def test_wrong_codes_are_told_from_unknown_ones(door: Any, center: Center) -> None:
    hand = door(center.at)
    for code, says in (("", "Please type the code"), ("nonsense!", "A letter is missing"), ("x" * 90, "at most 80")):
        answer = hand.post("/slip/look/", code=code)
        assert answer.status_code == 422 and says in answer.content.decode()
    from subrosa.records.vault import keys

    assert "not known here" in hand.post("/slip/look/", code=keys.new_activation_code()).content.decode()


@pytest.mark.clause("EDU-05", "not_yet")
def test_a_full_door_asks_to_come_by_and_loses_nothing(door: Any, own_center: Center) -> None:
    hand = door(own_center.at)
    for _ in range(school_profile()["duty.slips_per_hour"]):
        left(hand.post("/slip/", text=WORRY))
    answer = hand.post("/slip/", text="再一张", whom="王小明")
    said = answer.content.decode()
    assert answer.status_code == 409 and "come by or call" in said and "再一张" in said and 'value="王小明"' in said


@pytest.mark.clause("CONF-04", "not_yet")
def test_without_a_duty_team_there_are_the_numbers(door: Any, school: Any, at: Any) -> None:
    with context.on(school):
        hand = door(at)
        page = hand.text("/slip/")
        assert "Come by" in page and "12356" in page and "<textarea" not in page
        answer = hand.post("/slip/", text=WORRY)
        assert answer.status_code == 409 and WORRY in answer.content.decode() and not Slip.objects.exists()
