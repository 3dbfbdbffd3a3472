"""The day and the case file: who sees it, how a meeting ends, goals, the care team, closing, the archive."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from subrosa.records.case.queries import goals
from tests.desks.hand import Hand
from tests.records.center import Center, Visit, booked, center, noted, shared_center, visit

__all__ = ["booked", "center", "shared_center", "visit"]


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch, center: Center) -> Callable[..., Hand]:
    return lambda who, at, **more: Hand(monkeypatch, who, at, **more)


def file_of(visit: Visit) -> str:
    return f"/cases/{visit.case_id}/"


def test_the_day_shows_names_and_a_locked_one_only_times(hand: Any, booked: Visit) -> None:
    lin = hand(booked.center.lin, booked.booking.starts_at)
    page = lin.text("/desk/")
    assert "李小雨" in page and "12:20" in page and "First meeting" in page and "The promise was said" in page
    locked = lin.lock().text("/desk/")
    assert "12:20" in locked and "李小雨" not in locked and "林知夏" not in locked and "My cases" not in locked


@pytest.mark.clause("CON-01", "not_yet")
def test_a_first_meeting_is_held_with_the_promise(hand: Any, booked: Visit) -> None:
    lin = hand(booked.center.lin, booked.booking.ends_at)
    press = f"{file_of(booked)}meetings/{booked.booking.pk}/held/"
    answer = lin.post(press, day="1")
    assert (
        answer.status_code == 409
        and "CON-01" in answer.content.decode()
        and "The promise was said" in answer.content.decode()
    )
    answer = lin.post(press, day="1", promise="1")
    assert answer.status_code == 302 and answer["Location"] == f"{file_of(booked)}record/{booked.booking.pk}/"
    assert f"{file_of(booked)}record/{booked.booking.pk}/" in lin.text("/desk/")  # owed, and one press away


def test_nobody_came(hand: Any, booked: Visit) -> None:
    lin = hand(booked.center.lin, booked.booking.ends_at)
    assert lin.post(f"{file_of(booked)}meetings/{booked.booking.pk}/no-show/").status_code == 302
    assert "nobody came" in lin.text(file_of(booked))


def test_a_meeting_ahead_has_no_end_yet(hand: Any, booked: Visit) -> None:
    lin = hand(booked.center.lin, booked.center.at)
    assert lin.post(f"{file_of(booked)}meetings/{booked.booking.pk}/held/", promise="1").status_code == 409
    assert "Took place" not in lin.text(file_of(booked))


def test_the_file_is_one_thread_with_who_can_open_it(hand: Any, booked: Visit) -> None:
    booked.hold()
    booked.sign()
    booked.record()
    page = hand(booked.center.lin, booked.center.later).text(file_of(booked))
    for text in ("最近总是睡不着", "睡不着,怕考试。", "Listened; no advice needed", "signed the agreement, version 1"):
        assert text in page
    beside = page[page.index("Who can open this") :]
    assert "林知夏" in beside and "The client" in beside and "Crisis team" in beside and "芮老师" not in beside
    assert len(noted("read_notes", "done")) and "Bring a colleague in" in page
    assert f'href="#m-{booked.booking.pk}"' in page and f'id="m-{booked.booking.pk}"' in page


def test_before_the_first_record_nothing_is_jumped_to(hand: Any, booked: Visit) -> None:
    assert "The last record" not in hand(booked.center.lin, booked.center.at).text(file_of(booked))


@pytest.mark.clause("CONF-02", "refuses")
@pytest.mark.parametrize("who", ["zhou", "lead", "rui", "qian", "sun"])
def test_nobody_else_opens_it_nor_learns_that_it_exists(hand: Any, booked: Visit, who: str) -> None:
    before = len(noted("read_notes"))
    other = hand(getattr(booked.center, who), booked.center.at)
    there, nowhere = other.get(file_of(booked)), other.get(f"/cases/{uuid4()}/")
    assert there.status_code == nowhere.status_code == 404
    assert "李小雨" not in there.content.decode() and "CONF-02" in there.content.decode()
    same = [answer.content.decode().partition("<main")[2].partition("</main>")[0] for answer in (there, nowhere)]
    assert same[0] == same[1]
    assert len(noted("read_notes")) == before + 1  # the attempt on a real file is an entry


@pytest.mark.clause("CONF-02", "refuses")
def test_nobody_adds_himself_and_a_colleague_who_was_brought_in_opens_it(hand: Any, booked: Visit) -> None:
    zhou, lin = (hand(getattr(booked.center, who), booked.center.at) for who in ("zhou", "lin"))
    me = str(booked.center.zhou.id)
    assert zhou.post(f"{file_of(booked)}team/", colleague=me).status_code == 404
    early = lin.post(f"{file_of(booked)}team/", colleague=me, told="1")
    assert early.status_code == 409 and "first" in early.content.decode()
    assert lin.post(f"{file_of(booked)}team/", colleague=me).status_code == 302
    assert "no key has gone anywhere" in lin.text(file_of(booked)) and zhou.get(file_of(booked)).status_code == 404
    page = hand(booked.me, booked.center.at).text("/mine/file/")
    assert "does not work yet" in page and "lies sealed" in page
    assert lin.post(f"{file_of(booked)}team/", colleague=me, told="1").status_code == 302
    assert "最近总是睡不着" in zhou.text(file_of(booked)) and "with you on the care team" in zhou.text("/desk/")
    assert lin.post(f"{file_of(booked)}team/", colleague=me).status_code == 404, "who is on the team is not named again"
    assert "no key has gone anywhere" not in lin.text(file_of(booked))
    assert lin.post(f"{file_of(booked)}team/", colleague="nobody").status_code == 422


@pytest.mark.clause("REC-04", "not_yet")
def test_the_archive_waits_for_the_last_record_and_then_binds_the_file(hand: Any, booked: Visit) -> None:
    booked.hold()
    booked.sign()
    booked.closed()
    lin = hand(booked.center.lin, booked.center.later)
    missing = lin.post(f"{file_of(booked)}archive/", left_school="2026-07-01")
    assert missing.status_code == 409 and booked.booking.starts_at.strftime("%Y-%m-%d") in missing.content.decode()
    assert 'value="2026-07-01"' in missing.content.decode()
    assert lin.post(f"{file_of(booked)}archive/", left_school="tomorrow").status_code == 422
    booked.record()
    assert lin.post(f"{file_of(booked)}archive/", left_school="2026-07-01").status_code == 302
    bound = lin.text(file_of(booked))
    assert "This file is bound" in bound and "July 1, 2029" in bound and "李小雨" not in bound
    zhou = hand(booked.center.fang, booked.center.later)
    assert zhou.get(file_of(booked)).status_code == 404


def test_the_same_press_twice_is_one_deed(hand: Any, booked: Visit) -> None:
    lin, once = hand(booked.center.lin, booked.center.later), str(uuid4())
    for _ in range(2):
        assert lin.post(f"{file_of(booked)}goals/", goal="早睡", once=once).status_code == 302
    assert len(goals(booked.case_id)) == 1
