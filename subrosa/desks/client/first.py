"""Talk to someone, without an account: choose a time, say as much or as little as one likes, and keep sixteen digits."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from subrosa.desks.common import slots
from subrosa.desks.common.card import whom
from subrosa.desks.common.requests import at, visit
from subrosa.desks.common.rulings import status_of
from subrosa.policy.actor import DOOR
from subrosa.policy.ruling import Refused, Ruling
from subrosa.records.appointment import queries
from subrosa.records.appointment.first import first_contact
from subrosa.records.appointment.queries import Offer
from subrosa.records.outreach.queries import read_next
from subrosa.records.person import clients, returning
from subrosa.records.standing.queries import offered_to_new_clients

from .cry import Cry, cry, place_too
from .digits import TRIES, Press, press_of
from .plain import told
from .talk_text import reason_in_full

REACHES = (
    (clients.COMES_BY, _("I just come by then")),
    (clients.NO_CONTACT, _("Do not contact me")),
    (clients.BY_PHONE, _("By phone or another way:")),
)


class FirstForm(forms.Form):
    """A nickname, how to be reached, the words or what stands for them, and whether it is urgent."""

    slot = forms.CharField(widget=forms.HiddenInput, error_messages={"required": _("Please choose a time.")})
    name = forms.CharField(
        label=_("What may we call you?"),
        help_text=_("A nickname is enough, and it may stay empty."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=_("What would you like to talk about?"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto", "data-keep": True, "data-danger": "danger-numbers"}),
    )
    hard = forms.BooleanField(label=_("Hard to say"), required=False)
    urgent = forms.BooleanField(label=_("It is urgent"), required=False)
    reach = forms.ChoiceField(label=_("How may we reach you?"), choices=REACHES, initial=clients.COMES_BY)
    contact = forms.CharField(
        label=_("Number or address"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_slot(self) -> Offer:
        """A time that could be read; whether it is still free the act says."""
        offer = slots.picked(self.cleaned_data["slot"])
        if offer is None:
            raise forms.ValidationError(
                _("This time is not here any more. Please choose another; your words are kept.")
            )
        return offer

    def clean_reason(self) -> str:
        """Exactly what was typed; only line ends are made one kind."""
        return reason_in_full(self.cleaned_data["reason"])

    def clean(self) -> dict[str, Any]:
        """Words or "hard to say" are an answer; whoever wants a call says where."""
        values: dict[str, Any] = super().clean() or {}
        if "reason" in values and not values["reason"].strip() and not values.get("hard"):
            self.add_error("reason", _("Write a line, or choose “Hard to say”: that is an answer too."))
        if values.get("reach") == clients.BY_PHONE and not values.get("contact", "").strip():
            self.add_error("contact", _("Please say where, or choose one of the other two."))
        return values

    def identity(self) -> clients.Identity:
        """What the desk will know: nothing that was not written here."""
        said = self.cleaned_data
        phone = said["contact"].strip() if said["reach"] == clients.BY_PHONE else ""
        return clients.Identity(said["name"].strip(), phone=phone, reach=said["reach"], urgent=said["urgent"])


def _names(moment: datetime) -> dict[UUID, str]:
    return {one.id: one.name for one in offered_to_new_clients(moment)}


def _once_each(offers: list[Offer]) -> list[Offer]:
    """Whoever is free: each moment once, in order, with the counselor who has most room in these weeks."""
    room = Counter(one.opening.staff_id for one in offers)
    found: dict[datetime, Offer] = {}
    for one in sorted(offers, key=lambda offer: (offer.starts_at, -room[offer.opening.staff_id])):
        found.setdefault(one.starts_at, one)
    return list(found.values())


@require_safe
def when(request: HttpRequest) -> HttpResponse:
    """The first page: free times of everybody who takes new people, or of one of them."""
    moment = at(request)
    names, asked = _names(moment), request.GET.get("with", "")
    chosen = {key: name for key, name in names.items() if str(key) == asked}
    offers = queries.free(list(chosen or names), moment)
    values = {
        "days": slots.by_day(offers if chosen else _once_each(offers), names),
        "everybody": [(str(key), name) for key, name in names.items()],
        "whom": asked if chosen else "",
        "cards": whom(chosen or names, moment),
        "missing": "slot" in request.GET,
    }
    return render(request, "client/when.html", values, status=200)


def first(request: HttpRequest) -> HttpResponse:
    """The second page, and by its button the third: the time is held, and these are the digits."""
    if visit(request) is not None:
        return redirect("talk")
    press = press_of(request)
    if request.method != "POST":
        offer = slots.picked(request.GET.get("slot", ""))
        return _page(press, FirstForm(initial={"slot": slots.value_of(offer)})) if offer else when(request)
    form = FirstForm(request.POST)
    if "duty" in request.POST:
        return _page(press, form, said=cry(DOOR, press.at, request, press.once))
    place_too(DOOR, press.at, request, press.once)
    if not form.is_valid():
        return _page(press, form, status=422)
    try:
        return _hold(press, form)
    except Refused as refused:
        return _page(press, form, ruling=refused.ruling, status=status_of(refused.ruling))


def _hold(press: Press, form: FirstForm, left: int = TRIES) -> HttpResponse:
    newcomer = returning.newcomer(press.code, press.at)
    said = form.cleaned_data
    try:
        made = first_contact(
            by=DOOR,
            at=press.at,
            newcomer=newcomer,
            identity=form.identity(),
            offer=said["slot"],
            reason=said["reason"],
            once=press.once,
        )
    except Refused as refused:
        if left and any(one.rule == "a_way_in_is_given_once" for one in refused.ruling.reasons):
            return _hold(replace(press, code=returning.new_code()), form, left - 1)
        raise
    again = made.client_id != newcomer.client.pk  # the same press a second time: the first one made it
    shown = not again or press.is_of(made.client_id, made.booked_at)
    address = press.request.get_host()
    values = {"booking": made, "code": returning.grouped(press.code) if shown else "", "address": address}
    return render(press.request, "client/held.html", values)


def _page(
    press: Press, form: FirstForm, *, ruling: Ruling | None = None, said: Cry | None = None, status: int = 200
) -> HttpResponse:
    names = _names(press.at)
    chosen = form["slot"].value() or ""
    offer = slots.picked(chosen)
    offers = queries.free(list(names), press.at)
    gone = offer if ruling is not None and "APPT-01" in ruling.clauses else None
    values = {
        "form": form,
        "offer": offer,
        "counselor": names.get(offer.opening.staff_id, "") if offer else "",
        "cards": whom({offer.opening.staff_id: ""}, press.at) if offer and offer.opening.staff_id in names else [],
        "reads": read_next(press.at) if offer else None,
        "ruling": replace(told(ruling), next=None) if ruling else None,
        "nearest": slots.nearest(offers, gone.starts_at, names) if gone else [],
        "several": len(names) > 1,
        "said": said,
        "once": press.once,
        "carried": press.carried(),
    }
    return render(press.request, "client/first.html", values, status=status)


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """I was sent: ten minutes without a file, where and when somebody is there; nothing is noted."""
    moment = at(request)
    names = _names(moment)
    offers = _once_each(queries.free(list(names), moment))[:5]
    values = {"there": [(one, names[one.opening.staff_id]) for one in offers]}
    return render(request, "client/sent.html", values)
