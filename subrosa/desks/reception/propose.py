"""A time proposed to somebody who was sent, or about whom somebody worries: held, with a slip; the student alone answers."""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from subrosa.desks.common import slots
from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import RulingShown, margin, status_of
from subrosa.policy.acts import Act
from subrosa.policy.ruling import Boundary, Refused, Ruling
from subrosa.records.appointment import proposing, queries
from subrosa.records.case.queries import open_case_of
from subrosa.records.person import clients
from subrosa.records.person import queries as people
from subrosa.records.roster import queries as roster
from subrosa.records.standing.queries import offered_to_new_clients
from subrosa.records.vault import keys
from subrosa.records.vault.opener import opener_of

from .names import AT_THE_DESK, at_the_desk


def _known(there: Visit, pupil: UUID) -> clients.Client | None:
    """The client that this student may be already; only the desk's key can ask, and nobody becomes one by being meant."""
    try:
        return clients.client_of_pupil(opener_of(there.by), pupil)
    except Boundary as error:
        reason = error.reason
        ruling = Ruling(Act.PROPOSE_TIME, reason.outcome, (reason.clause,), (reason,))
        raise Refused(ruling) from error


def _counselors(there: Visit, known: clients.Client | None) -> dict[UUID, str]:
    case = open_case_of(known.pk) if known else None
    if case is not None:
        return dict(people.names([case.counselor_id]))
    return {one.id: one.name for one in offered_to_new_clients(there.at)}


@audience(*AT_THE_DESK, unlocked=True)
def propose(there: Visit, key: UUID) -> HttpResponse:
    """Choose a time for a student of the list; the press shows the slip, once."""
    card = roster.card(key)
    if card is None:
        raise Http404
    known = _known(there, key)
    names = _counselors(there, known)
    who = proposing.Meant(card.name, card.group)
    if there.request.method != "POST":
        return _page(there, who, names)
    offer = slots.picked(there.request.POST.get("slot", ""))
    if offer is None or offer.opening.staff_id not in names:
        return _page(there, who, names, error=gettext("Please choose a time."))
    code = keys.new_activation_code()
    given: dict[str, Any] = {"offer": offer, "who": who, "code": code, "client": known}
    try:
        row = proposing.propose(by=there.by, at=there.at, once=there.once, **given)
    except Refused as refused:
        return _page(there, who, names, ruling=at_the_desk(refused.ruling))
    same = bytes(row.code_hash) == keys.code_mark(keys.tidy_code(code))
    values = {
        "row": row,
        "code": code if same else "",
        "address": there.request.build_absolute_uri(reverse("time")),
        "margin": margin("CLIENT-01", "CONF-05"),
    }
    return render(there.request, "reception/proposed_slip.html", values)


def _page(
    there: Visit, who: proposing.Meant, names: dict[UUID, str], *, ruling: RulingShown | None = None, error: str = ""
) -> HttpResponse:
    values = {
        "who": who,
        "days": slots.by_day(queries.free(list(names), there.at), names),
        "several": len(names) > 1,
        "ruling": ruling,
        "error": error,
        "margin": margin("CLIENT-01", "APPT-01", "CONF-05"),
        "once": uuid.uuid4(),
    }
    return render(there.request, "reception/propose.html", values, status=422 if error else status_of(ruling))


@audience(*AT_THE_DESK, unlocked=True)
def waiting(there: Visit) -> HttpResponse:
    """What is proposed and not answered. What was answered is not here, whatever the answer was."""
    rows = proposing.read_proposals(by=there.by, at=there.at)
    return render(there.request, "reception/proposals.html", {"rows": rows, "margin": margin("CLIENT-01", "CONF-05")})
