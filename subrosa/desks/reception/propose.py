"""A time proposed to somebody who was sent, or about whom somebody worries: held, with a slip; the student alone answers."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from subrosa.desks.common import slots
from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import RulingShown, margin, status_of
from subrosa.policy.acts import Act
from subrosa.policy.ruling import Boundary, Refused, Ruling
from subrosa.records.appointment import proposing, queries
from subrosa.records.case.queries import open_case_of
from subrosa.records.person import clients
from subrosa.records.roster import queries as roster
from subrosa.records.vault import keys
from subrosa.records.vault.opener import opener_of

from .names import AT_THE_DESK, at_the_desk
from .someone import counselors_for


def _known(there: Visit, pupil: UUID) -> clients.Client | None:
    """The client that this student may be already; only the desk's key can ask, and nobody becomes one by being meant."""
    try:
        return clients.client_of_pupil(opener_of(there.by), pupil)
    except Boundary as error:
        reason = error.reason
        ruling = Ruling(Act.PROPOSE_TIME, reason.outcome, (reason.clause,), (reason,))
        raise Refused(ruling) from error


@dataclass(frozen=True, slots=True)
class Pupil:
    """A student of the list, whom this may be already, and who may be chosen."""

    key: UUID
    who: proposing.Meant
    known: clients.Client | None
    names: dict[UUID, str]


def _pupil(there: Visit, key: UUID) -> Pupil:
    card = roster.card(key)
    if card is None:
        raise Http404
    known = _known(there, key)
    names = counselors_for(there, open_case_of(known.pk) if known else None)
    return Pupil(key, proposing.Meant(card.name, card.group, roster=str(key)), known, names)


@require_safe
@audience(*AT_THE_DESK, unlocked=True)
def propose(there: Visit, key: UUID) -> HttpResponse:
    """Choose a time for a student of the list."""
    return _page(there, _pupil(there, key))


@audience(*AT_THE_DESK, unlocked=True)
def hold(there: Visit) -> HttpResponse:
    """The press: the slip, once. Its address and title may be printed above it, so they name neither student nor desk."""
    if there.request.method != "POST":
        return redirect("reception_proposals")
    try:
        pupil = _pupil(there, UUID(there.request.POST.get("pupil", "")))
    except ValueError as error:
        raise Http404 from error
    offer = slots.picked(there.request.POST.get("slot", ""))
    if offer is None or offer.opening.staff_id not in pupil.names:
        return _page(there, pupil, error=gettext("Please choose a time."))
    code = keys.new_activation_code()
    given: dict[str, Any] = {"offer": offer, "who": pupil.who, "code": code, "client": pupil.known}
    try:
        row = proposing.propose(by=there.by, at=there.at, once=there.once, **given)
    except Refused as refused:
        return _page(there, pupil, ruling=replace(at_the_desk(refused.ruling), next=None))
    same = row is not None and bytes(row.code_hash) == keys.code_mark(keys.tidy_code(code))
    values = {
        "row": row,
        "code": code if same else "",
        "address": there.request.build_absolute_uri(reverse("time")),
        "margin": margin("CLIENT-01", "CONF-05"),
    }
    return render(there.request, "reception/proposed_slip.html", values)


def _page(there: Visit, pupil: Pupil, *, ruling: RulingShown | None = None, error: str = "") -> HttpResponse:
    values = {
        "who": pupil.who,
        "pupil": pupil.key,
        "days": slots.by_day(queries.free(list(pupil.names), there.at), pupil.names),
        "several": len(pupil.names) > 1,
        "ruling": ruling,
        "error": error,
        "margin": margin("CLIENT-01", "APPT-01", "CONF-05"),
        "once": uuid.uuid4(),
    }
    return render(there.request, "reception/propose.html", values, status=422 if error else status_of(ruling))


@audience(*AT_THE_DESK, unlocked=True)
def waiting(there: Visit) -> HttpResponse:
    """What is proposed and not answered. What was answered is not here, whatever the answer was."""
    rows = [(one, uuid.uuid4()) for one in proposing.read_proposals(by=there.by, at=there.at)]
    return render(there.request, "reception/proposals.html", {"rows": rows, "margin": margin("CLIENT-01", "CONF-05")})


@require_POST
@audience(*AT_THE_DESK, unlocked=True)
def withdraw(there: Visit, key: UUID) -> HttpResponse:
    """Take one back. What was answered or taken back meanwhile is like one that never was."""
    row = proposing.proposal(key)
    if row is None:
        raise Http404
    proposing.withdraw_proposal(by=there.by, at=there.at, proposal=row, once=there.once)
    return redirect("reception_proposals")
