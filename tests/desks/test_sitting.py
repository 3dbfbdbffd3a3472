"""先坐下 at the desk: one press, locked or not; a clock by the server's time; two taps and two lines; a name later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from subrosa.records.appointment import brief
from subrosa.records.appointment.models import Booking, Sitting
from subrosa.records.audit.models import Entry
from subrosa.records.person import clients
from subrosa.records.person.models import Client
from subrosa.records.vault.opener import opener_of
from tests.desks.hand import Hand
from tests.records.center import Center, Visit, booked, center, own_center, shared_center, visit

__all__ = ["booked", "center", "own_center", "shared_center", "visit"]
BRIEF = {"about": "peers", "came": "calmer", "danger": "no", "lines": "哭了一会儿，约好午饭后再来。"}


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Hand]:
    return lambda who, at, **more: Hand(monkeypatch, who, at, **more)


def pressed(lin: Hand) -> str:
    answer = lin.post("/sitting/")
    assert answer.status_code == 302
    return str(answer["Location"])


def row_at(path: str) -> Sitting:
    return Sitting.objects.get(pk=path.strip("/").split("/")[-1])


@pytest.mark.clause("CON-01", "passes")
def test_one_press_and_a_clock(hand: Any, center: Center) -> None:
    lin = hand(center.lin, center.at)
    assert "Sit down first" in lin.text("/desk/")
    path = pressed(lin)
    assert pressed(lin) == path, "who sits here is not sat down twice"
    lin.at = center.at + timedelta(minutes=12)
    page = lin.text(path)
    assert f'data-since="{int(center.at.timestamp() * 1000)}"' in page and ">12</b>" in page and "since 10:00" in page
    assert "I do not even say whether you came" in page, "the promise stands there, word for word"
    assert path in lin.text("/desk/")


def test_from_the_lock_page_too(hand: Any, center: Center) -> None:
    lin = hand(center.lin, center.at).lock()
    lock = lin.text("/unlock/")
    assert "/sitting/" in lock and "ounsel" not in lock.partition("<main")[2].partition("</main>")[0]
    path = pressed(lin)
    page = lin.text(path)
    assert "Who was it?" not in page and "It was a brief contact" in page
    answer = lin.post(f"{path}sign/", **BRIEF)
    assert answer.status_code == 302 and "/unlock/" in answer["Location"]
    row = row_at(path)
    assert row.signed_at is None and row.draft is not None
    assert "哭了" not in lin.text(path) and f"/unlock/?next={path}" in lin.text(path), (
        "a second text does not cover the first"
    )
    assert "哭了" in hand(center.lin, center.at).text(path)
    assert hand(center.rui, center.at).lock().get("/unlock/").content.decode().count("/sitting/") == 0


def test_a_brief_contact_is_signed_in_one_form(hand: Any, center: Center) -> None:
    lin = hand(center.lin, center.at)
    path = pressed(lin)
    lin.at = center.at + timedelta(minutes=9)
    answer = lin.post(f"{path}sign/", lines="半句")
    page = answer.content.decode()
    assert answer.status_code == 409 and "半句" in page and page.count("One tap is still missing here.") == 2
    assert "REC-02" in page and "RISK-02" in page, "what it was about, and danger; what came of it may stay empty"
    assert lin.post(f"{path}sign/", **BRIEF).status_code == 302
    page = lin.text(path)
    assert "哭了一会儿" in page and "Classmates and friends" in page and "Say who it was" in page
    owed = f'href="{path}">Say who sat down'
    assert owed in lin.text("/desk/"), "owed by the end of the day"
    assert lin.post(f"{path}unnamed/").status_code == 302
    assert owed not in lin.text("/desk/")


@pytest.mark.clause("CON-01", "not_yet")
def test_a_first_meeting_with_the_promise_ticked(hand: Any, center: Center) -> None:
    lin = hand(center.lin, center.at)
    path = pressed(lin)
    lin = hand(
        center.lin, center.at + timedelta(minutes=30)
    )  # unlocked again: nobody typed for longer than the lock waits
    answer = lin.post(f"{path}meeting/")
    assert answer.status_code == 409 and "CON-01" in answer.content.decode()
    answer = lin.post(f"{path}meeting/", promise="1")
    booking = Booking.objects.get(client=row_at(path).client_id)
    assert answer["Location"] == f"/cases/{booking.case_id}/record/{booking.pk}/"
    assert "without a booking" in lin.text("/desk/") and "without a booking" in lin.text("/reception/")
    assert "without a booking" in lin.text("/reception/week/")
    assert lin.get(f"/cases/{booking.case_id}/").status_code == 200


@pytest.mark.clause("APPT-01", "not_yet")
def test_a_record_that_waits_for_the_form_leads_to_it_and_back(hand: Any, center: Center) -> None:
    lin = hand(center.lin, center.at)
    path = pressed(lin)
    lin.post(f"{path}meeting/", promise="1")
    row = row_at(path)
    record = f"/cases/{row.case_id}/record/{row.booking_id}/"
    text = {f"words_{part}": "x" for part in ("situation", "problem", "course", "advice", "effect", "other")}
    text["danger"] = "no"
    answer = lin.post(record, **text)
    assert answer.status_code == 409 and "how to be reached" in answer.content.decode()
    assert f"/cases/{row.case_id}/register/" in answer.content.decode()
    step = lin.get(f"/cases/{row.case_id}/register/", referer=f"http://x{record}")
    assert f"/register/{row.client_id}/" in step["Location"] and str(row.booking_id) in step["Location"]
    form = {"name": "李小雨", "class_name": "高二5班", "reach": "comes_by", "next": record}
    answer = lin.post(f"/register/{row.client_id}/", **form)
    assert answer.status_code == 302 and answer["Location"] == record
    assert Client.objects.get(pk=row.client_id).lacks == []
    assert "how to be reached" not in lin.post(record, **text).content.decode().partition('<ol class="record"')[0]


@pytest.mark.clause("CONF-05", "not_yet")
def test_a_known_student_goes_on_there(hand: Any, own_center: Center, monkeypatch: pytest.MonkeyPatch) -> None:
    from subrosa.records.roster import actions as roster
    from subrosa.records.roster import queries
    from subrosa.records.roster.sheet import Card

    cards = [Card(number="2022090001", name="李小雨", grade="高二", class_name="5班", phone="13800000000")]
    roster.import_roster(by=own_center.lead, at=own_center.at, cards=cards)
    (found,) = queries.search("小雨")
    lin = hand(own_center.lin, own_center.at)
    lin.post(f"/reception/pick/{found.id}/")
    known = clients.client_of_pupil(opener_of(own_center.lin), found.id)
    assert known is not None and known.lacks == []
    path = pressed(lin)
    row = row_at(path)
    assert "高二5班" in lin.get(f"/register/{row.client_id}/list/?q=lxy").content.decode(), "found by pinyin"
    without = lin.post(f"/register/{row.client_id}/pick/{found.id}/", next=path)
    assert without.status_code == 409 and "after you have seen the person" in without.content.decode()
    answer = lin.post(f"/register/{row.client_id}/pick/{found.id}/", seen="1", next=path)
    page = answer.content.decode()
    assert answer.status_code == 409 and "This student has come before" in page
    assert f"{path}as/{known.pk}/" in page
    assert lin.post(f"{path}as/{known.pk}/", next=path).status_code == 302
    assert row_at(path).client_id == known.pk and "李小雨" in lin.text(path)


@pytest.mark.clause("CONF-02", "refuses")
@pytest.mark.parametrize("who", ["zhou", "fang"])
def test_a_colleague_sees_nothing_of_it(hand: Any, center: Center, who: str) -> None:
    path = pressed(hand(center.lin, center.at))
    other = hand(getattr(center, who), center.at)
    there, nowhere = other.get(path), other.get(f"/sitting/{uuid4()}/")
    assert there.status_code == nowhere.status_code == 404
    for press in ("sign", "meeting", "unnamed", "up", "draft"):
        assert other.post(f"{path}{press}/", promise="1", **BRIEF).status_code == 404


def test_opening_it_is_an_entry_and_an_empty_page_is_none(hand: Any, center: Center) -> None:
    lin = hand(center.lin, center.at)
    path = pressed(lin)
    about = f"appointment.Sitting:{row_at(path).pk}"
    lin.text(path)
    assert not Entry.objects.filter(act="read_brief", about=about).exists()
    lin.post(f"{path}sign/", **BRIEF)
    lin.text(path)
    assert Entry.objects.filter(act="read_brief", about=about).count() == 1
    assert lin.get(path, **{"sec-purpose": "prefetch"}).status_code == 403


@pytest.mark.clause("APPT-04", "not_yet")
def test_a_long_one_asks_one_tap(hand: Any, center: Center) -> None:
    lin = hand(center.lin, center.at)
    path = pressed(lin)
    lin = hand(center.lin, center.at + timedelta(minutes=70))
    assert "It was long. Why?" in lin.text(path)
    answer = lin.post(f"{path}sign/", **BRIEF)
    assert answer.status_code == 409 and "APPT-04" in answer.content.decode()
    assert lin.post(f"{path}sign/", **BRIEF, why_long="crisis").status_code == 302
    assert brief.minutes_of(row_at(path), lin.at) == 70


@pytest.mark.clause("APPT-04", "not_yet")
@pytest.mark.clause("APPT-04", "passes")
def test_a_record_of_sixty_minutes_is_corrected_or_says_why(hand: Any, visit: Visit) -> None:
    visit.recorded()
    visit.book(days=7)
    booking = visit.hold()
    lin = hand(visit.center.lin, booking.ends_at)
    path = f"/cases/{visit.case_id}/record/{booking.pk}/"
    text = {f"words_{part}": "x" for part in ("situation", "problem", "course", "advice", "effect", "other")}
    text["danger"] = "no"
    assert "Lasted 40 minutes" in lin.text(path)
    answer = lin.post(path, **text, lasted="60")
    assert (
        answer.status_code == 409 and "APPT-04" in answer.content.decode() and 'value="60"' in answer.content.decode()
    )
    assert lin.post(path, **text, lasted="45").status_code == 302
    assert Booking.objects.get(pk=booking.pk).lasted == 45


def test_the_same_hour_next_week_is_the_clients_own_press(hand: Any, visit: Visit) -> None:
    visit.recorded()
    booking = visit.booking
    lin = hand(visit.center.lin, booking.ends_at)
    path = f"/cases/{visit.case_id}/record/{booking.pk}/"
    answer = lin.post(f"{path}next/")
    assert answer.status_code == 302 and answer["Location"].startswith("/talk/?slot=")
    assert Booking.objects.filter(client=visit.client).count() == 1, "nothing is held for the client"
    page = lin.client.get(answer["Location"]).content.decode()
    assert "checked" in page.partition("12:20")[0][-400:] or "checked" in page
    slot = answer["Location"].partition("slot=")[2].replace("%40", "@")
    assert lin.post("/talk/", slot=slot).status_code == 302
    ahead = Booking.objects.get(client=visit.client, state="booked")
    assert ahead.booked_by == "client" and ahead.starts_at == booking.starts_at + timedelta(days=7)


def test_it_stands_in_the_file_of_somebody_with_an_open_case(hand: Any, visit: Visit) -> None:
    visit.recorded()
    for by, lines in (("lin", "在走廊碰到，说睡好了些。"), ("zhou", "午休来坐了一会儿。")):
        me = hand(getattr(visit.center, by), visit.center.later)
        path = pressed(me)
        me.post(f"{path}as/{visit.client.pk}/")
        assert me.post(f"{path}sign/", **{**BRIEF, "lines": lines}).status_code == 302
    lin = hand(visit.center.lin, visit.center.later)
    page = lin.text(f"/cases/{visit.case_id}/")
    assert page.count("<h2>Brief contact</h2>") == 2 and "睡好了些" in page and "午休来坐" not in page
    theirs = lin.text(path)
    assert "午休来坐" in theirs and "Say who it was" not in theirs and "Who was it?" not in theirs
    assert hand(visit.center.fang, visit.center.later).get(path).status_code == 404
