"""Talk to someone: a time with a counselor, and a few words beforehand or "hard to say"."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from subrosa.desks.common import slots
from subrosa.desks.common.card import whom
from subrosa.desks.common.requests import Visit, audience, visit
from subrosa.desks.common.rulings import status_of
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused, Ruling
from subrosa.records.appointment import actions, queries
from subrosa.records.appointment.said import Said
from subrosa.records.case.queries import open_case_of, who_can_open
from subrosa.records.consent.queries import has_signed, in_force
from subrosa.records.outreach.queries import read_next
from subrosa.records.person import clients
from subrosa.records.person import queries as people
from subrosa.records.person.ties import unnamed_ties
from subrosa.records.standing.queries import offered_to_new_clients

from . import first
from .care import who_opens
from .cry import Cry, cry, place_too
from .plain import told
from .talk_text import reason_in_full
from .unlocking import back_in, with_cookie

ANYONE = "any"
CARRIED = ("slot", "reason", "hard", "urgent")  # over the page on which the agreement is signed


@dataclass(frozen=True, slots=True)
class Choices:
    """Whom this client may choose, and how the client stands."""

    names: Mapping[UUID, str]
    case: UUID | None
    opens: Mapping[str, Any]  # whose keys will open what is written, once there is a file
    writes: bool  # whether the own key can seal (and later open) what is written
    sign_first: bool


def _choices(there: Visit) -> Choices:
    case = open_case_of(there.by.id)
    if case is None:
        names = {one.id: one.name for one in offered_to_new_clients(there.at)}
        return Choices(names, None, {}, writes=True, sign_first=False)
    mine = any(one.kind == "client" and one.of == there.by.id for one in who_can_open(case.pk))
    unsigned = in_force() is not None and not has_signed(case.pk) and not unnamed_ties(case.counselor_id)
    return Choices(people.names([case.counselor_id]), case.pk, who_opens(case), writes=mine, sign_first=unsigned)


class TalkForm(forms.Form):
    """A time, and words or the choice that stands for them. Nothing typed is cut off or changed but its line ends."""

    slot = forms.CharField(error_messages={"required": _("Please choose a time.")})
    reason = forms.CharField(
        label=_("What would you like to talk about?"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 7, "dir": "auto", "data-keep": True, "data-danger": "danger-numbers"}),
    )
    hard = forms.BooleanField(label=_("Hard to say"), required=False)
    urgent = forms.BooleanField(label=_("It is urgent"), required=False)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = choices

    def clean_slot(self) -> queries.Offer:
        """A time of somebody this client may choose; whether it is still free the act says."""
        offer = slots.picked(self.cleaned_data["slot"])
        if offer is None or (self.choices.case and offer.opening.staff_id not in self.choices.names):
            raise forms.ValidationError(
                _("This time is not here any more. Please choose another; your words are kept.")
            )
        return offer

    def clean_reason(self) -> str:
        """Exactly what was typed; only line ends are made one kind."""
        return reason_in_full(self.cleaned_data["reason"])

    def clean(self) -> dict[str, Any]:
        """At a first meeting words or "hard to say" are an answer; later neither is needed."""
        values: dict[str, Any] = super().clean() or {}
        first = self.choices.case is None
        if first and "reason" in values and not values["reason"].strip() and not values.get("hard"):
            self.add_error("reason", _("Write a line, or choose “Hard to say”: that is an answer too."))
        return values


def talk(request: HttpRequest) -> HttpResponse:
    """Somebody signed in chooses a time; everybody else chooses one too, without an account."""
    if visit(request) is None:
        return _door(request) if request.method == "POST" else first.when(request)
    return _talk(request)


def _door(request: HttpRequest) -> HttpResponse:
    """A session that ended while somebody wrote: the text is shown, not lost."""
    typed = request.POST.get("reason", "")
    values = {"typed": typed, "next": reverse("talk"), "slot": request.POST.get("slot", "")}
    return render(request, "client/door.html", values, status=403)


@audience(Role.CLIENT)
def _talk(there: Visit) -> HttpResponse:
    choices, cookie = _choices(there), ""
    if there.request.method != "POST":
        wanted = there.request.GET.get("slot", "")
        return _page(there, TalkForm(choices=choices, initial={"slot": wanted}))
    form = TalkForm(there.request.POST, choices=choices)
    if there.locked:
        back = back_in(there, there.request.POST.get("passphrase", ""))
        if back is None:
            return _page(there, form, status=403)
        there, cookie = back
    if "duty" in there.request.POST:
        return with_cookie(_page(there, form, said=cry(there.by, there.at, there.request, there.once)), cookie)
    place_too(there.by, there.at, there.request, there.once)
    if "show" in there.request.POST or not form.is_valid():
        return with_cookie(_page(there, form, status=200 if "show" in there.request.POST else 422), cookie)
    try:
        booking = _book(there, form)
    except Refused as refused:
        status = status_of(refused.ruling)
        return with_cookie(_page(there, form, ruling=refused.ruling, status=status), cookie)
    return with_cookie(redirect(f"{reverse('mine')}?held={booking.pk}"), cookie)


def _book(there: Visit, form: TalkForm) -> Any:
    offer, client = form.cleaned_data["slot"], clients.client(there.by.id)
    assert client is not None, "whoever signed in is a client of this school"
    return actions.book(
        by=there.by,
        at=there.at,
        client=client,
        opening=offer.opening,
        starts_at=offer.starts_at,
        ends_at=offer.ends_at,
        reason=Said(form.cleaned_data["reason"], form.cleaned_data["urgent"]),
        once=there.once,
    )


def _wanted(request: HttpRequest, choices: Choices) -> dict[UUID, str]:
    """The counselors whose times are shown: the one that was chosen, else everybody on offer."""
    asked = request.POST.get("with") or request.GET.get("with", ANYONE)
    chosen = {key: name for key, name in choices.names.items() if str(key) == asked}
    return chosen or dict(choices.names)


def _free(there: Visit, choices: Choices, chosen: str) -> dict[str, Any]:
    """The free times, and when the chosen counselors open the program next."""
    names = _wanted(there.request, choices)
    offers = queries.free(list(names), there.at)
    opens: dict[UUID, datetime] = queries.next_openings(list(names), there.at) if choices.case else {}
    return {
        "offers": offers,
        "days": slots.by_day(offers, names, chosen),
        "reads": [(names[key], when) for key, when in opens.items()],
        "read_next": None if choices.case else read_next(there.at),
        "several": len(names) > 1,
        "names": names,
    }


def _page(
    there: Visit, form: TalkForm, *, ruling: Ruling | None = None, said: Cry | None = None, status: int = 200
) -> HttpResponse:
    choices = form.choices
    chosen = form["slot"].value() or ""
    free = _free(there, choices, chosen)
    gone = slots.picked(chosen) if ruling and "APPT-01" in ruling.clauses else None
    answer = told(ruling) if ruling else None
    values = {
        **free,
        **choices.opens,
        "form": form,
        "ruling": replace(answer, next=None) if answer else None,
        "said": said,
        "sign_now": bool(answer and answer.next),  # what was chosen and written goes along
        "choices": choices,
        "everybody": [(str(key), name) for key, name in choices.names.items()],
        "cards": whom(choices.names, there.at) if choices.case is None else [],
        "whom": there.request.POST.get("with", ANYONE),
        "first": choices.case is None,
        "signed_now": "version" in there.request.POST,
        "nearest": slots.nearest(free["offers"], gone.starts_at, free["names"]) if gone else [],
        "locked": there.locked,
        "tried": there.locked and bool(there.request.POST.get("passphrase")),
        "once": (there.once if form.is_bound else None) or uuid.uuid4(),  # the key of signing is not that of booking
    }
    return render(there.request, "client/talk.html", values, status=status)


def gone_on(there: Visit) -> HttpResponse | None:
    """Back from signing with what was chosen and written before, to book it now; None where nothing came along."""
    kept = {name: there.request.POST[name] for name in CARRIED if there.request.POST.get(name)}
    if not kept:
        return None
    return _page(there, TalkForm(choices=_choices(there), initial=kept))


@require_safe
@audience(Role.CLIENT)
def times(there: Visit) -> HttpResponse:
    """The free times of one counselor or of all: a fragment, so that what is being written stays."""
    choices = _choices(there)
    chosen = there.request.GET.get("slot", "")
    return render(there.request, "client/_times.html", _free(there, choices, chosen))
