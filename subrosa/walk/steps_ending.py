"""Voluntary start and stop: an end at once and nobody pursued, one question in danger, and a proposal that only one answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from subrosa.policy.danger import Danger, DangerAnswer
from subrosa.policy.rows.ending import NO, YES
from subrosa.records.appointment import actions as appointment
from subrosa.records.appointment import brief, ending, proposing, sitting
from subrosa.records.appointment.queries import booking, free
from subrosa.records.case.queries import case, open_case_of
from subrosa.records.case.resting import invite_back
from subrosa.records.duty.queries import owed_by
from subrosa.records.duty.steps import open_steps
from subrosa.records.person import returning
from subrosa.records.school.calendar import calendar
from subrosa.records.vault import keys

from .steps_booking import first_offer
from .walk import NOT_YET, REFUSED, Walk

PURSUED: dict[str, Any] = {"must": REFUSED, "under": ("CLIENT-01",)}
SAID = brief.BriefText("peers", "calmer", "在走廊里说了几句。\n说夜里很难熬。")
MEANT = proposing.Meant("某同学", "高一3班")
WORDS = "先到这里，谢谢。"


def danger_is_watched(walk: Walk) -> None:
    """Ten minutes with yue before the end: something is to be watched, so a next step is open."""
    day = calendar().local(walk.at) + timedelta(days=3)
    watch = DangerAnswer(Danger.WATCH, step="周三再看一眼", day=day.isoformat())
    row = walk.press("somebody whom danger is about sits down with lin", sitting.sit_down, by="lin", under=("APPT-01",))
    walk.press("it is yue", sitting.go_on_with, by="lin", under=("CONF-05",), sitting=row, client=walk.things["yue"])
    text = replace(SAID, danger=watch)
    walk.press("a brief contact, to be watched", brief.sign, by="lin", under=("RISK-02",), sitting=row, text=text)


def it_is_ended_at_once(walk: Walk) -> None:
    """What lies ahead is given back; nobody ends it for the client, and the counselor owes the closing."""
    yue = walk.things["yue"]
    held = walk.press("yue books", appointment.book, by="yue", under=("APPT-01",), client=yue, **first_offer(walk))
    mine: dict[str, Any] = {"case": open_case_of(yue.pk)}
    walk.things["yue's case"] = mine["case"]
    walk.press("lin ends it in yue's name", ending.end_counseling, by="lin", **PURSUED, **mine)
    walk.press("ming ends it for yue", ending.end_counseling, by="ming", must=REFUSED, under=("CONF-02",), **mine)
    walk.press("yue does not want to go on", ending.end_counseling, by="yue", under=("CLIENT-01",), words=WORDS, **mine)
    given = booking(held.pk)
    again = any(one.starts_at == held.starts_at for one in free([held.staff_id], walk.at))
    walk.look("the time is free again", by="yue", sees=given is not None and again, under=("CLIENT-01",))
    owed = [one for one in owed_by(walk.id("lin")) if one.kind == "closing"]
    walk.look("lin owes the closing", by="lin", sees=len(owed) == 1, under=("ETH-02",))


def nobody_is_pursued(walk: Walk) -> None:
    """One neutral message and no second; no invitation, no time held by somebody else."""
    mine: dict[str, Any] = {"case": case(walk.things["yue's case"].pk)}
    walk.press("lin says that the door stays open", ending.say_door_is_open, by="lin", under=("CLIENT-01",), **mine)
    walk.press("and says again that the door stays open", ending.say_door_is_open, by="lin", **PURSUED, **mine)
    walk.press("lin invites yue back", invite_back, by="lin", **PURSUED, **mine)
    slot: dict[str, Any] = {"client": walk.things["yue"], **first_offer(walk)}
    proposed: dict[str, Any] = {"who": MEANT, "code": keys.new_activation_code(), "client": walk.things["yue"]}
    offer = free([walk.id("lin")], walk.at)[0]
    walk.press("he proposes a time to yue", proposing.propose, by="he", offer=offer, **PURSUED, **proposed)
    for name in ("lin", "he"):
        walk.press(f"{name} books for yue", appointment.book, by=name, **PURSUED, **slot)


def danger_allows_one_question(walk: Walk) -> None:
    """Once, in person, at school; the day and what was heard are noted, and yue reads that it was asked."""
    mine: dict[str, Any] = {"case": case(walk.things["yue's case"].pk)}
    today = calendar().local(walk.at)
    walk.look("a next step is open", by="lin", sees=open_steps(case=mine["case"].pk).exists(), under=("RISK-02",))
    lacks: dict[str, Any] = {"must": NOT_YET, "under": ("CLIENT-01",), "missing": ("heard",)}
    walk.press("note it without what was heard", ending.ask_if_safe, by="lin", day=today, heard="", **lacks, **mine)
    said: dict[str, Any] = {"day": today, "heard": "safe", **mine}
    walk.press("lin asks whether yue is safe", ending.ask_if_safe, by="lin", under=("CLIENT-01", "RISK-01"), **said)
    walk.press("and asks again", ending.ask_if_safe, by="lin", **PURSUED, **said)


def the_client_comes_again(walk: Walk) -> None:
    """The client's own press, and the mark is gone."""
    mine: dict[str, Any] = {"case": case(walk.things["yue's case"].pk)}
    walk.press("lin says that yue would like to come again", ending.come_again, by="lin", **PURSUED, **mine)
    back = walk.press("yue would like to come again", ending.come_again, by="yue", under=("CLIENT-01",), **mine)
    owed = any(one.kind == "closing" for one in owed_by(walk.id("lin")))
    walk.look("nothing of the end is left", by="lin", sees=back.left_at is None and not owed, under=("CLIENT-01",))


def a_proposal_is_no_booking(walk: Walk) -> None:
    """The desk holds a time for somebody who was worried about; whoever has the slip answers, nobody else."""
    offers = free([walk.id("lin")], walk.at)
    held = []
    for offer, said in zip(offers, ("a time", "another time"), strict=False):
        given: dict[str, Any] = {"who": MEANT, "code": keys.new_activation_code(), "offer": offer}
        held.append(walk.press(f"he proposes {said}", proposing.propose, by="he", under=("CLIENT-01",), **given))
    answers: dict[str, Any] = {"answer": YES, "newcomer": returning.newcomer(returning.new_code(), walk.at)}
    first, second = held
    for name in ("lin", "he"):
        walk.press(
            f"{name} says yes for the student", proposing.answer_proposal, by=name, proposal=first, **PURSUED, **answers
        )
    booked = walk.press(
        "the student says yes at the door",
        proposing.answer_proposal,
        by="door",
        under=("CLIENT-01",),
        proposal=first,
        **answers,
    )
    walk.look(
        "now it is a booking of the student's own",
        by="door",
        sees=booked is not None and booked.booked_by == "client",
        under=("CLIENT-01",),
    )
    walk.press(
        "somebody else says no", proposing.answer_proposal, by="door", under=("CLIENT-01",), proposal=second, answer=NO
    )
    again = any(one.starts_at == second.starts_at for one in free([walk.id("lin")], walk.at))
    left = [one.row.pk for one in proposing.read_proposals(by=walk.people["he"], at=walk.at)]
    walk.look("the time is free, and nothing is left", by="he", sees=again and not left, under=("CLIENT-01",))
    lacks: dict[str, Any] = {"must": NOT_YET, "under": ("CLIENT-01",), "missing": ("open_proposal",)}
    taken: dict[str, Any] = {"who": MEANT, "code": keys.new_activation_code(), "offer": offers[1]}
    third = walk.press("he proposes it to somebody else", proposing.propose, by="he", under=("CLIENT-01",), **taken)
    walk.press("the lead takes it back", proposing.withdraw_proposal, by="shen", proposal=third, **PURSUED)
    walk.press("he takes it back", proposing.withdraw_proposal, by="he", under=("CLIENT-01",), proposal=third)
    walk.press("and yes after that", proposing.answer_proposal, by="door", proposal=second, **answers, **lacks)


STEPS = (
    danger_is_watched,
    it_is_ended_at_once,
    nobody_is_pursued,
    danger_allows_one_question,
    the_client_comes_again,
    a_proposal_is_no_booking,
)
