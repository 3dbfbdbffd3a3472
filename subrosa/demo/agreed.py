"""What both agree on at the demonstration center: a plan that waits for the student, and a case that ended with a letter."""

from __future__ import annotations

from datetime import timedelta

from subrosa.policy.actor import Actor
from subrosa.policy.plan import GOAL, NOTICE, PROBLEM, standard
from subrosa.records.appointment.actions import Booking
from subrosa.records.archive import actions as archive
from subrosa.records.case import actions as cases
from subrosa.records.case import plan
from subrosa.records.case.farewell import write_letter
from subrosa.records.case.letter_text import LetterText
from subrosa.records.case.plan_text import PlanText
from subrosa.records.case.rating import rate_goal
from subrosa.records.consent.plan import confirm

GOALS = ("每晚十一点半前躺下", "本周和同桌说上一句话")
LETTER = (
    "你来的第一天说，自己“只是睡不好”。后来你一次次试，哪怕只早了十分钟也记下来，这些是你自己做到的。\n\n"
    "往后要是又有几天睡不着，可以先把手机放到客厅，再翻翻我们画的那张表。\n\n"
    "门一直开着。什么时候想来，约个时间就行，不用理由。"
)


def plan_together(lin: Actor, latest: Booking) -> None:
    """Lin wrote it down with the student and said yes; the student's own tap is still missing."""
    words = {
        PROBLEM: "和同桌闹翻以后，不知道怎么开口。",
        GOAL: GOALS[1],
        NOTICE: "放学路上不再绕开他。",
        **standard("zh-hans"),
    }
    at = latest.ends_at + timedelta(minutes=5)
    made = plan.propose(by=lin, at=at, case=latest.case, text=PlanText(words))
    confirm(by=lin, at=at + timedelta(minutes=1), case=latest.case, plan=made)
    cases.agree_goal(by=lin, at=at + timedelta(minutes=2), case=latest.case, text=GOALS[0])


def close_and_archive(lin: Actor, me: Actor, last: Booking) -> None:
    """One goal agreed, rated by both, a letter, the case closed and its file bound."""
    at = last.ends_at + timedelta(days=7)
    goal = cases.agree_goal(by=lin, at=at, case=last.case, text=GOALS[0])
    for by, number in ((lin, "8"), (me, "7")):
        rate_goal(by=by, at=at, case=last.case, goal=goal, rating=number)
    write_letter(by=lin, at=at, case=last.case, text=LetterText(LETTER))
    case = archive.close(by=lin, at=at, case=last.case)
    archive.archive(by=lin, at=at + timedelta(days=1), case=case)
