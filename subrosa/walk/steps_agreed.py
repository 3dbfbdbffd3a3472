"""What both agree on: a plan with a tap each, a case let rest and its client invited, goals rated by both, a letter."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from subrosa.policy.plan import GOAL, NOTICE, PROBLEM, standard
from subrosa.records.case import plan, resting
from subrosa.records.case.farewell import read_letter, write_letter
from subrosa.records.case.letter_text import LetterText
from subrosa.records.case.plan_text import PlanText
from subrosa.records.case.queries import goals, open_case_of
from subrosa.records.case.rating import rate_goal
from subrosa.records.case.withholding import as_shown, read_lines, show, withhold
from subrosa.records.consent.expectation import write_expectation
from subrosa.records.consent.plan import confirm
from subrosa.records.school.calendar import calendar

from .walk import NOT_YET, REFUSED, Walk

WORDS = {
    PROBLEM: "躺下就开始想第二天的事",
    GOAL: "一周有五晚十二点前睡着",
    NOTICE: "早读不再趴着",
    **standard("zh-hans"),
}
LETTER = "你一晚一晚试过来的，我都记得。门一直开着。"
ILLNESS = "你患有焦虑症，慢慢会好。"


def they_make_a_plan(walk: Walk) -> None:
    """Proposed is not agreed: nobody says yes for the other, and a change asks both again."""
    of: dict[str, Any] = {"case": walk.things["case"]}
    bare = PlanText({**WORDS, GOAL: ""})
    lacks: dict[str, Any] = {"must": NOT_YET, "under": ("CON-06",)}
    walk.press(
        "lin proposes a plan without a goal", plan.propose, by="lin", missing=("plan_goal",), text=bare, **lacks, **of
    )
    first = walk.press(
        "lin writes a plan with ming", plan.propose, by="lin", under=("CON-06",), text=PlanText(WORDS), **of
    )
    walk.press("ming opens the plan", plan.read_plan, by="ming", under=("CON-06",), **of)
    walk.press("yue opens the plan", plan.read_plan, by="yue", must=REFUSED, under=("CONF-02",), **of)
    hope: dict[str, Any] = {"hope": "一次就变开心", **of}
    walk.press("ming writes anew what would be different", write_expectation, by="ming", under=("CLIENT-03",), **hope)
    waits: dict[str, Any] = {"must": NOT_YET, "under": ("CLIENT-03",), "missing": ("realistic",)}
    walk.press("lin says yes without an answer to it", confirm, by="lin", plan=first, **waits, **of)
    answer = {"realistic": "三四次以后，多数人睡得好一些。", **hope}
    walk.press("lin says what is realistic", write_expectation, by="lin", under=("CLIENT-03",), **answer)
    walk.press("lin says yes", confirm, by="lin", under=("CON-06", "CLIENT-03"), plan=first, **of)
    noted = walk.press(
        "lin notes that ming agrees", confirm, by="lin", under=("CON-06",), plan=first, in_place=True, **of
    )
    walk.look("it stays proposed", by="lin", sees=noted.agreed_at is None, under=("CON-06",))
    agreed = walk.press("ming says yes", confirm, by="ming", under=("CON-06", "REC-03"), plan=first, **of)
    walk.look("now both have said yes", by="ming", sees=agreed.agreed_at is not None, under=("CON-06",))
    other = PlanText({**WORDS, GOAL: "一周有四晚十二点前睡着"})
    second = walk.press("lin changes the goal", plan.propose, by="lin", under=("CON-06",), text=other, **of)
    old: dict[str, Any] = {"missing": ("plan_latest",), "plan": first}
    walk.press("ming says yes to the page as it was", confirm, by="ming", **old, **lacks, **of)
    for name in ("ming", "lin"):
        walk.press(f"{name} says yes to the change", confirm, by=name, under=("CON-06",), plan=second, **of)
    standing = [one for one in goals(of["case"].pk) if one.replaced_at is None]
    walk.look("one goal stands, the changed one", by="lin", sees=len(standing) == 1, under=("CON-06",))


def a_case_may_rest(walk: Walk) -> None:
    """On purpose with an end; an invitation goes to the own account and nowhere else."""
    of, under = {"case": walk.things["case"]}, ("ETH-02",)
    today = calendar().local(walk.at)
    lacks: dict[str, Any] = {"must": NOT_YET, "under": under}
    walk.press("let it rest without an end", resting.rest, by="lin", missing=("rest_day",), until=today, **lacks, **of)
    walk.press("until after the holidays", resting.rest, by="lin", under=under, until=today + timedelta(days=40), **of)
    walk.press("tell ming that the door is open", resting.invite_back, by="lin", under=("ETH-02", "CLIENT-01"), **of)
    hao = open_case_of(walk.things["hao"].pk)
    walk.press("tell hao, who has no account", resting.invite_back, by="lin", missing=("account",), case=hao, **lacks)


def a_line_is_kept_back(walk: Walk) -> None:
    """Somebody reads along at home: lines of the own log are late on the page, never who opened the file."""
    of, under = {"case": walk.things["case"]}, ("CON-09",)
    look = calendar().local(walk.at) + timedelta(days=5)
    lines = walk.press("lin sees what ming's page shows", read_lines, by="lin", under=under, **of)
    may, never = ([one.noted.id for one in lines if one.may is able][:1] for able in (True, False))
    given: dict[str, Any] = {"reason": "reads_along", **of}
    lacks: dict[str, Any] = {"must": NOT_YET, "under": under, "missing": ("next_look",)}
    walk.press("keep a line back for ever", withhold, by="lin", entries=may, look_on=None, **lacks, **given)
    walk.press(
        "hide who opened the file", withhold, by="lin", must=REFUSED, under=under, entries=never, look_on=look, **given
    )
    walk.press(
        "keep a line back until the next look", withhold, by="lin", under=under, entries=may, look_on=look, **given
    )
    gone = may[0] not in [one.id for one in as_shown(of["case"].pk)]
    walk.look("ming's page does not show it", by="ming", sees=gone, under=under)
    walk.press("yue shows it again", show, by="yue", must=REFUSED, under=("CON-09",), **of)
    walk.press("lin shows it again", show, by="lin", under=under, **of)
    back = may[0] in [one.id for one in as_shown(of["case"].pk)]
    walk.look("ming's page shows it", by="ming", sees=back, under=under)


def they_rate_the_goals(walk: Walk, goal: Any) -> None:
    """Each for himself; for the other goal one tap says why the client did not."""
    of, under = {"case": walk.things["case"]}, ("ETH-02",)
    lacks: dict[str, Any] = {"must": NOT_YET, "under": under, "missing": ("rating",)}
    walk.press("rate it with eleven", rate_goal, by="lin", goal=goal, rating="11", **lacks, **of)
    walk.press("lin rates the goal", rate_goal, by="lin", under=under, goal=goal, rating="7", **of)
    walk.press("ming rates it", rate_goal, by="ming", under=under, goal=goal, rating="8", **of)
    (planned,) = [one for one in goals(of["case"].pk) if one.plan_id and one.replaced_at is None]
    tap: dict[str, Any] = {"goal": planned, "rating": "6", "why_not": "did_not_want"}
    walk.press("the plan's goal: one tap why not", rate_goal, by="lin", under=under, **tap, **of)


def the_letter_is_written(walk: Walk) -> None:
    """It waits while it names an illness as the counselor's own finding."""
    of = {"case": walk.things["case"]}
    lacks: dict[str, Any] = {"must": NOT_YET, "under": ("COMP-03",), "missing": ("whose_words",)}
    walk.press("a letter that names an illness", write_letter, by="lin", text=LetterText(ILLNESS), **lacks, **of)
    walk.press("a letter in plain words", write_letter, by="lin", under=("COMP-03",), text=LetterText(LETTER), **of)


def the_letter_stays(walk: Walk) -> None:
    """The client's from the closing on: nobody changes it, nobody else opens it, and it outlives the counselor's key."""
    of = {"case": walk.things["case"]}
    walk.press(
        "lin changes it afterwards",
        write_letter,
        by="lin",
        must=REFUSED,
        under=("CONF-04",),
        text=LetterText("改"),
        **of,
    )
    walk.press("yue opens the letter", read_letter, by="yue", must=REFUSED, under=("CONF-02",), **of)
    found = walk.press("ming opens the letter", read_letter, by="ming", under=("CONF-02",), **of)
    walk.look(
        "it is the letter that lin wrote",
        by="ming",
        sees=found is not None and found.text == LETTER,
        under=("CONF-02",),
    )


BEFORE = (they_make_a_plan, a_case_may_rest, a_line_is_kept_back)
