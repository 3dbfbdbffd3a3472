"""The end of a case on one page: how far each goal came, the letter or none, why, and one press."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid5

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from subrosa.desks.common.letter_paper import Sheet
from subrosa.desks.common.letter_paper import shown as printed
from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import margin, shown, status_of
from subrosa.desks.common.sealed import asked_for
from subrosa.desks.common.words.file import WHY_CLOSED, WHY_NOT
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused, Ruling
from subrosa.records.archive import actions as archive
from subrosa.records.case import queries
from subrosa.records.case.farewell import write_letter
from subrosa.records.case.letter_text import LONGEST, LetterText
from subrosa.records.case.opened import GoalOpened, goals_of, letter_of
from subrosa.records.case.plan import read_plan
from subrosa.records.case.rating import rate_goal
from subrosa.records.person.clients import account_of
from subrosa.records.person.queries import names
from subrosa.records.school.calendar import calendar
from subrosa.records.vault.opener import opener_of

from .closed import closed_to_you, is_boundary
from .desk import who_they_are
from .file import back_to
from .marks import key_of, mark_of, typed_source
from .presses import Wrong

LEFT: Final = {"why": "client_ended", "why_not": "did_not_want"}  # tapped beforehand where the client has ended it


@dataclass(frozen=True, slots=True)
class GoalShown:
    """One goal on the page: what the counselor says, and whether the client has said it."""

    goal: GoalOpened
    mine: str
    own: str
    done: bool

    def __repr__(self) -> str:
        return "…"


@asked_for
@audience(Role.COUNSELOR, unlocked=True)
def close(there: Visit, key: UUID) -> HttpResponse:
    """Each part is an act of its own, so what was done stays done where a later part is not yet possible."""
    row = queries.case(key)
    if row is None:
        return closed_to_you(there.request)
    if there.request.method != "POST":
        return _page(there, row)
    post = there.request.POST
    try:
        _check(row, post)
        _rate(there, row, post)
        _letter(there, row, post)
        if "keep" not in post:
            without = "no_letter" in post
            archive.close(
                by=there.by, at=there.at, case=row, why=post.get("why", ""), no_letter=without, once=there.once
            )
    except Wrong as wrong:
        return _page(there, row, post, wrong=str(wrong))
    except Refused as refused:
        if is_boundary(refused.ruling):
            return closed_to_you(there.request)
        return _page(there, row, post, refused.ruling)
    return back_to(key, "end")


def _check(row: Any, post: QueryDict) -> None:
    """What cannot be meant, before anything is pressed."""
    text = post.get("letter", "").strip()
    if len(text) > LONGEST:
        raise Wrong(gettext("The letter is longer than fits (20,000 characters). Shorten it; nothing is lost."))
    if text and "no_letter" in post:
        raise Wrong(gettext("There is a letter, and “no letter” is ticked: please keep one of the two."))
    if "keep" in post:
        return
    if not text and "no_letter" not in post and row.left_at is None:  # no letter follows who has left
        raise Wrong(gettext("Please write a few lines, or tick “no letter”."))
    if post.get("why", "") not in WHY_CLOSED:
        raise Wrong(gettext("Please choose why the case is closed."))


def _part(there: Visit, name: str) -> UUID | None:
    """The key of repetition of one part of the page: one press, each of its deeds once."""
    return uuid5(there.once, name) if there.once else None


def _rate(there: Visit, row: Any, post: QueryDict) -> None:
    """The counselor's numbers, and the one tap for every goal that lacks the client's."""
    why = post.get("why_not", "")
    for goal in queries.goals(row.pk):
        if goal.replaced_at is not None:
            continue
        number = post.get(f"goal-{goal.pk}", "")
        if number == post.get(f"was-{goal.pk}", ""):
            number = ""
        missing = why if goal.own_at is None and goal.without_at is None else ""
        if number or missing:
            once = _part(there, f"{goal.pk} {number} {missing}")
            rate_goal(by=there.by, at=there.at, case=row, goal=goal, rating=number, why_not=missing, once=once)


def _letter(there: Visit, row: Any, post: QueryDict) -> None:
    text = _typed(post)
    if text.text:
        write_letter(by=there.by, at=there.at, case=row, text=text, once=_part(there, "letter"))


def _typed(post: QueryDict) -> LetterText:
    text = post.get("letter", "").replace("\r\n", "\n").strip()
    return LetterText(text, {phrase: typed_source(post, key_of(phrase)) for phrase in post.getlist("phrase")})


def _goals(there: Visit, row: Any, post: Mapping[str, str]) -> list[GoalShown]:
    rows = [one for one in goals_of(opener_of(there.by), row.pk) if one.stands]
    return [
        GoalShown(one, post.get(f"goal-{one.id}", one.rating), one.own, one.row.without_at is not None) for one in rows
    ]


def _page(
    there: Visit, row: Any, post: QueryDict | None = None, ruling: Ruling | None = None, wrong: str = ""
) -> HttpResponse:
    try:
        read_plan(by=there.by, at=there.at, case=row)
    except Refused:
        return closed_to_you(there.request)
    kept = letter_of(opener_of(there.by), row.pk)
    text = _typed(post) if post is not None else kept.text if kept else LetterText()
    typed: Mapping[str, str] = post.dict() if post is not None else LEFT if row.left_at else {}  # type: ignore[assignment]  # no lists in it
    goals = _goals(there, row, typed)
    values = {
        "case": row,
        "client": who_they_are(there, [row.client_id]).get(row.client_id),
        "goals": goals,
        "lacks_client": any(not one.own and not one.done for one in goals),
        "scale": [str(n) for n in range(11)],
        "letter": text.text,
        "waits": text.unsourced(),
        "marks": [mark_of(one, text.sources.get(one)) for one in text.passages()],
        "typed": typed,
        "why_not": WHY_NOT.items(),
        "why_closed": WHY_CLOSED.items(),
        "has_account": account_of(row.client_id) is not None,
        "ruling": shown(ruling, key=row.pk) if ruling else None,
        "wrong": wrong,
        "margin": margin("ETH-02", "CLIENT-01" if row.left_at else "COMP-03", "REC-04"),
        "once": uuid.uuid4(),
        "once_hand": uuid.uuid4(),
    }
    status = status_of(ruling, otherwise=422 if wrong else 200)
    return render(there.request, "counselor/closing.html", values, status=status)


@require_safe
@asked_for
@audience(Role.COUNSELOR, unlocked=True)
def paper(there: Visit, key: UUID) -> HttpResponse:
    """The letter to print, for a client without an account: made in memory, shown and not saved."""
    row = queries.case(key)
    if row is None:
        return closed_to_you(there.request)
    try:
        read_plan(by=there.by, at=there.at, case=row)
    except Refused:
        return closed_to_you(there.request)
    kept = letter_of(opener_of(there.by), row.pk)
    if kept is None:
        return back_to(key, "end")
    author = names([kept.row.author_id]).get(kept.row.author_id, "")
    sheet = Sheet(author, calendar().local(kept.row.written_at), kept.text)
    return printed(there.request, sheet, "counselor/no_paper.html")
