"""Write a letter: at the door, where sixteen digits lead to the answer, or from the own account. Only the words are asked for."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from subrosa.desks.common import handed
from subrosa.desks.common.requests import Visit, audience, visit
from subrosa.desks.common.rulings import status_of
from subrosa.policy.actor import DOOR
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused, Ruling
from subrosa.records.appointment.queries import next_openings
from subrosa.records.case.handing import holds_shared
from subrosa.records.case.queries import open_case_of
from subrosa.records.correspondence import actions, queries
from subrosa.records.outreach.queries import has_duty_team, read_next
from subrosa.records.person import clients, returning

from .care import who_opens
from .cry import Cry, cry, place_too
from .digits import TRIES, Press, press_of
from .plain import told
from .talk_text import reason_in_full
from .unlocking import back_in, with_cookie


class LetterForm(forms.Form):
    """The words, and perhaps a name to be called by."""

    text = forms.CharField(
        label=_("Your letter"),
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 9, "dir": "auto", "data-keep": True, "data-danger": "danger-numbers", "autocomplete": "off"}
        ),
    )
    name = forms.CharField(
        label=_("What may we call you?"),
        help_text=_("A nickname is enough, and it may stay empty."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_text(self) -> str:
        """Exactly what was typed; only line ends are made one kind. Whether it says something the charter asks."""
        return reason_in_full(self.cleaned_data["text"])


def write(request: HttpRequest) -> HttpResponse:
    """Without an account. Whoever has one writes there; a device in somebody's hands may write here too."""
    there = visit(request)
    if there is not None and Role.CLIENT in there.roles and handed.in_hand(request) is None:
        return redirect("mine_write")
    press = press_of(request)
    if request.method != "POST":
        return _door(press, LetterForm())
    form = LetterForm(request.POST)
    if "duty" in request.POST:
        return _door(press, form, said=cry(DOOR, press.at, request, press.once, box="text"))
    place_too(DOOR, press.at, request, press.once, box="text")
    if not form.is_valid():
        return _door(press, form, status=422)
    try:
        return _sent(press, form)
    except Refused as refused:
        return _door(press, form, ruling=refused.ruling, status=status_of(refused.ruling))


def _sent(press: Press, form: LetterForm, left: int = TRIES) -> HttpResponse:
    """Sealed under keys that the digits open; the same press again shows the same ones, which are kept nowhere."""
    newcomer, said = returning.newcomer(press.code, press.at), form.cleaned_data
    try:
        made = actions.write_at_the_door(
            by=DOOR, at=press.at, newcomer=newcomer, name=said["name"].strip(), text=said["text"], once=press.once
        )
    except Refused as refused:
        if left and any(one.rule == "a_way_in_is_given_once" for one in refused.ruling.reasons):
            return _sent(replace(press, code=returning.new_code()), form, left - 1)
        raise
    shown = made.client_id == newcomer.client.pk or press.is_of(made.client_id, made.sent_at)
    values = {
        "code": returning.grouped(press.code) if shown else "",
        "address": press.request.get_host(),
        "due": queries.answer_due([made]).get(made.pk),
    }
    return render(press.request, "client/written.html", values)


def _when(there: Any) -> dict[str, Any]:
    """When somebody on duty next opens the program, and by which day an answer will be there."""
    return {"reads": read_next(there.at), "due": queries.answered_by(there.at)}


def _door(
    press: Press, form: LetterForm, *, ruling: Ruling | None = None, said: Cry | None = None, status: int = 200
) -> HttpResponse:
    values = {
        "form": form,
        "ruling": replace(told(ruling), next=None) if ruling else None,
        "said": said,
        "open": has_duty_team(),
        "once": press.once,
        "carried": press.carried(),
        **_when(press),
    }
    return render(press.request, "client/write.html", values, status=status)


@audience(Role.CLIENT)
def own(there: Visit) -> HttpResponse:
    """From the own account, or on the center's device in the own hands: to the own counselor, else to who is on duty."""
    cookie = ""
    if there.request.method != "POST":
        return _own(there, LetterForm())
    form = LetterForm(there.request.POST)
    if there.locked:
        back = back_in(there, there.request.POST.get("passphrase", ""))
        if back is None:
            return _own(there, form, status=403)
        there, cookie = back
    if "duty" in there.request.POST:
        said = cry(there.by, there.at, there.request, there.once, box="text")
        return with_cookie(_own(there, form, said=said), cookie)
    place_too(there.by, there.at, there.request, there.once, box="text")
    if not form.is_valid():
        return with_cookie(_own(there, form, status=422), cookie)
    client = clients.client(there.by.id)
    assert client is not None, "whoever signed in is a client of this school"
    try:
        actions.send(by=there.by, at=there.at, client=client, text=form.cleaned_data["text"], once=there.once)
    except Refused as refused:
        return with_cookie(_own(there, form, ruling=refused.ruling, status=status_of(refused.ruling)), cookie)
    return with_cookie(redirect(f"{reverse('mine_letters')}?sent"), cookie)


def _readers(there: Visit) -> dict[str, Any]:
    """Who will read it: the counselor of the open case that these keys open, and when; else whoever is on duty."""
    case = open_case_of(there.by.id)
    mine = case is not None and (there.locked or holds_shared(there.by, case))
    counselor: UUID | None = case.counselor_id if case is not None and mine else None
    if counselor is None:
        return {"can": handed.in_hand(there.request) is None, **_when(there)}
    opens = next_openings([counselor], there.at)
    due = queries.answered_by(there.at)
    return {"can": True, **who_opens(case), "reads": opens.get(counselor), "due": due}


def _own(
    there: Visit, form: LetterForm, *, ruling: Ruling | None = None, said: Cry | None = None, status: int = 200
) -> HttpResponse:
    values = {
        "own": True,
        "form": form,
        "ruling": replace(told(ruling), next=None) if ruling else None,
        "said": said,
        "open": has_duty_team(),
        "locked": there.locked,
        "tried": there.locked and bool(there.request.POST.get("passphrase")),
        "once": there.once or uuid.uuid4(),
        **_readers(there),
    }
    return render(there.request, "client/write.html", values, status=status)
