"""Finding a student in the school's list as one types, and receiving somebody who is not on it."""

from __future__ import annotations

import uuid
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from subrosa.desks.common.register import identity_of
from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import margin
from subrosa.policy.acts import Act
from subrosa.policy.ruling import Boundary, Refused, Ruling
from subrosa.records.person import clients
from subrosa.records.roster import queries as roster
from subrosa.records.vault.opener import opener_of

from .names import AT_THE_DESK


class GuestForm(forms.Form):
    """Somebody who is not on the list: a new pupil, a teacher, a guest."""

    name = forms.CharField(label=_("Name"), max_length=60)
    class_name = forms.CharField(label=_("Class or office"), max_length=60, required=False)
    phone = forms.CharField(
        label=_("Phone"), max_length=40, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )


def _words(there: Visit) -> str:
    return there.request.GET.get("q", "").strip()[:60]


@audience(*AT_THE_DESK, unlocked=True)
def find(there: Visit) -> HttpResponse:
    """The search, and below it the form for somebody who is not on the list."""
    form = GuestForm(there.request.POST or None)
    if there.request.method == "POST" and form.is_valid():
        identity = clients.Identity(**form.cleaned_data)
        made = clients.open_client(by=there.by, at=there.at, identity=identity, once=there.once)
        return redirect("reception_client", made.pk)
    words = _words(there)
    values = {
        "form": form,
        "words": words,
        "found": roster.search(words),
        "size": roster.size(),
        "margin": margin("CONF-05", "APPT-01"),
        "once": there.once or uuid.uuid4(),
    }
    return render(there.request, "reception/find.html", values, status=422 if form.errors else 200)


@require_safe
@audience(*AT_THE_DESK, unlocked=True)
def listed(there: Visit) -> HttpResponse:
    """The students that fit what was typed so far: a fragment."""
    words = _words(there)
    values = {"words": words, "found": roster.search(words), "once": uuid.uuid4()}
    return render(there.request, "reception/_list.html", values)


@require_POST
@audience(*AT_THE_DESK, unlocked=True)
def pick(there: Visit, key: UUID) -> HttpResponse:
    """The client that this student is, or becomes now."""
    card = roster.card(key)
    if card is None:
        raise Http404
    try:
        known = clients.client_of_pupil(opener_of(there.by), key)
    except Boundary as error:  # a colleague whose key was never brought to the desk
        reason = error.reason
        raise Refused(Ruling(Act.OPEN_CLIENT, reason.outcome, (reason.clause,), (reason,))) from error
    if known is None:
        known = clients.open_client(by=there.by, at=there.at, identity=identity_of(key, card), once=there.once)
    return redirect("reception_client", known.pk)
