"""A time that others proposed: the slip's code at the door, or one line under my things. Yes, another time, or no: alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from subrosa.desks.common.requests import Visit, audience, visit
from subrosa.desks.common.rulings import status_of
from subrosa.policy.actor import DOOR
from subrosa.policy.roles import Role
from subrosa.policy.rows.ending import ANOTHER, YES
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
    """The code first, then the time and three buttons. Nobody who stands here is asked who it is, and nobody is told."""
    form, press = CodeForm(request.POST if request.method == "POST" else None), press_of(request)
    if not form.is_bound or not form.is_valid():
        return _page(Slip(press, form), status=422 if form.errors else 200)
    try:
        row = proposing.proposal_for(form.cleaned_data["code"], press.at)
    except ValueError:
        form.add_error("code", _("A letter is missing or different. Compare it once more."))
        return _page(Slip(press, form), status=422)
    if row is None:
        made = proposing.held_by(press.once)
        if made is not None:
            return _held(request, made, visit(request))
        form.add_error("code", _("Nothing is held under this code any more. That is all right; nothing is noted."))
        return _page(Slip(press, form), status=422)
    slip = Slip(press, form, row)
    return _answered(slip, row) if "answer" in request.POST else _page(slip)


def _answered(slip: Slip, row: proposing.Proposal) -> HttpResponse:
    """The answer of whoever holds the slip: signed in as oneself, else as the door. Whom it was for decides nothing here."""
    press, request = slip.press, slip.press.request
    there, answer = visit(request), request.POST["answer"]
    mine = there is not None and Role.CLIENT in there.roles
    newcomer = returning.newcomer(press.code, press.at) if answer == YES and not mine else None
    try:
        made: Any = proposing.answer_proposal(
            by=there.by if there is not None and mine else DOOR,
            at=press.at,
            proposal=row,
            answer=answer,
            newcomer=newcomer,
            identity=clients.Identity(request.POST.get("name", "").strip()[:40], reach=clients.COMES_BY),
            code=slip.form.cleaned_data["code"],
            once=press.once,
        )
    except Refused as refused:
        if answer == YES and not mine:  # one sentence, whatever the reason: some only somebody known could have
            return _page(
                slip, sorry=gettext("This time cannot be held just now. Choose another, or come by."), status=409
            )
        return _page(slip, ruling=told(refused.ruling), status=status_of(refused.ruling))
    if answer == ANOTHER:
        return redirect("talk")
    return render(request, "client/time_no.html") if made is None else _held(request, made, there)


def _held(request: HttpRequest, made: Any, there: Visit | None) -> HttpResponse:
    """Under the own things, where somebody signed in; at the door one page for everybody."""
    if there is not None and made.client_id == there.by.id:
        return redirect(f"{reverse('mine')}?held={made.pk}")
    return render(request, "client/time_yes.html", {"booking": made})


def _page(one: Slip, *, ruling: object = None, sorry: str = "", status: int = 200) -> HttpResponse:
    values = {
        "form": one.form,
        "row": one.row,
        "ruling": ruling,
        "sorry": sorry,
        "once": one.press.once,
        "name": one.press.request.POST.get("name", ""),
    }
    return render(one.press.request, "client/time.html", values, status=status)


@require_POST
@audience(Role.CLIENT)
def answer(there: Visit, key: UUID) -> HttpResponse:
    """The same three buttons under my things; somebody else's proposal is answered like one that does not exist."""
    row = next((one for one in proposing.proposals_to(there.by.id, there.at) if one.pk == key), None)
    if row is None:
        made = proposing.held_by(there.once) if there.once else None  # a second press: what the first one held
        if made is None or made.client_id != there.by.id:
            raise Http404
        return redirect(f"{reverse('mine')}?held={made.pk}")
    said = there.request.POST.get("answer", "")
    try:
        made = proposing.answer_proposal(by=there.by, at=there.at, proposal=row, answer=said, once=there.once)
    except Refused as refused:
        shown = told(refused.ruling)
        return render(there.request, "common/client_ruling.html", {"ruling": shown}, status=status_of(refused.ruling))
    if said == ANOTHER:
        return redirect("talk")
    return redirect(f"{reverse('mine')}?held={made.pk}") if made else redirect("mine")
