"""The enrollment letter: every family gets it, and what comes back is ticked class by class on the roster's side."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import margin, shown
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused
from subrosa.records.helpline.queries import on_duty
from subrosa.records.roster import actions, queries
from subrosa.records.roster.letter import Answer, Consent
from subrosa.records.roster.queries import Found
from subrosa.records.school.context import school_in_force

from .tabs import tabs

CLAUSES = ("CON-01", "CONF-05")
ON = "on"
MOST_LINES = 120  # on one page: a list without classes is one long class


@dataclass(frozen=True, slots=True)
class Line:
    """One student's row of the class list: what is ticked, and what was when the page was made."""

    id: UUID
    name: str
    number: str
    answer: Answer
    was: str


@audience(Role.STEWARD, Role.LEAD)
def letters(there: Visit) -> HttpResponse:
    """Every class: how many letters are back."""
    found = queries.classes()
    values = {
        "tabs": tabs(there, "roster"),
        "classes": [(one, _named(one.grade, one.class_name)) for one in found],
        "back": sum(one.yes + one.no for one in found),
        "size": sum(one.size for one in found),
        "talks": sum(one.talks for one in found),
        "margin": margin(*CLAUSES),
    }
    return render(there.request, "lead/roster_letters.html", values)


@audience(Role.STEWARD, Role.LEAD)
def class_letters(there: Visit) -> HttpResponse:
    """One class: three boxes a student. Only the rows that were changed on this page are written."""
    grade, name = (there.request.GET.get(key, "") for key in ("grade", "class"))
    students = queries.class_list(grade, name)
    if not students:
        raise Http404
    page = Paginator(students, MOST_LINES).get_page(there.request.GET.get("page"))
    if there.request.method != "POST":
        return _class_page(there, page, list(_lines(page, None)))
    lines = list(_lines(page, there.request.POST))
    changed = {line.id: line.answer for line in lines if _code(line.answer) != line.was}
    try:
        actions.record_letters(by=there.by, at=there.at, answers=changed, once=there.once)
    except Refused as refused:
        if there.locked:  # taken, but nothing is shown to a locked session
            raise
        return _class_page(there, page, lines, ruling=shown(refused.ruling))
    onward = _after(grade, name) if "onward" in there.request.POST else None
    return redirect(onward or _named(grade, name, page=page.number, saved=len(changed)))


@audience(Role.STEWARD, Role.LEAD)
def letter(there: Visit) -> HttpResponse:
    """The letter itself, in both languages, to print and copy for every family."""
    school = school_in_force()
    values = {
        "tabs": tabs(there, "roster"),
        "leaves": [(school.name_zh, "zh-hans"), (school.name_en, "en")],
        "duty": on_duty(),
        "margin": margin(*CLAUSES),
    }
    return render(there.request, "lead/roster_letter.html", values)


def _class_page(there: Visit, page: Page[Found], lines: list[Line], **more: Any) -> HttpResponse:
    card, saved = page[0].card, there.request.GET.get("saved", "")
    values = {
        "tabs": tabs(there, "roster"),
        "card": card,
        "lines": lines,
        "page_obj": page,
        "query": f"{urlencode({'grade': card.grade, 'class': card.class_name})}&",
        "open": sum(line.answer.consent is Consent.NONE for line in lines),
        "onward": _after(card.grade, card.class_name),
        "saved": int(saved) if saved.isdecimal() and len(saved) < 5 else None,
        "once": uuid.uuid4(),
        "margin": margin(*CLAUSES),
        **more,
    }
    return render(there.request, "lead/roster_class.html", values, status=403 if "ruling" in more else 200)


def _lines(students: Iterable[Found], posted: Mapping[str, str] | None) -> Iterator[Line]:
    """The rows as the list has them, or as they were ticked on the page that is posted."""
    for one in students:
        card = one.card
        held = Answer(Consent(card.consent), bool(card.no_screening), bool(card.talk_wanted))
        answer = held if posted is None else _ticked(posted, one.id, held)
        was = _code(held) if posted is None else posted.get(f"was-{one.id}", "")
        yield Line(one.id, card.name, card.number, answer, was)


def _ticked(posted: Mapping[str, str], key: UUID, held: Answer) -> Answer:
    said = posted.get(f"consent-{key}")
    if said is None or said not in list(Consent):  # a student who came to the class after this page was made
        return held
    return Answer(Consent(said), posted.get(f"screening-{key}") == ON, posted.get(f"talk-{key}") == ON)


def _code(answer: Answer) -> str:
    return f"{answer.consent}/{answer.no_screening:d}/{answer.talk_wanted:d}"


def _after(grade: str, name: str) -> str:
    """The address of the class that comes next; nothing after the last."""
    found = [(one.grade, one.class_name) for one in queries.classes()]
    place = found.index((grade, name)) + 1
    return _named(*found[place]) if place < len(found) else ""


def _named(grade: str, name: str, **more: int) -> str:
    return f"{reverse('enrollment_class')}?{urlencode({'grade': grade, 'class': name, **more})}"
