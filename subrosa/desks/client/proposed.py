"""A time that others proposed: the slip's code at the door, or one line under my things. Yes, another time, or no: alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from subrosa.desks.common.requests import Visit, audience, visit
from subrosa.desks.common.rulings import status_of
from subrosa.policy.actor import DOOR
from subrosa.policy.ending import ANOTHER, YES
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused
from subrosa.records.appointment import proposing
from subrosa.records.person import clients, returning

from .digits import Press, press_of
from .plain import told


class CodeForm(forms.Form):
    """The code of the slip."""

    code = forms.CharField(
        label=_("The code on your slip"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Please type the code that stands on the slip.")},
    )


@dataclass(frozen=True, slots=True)
class Slip:
    """One press of the page: the code as it was typed, and the proposal that it opens, if any."""

    press: Press
    form: CodeForm
    row: proposing.Proposal | None = None


def time(request: HttpRequest) -> HttpResponse:
    """The code first, then the time and three buttons. Nobody who stands here is asked who it is."""
    form, press = CodeForm(request.POST if request.method == "POST" else None), press_of(request)
    if not form.is_bound or not form.is_valid():
        return _page(Slip(press, form), status=422 if form.errors else 200)
    try:
        row = proposing.proposal_for(form.cleaned_data["code"], press.at)
    except ValueError:
        form.add_error("code", _("A letter is missing or different. Compare it once more."))
        return _page(Slip(press, form), status=422)
    made = proposing.held_by(press.once) if row is None else None
    if made is not None:
        return _held(press, made, shown=press.is_of(made.client_id, made.booked_at))
    if row is None:
        form.add_error("code", _("Nothing is held under this code any more. That is all right; nothing is noted."))
        return _page(Slip(press, form), status=422)
    slip = Slip(press, form, row)
    return _answered(slip, row) if "answer" in request.POST else _page(slip)


def _answered(slip: Slip, row: proposing.Proposal) -> HttpResponse:
    """The answer of whoever holds the slip: signed in as oneself, else as the door."""
    press, request = slip.press, slip.press.request
    there, answer = visit(request), request.POST["answer"]
    mine = there is not None and Role.CLIENT in there.roles
    if answer == YES and not mine and row.client_id and clients.account_of(row.client_id):
        return redirect(f"{reverse('sign_in')}?next={reverse('mine')}")  # the own account says yes for itself
    newcomer = returning.newcomer(press.code, press.at) if answer == YES and not mine else None
    try:
        made: Any = proposing.answer_proposal(
            by=there.by if there is not None and mine else DOOR,
            at=press.at,
            proposal=row,
            answer=answer,
            newcomer=newcomer,
            identity=clients.Identity(request.POST.get("name", "").strip()[:40], reach=clients.COMES_BY),
            once=press.once,
        )
    except Refused as refused:
        return _page(slip, ruling=told(refused.ruling), status=status_of(refused.ruling))
    if answer == ANOTHER:
        return redirect("talk")
    if made is None:
        return render(request, "client/time_no.html")
    return redirect(f"{reverse('mine')}?held={made.pk}") if mine else _held(press, made, shown=True)


def _held(press: Press, made: Any, *, shown: bool) -> HttpResponse:
    code = returning.grouped(press.code) if shown else ""
    values = {"booking": made, "code": code, "address": press.request.get_host()}
    return render(press.request, "client/held.html", values)


def _page(one: Slip, *, ruling: object = None, status: int = 200) -> HttpResponse:
    values = {
        "form": one.form,
        "row": one.row,
        "ruling": ruling,
        "once": one.press.once,
        "carried": one.press.carried() if one.row else "",
        "name": one.press.request.POST.get("name", ""),
    }
    return render(one.press.request, "client/time.html", values, status=status)


@require_POST
@audience(Role.CLIENT)
def answer(there: Visit, key: UUID) -> HttpResponse:
    """The same three buttons under my things; somebody else's proposal is answered like one that does not exist."""
    row = next((one for one in proposing.proposals_to(there.by.id, there.at) if one.pk == key), None)
    if row is None:
        raise Http404
    said = there.request.POST.get("answer", "")
    try:
        made = proposing.answer_proposal(by=there.by, at=there.at, proposal=row, answer=said, once=there.once)
    except Refused as refused:
        shown = told(refused.ruling)
        return render(there.request, "common/client_ruling.html", {"ruling": shown}, status=status_of(refused.ruling))
    if said == ANOTHER:
        return redirect("talk")
    return redirect(f"{reverse('mine')}?held={made.pk}") if made else redirect("mine")
