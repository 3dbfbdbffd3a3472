"""Letters that somebody wrote: their place in the morning queue, and the small page on which one is answered or closed."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from subrosa.desks.common.letter_paper import source_line
from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import margin, shown, status_of
from subrosa.desks.common.sealed import asked_for
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused, Ruling
from subrosa.records.case.letter_text import LetterText
from subrosa.records.correspondence import actions, facts, queries
from subrosa.records.correspondence.lists import LONGEST, Answer, Closed
from subrosa.records.correspondence.states import OPEN
from subrosa.records.person.queries import names as staff_names

from .closed import closed_to_you, is_boundary
from .desk import who_they_are
from .marks import key_of, mark_of, typed_source

NOT_MINE: Final = "a_letter_opens_for_those_it_was_written_to"
CLOSED: Final[Mapping[Closed, object]] = {
    Closed.CAME_TO_TALK: _("Came to talk instead"),
    Closed.DANGER_HANDLED: _("Handled as a danger"),
    Closed.NOTHING_TO_ANSWER: _("Nothing to answer"),
}


def opened(there: Visit) -> Sequence[actions.Read]:
    """Every new letter that this colleague may open, each an entry; an altered one keeps no other from being read."""
    rows = queries.new_letters(there.by.id)
    try:
        return actions.open_page(by=there.by, at=there.at, letters=rows) if rows else []
    except Refused:  # one of them is not this colleague's any more
        return [read for row in rows for read in _alone(there, row)]


def _alone(there: Visit, row: Any) -> Sequence[actions.Read]:
    try:
        return [actions.open_letter(by=there.by, at=there.at, letter=row)]
    except Refused:
        return []


def head(row: Any) -> object:
    """What stands above a letter."""
    return gettext("A letter from a client of yours") if row.case_id else gettext("A letter")


def page_of(key: UUID) -> str:
    """Where one letter is answered."""
    return reverse("answer_letter", args=[key])


def row_of(key: UUID) -> Any:
    """One letter of this school, or None."""
    return queries.letter(key)


def taken(there: Visit) -> Sequence[Any]:
    """Letters that somebody has taken and nobody has answered yet."""
    return queries.taken_letters(there.by.id)


@asked_for
@audience(Role.COUNSELOR, unlocked=True)
def answer(there: Visit, key: UUID) -> HttpResponse:
    """The letter, the box, and one press; whoever it was not written to gets the page of a file that is not there."""
    row = queries.letter(key)
    if row is None:
        return closed_to_you(there.request)
    if there.request.method != "POST":
        return _page(there, row)
    typed = _typed(there.request.POST)
    if len(typed.text.text) > LONGEST:
        wrong = gettext("The letter is longer than fits (20,000 characters). Shorten it; nothing is lost.")
        return _page(there, row, typed, wrong=wrong)
    try:
        actions.answer_letter(by=there.by, at=there.at, letter=row, answer=typed, once=there.once)
    except Refused as refused:
        return _page(there, row, typed, refused.ruling)
    return redirect("queue")


def _typed(post: QueryDict) -> Answer:
    text = post.get("text", "").replace("\r\n", "\n").strip()
    sources = {phrase: typed_source(post, key_of(phrase)) for phrase in post.getlist("phrase")}
    return Answer(LetterText(text, sources), time="time" in post)


@require_POST
@audience(Role.COUNSELOR)
def draft(there: Visit, key: UUID) -> HttpResponse:
    """What is typed, kept while it is typed: sealed to its author, also from a page that was locked meanwhile."""
    row = queries.letter(key)
    if row is None:
        return closed_to_you(there.request)
    try:
        actions.keep_answer(by=there.by, at=there.at, letter=row, answer=_typed(there.request.POST))
    except Refused as refused:
        if is_boundary(refused.ruling):
            return closed_to_you(there.request)
        raise
    return HttpResponse(status=204)


@require_POST
@audience(Role.COUNSELOR, unlocked=True)
def close(there: Visit, key: UUID) -> HttpResponse:
    """Closed with one tap."""
    row, how = queries.letter(key), there.request.POST.get("how", "")
    if row is None:
        return closed_to_you(there.request)
    try:
        actions.close_letter(by=there.by, at=there.at, letter=row, how=how, once=there.once)
    except Refused as refused:
        return _page(there, row, ruling=refused.ruling)
    return redirect("queue")


def _page(
    there: Visit, row: Any, typed: Answer | None = None, ruling: Ruling | None = None, wrong: str = ""
) -> HttpResponse:
    try:
        read = actions.open_letter(by=there.by, at=there.at, letter=row, with_draft=True)
    except Refused:
        return closed_to_you(there.request)
    still = row.state in OPEN
    words = typed or (read.draft if still else read.answer)
    values = {
        "row": row,
        "read": read,
        "head": head(row),
        "who": who_they_are(there, [row.client_id]).get(row.client_id),
        "open": still,
        "ended": facts.before_the_end(row),
        "due": queries.answer_due([row]).get(row.pk),
        "words": words,
        "lines": [line for line in words.text.text.splitlines() if line.strip()],
        "sources": [source_line(phrase, source) for phrase, source in words.text.said()],
        "waits": words.text.unsourced() if typed else (),
        "marks": [mark_of(one, words.text.sources.get(one)) for one in words.text.passages()],
        "closed": CLOSED.items(),
        "how": CLOSED.get(row.closed, ""),
        "author": staff_names([row.ended_by_id]).get(row.ended_by_id, "") if row.ended_by_id else "",
        "ruling": shown(ruling) if ruling else None,
        "wrong": wrong,
        "margin": margin("APPT-09", "COMP-03", "CONF-02"),
        "once": uuid.uuid4(),
        "once_close": uuid.uuid4(),
    }
    status = status_of(ruling, otherwise=422 if wrong else 200)
    return render(there.request, "counselor/answer.html", values, status=status)
