"""One student who came twice: what putting both together does, the student's yes, one press; and back again on the same day."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import margin, shown, status_of
from subrosa.desks.common.sealed import asked_for
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused, Ruling
from subrosa.records.case.queries import on_care_team, open_case_of
from subrosa.records.merging import actions, queries
from subrosa.records.merging.facts import has_met
from subrosa.records.person import clients

from .closed import closed_to_you
from .desk import who_they_are


@dataclass(frozen=True, slots=True)
class Joined:
    """Another file of the same student, for a line on the file's page: whether it goes on here, and the ways there."""

    here: bool
    when: Any
    file: str
    page: str

    def __repr__(self) -> str:
        return "…"


def joined_files(there: Visit, case: Any) -> list[Joined]:
    """The files that go on in this one, or the one in which this goes on; the way there only for who may open it."""
    found = []
    for row in queries.of_file(case.pk):
        here = row.case_id == case.pk
        other = row.ended if here else row.case
        opens = other is not None and on_care_team(other, there.by)
        file = reverse("case", args=[other.pk]) if opens and other is not None else ""
        mine = queries.may_be_taken_apart(row, there.by.id, there.at)
        page = reverse("together", args=[row.was_id, row.client_id]) if mine else ""
        found.append(Joined(here, row.at, file, page))
    return found


def _both(key: UUID, older: UUID) -> tuple[clients.Client, clients.Client]:
    one, other = clients.client(key), clients.client(older)
    if one is None or other is None or key == older:
        raise Http404
    turned = one.roster_mark is not None and other.roster_mark is None  # who is on the list is the one that stays
    return (other, one) if turned else (one, other)


@asked_for
@audience(Role.COUNSELOR, unlocked=True)
def together(there: Visit, key: UUID, older: UUID) -> HttpResponse:
    """The page, and the press."""
    one, other = _both(key, older)
    if there.request.method != "POST":
        return _page(there, one, other)
    ticked = {"agreed": "agreed" in there.request.POST, "seen": "seen" in there.request.POST}

    def press() -> object:
        return actions.put_together(by=there.by, at=there.at, client=one, older=other, **ticked, once=there.once)

    return _pressed(there, press, one, other)


@require_POST
@audience(Role.COUNSELOR, unlocked=True)
def apart(there: Visit, key: UUID) -> HttpResponse:
    """It was a mistake: each has the own things back."""
    row = queries.merge(key)
    if row is None:
        return closed_to_you(there.request)
    press = lambda: actions.take_apart(by=there.by, at=there.at, merge=row, once=there.once)  # noqa: E731
    return _pressed(there, press, row.was, row.client)


def _pressed(there: Visit, press: Callable[[], object], one: clients.Client, other: clients.Client) -> HttpResponse:
    try:
        press()
    except Refused as refused:
        return _page(there, *_both(one.pk, other.pk), ruling=refused.ruling)
    return redirect("together", one.pk, other.pk)


def _page(there: Visit, one: clients.Client, other: clients.Client, *, ruling: Ruling | None = None) -> HttpResponse:
    known = who_they_are(there, [one.pk, other.pk])
    row = next((row for row in queries.of_client(other.pk) if row.was_id == one.pk), None)
    files = [case for case in (open_case_of(one.pk), open_case_of(other.pk)) if case is not None]
    mine = next((case for case in files if on_care_team(case, there.by)), None)
    values = {
        "ruling": shown(ruling) if ruling else None,
        "one": one,
        "other": other,
        "names": (known.get(one.pk), known.get(other.pk)),
        "merge": row,
        "may_undo": row is not None and queries.may_be_taken_apart(row, there.by.id, there.at),
        "two_files": len(files) > 1,
        "file": mine,
        "met": has_met(there.by, one),
        "ticked": there.request.POST or there.request.GET,
        "next": reverse("register", args=[one.pk]),
        "once": uuid.uuid4(),
        "margin": margin("CLIENT-01", "CONF-05", "REC-04"),
    }
    return render(there.request, "counselor/together.html", values, status=status_of(ruling))
