"""Danger today: asked in every record, what each answer owes, once a meeting, done by one tap; and no booking waits for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from subrosa.policy.danger import NO_DANGER, UNANSWERED, Danger, DangerAnswer
from subrosa.policy.ruling import Outcome
from subrosa.records.appointment import actions as appointment
from subrosa.records.appointment import brief, sitting
from subrosa.records.appointment.steps import note_step_done
from subrosa.records.duty.models import Duty
from subrosa.records.note import actions as notes
from subrosa.records.note.asked import Asked
from subrosa.records.note.models import Note
from subrosa.records.school.calendar import calendar
from tests.ground import statements
from tests.records.center import FULL, Center, Visit, noted, refused
from tests.records.joining import joined

STEP = "课间再问一次睡得怎么样"
MOST_WRITING = 12  # statements


@pytest.fixture
def held(visit: Visit) -> Visit:
    """The first meeting took place, the agreement is signed."""
    visit.book(reason="睡不着")
    visit.hold()
    visit.sign()
    return visit


def watch(visit: Visit, days: int = 3, step: str = STEP) -> DangerAnswer:
    day = calendar().local(visit.booking.ends_at) + timedelta(days=days)
    return DangerAnswer(Danger.WATCH, step=step, day=day.isoformat())


def act(told: str = "沈老师 15:10 已知道，妈妈在来的路上") -> DangerAnswer:
    return DangerAnswer(Danger.ACT, told=told)


def said(answer: DangerAnswer) -> Any:
    return replace(FULL, asked=Asked(answer))


def owed(visit: Visit, kind: str = "next_step") -> list[Duty]:
    return list(Duty.objects.filter(case_id=visit.case_id, kind=kind, settled_at=None))


def day_of(visit: Visit, days: int) -> datetime:
    return calendar().end_of(calendar().local(visit.booking.ends_at) + timedelta(days=days))


@pytest.mark.clause("RISK-02", "not_yet")
@pytest.mark.parametrize("answer", [UNANSWERED, DangerAnswer("perhaps"), DangerAnswer("", step=STEP, told="沈老师")])
def test_nothing_is_signed_without_an_answer(held: Visit, answer: DangerAnswer) -> None:
    ruling = refused(held.record, text=said(answer))
    assert (ruling.outcome, ruling.clauses, ruling.missing) == (Outcome.NOT_YET, ("RISK-02",), ("danger",))
    draft = notes.read_draft(by=held.center.lin, at=held.center.later, booking=held.booking)
    assert draft.text.as_text() == said(answer).as_text(), "and what was typed is kept"


@pytest.mark.clause("RISK-02", "passes")
def test_no_owes_nothing_and_keeps_nothing_of_another_answer(held: Visit) -> None:
    held.record(said(DangerAnswer(Danger.NO, step=STEP, day="2026-03-09", told="沈老师")))
    assert not owed(held) and not owed(held, "danger_report")
    (page,) = notes.read_file(by=held.center.lin, at=held.center.later, case=held.case)
    assert page.text.asked.danger == NO_DANGER


@pytest.mark.clause("RISK-02", "passes")
def test_watching_owes_a_next_step_on_its_day(held: Visit) -> None:
    note = held.record(said(watch(held)))
    (duty,) = owed(held)
    assert (duty.owner_id, duty.clause, duty.due) == (held.center.lin.id, "RISK-02", day_of(held, 3))
    assert STEP.encode() not in bytes(Note.objects.get(pk=note.pk).body)
    (page,) = notes.read_file(by=held.center.lin, at=held.center.later, case=held.case)
    assert page.text.asked.danger == watch(held)


@pytest.mark.clause("RISK-02", "not_yet")
@pytest.mark.parametrize(
    ("answer", "missing"),
    [
        (DangerAnswer(Danger.WATCH), ("next_step", "next_day")),
        (DangerAnswer(Danger.WATCH, step=STEP), ("next_day",)),
        (DangerAnswer(Danger.WATCH, step=STEP, day="Thursday"), ("next_day",)),
        (DangerAnswer(Danger.ACT), ("who_knows",)),
        (DangerAnswer(Danger.ACT, told=" \n\u3000"), ("who_knows",)),
    ],
)
def test_what_an_answer_still_needs_is_named(held: Visit, answer: DangerAnswer, missing: tuple[str, ...]) -> None:
    assert refused(held.record, text=said(answer)).missing == missing
    assert not owed(held) and not owed(held, "danger_report")


@pytest.mark.clause("RISK-02", "not_yet")
@pytest.mark.parametrize("days", [-1, 0, 29, 365])
def test_a_next_step_lies_ahead_and_not_too_far(held: Visit, days: int) -> None:
    assert refused(held.record, text=said(watch(held, days))).missing == ("next_day",)
    held.record(said(watch(held, 28)))
    assert owed(held)[0].due == day_of(held, 28)


@pytest.mark.clause("RISK-02", "passes")
def test_danger_owes_that_whoever_has_a_task_is_told_today(held: Visit) -> None:
    held.record(said(act()))
    (duty,) = owed(held, "danger_report")
    assert (duty.owner_id, duty.clause, duty.due) == (held.center.lin.id, "RISK-02", day_of(held, 0))
    assert not owed(held)


@pytest.mark.clause("CLIENT-01", "passes")
@pytest.mark.parametrize("danger", [Danger.WATCH, Danger.ACT])
def test_no_answer_stops_the_next_booking(held: Visit, danger: Danger) -> None:
    held.record(said(watch(held) if danger is Danger.WATCH else act()))
    assert appointment.book(by=held.me, at=held.booking.ends_at, **held.slot(8)).state == "booked"


def test_a_new_date_takes_the_place_of_the_old_one(held: Visit) -> None:
    held.record(said(watch(held, 20)))
    held.book(days=8)
    held.hold()
    held.record(said(watch(held, 2, "周五中午见")))
    (duty,) = owed(held)
    assert duty.due == day_of(held, 2) and Duty.objects.filter(case_id=held.case_id, kind="next_step").count() == 2


def test_a_record_without_danger_leaves_an_open_step_open(held: Visit) -> None:
    held.record(said(watch(held, 20)))
    held.book(days=8)
    held.hold()
    held.record()
    assert len(owed(held)) == 1, "whether it was taken is said by a tap, not guessed"


@pytest.mark.clause("RISK-02", "passes")
@pytest.mark.parametrize(("kind", "danger"), [("next_step", Danger.WATCH), ("danger_report", Danger.ACT)])
def test_one_tap_and_it_is_done(held: Visit, kind: str, danger: Danger) -> None:
    held.record(said(watch(held) if danger is Danger.WATCH else act()))
    given: dict[str, Any] = {"at": held.center.later, "case": held.case, "kind": kind}
    note_step_done(by=held.center.lin, once=uuid4(), **given)
    assert not owed(held, kind) and noted("note_step_done", "done")[-1].case_id == held.case_id
    assert refused(note_step_done, by=held.center.lin, **given).missing == ("open_step",)


@pytest.mark.clause("CONF-02", "refuses")
@pytest.mark.parametrize("who", ["fang", "zhou", "lead", "rui"])
def test_nobody_else_settles_it(held: Visit, who: str) -> None:
    held.record(said(watch(held)))
    given: dict[str, Any] = {"at": held.center.later, "case": held.case, "kind": "next_step"}
    assert refused(note_step_done, by=getattr(held.center, who), **given).outcome is Outcome.REFUSED
    assert len(owed(held)) == 1


def test_a_colleague_on_the_care_team_settles_it(held: Visit) -> None:
    held.record(said(watch(held)))
    center = held.center
    joined(by=center.lin, at=center.later, case=held.case, colleague=center.row("fang"))
    note_step_done(by=center.fang, at=center.later, case=held.case, kind="next_step")
    assert not owed(held)


@pytest.mark.clause("RISK-02", "not_yet")
@pytest.mark.parametrize("kind", ["record", "guardian_talk", "", "full_record"])
def test_no_other_duty_is_settled_by_this_tap(held: Visit, kind: str) -> None:
    given: dict[str, Any] = {"at": held.center.at, "case": held.case, "kind": kind}
    assert refused(note_step_done, by=held.center.lin, **given).missing == ("open_step",)
    assert owed(held, "record")


@pytest.mark.parametrize("danger", list(Danger))
def test_what_writing_costs_with_each_answer(held: Visit, danger: Danger) -> None:
    answer = {Danger.NO: NO_DANGER, Danger.WATCH: watch(held), Danger.ACT: act()}[danger]
    given = {"by": held.center.lin, "at": held.booking.ends_at, "case": held.case, "booking": held.booking}
    with statements() as asked:
        notes.write(**given, text=said(answer), once=uuid4())
    assert len(asked) <= MOST_WRITING, "\n".join(asked)


# ---- a brief contact


def sat(center: Center, answer: DangerAnswer, who: str = "lin") -> Any:
    row = sitting.sit_down(by=getattr(center, who), at=center.at)
    text = brief.BriefText("peers", "", "和同桌闹翻了。", danger=answer)
    return brief.sign(by=getattr(center, who), at=center.at + timedelta(minutes=9), sitting=row, text=text)


def owed_of(row: Any, kind: str = "next_step") -> list[Duty]:
    return list(Duty.objects.filter(about=f"appointment.Sitting:{row.pk}", kind=kind, settled_at=None))


@pytest.mark.clause("RISK-02", "not_yet")
@pytest.mark.clause("RISK-02", "passes")
def test_a_brief_contact_is_asked_too(center: Center) -> None:
    ruling = refused(sat, center=center, answer=UNANSWERED)
    assert (ruling.outcome, ruling.missing) == (Outcome.NOT_YET, ("danger",))
    tomorrow = (calendar().local(center.at) + timedelta(days=1)).isoformat()
    row = sat(center, DangerAnswer(Danger.WATCH, step=STEP, day=tomorrow, told="x"))
    (duty,) = owed_of(row)
    assert duty.case_id is None and duty.due == calendar().end_of(calendar().local(center.at) + timedelta(days=1))
    kept = brief.read(by=center.lin, at=center.at, sitting=row)
    assert kept.danger == DangerAnswer(Danger.WATCH, step=STEP, day=tomorrow), "of another answer nothing is kept"
    assert refused(sat, center=center, answer=DangerAnswer(Danger.ACT)).missing == ("who_knows",)


@pytest.mark.clause("CONF-02", "refuses")
def test_what_a_brief_contact_owes_is_its_authors(center: Center) -> None:
    row = sat(center, act())
    given: dict[str, Any] = {"at": center.later, "sitting": row, "kind": "danger_report"}
    assert refused(note_step_done, by=center.zhou, **given).clauses == ("CONF-02",)
    note_step_done(by=center.lin, **given)
    assert not owed_of(row, "danger_report")


def test_of_a_running_case_it_stands_in_the_file(held: Visit) -> None:
    center = held.center
    row = sitting.sit_down(by=center.lin, at=center.later)
    row = sitting.go_on_with(by=center.lin, at=center.later, sitting=row, client=held.client)
    text = brief.BriefText("peers", "", "在走廊碰到。", danger=act())
    brief.sign(by=center.lin, at=center.later, sitting=row, text=text)
    assert len(owed(held, "danger_report")) == 1
    note_step_done(by=center.lin, at=center.later, case=held.case, kind="danger_report")
    assert not owed(held, "danger_report")
