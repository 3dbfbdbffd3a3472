"""Booking on real rows: offered, free, once; what becomes of a time; and who may say so."""

from __future__ import annotations

import importlib
import threading
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError

from subrosa.policy.constraints import CONSTRAINTS
from subrosa.policy.ruling import Outcome, Refused
from subrosa.records import audit
from subrosa.records.appointment import actions, queries
from subrosa.records.appointment.models import Booking, Opening
from subrosa.records.duty.models import Duty
from subrosa.records.note import actions as notes
from subrosa.records.person import clients
from subrosa.records.person.models import ActivationCode
from subrosa.records.vault import keys
from tests.ground import by_owner, together
from tests.records.center import Center, Visit, again, locked, noted, open_account, own, refused

kernel = importlib.import_module("subrosa.records.audit.act")  # the package's `act` is the decorator


def made_of(answers: Any) -> list[Booking]:
    """What was booked; everything else must be a ruling or "just a moment", never another error."""
    assert all(isinstance(one, (Booking, Refused, audit.Busy)) for one in answers), answers
    return [one for one in answers if isinstance(one, Booking)]


@pytest.mark.clause("APPT-01", "passes")
@pytest.mark.clause("CLIENT-01", "passes")
def test_a_client_books_and_says_why(visit: Visit) -> None:
    made = visit.book(reason="最近总是睡不着")
    assert (made.state, made.booked_by, made.staff_id) == ("booked", "client", visit.center.lin.id)
    assert "睡不着".encode() not in bytes(made.reason)
    for reader in (visit.me, visit.center.lin):
        given = {"by": reader, "at": visit.center.at, "case": visit.case}
        assert notes.read_reasons(**given) == {made.pk: "最近总是睡不着"}


def test_hard_to_say(visit: Visit) -> None:
    assert visit.book(reason="").reason is None
    assert notes.read_reasons(by=visit.me, at=visit.center.at, case=visit.case) == {}


@pytest.mark.clause("APPT-01", "refuses")
def test_in_the_past(visit: Visit) -> None:
    assert "future_time" in refused(visit.book, days=-7).missing
    slot = visit.slot()
    for at, passes in ((slot["starts_at"], False), (slot["starts_at"] - timedelta(seconds=1), True)):
        if passes:
            assert actions.book(by=visit.me, at=at, **slot)
        else:
            assert refused(actions.book, by=visit.me, at=at, **slot).missing == ("future_time",)


@pytest.mark.clause("APPT-01", "refuses")
@pytest.mark.parametrize(
    "change",
    [
        {"starts_at": timedelta(minutes=5), "ends_at": timedelta(minutes=5)},
        {"starts_at": timedelta(days=1), "ends_at": timedelta(days=1)},
        {"starts_at": timedelta(days=5), "ends_at": timedelta(days=5)},
        {"ends_at": timedelta(hours=10)},
        {"ends_at": timedelta(minutes=-41)},
        {"ends_at": timedelta(days=365)},
    ],
)
def test_a_time_that_nobody_offered(visit: Visit, change: dict[str, timedelta]) -> None:
    slot = visit.slot()
    asked = {
        key: slot[key] + change.get(key, timedelta()) if key != "client" and key != "opening" else slot[key]
        for key in slot
    }
    assert refused(actions.book, by=visit.me, at=visit.center.at, **asked).missing == ("offered_time",)


@pytest.mark.clause("APPT-01", "refuses")
def test_a_slot_that_vanished(own_center: Center) -> None:
    visit = own_center.visit()
    slot = visit.slot()
    actions.end_opening(by=own_center.lin, at=own_center.at, opening=slot["opening"])
    assert refused(visit.book).missing == ("offered_time",)
    assert slot["starts_at"] not in {one.starts_at for one in queries.free([own_center.lin.id], own_center.at)}


@pytest.mark.clause("APPT-01", "refuses")
def test_counselor_room_and_client_are_in_one_place(visit: Visit) -> None:
    center = visit.center
    visit.book()
    other = center.visit("王一")
    for by, opening in ((other.me, "lin"), (center.lin, "lin"), (other.me, "fang")):
        given = {**center.slot(1, opening), "client": other.client}
        ruling = refused(actions.book, by=by, at=center.at, **given)
        assert ruling.outcome is Outcome.REFUSED and ruling.missing == ("free_time",), opening
    assert refused(visit.book, days=1).missing == ("free_time",)
    given = {**center.slot(1, "zhou"), "client": visit.client}
    elsewhere = refused(actions.book, by=visit.me, at=center.at, **given)
    assert elsewhere.missing == ("free_time", "receiving_counselor"), "a case goes on with its own counselor"
    given["client"] = other.client
    assert actions.book(by=other.me, at=center.at, **given)


@pytest.mark.clause("APPT-01", "refuses")
def test_six_who_want_the_same_hour(center: Center) -> None:
    visits = [center.visit(f"王{n}") for n in range(6)]
    asked = [{"by": one.me, "at": center.at, **one.slot(1, "fang" if n % 2 else "lin")} for n, one in enumerate(visits)]
    answers = together(*(lambda one=one: actions.book(**one) for one in asked))
    assert len(made_of(answers)) == 1
    rulings = [one.ruling for one in answers if isinstance(one, Refused)]
    assert {ruling.clauses for ruling in rulings} == {("APPT-01",)} and len(rulings) == 5


def other_room(center: Center) -> Any:
    """The same hour of Lin's, in a room that nobody else uses."""
    room = actions.add_room(by=center.lead, at=center.at, name=f"R{uuid4().hex[:8]}")
    hour = center.openings["lin1"]
    given = {"weekday": hour.weekday, "starts": hour.starts, "minutes": hour.minutes, "since": hour.since}
    return by_owner(Opening(staff_id=center.lin.id, room=room, **given))  # the charter would refuse the overlap


def both_have_looked(decide: Any) -> Any:
    """The charter, asked by two threads: neither goes on before both have looked at the rows (once; a repeat looks alone)."""
    meet, here = threading.Barrier(2), threading.local()

    def slowly(*args: Any, **given: Any) -> Any:
        ruling = decide(*args, **given)
        if args[0] == "book" and not getattr(here, "looked", False):
            here.looked = True
            meet.wait(5)
        return ruling

    return slowly


@pytest.mark.clause("APPT-01", "refuses")
@pytest.mark.parametrize("what", ["counselor", "room"])
def test_the_constraint_alone_refuses_too(center: Center, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """Without day locks nobody sees the other's row: the exclusion constraint decides, and its no is a ruling."""
    second = other_room(center) if what == "counselor" else center.openings["fang1"]
    asked = [{"by": one.me, "at": center.at, **one.slot()} for one in (center.visit(), center.visit("王一"))]
    asked[1]["opening"] = second
    monkeypatch.setattr(kernel.locks, "take_days", lambda days: None)
    monkeypatch.setattr(kernel, "decide", both_have_looked(kernel.decide))
    answers = together(*(lambda one=one: actions.book(**one) for one in asked))
    assert len(made_of(answers)) == 1
    assert [one.ruling.clauses for one in answers if isinstance(one, Refused)] == [("APPT-01",)]
    starts = center.slot(1)["starts_at"]
    assert Booking.objects.filter(starts_at=starts).count() == 1


def test_the_constraint_alone_keeps_a_client_in_one_place(booked: Visit) -> None:
    """The charter sends a case to its own counselor; a second booking elsewhere can only be written past it."""
    other = booked.center.openings["zhou1"]
    here = booked.booking
    there = Booking(
        client_id=here.client_id, case_id=here.case_id, staff_id=other.staff_id, room_id=other.room_id,
        starts_at=here.starts_at, ends_at=here.ends_at, booked_by="staff", booked_at=here.booked_at,
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="appointment_booking_client_once"):
        by_owner(there)
    assert CONSTRAINTS["appointment_booking_client_once"].clause == "APPT-01"


def test_the_same_press_twice_is_one_booking(visit: Visit) -> None:
    once = uuid4()
    first = visit.book(once=once, reason="睡不着")
    assert visit.book(once=once, reason="睡不着").pk == first.pk
    asked = {"by": visit.me, "at": visit.center.at, **visit.slot(), "once": once}
    answers = together(*(lambda: actions.book(**{**asked, "by": again(asked["by"])}) for _ in range(3)))
    assert {row.pk for row in answers} == {first.pk}
    assert Booking.objects.filter(client=visit.client).count() == 1


def test_two_tabs_at_once_are_one_case_and_one_booking(visit: Visit) -> None:
    asked = [{"by": visit.me, "at": visit.center.at, **visit.slot(days)} for days in (1, 2, 3)]
    made = made_of(together(*(lambda one=one: actions.book(**one) for one in asked)))
    assert len(made) == 1, "what follows the first booking waits for the signature"
    assert made[0].case.client_id == visit.client.pk


@pytest.mark.clause("CONF-02", "refuses")
def test_nobody_books_for_another_client(visit: Visit) -> None:
    other = visit.center.visit("王一")
    ruling = refused(actions.book, by=visit.me, at=visit.center.at, **other.slot())
    assert ruling.clauses == ("CONF-02",)
    assert noted("book")[-1].actor_id == visit.client.pk


@pytest.mark.clause("APPT-01", "refuses")
@pytest.mark.parametrize("who", ["lead", "qian", "sun"])
def test_who_does_not_book(visit: Visit, who: str) -> None:
    assert refused(visit.book, by=getattr(visit.center, who)).clauses == ("APPT-01",)


@pytest.mark.clause("COMP-01", "refuses")
def test_a_first_booking_goes_to_who_receives(own_center: Center) -> None:
    from subrosa.records.standing import actions as standing

    visit = own_center.visit()
    standing.pause_clients(by=own_center.lin, at=own_center.at)
    assert refused(visit.book).missing == ("receiving_counselor",)
    standing.receive_clients(by=own_center.lin, at=own_center.at)
    visit.book()
    standing.pause_clients(by=own_center.lin, at=own_center.at)
    visit.hold()
    visit.sign()
    assert visit.book(days=8), "running cases go on"


@pytest.mark.clause("CONF-05", "refuses")
def test_the_desk_books_for_who_has_no_account_and_writes_no_reason(center: Center) -> None:
    visit = center.visit(account=False)
    assert refused(visit.book, by=center.rui, reason="班主任说的").clauses == ("CONF-05",)
    made = visit.book(center.rui)
    assert made.booked_by == "staff" and made.reason is None


def test_a_counselor_copies_what_came_on_paper(center: Center) -> None:
    visit = center.visit(account=False)
    made = visit.book(center.lin, reason="班主任说的")
    assert notes.read_reasons(by=center.lin, at=center.at, case=visit.case) == {made.pk: "班主任说的"}
    given = {"by": center.rui, "at": center.at, "case": visit.case}
    assert refused(notes.read_reasons, **given).clauses == ("CONF-02",), "written and not read back"


def test_an_account_made_later_books_without_words(center: Center) -> None:
    """SHARED is owed to an account that came after the case; until it is granted a time can be taken, without a reason."""
    visit = center.visit(account=False)
    visit.book(center.rui)
    code = keys.new_activation_code()
    clients.give_code(by=center.lin, at=center.at, client=visit.client, code=code)
    assert ActivationCode.objects.filter(client=visit.client).exists()
    visit.account = open_account(visit.client, code, center.at)
    visit.hold()
    visit.sign()
    assert visit.book(days=8)


@pytest.mark.clause("CONF-04", "refuses")
def test_a_locked_session_opens_no_case(visit: Visit) -> None:
    assert refused(visit.book, by=locked(visit.me)).clauses == ("CONF-04",)
    assert not Booking.objects.filter(client=visit.client).exists()


@pytest.mark.clause("CLIENT-01", "passes")
def test_a_cancelled_time_is_free_again(visit: Visit) -> None:
    made = visit.book()
    ended = actions.cancel(by=visit.me, at=visit.center.at, booking=made)
    assert ended.state == "cancelled"
    other = visit.center.visit("王一")
    assert other.book()
    assert refused(actions.cancel, by=visit.me, at=visit.center.at, booking=ended).missing == ("booked_state",)


@pytest.mark.clause("CONF-02", "refuses")
def test_nobody_cancels_another_clients_time(booked: Visit) -> None:
    other = booked.center.visit("王一")
    given = {"by": other.me, "at": booked.center.at, "booking": booked.booking}
    assert refused(actions.cancel, **given).clauses == ("CONF-02",)
    assert actions.cancel(by=booked.center.rui, at=booked.center.at, booking=booked.booking)


@pytest.mark.clause("APPT-01", "not_yet")
def test_nothing_is_noted_before_its_time(booked: Visit) -> None:
    before = booked.booking.starts_at - timedelta(minutes=1)
    for act in (actions.note_no_show, actions.hold):
        ruling = refused(act, by=booked.center.lin, at=before, booking=booked.booking)
        assert ruling.outcome is Outcome.NOT_YET and "meeting_time" in ruling.missing


@pytest.mark.clause("APPT-01", "passes")
def test_nobody_came(booked: Visit) -> None:
    ended = actions.note_no_show(by=booked.center.rui, at=booked.booking.ends_at, booking=booked.booking)
    assert ended.state == "no_show"
    given = {"by": booked.center.lin, "at": booked.booking.ends_at, "booking": booked.booking, "promise_said": True}
    assert refused(actions.hold, **given).missing == ("booked_state",)
    assert not Duty.objects.filter(case_id=booked.case_id, kind="record").exists()


@pytest.mark.clause("CON-01", "not_yet")
def test_a_first_meeting_without_the_promise(booked: Visit) -> None:
    given = {"by": booked.center.lin, "at": booked.booking.ends_at, "booking": booked.booking}
    ruling = refused(actions.hold, **given)
    assert ruling.outcome is Outcome.NOT_YET and ruling.missing == ("promise",)
    held = actions.hold(**{**given, "by": booked.center.lin}, promise_said=True)
    assert (held.state, held.promise_said) == ("held", True)
    owed = Duty.objects.get(case_id=booked.case_id, kind="record")
    assert owed.owner_id == booked.center.lin.id and owed.due.date() == held.starts_at.date()


@pytest.mark.clause("CONF-02", "refuses")
@pytest.mark.parametrize("who", ["fang", "zhou"])
def test_an_outsider_holds_no_meeting(booked: Visit, who: str) -> None:
    given = {"at": booked.booking.ends_at, "booking": booked.booking, "promise_said": True}
    assert refused(actions.hold, by=getattr(booked.center, who), **given).clauses == ("CONF-02",)


def test_a_booking_of_another_school_is_not_there(booked: Visit) -> None:
    with own() as elsewhere:
        assert queries.booking(booked.bookings[-1].pk) is None
        with pytest.raises(ObjectDoesNotExist):
            actions.cancel(by=elsewhere.lin, at=elsewhere.at, booking=booked.bookings[-1])


@pytest.mark.clause("APPT-01", "refuses")
def test_who_offers_hours_and_rooms(center: Center) -> None:
    from datetime import time

    room = queries.rooms()[0]
    asked = {"at": center.at, "room": room, "weekday": 5, "starts": time(9), "minutes": 40}
    for who in ("lead", "rui", "sun", "qian"):
        assert refused(actions.set_opening, by=getattr(center, who), **asked).clauses == ("APPT-01",)
    for who in ("rui", "sun", "qian"):
        assert refused(actions.add_room, by=getattr(center, who), at=center.at, name="X").clauses == ("APPT-01",)
    assert actions.add_room(by=center.lin, at=center.at, name=f"R{uuid4().hex[:8]}")
