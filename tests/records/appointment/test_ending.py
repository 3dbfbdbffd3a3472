"""An end that the client chooses: at once, whatever lies ahead; one message after it, one question in danger, nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from subrosa.policy.danger import Danger, DangerAnswer
from subrosa.policy.plan import standard
from subrosa.records.appointment import ending, moving, resting
from subrosa.records.appointment.models import Booking
from subrosa.records.archive.actions import close
from subrosa.records.case import handing, plan
from subrosa.records.case.ended import endings_of
from subrosa.records.case.farewell import write_letter
from subrosa.records.case.letter_text import LetterText
from subrosa.records.case.models import Ending
from subrosa.records.case.plan_text import PlanText
from subrosa.records.case.queries import case as case_row
from subrosa.records.case.resting import invite_back
from subrosa.records.consent.queries import has_signed
from subrosa.records.duty.models import Duty
from subrosa.records.note import actions as notes
from subrosa.records.note.asked import Asked
from subrosa.records.notice.models import Notice
from subrosa.records.school.calendar import calendar
from tests.records.case.test_handing import hand, holder
from tests.records.center import FULL, Center, Visit, noted, refused

WORDS = "谢谢，先到这里。"
WATCH = DangerAnswer(Danger.WATCH, step="周五问一句", day="")


def end(visit: Visit, words: str = "", **more: Any) -> Any:
    return ending.end_counseling(by=visit.me, at=visit.center.at, case=visit.case, words=words, **more)


def owed(visit: Visit, kind: str) -> bool:
    return Duty.objects.filter(case_id=visit.case_id, kind=kind, settled_at=None).exists()


def told(to: Any, kind: str, about: Any) -> int:
    return Notice.objects.filter(to=to, kind=kind, about_id=about).count()


def in_danger(visit: Visit) -> None:
    """A next step is owed: the record of the meeting said "watch"."""
    visit.hold()
    visit.sign()
    day = calendar().local(visit.center.at) + timedelta(days=9)
    said = DangerAnswer(Danger.WATCH, step="再聊一次", day=day.isoformat())
    booking = visit.booking
    text = type(FULL)(FULL.words, FULL.choices, asked=Asked(said))
    notes.write(by=visit.center.lin, at=booking.ends_at, case=visit.case, booking=booking, text=text)
    assert owed(visit, "next_step")


@pytest.mark.clause("CLIENT-01", "passes")
def test_it_works_at_once_and_what_is_ahead_is_given_back(booked: Visit) -> None:
    booked.sign()
    once = uuid4()
    end(booked, WORDS, once=once)
    end(booked, WORDS, once=once)
    end(booked)  # another press changes nothing
    assert booked.case.left_at == booked.center.at and Ending.objects.filter(case_id=booked.case_id).count() == 1
    assert booked.booking.state == "cancelled" and not has_signed(booked.case.pk)
    assert len([one for one in noted("end_counseling", "done") if one.case_id == booked.case_id]) == 1
    assert owed(booked, "closing") and told(booked.center.lin.id, "ended", booked.case_id) == 1
    sealed = Ending.objects.get(case_id=booked.case_id).words
    assert sealed and WORDS.encode() not in bytes(sealed)
    lin = booked.center.lin
    notes.read_file(by=lin, at=booked.center.at, case=booked.case)
    (one,) = endings_of(lin.opener, booked.case_id)  # type: ignore[arg-type]  # unlocked
    assert one.words == WORDS


@pytest.mark.clause("CLIENT-01", "passes")
def test_without_words_no_key_is_needed_and_a_meeting_under_way_is_left_alone(booked: Visit) -> None:
    from tests.records.center import locked

    at = booked.booking.starts_at + timedelta(minutes=5)
    ending.end_counseling(by=locked(booked.me), at=at, case=booked.case)
    assert booked.case.left_at == at and booked.booking.state == "booked", "it is taking place"
    booked.hold()
    booked.record()  # nobody is asked for a signature any more, and what took place is written down
    assert owed(booked, "record") is False


@pytest.mark.clause("CLIENT-01", "refuses")
def test_nobody_else_books_invites_plans_or_writes(booked: Visit) -> None:
    center, lin = booked.center, booked.center.lin
    end(booked)
    of: dict[str, Any] = {"at": center.at, "case": booked.case}
    desk: dict[str, Any] = {"at": center.at, **booked.slot(2)}
    from subrosa.records.appointment.actions import book

    text = PlanText({"problem": "睡不着", "goal": "睡着", "notice": "早起", **standard("zh-hans")})
    back = Booking.objects.select_related("case", "client").get(pk=booked.booking.pk)
    device = handing.prepare(booked.client.pk, at=center.at, to_book=True)
    presses = (
        lambda: book(by=center.rui, **desk),
        lambda: book(by=center.lin, **desk),
        lambda: moving.revive(by=center.rui, at=center.at, booking=back),
        lambda: invite_back(by=center.lin, **of),
        lambda: plan.propose(by=center.lin, text=text, **of),
        lambda: write_letter(by=center.lin, text=LetterText("再来吧"), **of),
        lambda: handing.hand_over(by=lin, client=booked.client, device=device, **of),
    )
    for press in presses:
        ruling = refused(press)
        assert ruling.outcome == "refused" and ruling.clauses == ("CLIENT-01",), ruling
    assert not Booking.objects.filter(case_id=booked.case_id, state="booked").exists()
    assert not Notice.objects.filter(to=booked.client.pk, kind__in=("invited_back", "plan", "letter")).exists()
    handing.hand_over(by=center.lin, client=booked.client, device=handing.prepare(booked.client.pk, at=center.at), **of)


@pytest.mark.clause("CLIENT-01", "refuses")
def test_one_neutral_message_and_no_second(booked: Visit) -> None:
    of: dict[str, Any] = {"by": booked.center.lin, "at": booked.center.at}
    assert refused(ending.say_door_is_open, case=booked.case, **of).clauses == ("CLIENT-01",), "nobody has left"
    end(booked)
    ending.say_door_is_open(case=booked.case, **of)
    assert refused(ending.say_door_is_open, case=booked.case, **of).clauses == ("CLIENT-01",)
    assert told(booked.client.pk, "door_open", booked.case_id) == 1
    other = booked.center.zhou
    assert refused(ending.say_door_is_open, by=other, at=booked.center.at, case=booked.case).clauses == (
        "CONF-02",
        "CLIENT-01",
    )


@pytest.mark.clause("CLIENT-01", "refuses")
def test_with_open_danger_one_question_in_person(booked: Visit) -> None:
    in_danger(booked)
    at, today = booked.center.later, calendar().local(booked.center.later)
    ending.end_counseling(by=booked.me, at=at, case=booked.case)
    asks: dict[str, Any] = {"by": booked.center.lin, "at": at, "case": booked.case}
    ruling = refused(ending.ask_if_safe, day=None, heard="", **asks)
    assert (ruling.outcome, ruling.missing) == ("not_yet", ("heard", "asked_day"))
    before = refused(ending.ask_if_safe, day=today - timedelta(days=1), heard="safe", **asks)
    assert before.missing == ("asked_day",), "the end comes before the question"
    ending.ask_if_safe(day=today, heard="not_safe", **asks)
    assert owed(booked, "danger_report"), "not safe owes what danger owes"
    assert refused(ending.ask_if_safe, day=today, heard="safe", **asks).clauses == ("CLIENT-01",)
    assert [one.case_id for one in noted("ask_if_safe", "done")][-1] == booked.case_id


@pytest.mark.clause("CLIENT-01", "refuses")
def test_without_open_danger_nobody_is_asked(booked: Visit) -> None:
    end(booked)
    today = calendar().local(booked.center.at)
    ruling = refused(
        ending.ask_if_safe, by=booked.center.lin, at=booked.center.at, case=booked.case, day=today, heard="safe"
    )
    assert (ruling.outcome, ruling.clauses) == ("refused", ("CLIENT-01",))


@pytest.mark.clause("CLIENT-01", "passes")
def test_coming_again_is_one_press_or_a_time_taken(booked: Visit) -> None:
    end(booked)
    ending.come_again(by=booked.me, at=booked.center.at, case=booked.case)
    assert booked.case.left_at is None and not owed(booked, "closing")
    booked.book(days=2)
    end(booked)
    assert owed(booked, "closing")
    again = booked.book(days=3)
    assert again.case_id == booked.case_id and booked.case.left_at is None and not owed(booked, "closing")
    assert [one.back_at for one in Ending.objects.filter(case_id=booked.case_id)] == [booked.center.at] * 2
    other = booked.center.visit("王小明")
    assert refused(ending.come_again, by=other.me, at=booked.center.at, case=booked.case).clauses == ("CONF-02",)
    assert refused(end, visit=Visit(booked.center, booked.client, other.account, "", booked.case_id)).clauses == (
        "CONF-02",
    )


@pytest.mark.clause("ETH-02", "passes")
def test_the_file_is_closed_without_the_client_and_does_not_rest(booked: Visit) -> None:
    booked.hold()
    ending.end_counseling(by=booked.me, at=booked.center.later, case=booked.case, words="")
    long = booked.center.at + timedelta(days=200)
    assert resting.rests(booked.case_id, long) is None  # type: ignore[arg-type]  # there is a case
    booked.record()  # of a meeting before the end: nobody is asked to sign any more
    close(by=booked.center.lin, at=booked.center.later, case=booked.case, why="client_ended")
    row = case_row(booked.case_id)  # type: ignore[arg-type]  # there is a case
    assert row is not None and row.state == "closed" and not owed(booked, "closing")


@pytest.mark.clause("CON-01", "not_yet")
def test_a_meeting_after_the_end_is_counseling_that_goes_on_and_asks_for_a_signature(booked: Visit) -> None:
    booked.hold()
    end(booked)  # before that meeting began
    assert refused(booked.record).missing == ("agreement_signature",)


@pytest.mark.clause("CLIENT-01", "passes")
def test_without_an_account_the_device_in_hand_ends_it_and_brings_back(center: Center) -> None:
    visit = center.visit(account=False)
    visit.book(center.lin)
    _handed, device = hand(visit)
    me = holder(device, center.at)
    ending.end_counseling(by=me, at=center.at, case=visit.case, words=WORDS)
    assert Ending.objects.get(case_id=visit.case_id).how == "client_mode" and visit.booking.state == "cancelled"
    told_nobody = refused(ending.say_door_is_open, by=center.lin, at=center.at, case=visit.case)
    assert told_nobody.missing == ("account",), "there is no other way to write to somebody who has left"
    ending.come_again(by=holder(device, center.at), at=center.at, case=visit.case)
    assert visit.case.left_at is None
