"""Letters at the desks: written at the door or from the own account, read in the queue, answered on a page, opened by digits."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from subrosa.records.audit.models import Entry
from subrosa.records.correspondence.models import Draft, Letter
from subrosa.records.person.models import Client
from tests.desks.hand import Hand
from tests.records.center import Center, Visit, booked, center, own_center, shared_center, visit
from tests.records.joining import joined

__all__ = ["booked", "center", "own_center", "shared_center", "visit"]
WORDS = "宿舍里没有人跟我说话，已经三个星期了。"
BACK = "三个星期很长。\n谢谢你写下来。"
DIGITS = re.compile(r'<code id="code">([\d ]+)</code>')
FIELD = re.compile(r'name="(once|carried)" value="([^"]+)"')


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Hand]:
    return lambda who, at, **more: Hand(monkeypatch, who, at, **more)


def posted(door: Hand, text: str = WORDS, name: str = "小鹿") -> tuple[str, Letter]:
    """Written at the door; the digits and the row."""
    page = door.text("/write/")
    fields = dict(FIELD.findall(page.partition("<form method")[2]))
    answer = door.post("/write/", text=text, name=name, **fields)
    assert answer.status_code == 200, answer.status_code
    said = answer.content.decode()
    assert text not in said and (not name or name not in said)
    found = DIGITS.search(said)
    assert found is not None
    return found[1], Letter.objects.order_by("-sent_at", "-id").get(pk=Letter.objects.latest("sent_at").pk)


@pytest.mark.clause("APPT-09", "passes")
def test_from_the_door_to_the_answer(hand: Any, own_center: Center) -> None:
    door = hand(None, own_center.at)
    page = door.text("/write/")
    assert "<title>My schedule</title>" in page and "ounsel" not in page.partition("<main")[0]
    for said in ("Only the counselors on duty and you can open it.", "an answer is here by Wednesday, March 4"):
        assert said in page
    assert 'aria-current="page">Write a letter' in page
    code, letter = posted(door)
    lin = hand(own_center.lin, own_center.at)
    assert "1 new text since" in lin.text("/desk/") and WORDS not in lin.text("/desk/")
    queue = lin.text("/queue/")
    assert WORDS in queue and "小鹿" in queue and f"/queue/letters/{letter.pk}/sort/" in queue
    sorting = {"choice": "answer", "once": str(uuid4())}
    line = (
        lin._ask().post(f"/queue/letters/{letter.pk}/sort/", sorting, headers={"HX-Request": "true"}).content.decode()
    )
    assert f'href="/queue/letters/{letter.pk}/"' in line and "<html" not in line
    assert "Answer a letter" in lin.text("/desk/owed/") and f"/queue/letters/{letter.pk}/" in lin.text("/queue/")
    assert lin.post(f"/queue/letters/{letter.pk}/draft/", text="三个").status_code == 204
    assert "三个" in lin.text(f"/queue/letters/{letter.pk}/")
    assert lin.post(f"/queue/letters/{letter.pk}/", text=BACK, time="1")["Location"] == "/queue/"
    assert not Draft.objects.filter(letter=letter).exists()
    me = hand(None, own_center.at + timedelta(days=1))
    home = me.post("/back/", code=code)
    assert home["Location"] == "/mine/letters/"
    read = me.text("/mine/letters/")  # the digits were typed a moment ago
    assert "三个星期很长。" in read and WORDS in read and "林知夏" in read and "Find a time together" in read
    assert "is destroyed" not in read and "then both are destroyed" in read
    me.at += timedelta(minutes=3)
    assert "三个星期很长。" not in me.text("/mine/letters/")
    assert "三个星期很长。" in me.post("/mine/letters/", passphrase=code).content.decode()
    assert me.get("/talk/").status_code == 200  # the same digits find a time, in the way there is


def test_the_same_press_shows_the_same_digits_and_nothing_is_lost_by_a_refusal(
    hand: Any, center: Center, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = hand(None, center.at)
    fields = dict(FIELD.findall(door.text("/write/").partition("<form method")[2]))
    once = [DIGITS.search(door.post("/write/", text=WORDS, **fields).content.decode()) for _ in (1, 2)]
    assert once[0] and once[1] and once[0][1] == once[1][1]
    empty = door.post("/write/", text="  ", name="小鹿")
    assert (
        empty.status_code == 409
        and "小鹿" in empty.content.decode()
        and "Please write a word or two" in empty.content.decode()
    )
    long = door.post("/write/", text="长" * 20_001)
    assert long.status_code == 422 and "长" * 20_001 in long.content.decode()
    monkeypatch.setattr("subrosa.records.correspondence.facts.duty_pair", lambda: None)
    refused = door.post("/write/", text=WORDS)
    assert refused.status_code == 409 and WORDS in refused.content.decode()


def test_send_to_the_duty_counselor_goes_at_once_and_the_letter_stays(hand: Any, center: Center) -> None:
    said = hand(None, center.at).post("/write/", text=WORDS, name="小鹿", duty="1").content.decode()
    assert "Sent to the counselors on duty" in said and WORDS in said
    assert "小鹿" in hand(center.lin, center.at).text("/queue/")


def test_who_has_an_account_writes_there_and_in_a_case_to_the_own_counselor(hand: Any, booked: Visit) -> None:
    me, own = hand(booked.account, booked.center.at), "只写给林老师的话"
    assert me.get("/write/")["Location"] == "/mine/write/"
    until = "Only 林知夏 and you can open it, and until your first meeting the counselors on duty."
    assert until in me.text("/mine/write/") and until in me.text("/mine/stop/")
    assert me.post("/mine/write/", text=own)["Location"] == "/mine/letters/?sent"
    letter = Letter.objects.get(client=booked.client)
    assert letter.case_id == booked.case_id
    assert "It is here. An answer is here by" in me.text("/mine/letters/?sent")
    assert "an answer is here by" in me.text("/mine/")
    assert own not in hand(booked.center.zhou, booked.center.at).text("/queue/")
    lin = hand(booked.center.lin, booked.center.at)
    assert "A letter from a client of yours" in lin.text("/queue/")
    assert f"/queue/letters/{letter.pk}/" in lin.text(f"/cases/{booked.case_id}/")
    assert lin.post(f"/queue/letters/{letter.pk}/close/", how="came_to_talk")["Location"] == "/queue/"
    assert "Came to talk instead" in lin.text(f"/queue/letters/{letter.pk}/")
    log = me.text("/mine/file/")
    assert "wrote a letter" in log and "opened a letter that you wrote" in log
    assert (
        "You two talked instead of writing."
        in me.post("/mine/letters/", passphrase="four quiet words here").content.decode()
    )


def test_who_can_open_it_is_said_as_it_stands(hand: Any, booked: Visit) -> None:
    booked.hold()
    words = [
        f"/mine/words/{booked.booking.pk}/before/",
        "/mine/hope/",
        "/talk/",
        "/mine/write/",
        "/mine/stop/",
        "/mine/cards/",
    ]
    me = hand(booked.account, booked.center.later)
    for page in words:
        assert "Only 林知夏 and you can open it." in me.text(page), page
    center = booked.center
    joined(by=center.lin, at=center.at, case=booked.case, colleague=center.row("zhou"))
    for page in words:
        assert "Only 林知夏, 周明远 and you can open it." in me.text(page), page


def test_before_the_first_meeting_whoever_is_on_duty_is_named_too(hand: Any, booked: Visit) -> None:
    me = hand(booked.account, booked.center.at)
    for page in (f"/mine/words/{booked.booking.pk}/before/", "/mine/hope/", "/talk/"):
        assert "and until your first meeting the counselors on duty." in me.text(page), page


def test_who_has_ended_it_is_not_invited_by_an_answer(hand: Any, booked: Visit) -> None:
    me = hand(booked.account, booked.center.at)
    me.post("/mine/write/", text=WORDS)
    page = f"/queue/letters/{Letter.objects.get(client=booked.client).pk}/"
    lin = hand(booked.center.lin, booked.center.later)
    assert 'name="time"' in lin.text(page)
    me.post("/mine/stop/")
    assert 'name="time"' not in lin.text(page) and "no invitation and no message" in lin.text(page)
    tried = lin.post(page, text=BACK, time="1")
    assert tried.status_code == 409 and "三个星期很长。" in tried.content.decode()
    assert lin.post(page, text=BACK).status_code == 302


def test_the_slip_prints_the_digits_and_nothing_that_says_what_they_are_for(hand: Any, center: Center) -> None:
    shown = (
        hand(None, center.at).post("/write/", text=WORDS).content.decode().partition("<main")[2].partition("</main")[0]
    )
    slip = re.search(r'<section class="leaf slip">.*?</section>', shown, re.DOTALL)
    assert slip is not None and DIGITS.search(slip[0])
    rest = "<" + re.sub(
        r'<(p|span)[^>]*class="[^"]*no-print[^"]*".*?</\1>', "", shown.replace(slip[0], ""), flags=re.DOTALL
    )
    assert re.sub(r"<[^>]*>|\s", "", rest) == "", "nothing else is on the paper"


def test_the_desk_says_which_letters_do_not_open_on_the_new_way_in(hand: Any, own_center: Center) -> None:
    _, letter = posted(hand(None, own_center.at))
    page = hand(own_center.rui, own_center.at).text(f"/reception/client/{letter.client_id}/")
    assert "written outside of a file" in page.partition("Make it an account")[2].partition("I have seen the person")[0]


def test_a_locked_session_keeps_what_was_written(hand: Any, visit: Visit) -> None:
    me = hand(visit.account, visit.center.at).lock()
    for typed in ({}, {"passphrase": "wrong one entirely"}):
        answer = me.post("/mine/write/", text=WORDS, **typed)
        assert answer.status_code == 403 and WORDS in answer.content.decode()
    assert me.post("/mine/write/", text=WORDS, passphrase="four quiet words here").status_code == 302
    assert Letter.objects.filter(client=visit.client, case=None).count() == 1


@pytest.mark.clause("COMP-03", "not_yet")
def test_an_answer_that_names_an_illness_comes_back_marked(hand: Any, center: Center) -> None:
    _, letter = posted(hand(None, center.at))
    lin = hand(center.lin, center.at)
    text = "你得了抑郁症，要去看。"
    answer = lin.post(f"/queue/letters/{letter.pk}/", text=text)
    said = answer.content.decode()
    assert answer.status_code == 409 and text in said and "names an illness" in said and "Or describe instead" in said
    assert Letter.objects.get(pk=letter.pk).state == "received" and text in lin.text(f"/queue/letters/{letter.pk}/")


@pytest.mark.clause("CONF-02", "refuses")
def test_a_page_of_a_letter_that_was_not_written_to_me_is_no_page(hand: Any, booked: Visit) -> None:
    hand(booked.account, booked.center.at).post("/mine/write/", text=WORDS)
    letter = Letter.objects.get(client=booked.client)
    zhou = hand(booked.center.zhou, booked.center.at)
    for answer in (
        zhou.get(f"/queue/letters/{letter.pk}/"),
        zhou.post(f"/queue/letters/{letter.pk}/", text="x"),
        zhou.post(f"/queue/letters/{letter.pk}/close/", how="came_to_talk"),
    ):
        assert answer.status_code == 404 and WORDS not in answer.content.decode()
    assert zhou.post(f"/queue/letters/{letter.pk}/draft/", text="x").status_code == 404
    assert zhou.get(f"/queue/letters/{uuid4()}/").status_code == 404
    assert not Draft.objects.filter(letter=letter).exists()
    assert Entry.objects.filter(act="open_letter", outcome="refused", case_id=booked.case_id).count() >= 1


def test_who_wrote_at_the_door_waits_at_no_desk(hand: Any, own_center: Center) -> None:
    posted(hand(None, own_center.at), name="从没来过")
    page = hand(own_center.rui, own_center.at).text("/reception/")
    assert "从没来过" not in page and Client.objects.filter(by_door=True).count() == 1
