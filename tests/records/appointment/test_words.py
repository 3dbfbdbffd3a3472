"""What a client leaves before and after a meeting: sealed, on the counselor's page, never asked for twice (CLIENT-02)."""

from __future__ import annotations

from typing import Any

import pytest

from subrosa.policy.ruling import Outcome
from subrosa.records.appointment.models import Booking
from subrosa.records.appointment.words import leave_words, unsaid_of
from subrosa.records.note import actions as notes
from subrosa.records.vault.opener import opener_of
from tests.records.center import Visit, locked, refused

WORDS = "其实是因为我爸又喝酒了。"


def leave(visit: Visit, text: str = WORDS, *, before: bool, by: Any = None) -> Booking:
    return leave_words(by=by or visit.me, at=visit.center.at, booking=visit.booking, before=before, text=text)


def seen(visit: Visit) -> tuple[str, str]:
    """What the counselor reads of the last meeting: beforehand, afterwards."""
    by, key = visit.center.lin, visit.booking.pk
    said = notes.read_reasons(by=by, at=visit.center.at, case=visit.case)
    return said.get(key, ""), unsaid_of(opener_of(by), visit.case_id).get(key, "")


@pytest.mark.clause("CLIENT-02", "passes")
def test_before_a_later_meeting_and_after_it(visit: Visit) -> None:
    visit.recorded()
    visit.book(days=8)
    assert seen(visit) == ("", ""), "leaving nothing is an answer"
    leave(visit, "今天想说考试", before=True)
    visit.hold()
    leave(visit, before=False)
    assert seen(visit) == ("今天想说考试", WORDS)
    assert WORDS.encode() not in bytes(visit.booking.unsaid or b"")


def test_changed_and_taken_back(booked: Visit) -> None:
    leave(booked, "改了的话", before=True)
    assert seen(booked)[0] == "改了的话"
    leave(booked, "  ", before=True)
    assert seen(booked)[0] == "" and booked.booking.reason is None


@pytest.mark.clause("CLIENT-02", "not_yet")
def test_words_go_where_they_will_be_read(booked: Visit) -> None:
    ruling = refused(leave, visit=booked, before=False)
    assert (ruling.outcome, ruling.missing) == (Outcome.NOT_YET, ("meeting_for_words",))
    booked.hold()
    assert refused(leave, visit=booked, before=True).missing == ("meeting_for_words",)
    booked.sign()
    booked.record()
    booked.closed()
    assert refused(leave, visit=booked, before=False).missing == ("meeting_for_words",)


@pytest.mark.clause("CONF-02", "refuses")
def test_nobody_leaves_words_for_somebody_else(booked: Visit) -> None:
    other = booked.center.visit("王一")
    assert refused(leave, visit=booked, before=True, by=other.me).clauses == ("CONF-02",)
    assert refused(leave, visit=booked, before=True, by=booked.center.lin).clauses == ("CLIENT-02",)
    assert refused(leave, visit=booked, before=True, by=locked(booked.me)).clauses == ("CONF-04",)
