"""The desk's day without a browser: the grid, who is here, moves with undo, hours that are refused, no order but time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from subrosa.records.appointment import registering
from subrosa.records.appointment.models import Booking, Declined
from subrosa.records.note.actions import read_reasons
from tests.desks.hand import Hand
from tests.ground import growth
from tests.records.center import Center, Visit, booked, center, noted, own_center, shared_center, visit

__all__ = ["booked", "center", "own_center", "shared_center", "visit"]


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Hand]:
    return lambda who, at, **more: Hand(monkeypatch, who, at, **more)


def day_of(visit: Visit) -> str:
    return f"/reception/?day={visit.booking.starts_at:%Y-%m-%d}"


def test_rooms_and_times_with_names_under_the_key(hand: Any, booked: Visit) -> None:
    desk = hand(booked.center.rui, booked.center.at)
    page = desk.text(day_of(booked))
    assert '<th scope="col">B203</th>' in page and "12:20" in page and "李小雨" in page and "最近总是" not in page
    week = desk.text(f"/reception/week/?day={booked.booking.starts_at:%Y-%m-%d}")
    assert "李小雨" in week and "12:20" in week and "B203" in week
    locked = desk.lock()
    for path in (day_of(booked), "/reception/week/"):
        assert "李小雨" not in locked.text(path) and "name sealed" in locked.text(path)


def test_is_here_is_a_quiet_line_for_the_counselor(hand: Any, booked: Visit) -> None:
    at = booked.booking.starts_at - timedelta(minutes=3)
    desk = hand(booked.center.rui, at).lock()
    assert "Is here" in desk.text("/reception/")
    assert desk.post(f"/reception/here/{booked.booking.pk}/").status_code == 302
    assert "is here since 12:17" in desk.text("/reception/") and "1 is here" in desk.text("/reception/")
    assert "is here since 12:17" in hand(booked.center.lin, at).text("/desk/")


def test_given_back_and_taken_again(hand: Any, booked: Visit) -> None:
    desk, key = hand(booked.center.rui, booked.center.at), booked.booking.pk
    answer = desk.post(f"/reception/cancel/{key}/", next=day_of(booked))
    assert answer["Location"] == f"{day_of(booked)}&undo={key}"
    page = desk.text(answer["Location"])
    assert "Given back:" in page and f"/reception/revive/{key}/" in page
    assert desk.post(f"/reception/revive/{key}/", next=day_of(booked)).status_code == 302
    assert Booking.objects.get(pk=key).state == "booked" and "Given back:" not in desk.text(answer["Location"])


def test_a_booking_is_moved_on_the_clients_page(hand: Any, booked: Visit) -> None:
    desk, key = hand(booked.center.rui, booked.center.at), booked.booking.pk
    path = f"/reception/client/{booked.client.pk}/"
    page = desk.text(f"{path}?move={key}")
    assert f"{path}move/{key}/" in page and "Move it here" in page
    slot = booked.center.slot(3)
    value = f"{slot['opening'].pk}@{int(slot['starts_at'].timestamp())}"
    other = booked.center.visit("王一")
    other.book(days=3)
    answer = desk.post(f"{path}move/{key}/", slot=value, move=str(key))
    page = answer.content.decode()
    assert answer.status_code == 403 and "Nearest free times" in page and "Move it here" in page, "still moving"
    slot = booked.center.slot(2)
    value = f"{slot['opening'].pk}@{int(slot['starts_at'].timestamp())}"
    assert desk.post(f"{path}move/{key}/", slot=value).status_code == 302
    assert Booking.objects.get(pk=key).starts_at == slot["starts_at"]


@pytest.mark.clause("APPT-04", "refuses")
def test_an_hour_of_ninety_minutes_is_refused_with_the_clause(hand: Any, own_center: Center) -> None:
    lin, room = hand(own_center.lin, own_center.at), own_center.openings["lin1"].room_id
    asked = {"weekday": "2", "starts": "09:00", "minutes": "90", "room": str(room)}
    answer = lin.post("/openings/", **asked)
    assert answer.status_code == 403 and "APPT-04" in answer.content.decode()
    assert lin.post("/openings/", **{**asked, "minutes": "40"}).status_code == 302


@pytest.mark.clause("APPT-01", "refuses")
def test_an_hour_that_overlaps_is_refused_with_the_nearest_free(hand: Any, own_center: Center) -> None:
    lin, room = hand(own_center.lin, own_center.at), own_center.openings["lin1"].room_id
    asked = {"weekday": "1", "starts": "12:30", "minutes": "40", "room": str(room)}
    answer = lin.post("/openings/", **asked)
    page = answer.content.decode()
    assert answer.status_code == 403 and "APPT-01" in page and "Free at these times instead" in page
    near = page.partition("Free at these times instead")[2].partition("</fieldset>")[0]
    assert 'value="11:40"' in near and 'value="13:00"' in near and 'value="12:20"' not in near
    assert lin.post("/openings/", **{**asked, "starts": "13:00"}).status_code == 302


@pytest.mark.clause("ETH-05", "refuses")
@pytest.mark.parametrize("asked", ["sex=f", "sort=class", "order=-grade", "filter=religion"])
@pytest.mark.parametrize("path", ["/reception/", "/reception/week/", "/queue/", "/desk/"])
def test_no_list_is_sorted_by_a_trait(hand: Any, center: Center, path: str, asked: str) -> None:
    before = len(noted("sort_by_trait"))
    answer = hand(center.lin, center.at).get(f"{path}?{asked}")
    assert answer.status_code == 403 and "ETH-05" in answer.content.decode()
    assert len(noted("sort_by_trait")) == before + 1
    assert hand(center.lin, center.at).get(f"{path}?sort=time&day=2026-03-03").status_code == 200


@pytest.mark.clause("ETH-05", "not_yet")
def test_declining_takes_a_reason_of_the_list(hand: Any, visit: Visit) -> None:
    desk, path = hand(visit.center.rui, visit.center.at), f"/reception/client/{visit.client.pk}/"
    answer = desk.post(f"{path}decline/", reason="")
    assert answer.status_code == 409 and "ETH-05" in answer.content.decode()
    assert desk.post(f"{path}decline/", reason="no_free_time").status_code == 302
    assert Declined.objects.get(client=visit.client).reason == "no_free_time"
    assert "No time is free now" in desk.text(path).partition("Not here, or not now")[2]


@pytest.mark.clause("APPT-01", "passes")
def test_words_that_came_on_paper_are_sealed_by_a_counselor_and_by_nobody_else(hand: Any, center: Center) -> None:
    said = "老师，我想聊聊我哥。"
    for who, kept in (("lin", said), ("rui", "")):
        one = center.visit(f"纸条{who}", account=False)
        desk, path = hand(getattr(center, who), center.at), f"/reception/client/{one.client.pk}/"
        page = desk.text(path)
        assert ("paper_words" in page) is bool(kept)
        slot = page.partition('name="slot" value="')[2].partition('"')[0]
        assert desk.post(f"{path}book/", slot=slot, paper_words=said).status_code == 302
        booking = Booking.objects.get(client=one.client)
        assert (booking.reason is not None) is bool(kept)
        if kept:
            theirs = next(one for one in (center.lin, center.zhou, center.fang) if one.id == booking.staff_id)
            assert read_reasons(by=theirs, at=center.later, case=booking.case) == {booking.pk: said}
            assert said.encode() not in bytes(booking.reason)


def test_who_waits_stands_in_the_order_of_asking_until_a_time_is_held(hand: Any, own_center: Center) -> None:
    desk = hand(own_center.rui, own_center.later)
    assert "Nobody waits" in desk.text("/reception/waiting/")
    first, second = own_center.visit("先问"), own_center.visit("后问")
    for minutes, one in ((1, second), (2, first)):
        at = own_center.at - timedelta(minutes=minutes)
        registering.decline(by=own_center.rui, at=at, client=one.client, reason="no_free_time")
    page = desk.text("/reception/waiting/")
    assert page.index("先问") < page.index("后问") and "2 people wait" in desk.text("/reception/")
    answer = desk.get("/reception/waiting/?sort=sex")
    assert answer.status_code == 403 and "ETH-05" in answer.content.decode()
    first.book(own_center.lin)
    registering.decline(by=own_center.rui, at=own_center.later, client=second.client, reason="did_not_want")
    assert "Nobody waits" in desk.text("/reception/waiting/") and "for a free time" not in desk.text("/reception/")


def test_the_day_asks_the_same_with_one_booking_and_with_thirty(hand: Any, own_center: Center) -> None:
    desk, days = hand(own_center.lin, own_center.at), iter(range(1, 400))
    clients = []

    def more() -> None:
        while True:
            day = next(days)
            if (own_center.at + timedelta(days=day)).weekday() < 5:
                break
        one = own_center.visit(f"王{day}", account=False)
        one.book(own_center.lin, days=day)
        Booking.objects.using("owner").filter(pk=one.bookings[-1].pk).update(
            starts_at=own_center.at + timedelta(hours=2, minutes=day),
            ends_at=own_center.at + timedelta(hours=2, minutes=day, seconds=30),
        )
        clients.append(one)

    more()
    few, many = growth(lambda: desk.text("/reception/"), more)
    assert few == many and len(clients) == 30
