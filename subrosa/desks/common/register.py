"""The registration form: who, class, how to be reached. One page for the desk and for the counselor (APPT-01)."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused, Ruling
from subrosa.records.appointment import registering, sitting
from subrosa.records.case.queries import cases_of_client
from subrosa.records.person import clients
from subrosa.records.roster import queries as roster
from subrosa.records.roster.sheet import Card

from .newcomers import AT_THE_DESK, meet
from .requests import Visit, audience, safe_next
from .rulings import margin, shown, status_of
from .sealed import asked_for

REACH = (
    (clients.COMES_BY, _("Comes by; no message needed")),
    (clients.BY_PHONE, _("By phone")),
    (clients.NO_CONTACT, _("Please do not contact")),
)


LATER = (
    "class_name",
    "reach",
)  # may be empty now, and is asked for by the charter when the first full record is signed


class RegisterForm(forms.Form):
    """The form by hand; what may be empty until the end of the first meeting is empty."""

    name = forms.CharField(label=_("Name"), max_length=60)
    class_name = forms.CharField(label=_("Class or office"), max_length=60, required=False)
    reach = forms.ChoiceField(
        label=_("How to be reached"), choices=REACH, required=False, widget=forms.RadioSelect(attrs={"class": "reach"})
    )
    phone = forms.CharField(
        label=_("Phone"), max_length=40, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    born = forms.DateField(
        label=_("Day of birth"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_(
            "For a student who is not on the list: what the family is asked depends on it. Sealed like the name."
        ),
    )
    of_age = forms.BooleanField(label=_("Of age, or one of the staff"), required=False)

    def __init__(self, *args: Any, known: clients.Identity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in LATER:
            self.fields[name].asked = True  # type: ignore[attr-defined]
        if known.roster and known.born:  # the list says it
            del self.fields["born"], self.fields["of_age"]

    def clean_born(self) -> str:
        """As the identity keeps it."""
        born = self.cleaned_data["born"]
        return born.isoformat() if born else ""


def _client(key: UUID) -> clients.Client:
    found = clients.client(key)
    if found is None:
        raise Http404
    return found


def _known(there: Visit, client: clients.Client) -> clients.Identity:
    meet(there, [client.pk])
    known = clients.read_identities(by=there.by, at=there.at, clients=[client.pk])
    return known.get(client.pk) or clients.Identity("")


@asked_for
@audience(*AT_THE_DESK, unlocked=True)
def register(there: Visit, key: UUID) -> HttpResponse:
    """The form; saved, it goes back to where one came from."""
    client = _client(key)
    identity = _known(there, client)
    form = RegisterForm(there.request.POST or None, initial=_initial(identity), known=identity)
    if there.request.method != "POST" or not form.is_valid():
        return _page(there, client, form, identity)
    return _save(there, client, replace(identity, **form.cleaned_data), form)


def _initial(identity: clients.Identity) -> dict[str, Any]:
    reach = identity.reach or (clients.BY_PHONE if identity.phone else "")
    who = {"name": identity.name, "class_name": identity.class_name, "reach": reach, "phone": identity.phone}
    return {**who, "born": identity.born, "of_age": identity.of_age}


def _save(
    there: Visit, client: clients.Client, identity: clients.Identity, form: RegisterForm, *, seen: bool = False
) -> HttpResponse:
    seen = seen or bool(client.roster_mark)  # matched before: only corrected now
    try:
        registering.register(
            by=there.by, at=there.at, client=_client(client.pk), identity=identity, seen=seen, once=there.once
        )
    except Refused as refused:
        return _page(there, client, form, identity, ruling=refused.ruling)
    return redirect(_back(there, client))


def _back(there: Visit, client: clients.Client) -> str:
    return safe_next(there.request, reverse("reception_client", args=[client.pk]))


def identity_of(key: UUID, card: Card) -> clients.Identity:
    """What the desk keeps of a student of the list; without a phone on the card, who came once comes by again."""
    reach = clients.BY_PHONE if card.phone else clients.COMES_BY
    return clients.Identity(
        *(card.name, card.number, card.group, card.phone),
        roster=str(key),
        reach=reach,
        born=card.born,
    )


@require_POST
@audience(*AT_THE_DESK, unlocked=True)
def pick(there: Visit, key: UUID, pupil: UUID) -> HttpResponse:
    """It is this student: pressed by somebody who has seen the person."""
    client, card = _client(key), roster.card(pupil)
    if card is None:
        raise Http404
    before = _known(there, client)
    identity = identity_of(pupil, card)
    identity = replace(identity, reach=before.reach or identity.reach, urgent=before.urgent)
    form = RegisterForm(initial=_initial(identity), known=identity)
    return _save(there, client, identity, form, seen="seen" in there.request.POST)


@require_safe
@audience(*AT_THE_DESK, unlocked=True)
def listed(there: Visit, key: UUID) -> HttpResponse:
    """The students that fit what was typed so far: a fragment."""
    return render(there.request, "common/_pupils.html", _found(there, _client(key)))


def _found(there: Visit, client: clients.Client) -> dict[str, Any]:
    words = there.request.GET.get("q", "").strip()[:60]
    back = there.request.GET.get("next", "")
    return {"client": client, "words": words, "found": roster.search(words), "next": back, "once": uuid.uuid4()}


def _page(
    there: Visit,
    client: clients.Client,
    form: RegisterForm,
    identity: clients.Identity,
    *,
    ruling: Ruling | None = None,
) -> HttpResponse:
    older = _older(there, client, identity) if ruling else None
    if older is not None:  # who stays apart fills it in by hand, the day of birth too
        form = RegisterForm(initial=_initial(identity), known=replace(identity, roster=""))
    values = {
        **_found(there, client),
        "ruling": shown(ruling) if ruling else None,
        "form": form,
        "next": there.request.POST.get("next") or there.request.GET.get("next", ""),
        "lacks": client.lacks,
        "matched": bool(client.roster_mark),
        "older": older,
        "may_join": older is not None and Role.COUNSELOR in there.roles,
        "sitting": _sitting_of(there, client) if older else None,
        "once_form": uuid.uuid4(),
        "margin": margin("APPT-01", "CONF-05"),
    }
    status = status_of(ruling, otherwise=422 if form.errors else 200)
    return render(there.request, "common/register.html", values, status=status)


def _older(there: Visit, client: clients.Client, identity: clients.Identity) -> clients.Client | None:
    return registering.older_client(there.by, client, identity.roster) if identity.roster else None


def _sitting_of(there: Visit, client: clients.Client) -> object:
    """The counselor's own sitting of this client that may go on as somebody else's: no file was opened yet."""
    if Role.COUNSELOR not in there.roles or cases_of_client(client.pk) or clients.account_of(client.pk) is not None:
        return None
    mine = (one for one in sitting.sittings_of(client.pk) if one.staff_id == there.by.id and one.booking_id is None)
    return next(mine, None)
