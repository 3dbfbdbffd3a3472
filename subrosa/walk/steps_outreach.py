"""What comes from outside the hour: who asks learns nothing, a worry is taken and closed, a cry is owed at once."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from subrosa.records.duty.queries import owed_by
from subrosa.records.outreach import actions, queries
from subrosa.records.outreach.lists import Words

from .walk import NOT_YET, REFUSED, Walk

WORRY = "他把最喜欢的书都送人了，袖子一直拉得很长。"
CRY = "撑不住了。"


def somebody_asks(walk: Walk) -> None:
    """A mother phones: answered, noted without her son; insisting changes nothing."""
    inquiry = walk.press("note that a parent asked", actions.note_inquiry, by="he", under=("CONF-02",), asker="parent")
    for name in ("he", "lin", "shen"):
        walk.press(
            f"{name} confirms to the caller that ming comes",
            actions.tell_outsider,
            by=name,
            must=REFUSED,
            under=("CONF-02",),
            inquiry=inquiry,
        )
    walk.press(
        "note the caller by name",
        actions.note_inquiry,
        by="he",
        must=NOT_YET,
        under=("CONF-02",),
        missing=("who_asks",),
        asker="李女士",
    )
    walk.press(
        "leadership answers callers", actions.note_inquiry, by="qian", must=REFUSED, under=("CONF-02",), asker="parent"
    )
    walk.press("somebody insists on a right", actions.note_inquiry, by="lin", under=("CONF-02",), asker="insists")
    owed = any(one.kind == "insists" for one in owed_by(walk.id("shen")))
    walk.look("the lead owes the call", by="shen", sees=owed, under=("EXC-10",))


def _leave(walk: Walk, step: str, once: UUID) -> actions.Slip:
    return walk.press(
        step,
        actions.leave_slip,
        by="door",
        under=("EDU-05", "CLIENT-01", "CONF-02"),
        words=Words(WORRY, whom="某同学", sender="class_teacher"),
        code=queries.slip_code(once),
        once=once,
    )


def a_worry_is_left_taken_and_closed(walk: Walk) -> None:
    """A class teacher leaves a slip; the same press is the same slip; three words come back and never more."""
    once = uuid4()
    slip = _leave(walk, "a class teacher leaves a worry slip", once)
    again = _leave(walk, "the same press arrives a second time", once)
    walk.look("it is one slip", by="door", sees=again.pk == slip.pk, under=("EDU-05",))
    code = queries.slip_code(once)
    for name in ("shen", "he", "qian"):
        walk.press(f"{name} reads the queue", actions.read_queue, by=name, must=REFUSED, under=("EDU-05",))
    letters = walk.press("lin reads the morning queue", actions.read_queue, by="lin", under=("EDU-05", "CONF-02"))
    walk.look("and reads the worry", by="lin", sees=WORRY in [one.words.text for one in letters], under=("EDU-05",))
    _reads(walk, "the sender reads: received", code, "received")
    walk.press("lin takes it for today", actions.sort_slip, by="lin", under=("EDU-05",), slip=slip, choice="today")
    _reads(walk, "the sender reads: somebody is taking care", code, "taken")
    closing: dict[str, Any] = {"slip": slip, "answer": "looked_after"}
    walk.press("zhou closes it", actions.close_slip, by="zhou", under=("EDU-05", "CLIENT-01"), **closing)
    _reads(walk, "the hour of closing shows nothing", code, "taken")
    walk.press("lin closes it again", actions.close_slip, by="lin", must=REFUSED, under=("EDU-05",), **closing)
    walk.wait(days=1)
    _reads(walk, "the day after: closed", code, "closed")


def _reads(walk: Walk, step: str, code: str, word: str) -> None:
    """What the class teacher finds under the code: one of three words."""
    row = queries.slip_for(code)
    walk.look(
        step, by="class teacher", sees=row is not None and queries.told(row, walk.at) == word, under=("CLIENT-01",)
    )


def a_cry_is_owed_at_once(walk: Walk) -> None:
    """From an account or from the door, with or without words: on top of the queue, and owed until somebody takes it."""
    cry = walk.press("ming cries for help", actions.send_to_duty, by="ming", under=("RISK-01",), text=CRY)
    walk.press(
        "so does somebody at the door, without a word", actions.send_to_duty, by="door", under=("RISK-01",), text=""
    )
    owed = [one for one in owed_by(walk.id("zhou")) if one.kind == "cry"]
    walk.look("everybody on duty owes the look", by="zhou", sees=len(owed) == 2, under=("RISK-01",))
    letter = walk.press("zhou opens the cry", actions.read_letter, by="zhou", under=("EDU-05", "RISK-01"), slip=cry)
    walk.look("and reads the cry", by="zhou", sees=letter.words.text == CRY, under=("RISK-01",))
    walk.press("zhou takes it", actions.sort_slip, by="zhou", under=("EDU-05",), slip=cry, choice="today")
    left = [one for one in owed_by(walk.id("lin")) if one.kind == "cry"]
    walk.look("it is settled for lin too", by="lin", sees=len(left) == 1, under=("RISK-01",))


def a_request_is_sorted(walk: Walk) -> None:
    """The words of the first booking were read; the counselor sorts them, a colleague does not."""
    booking = walk.things["booking"]
    walk.press(
        "bai, who is not on the care team, sorts the request",
        actions.sort_request,
        by="bai",
        must=REFUSED,
        under=("CONF-02",),
        booking=booking,
        choice="week",
    )
    walk.press(
        "lin sorts it", actions.sort_request, by="lin", under=("APPT-01", "CONF-02"), booking=booking, choice="week"
    )


STEPS = (
    somebody_asks,
    a_worry_is_left_taken_and_closed,
    a_cry_is_owed_at_once,
    a_request_is_sorted,
)
