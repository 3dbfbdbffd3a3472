"""Letters: written without a name, sealed, answered by who is on duty, opened by digits; late ones climb, all go in the end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from subrosa.policy.actor import Actor, Kind
from subrosa.records.case.letter_text import LetterText
from subrosa.records.correspondence import actions, queries
from subrosa.records.correspondence.lists import Answer
from subrosa.records.duty.actions import climb
from subrosa.records.duty.queries import to_climb
from subrosa.records.person import clients, returning
from subrosa.records.vault.opener import opener

from . import thief
from .walk import NOT_YET, REFUSED, Walk

NAME, WORDS, BACK = "阿北", "宿舍里三个星期没有人跟我说话了。", "三个星期很长。谢谢你写下来，我读了两遍。"
ANSWER = Answer(LetterText(BACK), time=True)


def _write(walk: Walk, step: str) -> tuple[str, Any]:
    """A letter at the door: the digits, and the row."""
    code = returning.new_code()
    given: dict[str, Any] = {"newcomer": returning.newcomer(code, walk.at), "name": NAME, "text": WORDS}
    return code, walk.press(
        step, actions.write_at_the_door, by="door", under=("APPT-09", "CLIENT-01", "CONF-05"), **given
    )


def a_letter_is_written_and_answered(walk: Walk) -> None:
    """Nobody who copies the database reads it; only who is on duty answers; the digits open the answer."""
    code, letter = _write(walk, "somebody writes a letter at the door")
    found = thief.readable(NAME, WORDS, code)
    walk.look("neither words nor name nor digits lie readable", by="thief", sees=not found, under=("CONF-04",))
    for name, under in (("he", "APPT-09"), ("qian", "APPT-09"), ("shen", "APPT-09"), ("bai", "CONF-02")):
        answering: dict[str, Any] = {"letter": letter, "answer": ANSWER, "under": (under,)}
        walk.press(f"{name} answers it", actions.answer_letter, by=name, must=REFUSED, **answering)
    read = walk.press(
        "lin opens the letter", actions.open_letter, by="lin", under=("APPT-09", "CONF-02"), letter=letter
    )
    walk.look("and reads the words", by="lin", sees=read.text == WORDS, under=("APPT-09",))
    walk.press("lin puts it aside to answer", actions.sort_letter, by="lin", letter=letter, choice="answer")
    walk.press("what lin types is kept", actions.keep_answer, by="lin", letter=letter, answer=ANSWER)
    ill = Answer(LetterText("你得了抑郁症。"))
    walk.press(
        "lin names an illness",
        actions.answer_letter,
        by="lin",
        must=NOT_YET,
        under=("COMP-03",),
        missing=("whose_words",),
        letter=letter,
        answer=ill,
    )
    walk.press("lin answers", actions.answer_letter, by="lin", under=("APPT-09",), letter=letter, answer=ANSWER)
    opened = returning.open_with(code)
    assert opened is not None, "these are the digits that were shown"
    walk.meet("bei", "client", Actor(Kind.CLIENT, opened.client, opener(opened.pair, opened.private)))
    me = clients.client(opened.client)
    back = walk.press("the writer opens the answer", actions.read_own, by="bei", under=("CONF-02",), client=me)
    walk.look(
        "it is what lin wrote", by="bei", sees=[one.answer.text.text for one in back] == [BACK], under=("APPT-09",)
    )
    walk.press("ming opens bei's letters", actions.read_own, by="ming", must=REFUSED, under=("CONF-02",), client=me)
    walk.things["answered"] = letter


def a_letter_is_closed_without_writing(walk: Walk) -> None:
    """From the own account; the writer came to talk instead: one tap."""
    me = clients.client(walk.id("ming"))
    empty: dict[str, Any] = {"client": me, "text": " ", "under": ("APPT-09",)}
    walk.press("ming sends an empty letter", actions.send, by="ming", must=NOT_YET, missing=("letter_words",), **empty)
    letter = walk.press("ming writes a letter", actions.send, by="ming", under=("APPT-09",), client=me, text=WORDS)
    walk.press("lin closes it", actions.close_letter, by="lin", under=("APPT-09",), letter=letter, how="came_to_talk")


def an_unanswered_letter_climbs(walk: Walk) -> None:
    """Two school days, then it stands on the lead's page; once."""
    _code, letter = _write(walk, "somebody else writes")
    due = queries.answer_due([letter])[letter.pk]
    walk.wait_until(due)
    late = [one for one in to_climb(walk.at) if one.kind == "letter"]
    walk.look("it is late, and only it", by="clock", sees=len(late) == 1, under=("APPT-09",))
    for duty in late:
        walk.press("an unanswered letter climbs", climb, by="clock", duty=duty)
        walk.press("it climbs again", climb, by="clock", must=REFUSED, under=("REC-01",), duty=duty)
    walk.press("zhou answers it late", actions.answer_letter, by="zhou", letter=letter, answer=ANSWER)


def a_letter_is_gone_in_the_end(walk: Walk) -> None:
    """Its time after the answer is over: key, words and answer go, and nothing before."""
    letter = queries.letter(walk.things["answered"].pk)
    assert letter is not None, "nobody has destroyed it yet"
    walk.press(
        "the clock destroys it early", actions.forget, by="clock", must=REFUSED, under=("REC-04",), letter=letter
    )
    at, walk.at = walk.at, walk.at + timedelta(days=200)
    walk.press("the clock destroys it", actions.forget, by="clock", under=("REC-04",), letter=letter)
    walk.at = at
    gone = queries.letter(letter.pk) is None
    walk.look("nothing of it is left", by="bei", sees=gone, under=("REC-04",))


STEPS = (
    a_letter_is_written_and_answered,
    a_letter_is_closed_without_writing,
    an_unanswered_letter_climbs,
    a_letter_is_gone_in_the_end,
)
