"""Where we were: what is read ten minutes before a meeting, by whom, and that it is one entry."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from subrosa.records.appointment import actions as appointment
from subrosa.records.appointment.words import leave_words
from subrosa.records.note.asked import Asked
from subrosa.records.note.lookback import LookBack, is_time, look_back, with_something_to_read
from subrosa.records.note.parts import NoteText
from subrosa.records.note.short import write_short
from tests.records.center import FULL, Center, Visit, locked, noted, refused

LATER = {"next_time": "先问睡眠", "promised": "和班主任说换座位", "tries": "睡前不看手机"}


@pytest.fixture
def met(own_center: Center) -> Visit:
    """One meeting with its record; the next one is booked."""
    visit = own_center.visit()
    visit.book()
    visit.hold()
    visit.sign()
    return visit


def text(**more: Any) -> NoteText:
    """A whole record with something more."""
    return NoteText(**{"words": FULL.words, "choices": FULL.choices, "asked": FULL.asked} | more)


def back(visit: Visit, **more: Any) -> LookBack:
    given = {"by": visit.center.lin, "at": visit.center.later, "case": visit.case, "booking": visit.booking}
    return look_back(**given | more)


def test_the_lines_of_the_last_record_and_the_words_around_it(met: Visit) -> None:
    met.record(text(later=LATER | {"no such line": "x"}))
    first = met.booking
    leave_words(by=met.me, at=met.center.later, booking=first, before=False, text="其实还有一件事")
    met.book(days=7, reason="这次想说说妈妈")
    found = back(met)
    assert (dict(found.lines), found.happened_at) == (LATER, first.starts_at)
    assert (found.left_after, found.said) == ("其实还有一件事", "这次想说说妈妈")
    (entry,) = noted("look_back", "done")
    assert (entry.case_id, entry.actor_id) == (met.case_id, met.center.lin.id)


def test_a_record_without_such_lines_shows_what_stands_in_for_them(met: Visit) -> None:
    met.record(text(words=FULL.words | {"other": "下次带上睡眠表"}))
    met.book(days=7)
    assert set(back(met).lines.values()) <= {"下次带上睡眠表", *FULL.words.values()}
    assert back(met).lines["other"] == "下次带上睡眠表" and "course" not in back(met).lines


def test_where_only_taps_stand_it_is_how_the_meeting_went(met: Visit) -> None:
    met.record()
    met.book(days=7)
    assert dict(back(met).lines) == {"course": FULL.words["course"]}


def test_before_a_first_meeting_there_are_only_the_clients_own_words(own_center: Center) -> None:
    visit = own_center.visit()
    visit.book(reason="睡不着")
    assert back(visit) == LookBack(said="睡不着")


@pytest.mark.clause("CONF-02", "refuses")
@pytest.mark.parametrize("who", ["fang", "zhou", "lead", "rui"])
def test_only_the_care_team_looks_back(met: Visit, who: str) -> None:
    given = {"at": met.center.later, "case": met.case, "booking": met.booking}
    assert refused(look_back, by=getattr(met.center, who), **given).clauses == ("CONF-02",)


@pytest.mark.clause("CONF-04", "refuses")
def test_a_locked_session_opens_nothing(met: Visit) -> None:
    given = {"at": met.center.later, "case": met.case, "booking": met.booking}
    assert refused(look_back, by=locked(met.center.lin), **given).clauses == ("CONF-04",)


def test_a_short_record_shows_its_two_lines(met: Visit) -> None:
    short = NoteText(asked=Asked(FULL.asked.danger, "两行先记下"))
    booking = met.booking
    write_short(by=met.center.lin, at=booking.ends_at, case=met.case, booking=booking, text=short)
    met.book(days=7)
    assert dict(back(met).lines) == {"lines": "两行先记下"}


def test_a_meeting_of_another_case_lends_no_words(met: Visit) -> None:
    other = met.center.visit("王一")
    other.book(days=2, reason="不给别人看")
    assert back(met, booking=other.booking).said == ""


def test_it_is_there_for_ten_minutes_and_gone_when_the_student_sits(met: Visit) -> None:
    met.record()
    met.book(days=7)
    ahead = met.booking
    starts = ahead.starts_at
    for minutes, there in ((-11, False), (-10, True), (-1, True), (5, True), (60, False)):
        assert is_time(ahead, starts + timedelta(minutes=minutes)) is there, minutes
    held = appointment.hold(by=met.center.lin, at=starts + timedelta(minutes=1), booking=ahead)
    assert not is_time(held, starts + timedelta(minutes=2))


def test_that_there_is_something_to_read_is_known_without_opening(met: Visit) -> None:
    plain = met.center.visit("王一")
    plain.book(days=2)
    said = met.center.visit("李二")
    said.book(days=3, reason="睡不着")
    rows = [plain.booking, said.booking, met.booking]
    assert with_something_to_read(rows) == {said.booking.pk}
    met.record()
    assert with_something_to_read(rows) == {said.booking.pk, met.booking.pk}
