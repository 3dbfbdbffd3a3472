"""The morning queue: everything new that is sealed, one under another, after one unlock; keys 1, 2, 3 sort what has the focus."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from subrosa.desks.common.order import in_order_of_time
from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import margin, shown, status_of
from subrosa.desks.common.sealed import asked_for
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused
from subrosa.records.appointment.queries import booking as booking_row
from subrosa.records.appointment.queries import cases_met
from subrosa.records.correspondence import actions as mail_actions
from subrosa.records.outreach import actions, queries
from subrosa.records.outreach.lists import Answer, Choice, Sender
from subrosa.records.person import queries as people

from . import letters
from .closed import closed_to_you
from .desk import is_urgent, who_they_are
from .pressing import said_urgent

MOST_HEAD = 80  # signs of a text's head that stay on the page once it is sorted
CHOICES: Final[Mapping[Choice, object]] = {
    Choice.TODAY: _("Today"),
    Choice.WEEK: _("This week"),
    Choice.ANSWER: _("Answer"),
}
ANSWERS: Final[Mapping[Answer, object]] = {
    Answer.LOOKED_AFTER: _("Somebody looks after it"),
    Answer.SPOKEN_WITH_SENDER: _("Spoken with the sender"),
    Answer.DANGER_HANDLED: _("Handled as a danger"),
    Answer.HANDED_ON: _("Handed on inside the school"),
    Answer.NOTHING_TO_DO: _("Nothing to do"),
}
SENDERS: Final[Mapping[str, object]] = {
    Sender.CLASS_TEACHER: _("from a class teacher"),
    Sender.PARENT: _("from a parent"),
    Sender.CLASSMATE: _("from a classmate"),
    Sender.OTHER: _("from somebody else"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One text of the queue as the page shows it. `url` is where its sorting is pressed."""

    key: UUID
    kind: str
    head: str
    about: str
    text: str
    reach: str
    came: datetime
    url: str
    opens: bool = True
    once: UUID | None = None
    more: str = ""
    urgent: bool = False


HEADS: Final[Mapping[str, object]] = {
    "cry": _("Sent to the duty counselor"),
    "urgent": _("A worry slip, to be read today"),
    "slip": _("A worry slip"),
    "request": _("A first meeting ahead"),
    "later": _("A meeting ahead"),
}


def _letter(one: actions.Letter, names: Mapping[UUID, Any]) -> Item:
    row, words = one.slip, one.words
    who = names.get(row.client_id) if row.client_id else None
    about = " · ".join(filter(None, [words.whom, str(SENDERS.get(words.sender, "")), *_named(who)]))
    head = HEADS["urgent" if row.kind == "slip" and row.urgent else row.kind]
    url, more = reverse("sort_slip", args=[row.pk]), reverse("queue_letter", args=[row.pk])
    of = (words.text, words.reach, row.left_at, url, one.opens, uuid.uuid4(), more)
    return Item(row.pk, row.kind, str(head), about, *of, urgent=row.urgent)


def _mail(one: Any, names: Mapping[UUID, Any]) -> Item:
    row = one.letter
    about, url = " · ".join(filter(None, _named(names.get(row.client_id)))), reverse("sort_letter", args=[row.pk])
    of = (one.text, "", row.sent_at, url, one.opens, uuid.uuid4(), letters.page_of(row.pk))
    return Item(row.pk, "letter", str(letters.head(row)), about, *of)


def _named(who: Any) -> Sequence[str]:
    return (who.name, who.class_name) if who else ()


def _requests(there: Visit, rows: Sequence[Any], names: Mapping[UUID, Any], said: Collection[UUID]) -> list[Item]:
    """The reasons of first bookings: each case that is opened gets its own entry, which the client sees.

    `said` are the times that were called urgent on an own page; a later meeting stands here only for that.
    """
    found, met = [], cases_met({row.case_id for row in rows})
    counselors = people.names({row.staff_id for row in rows} - {there.by.id})
    for row in rows:
        text, opens = _words(there, row) if row.reason else ("", True)
        theirs = counselors.get(row.staff_id)
        whose = [gettext("with %(name)s") % {"name": theirs}] if theirs else []
        who = " · ".join(filter(None, (*_named(names.get(row.client_id)), *whose)))
        head, url = str(HEADS["later" if row.case_id in met else "request"]), reverse("sort_request", args=[row.pk])
        of = (text, "", row.booked_at, url, opens, uuid.uuid4())
        urgent = row.pk in said or is_urgent(names.get(row.client_id))
        found.append(Item(row.pk, "request", head, who, *of, urgent=urgent))
    return found


def _words(there: Visit, row: Any) -> tuple[str, bool]:
    """One request's words; a text that was altered keeps no other from being read."""
    try:
        return actions.read_request(by=there.by, at=there.at, booking=row), True
    except Refused:
        return "", False


@asked_for
@audience(Role.COUNSELOR, unlocked=True)
@in_order_of_time
def queue(there: Visit) -> HttpResponse:
    """The page: cries on top, then what is urgent, then what came since the last school day's end, then what lay there before."""
    return _page(there)


def _page(there: Visit, refused: Refused | None = None) -> HttpResponse:
    on_team = queries.is_on_duty_team(there.by.id)
    slips = actions.read_queue(by=there.by, at=there.at) if on_team else []
    mail, door = letters.opened(there), queries.from_the_door(there.by.id, there.at)
    rows = queries.new_requests(there.by.id, there.at)
    said = said_urgent(there)
    every = (*rows, *door, *said)
    clients = {one.slip.client_id for one in slips if one.slip.client_id} | {row.client_id for row in every}
    names = who_they_are(there, clients | {one.letter.client_id for one in mail})
    urgent = [row for row in door if is_urgent(names.get(row.client_id))]
    rows = list({row.pk: row for row in (*urgent, *said, *rows)}.values())
    items = [*(_letter(one, names) for one in slips), *(_mail(one, names) for one in mail)]
    items = [*items, *_requests(there, rows, names, {row.pk for row in said})]
    since = queries.last_school_end(there.at)
    cries = [one for one in items if one.kind == "cry"]
    pressing = [one for one in items if one.kind != "cry" and one.urgent]
    calm = [one for one in items if one.kind != "cry" and not one.urgent]
    new, earlier = [one for one in calm if one.came > since], [one for one in calm if one.came <= since]
    values = {
        "ruling": shown(refused.ruling) if refused else None,
        "cries": cries,
        "urgent": pressing,
        "new": new,
        "earlier": earlier,
        "first": next(
            (one.key for one in (*cries, *pressing, *new, *earlier)), None
        ),  # has the focus, so that the keys work at once
        "since": since,
        "taken": [*map(_line, queries.taken_letters() if on_team else ()), *map(_mail_line, letters.taken(there))],
        "choices": [(key, word, number) for number, (key, word) in enumerate(CHOICES.items(), 1)],
        "margin": margin("EDU-05", "RISK-01", "CLIENT-01"),
    }
    return render(there.request, "counselor/queue.html", values, status=403 if refused else 200)


def _line(row: Any) -> dict[str, Any]:
    kind = "urgent" if row.kind == "slip" and row.urgent else row.kind
    url = reverse("queue_letter", args=[row.pk])
    return {"url": url, "at": row.left_at, "head": HEADS[kind], "choice": CHOICES.get(row.choice, "")}


def _mail_line(row: Any) -> dict[str, Any]:
    of = {"head": letters.head(row), "choice": CHOICES.get(row.choice, "")}
    return {"url": letters.page_of(row.pk), "at": row.sent_at, **of}


def _sorted(there: Visit, press: Callable[[], object], key: UUID, choice: str, more: str = "") -> HttpResponse:
    """Done: the script gets one line in the letter's place, everybody else the page again. Refused: the reasons."""
    script = there.request.headers.get("HX-Request")
    try:
        press()
    except Refused as refused:
        if any(one.rule == letters.NOT_MINE for one in refused.ruling.reasons):
            return closed_to_you(there.request)
        if script:
            raise
        return _page(there, refused)
    if not script:
        return redirect("queue")
    values = {
        "key": key,
        "choice": CHOICES[Choice(choice)],
        "head": str(there.request.POST.get("head", ""))[
            :MOST_HEAD
        ],  # what the page showed, so that one knows what was sorted
        "others": [(one, word) for one, word in CHOICES.items() if one != choice],
        "url": there.request.path,
        "once": uuid.uuid4(),
        "more": more if choice == Choice.ANSWER else "",
    }
    return render(there.request, "counselor/_sorted.html", values)


@require_POST
@audience(Role.COUNSELOR, unlocked=True)
def sort_slip(there: Visit, key: UUID) -> HttpResponse:
    """Keys 1, 2, 3 on a slip or cry."""
    row, choice = queries.slip(key), there.request.POST.get("choice", "")
    if row is None:
        raise Http404
    press = lambda: actions.sort_slip(by=there.by, at=there.at, slip=row, choice=choice, once=there.once)  # noqa: E731
    return _sorted(there, press, key, choice)


@require_POST
@audience(Role.COUNSELOR, unlocked=True)
def sort_request(there: Visit, key: UUID) -> HttpResponse:
    """The same on the words of a first booking."""
    row, choice = booking_row(key), there.request.POST.get("choice", "")
    if row is None:
        raise Http404
    press = lambda: actions.sort_request(by=there.by, at=there.at, booking=row, choice=choice, once=there.once)  # noqa: E731
    return _sorted(there, press, key, choice)


@require_POST
@audience(Role.COUNSELOR, unlocked=True)
def sort_letter(there: Visit, key: UUID) -> HttpResponse:
    """The same on a letter; key 3 leads on to the page where it is answered."""
    row, choice = letters.row_of(key), there.request.POST.get("choice", "")
    if row is None:
        return closed_to_you(there.request)
    press = lambda: mail_actions.sort_letter(by=there.by, at=there.at, letter=row, choice=choice, once=there.once)  # noqa: E731
    return _sorted(there, press, key, choice, letters.page_of(key))


@asked_for
@audience(Role.COUNSELOR, unlocked=True)
def letter(there: Visit, key: UUID) -> HttpResponse:
    """One letter once more, and how it is closed."""
    return _one(there, key)


def _one(there: Visit, key: UUID, refused: Refused | None = None) -> HttpResponse:
    row = queries.slip(key)
    if row is None:
        raise Http404
    opened = actions.read_letter(by=there.by, at=there.at, slip=row)
    names = who_they_are(there, [row.client_id] if row.client_id else [])
    values = {
        "ruling": shown(refused.ruling) if refused else None,
        "row": row,
        "item": _letter(opened, names),
        "choice": CHOICES.get(row.choice, ""),  # type: ignore[call-overload]  # empty before it is sorted
        "answer": ANSWERS.get(row.answer, ""),  # type: ignore[call-overload]  # empty before it is closed
        "answers": ANSWERS.items(),
        "once": uuid.uuid4(),
        "margin": margin("EDU-05", "CLIENT-01", "RISK-01"),
    }
    status = status_of(refused.ruling if refused else None)
    return render(there.request, "counselor/letter.html", values, status=status)


@require_POST
@audience(Role.COUNSELOR, unlocked=True)
def close_slip(there: Visit, key: UUID) -> HttpResponse:
    """Done with: one of a few answers, which stay in the house."""
    row = queries.slip(key)
    if row is None:
        raise Http404
    answer = there.request.POST.get("answer", "")
    try:
        actions.close_slip(by=there.by, at=there.at, slip=row, answer=answer, once=there.once)
    except Refused as refused:
        return _one(there, key, refused)
    return redirect("queue")
