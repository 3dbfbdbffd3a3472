"""The desk's day on real rows: who is here, moved and revived times, weekly hours, declining, and no order but time."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any
from uuid import uuid4

import pytest

from subrosa.policy.ruling import Outcome
from subrosa.records.appointment import actions, moving, queries, registering
from subrosa.records.appointment.models import Booking, Declined
from subrosa.records.note import actions as notes
from subrosa.records.note.length import note_length
from subrosa.records.notice.queries import unseen
from tests.records.center import FULL, Center, Visit, noted, own, refused


@pytest.mark.clause("APPT-01", "passes")
def test_somebody_is_here(booked: Visit) -> None:
    center, booking = booked.center, booked.booking
    before = {"at": booking.starts_at - timedelta(days=1), "booking": booking}
    assert refused(moving.check_in, by=center.rui, **before).missing == ("day_of_meeting",)
    at = booking.starts_at - timedelta(minutes=5)
    row = moving.check_in(by=center.rui, at=at, booking=booking)
    later = moving.check_in(by=center.lin, at=at + timedelta(minutes=3), booking=row)
    assert later.here_at == at, "the first look counts"
    actions.cancel(by=center.rui, at=at, booking=booking)
    assert refused(moving.check_in, by=center.rui, at=at, booking=booking).missing == ("booked_state",)


def test_a_booking_is_moved_with_its_words(booked: Visit) -> None:
    center, slot = booked.center, booked.slot(days=3)
    slot.pop("client")
    row = moving.move(by=center.rui, at=center.at, booking=booked.booking, **slot)
    assert (row.starts_at, row.state) == (slot["starts_at"], "booked")
    assert notes.read_reasons(by=center.lin, at=center.at, case=booked.case)[row.pk] == "最近总是睡不着"
    assert next(one.kind for one in unseen(booked.client.pk)) == "booking_moved"
    back = booked.slot()
    back.pop("client")
    assert moving.move(by=center.lin, at=center.at, booking=row, **back).starts_at == back["starts_at"]


@pytest.mark.clause("APPT-01", "refuses")
def test_where_a_booking_is_not_moved_to(booked: Visit) -> None:
    center, booking = booked.center, booked.booking
    other = center.visit("王一")
    other.book(days=2)
    taken, past, theirs = (center.slot(2), center.slot(-7), center.slot(3, "zhou"))
    for slot, missing in ((taken, "free_time"), (past, "future_time"), (theirs, "receiving_counselor")):
        assert missing in refused(moving.move, by=center.rui, at=center.at, booking=booking, **slot).missing
    assert Booking.objects.get(pk=booking.pk).starts_at == booking.starts_at
    overlapping = center.slot(1)
    assert moving.move(by=center.rui, at=center.at, booking=booking, **overlapping), "it is not in its own way"
    assert refused(moving.move, by=center.lead, at=center.at, booking=booking, **center.slot(3)).clauses == ("APPT-01",)


@pytest.mark.clause("APPT-01", "refuses")
@pytest.mark.clause("APPT-01", "passes")
def test_a_cancellation_is_undone_while_the_time_is_free(booked: Visit) -> None:
    center = booked.center
    actions.cancel(by=booked.me, at=center.at, booking=booked.booking)
    assert moving.revive(by=booked.me, at=center.at, booking=booked.booking).state == "booked"
    assert refused(moving.revive, by=center.rui, at=center.at, booking=booked.booking).missing == ("cancelled_time",)
    actions.cancel(by=center.rui, at=center.at, booking=booked.booking)
    center.visit("王一").book()
    assert refused(moving.revive, by=center.rui, at=center.at, booking=booked.booking).missing == ("free_time",)


@pytest.mark.clause("CONF-02", "refuses")
def test_nobody_revives_another_clients_time(booked: Visit) -> None:
    actions.cancel(by=booked.me, at=booked.center.at, booking=booked.booking)
    other = booked.center.visit("王一")
    given = {"by": other.me, "at": booked.center.at, "booking": booked.booking}
    assert refused(moving.revive, **given).clauses == ("CONF-02",)
    late = {"by": booked.center.rui, "at": booked.booking.ends_at, "booking": booked.booking}
    assert refused(moving.revive, **late).missing == ("future_time",)


def asked(center: Center, **more: Any) -> dict[str, Any]:
    room = queries.rooms()[0]
    return {"by": center.lin, "at": center.at, "room": room, "weekday": 2, "starts": time(9), "minutes": 40} | more


@pytest.mark.clause("APPT-04", "refuses")
@pytest.mark.parametrize("minutes", [60, 90, 51, 50, 35, 0])
def test_an_hour_of_a_length_that_is_not_in_the_profile(minutes: int) -> None:
    with own() as center:
        ruling = refused(actions.set_opening, **asked(center, minutes=minutes))
        assert (ruling.outcome, ruling.clauses) == (Outcome.REFUSED, ("APPT-04",))
        assert noted("set_opening")[-1].actor_id == center.lin.id
        assert actions.set_opening(**asked(center)), "40 minutes are in it"


@pytest.mark.clause("APPT-01", "refuses")
def test_weekly_hours_do_not_overlap(own_center: Center) -> None:
    center, other_room = own_center, own_center.openings["zhou1"].room
    made = actions.set_opening(**asked(center))
    for starts in (time(8, 21), time(9), time(9, 39)):
        mine = refused(actions.set_opening, **asked(center, starts=starts, room=other_room))
        theirs = refused(actions.set_opening, **asked(center, starts=starts, by=center.zhou))
        assert mine.missing == theirs.missing == ("free_hour",), "the counselor; and the room"
    for starts in (time(8, 20), time(9, 40)):
        assert actions.set_opening(**asked(center, starts=starts))
    assert actions.set_opening(**asked(center, by=center.zhou, room=other_room)), "another room, another counselor"
    assert actions.set_opening(**asked(center, weekday=3))
    actions.end_opening(by=center.lin, at=center.at, opening=made)
    assert actions.set_opening(**asked(center)), "an hour that was ended is free again"
    assert [one.hour for one in queries.free_starts(center.lin.id, other_room.pk, 2, 40)][:1]


@pytest.mark.clause("APPT-04", "not_yet")
@pytest.mark.clause("APPT-04", "passes")
def test_a_long_meeting_asks_one_tap_or_the_right_minutes(visit: Visit) -> None:
    visit.recorded()
    visit.book(days=7)
    booking = visit.hold()
    center, of = visit.center, {"case": visit.case, "booking": booking}
    note_length(by=center.lin, at=booking.ends_at, minutes=60, **of)
    record = {"at": booking.ends_at, "text": FULL, **of}
    ruling = refused(notes.write, by=center.lin, **record)
    assert (ruling.outcome, ruling.clauses, ruling.missing) == (Outcome.NOT_YET, ("APPT-04",), ("why_long",))
    note_length(by=center.lin, at=booking.ends_at, minutes=60, why="because", **of)
    assert refused(notes.write, by=center.lin, **record).missing == ("why_long",), "not a reason of the list"
    row = note_length(by=center.lin, at=booking.ends_at, minutes=60, why="crisis", **of)
    assert b"crisis" not in bytes(row.why_long)
    note_length(by=center.lin, at=booking.ends_at, minutes=45, **of)
    assert notes.write(by=center.lin, **record).signed_at, "corrected, and nothing is asked"
    assert refused(note_length, by=center.lin, at=booking.ends_at, minutes=30, **of).clauses == ("REC-01",)


def test_a_crisis_of_ninety_minutes_is_signed_with_its_tap(visit: Visit) -> None:
    visit.recorded()
    visit.book(days=7)
    booking = visit.hold()
    of = {"case": visit.case, "booking": booking}
    assert refused(note_length, by=visit.center.zhou, at=booking.ends_at, minutes=9, **of).clauses == ("CONF-02",)
    note_length(by=visit.center.lin, at=booking.ends_at, minutes=90, why="crisis", **of)
    assert visit.record().signed_at


@pytest.mark.clause("ETH-05", "not_yet")
@pytest.mark.clause("ETH-05", "passes")
def test_declining_takes_a_reason_of_the_list(visit: Visit) -> None:
    center = visit.center
    for reason in ("", "她是外地人", "faith"):
        ruling = refused(registering.decline, by=center.rui, at=center.at, client=visit.client, reason=reason)
        assert (ruling.outcome, ruling.clauses) == (Outcome.NOT_YET, ("ETH-05",))
    assert not Declined.objects.filter(client=visit.client).exists()
    registering.decline(by=center.lin, at=center.at, client=visit.client, reason="beyond_competence")
    made = registering.declined(visit.client.pk)
    assert made is not None and made.reason == "beyond_competence"
    assert visit.book(), "the door stays open"


@pytest.mark.clause("ETH-05", "refuses")
@pytest.mark.parametrize("trait", ["sex", "class", "religion", "income"])
def test_no_list_is_sorted_by_a_trait(center: Center, trait: str) -> None:
    ruling = refused(registering.sort_by, by=center.lin, at=center.at, trait=trait)
    assert (ruling.outcome, ruling.clauses) == (Outcome.REFUSED, ("ETH-05",))
    assert noted("sort_by_trait")[-1].actor_id == center.lin.id
    assert registering.sort_by(by=center.rui, at=center.at, trait="time") is None


def test_the_same_check_in_twice_is_one(booked: Visit) -> None:
    once, at = uuid4(), booked.booking.starts_at
    rows = [moving.check_in(by=booked.center.rui, at=at, booking=booked.booking, once=once) for _ in (1, 2)]
    assert len({row.pk for row in rows}) == 1 and len(noted("check_in", "done")) >= 1
