"""My things: appointments, the agreement, what I wrote, who can open my file; and "I cannot come"."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from subrosa.desks.common import notices, slots
from subrosa.desks.common.requests import Visit, audience
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused
from subrosa.records.appointment import actions, queries
from subrosa.records.appointment.proposing import proposals_to
from subrosa.records.appointment.queries import Offer
from subrosa.records.case.queries import cases_of_client, latest_plan, letters, open_case_of
from subrosa.records.case.queries import goals as goals_of_case
from subrosa.records.consent.queries import consents, in_force
from subrosa.records.person import queries as people
from subrosa.records.person.entrance import by_return_code

from . import mail
from .circle import circle
from .plain import STATES, told

PAST = 6


@dataclass(frozen=True, slots=True)
class Appointment:
    """One appointment as its client sees it."""

    row: Any
    counselor: str
    state: str


def _appointments(there: Visit) -> tuple[list[Appointment], list[Appointment]]:
    """What lies ahead, the nearest first, and what was, the latest first."""
    rows = queries.of_client(there.by.id)
    names = people.names({row.staff_id for row in rows})
    ahead: list[Appointment] = []
    past: list[Appointment] = []
    for row in rows:
        coming = row.state == "booked" and row.ends_at >= there.at
        shown = Appointment(row, names.get(row.staff_id, ""), gettext(STATES[row.state]))
        (ahead if coming else past).append(shown)
    return ahead[::-1], past[:PAST]


def _told_above(there: Visit) -> dict[str, Any]:
    """What was just done, from the address: a time held or given back, if it is the client's own."""
    for word in ("held", "cancelled"):
        key = there.request.GET.get(word)
        try:
            row = queries.booking(UUID(key)) if key else None
        except ValueError:
            row = None
        if row is not None and row.client_id == there.by.id:
            return {word: row, "again": _again(there, row)}
    return {}


def _again(there: Visit, row: Any) -> str:
    """The same time to book once more, where it is still free: the undo of a cancellation."""
    free = queries.free([row.staff_id], there.at)
    same = next((offer for offer in free if offer.starts_at == row.starts_at), None)
    return slots.value_of(Offer(same.opening, same.starts_at, same.ends_at)) if same else ""


def _agreed_on(case: Any, cases: list[Any]) -> dict[str, Any]:
    """Where plan, goals and letters stand, from the rows: nothing is opened for it."""
    if case is None:
        return {}
    goals = [one for one in goals_of_case(case.pk) if one.replaced_at is None]
    return {"plan": latest_plan(case.pk), "goals": goals, "letters": letters(one.pk for one in cases)}


@audience(Role.CLIENT)
def mine(there: Visit) -> HttpResponse:
    """The page itself; no key is needed for it and nothing sealed is opened."""
    ahead, past = _appointments(there)
    cases = cases_of_client(there.by.id)
    case = open_case_of(there.by.id) or (cases[0] if cases else None)
    signed = consents(case.pk) if case else []
    current = next((one for one in signed if one.withdrawn_at is None), None)
    latest = in_force()
    values = {
        "ahead": ahead,
        "past": past,
        "notices": notices.lines(there),
        "once": uuid.uuid4(),
        "request_path": there.request.path,
        "case": case,
        "running": case is not None and case.state == "open" and case.left_at is None,
        "ended": case is not None and case.state == "open" and case.left_at is not None,
        "agreement": latest,
        "signed": current,
        "signed_in_force": bool(current and latest and current.agreement_id == latest.pk),
        "wrote": sum(1 for one in [*ahead, *past] if one.row.reason or one.row.unsaid),
        **_agreed_on(case, cases),
        "mail": mail.standing(there.by.id),
        "last_held": next((one.row for one in past if one.row.state == "held"), None),
        "by_digits": by_return_code(there.by.id),
        "left": "left" in there.request.GET,
        "proposed": [(one, uuid.uuid4()) for one in proposals_to(there.by.id, there.at)],  # each its own press
        **circle(there.by.id, cases, case),
        **_told_above(there),
    }
    return render(there.request, "client/mine.html", values)


@audience(Role.CLIENT)
def cancel(there: Visit, key: UUID) -> HttpResponse:
    """I cannot come: one page that asks, one press."""
    row, ruling, status = queries.booking(key), None, 200
    if row is None or (there.request.method != "POST" and row.client_id != there.by.id):
        raise Http404
    if there.request.method == "POST":
        try:
            actions.cancel(by=there.by, at=there.at, booking=row, once=there.once)
            return redirect(f"{reverse('mine')}?cancelled={row.pk}")
        except Refused as refused:
            if row.client_id != there.by.id:  # an entry by now; to who tries it, as if there were none
                raise Http404 from refused
            ruling, status = told(refused.ruling), 403
    values = {"row": row, "ruling": ruling, "once": uuid.uuid4(), "open": row.state == "booked"}
    return render(there.request, "client/cancel.html", values, status=status)
