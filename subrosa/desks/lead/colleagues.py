"""Inviting colleagues by one-time link, and certifying the keys that they make."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from subrosa.desks.common.credentials import CertificateBesideForm
from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import margin
from subrosa.policy.roles import STAFF_ROLES, Role
from subrosa.records.person import actions, entrance, queries
from subrosa.records.school.calendar import calendar
from subrosa.records.standing.credentials import enter_credential

from .tabs import tabs

ROLE_NAMES = {
    Role.COUNSELOR: _("Counselor"),
    Role.LEAD: _("Lead"),
    Role.RECEPTION: _("Reception"),
    Role.LEADERSHIP: _("Leadership"),
    Role.STEWARD: _("Steward"),
    Role.CUSTODIAN: _("Custodian"),
    Role.OUTSIDE: _("Outside professional"),
}


class InviteForm(forms.Form):
    """Who is invited as what."""

    name = forms.CharField(label=_("Name"), max_length=60)
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=[(str(role), ROLE_NAMES[role]) for role in STAFF_ROLES],
        widget=forms.CheckboxSelectMultiple,
    )


def _unknown_role(there: Visit) -> bool:
    """Somebody asks for a role that the house does not have, such as a student helper: the charter answers, with its clause."""
    asked = there.request.POST.getlist("roles")
    return bool(asked) and not set(asked) <= set(map(str, STAFF_ROLES))


@audience(Role.LEAD)
def colleagues(there: Visit) -> HttpResponse:
    """Everybody at the center, and the form that makes a link; the link is shown once."""
    return _page(there, InviteForm(there.request.POST or None))


def _page(there: Visit, form: InviteForm, wrong: tuple[uuid.UUID, CertificateBesideForm] | None = None) -> HttpResponse:
    """The page; `wrong` is what was said of a certificate beside a press, as it was typed."""
    url = ""
    if wrong is None and there.request.method == "POST" and (form.is_valid() or _unknown_role(there)):
        key, token = entrance.new_token()
        roles = tuple(there.request.POST.getlist("roles"))
        name = form.cleaned_data.get("name", "")
        actions.invite(by=there.by, at=there.at, name=name, roles=roles, link=key, token=token)
        url = there.request.build_absolute_uri(reverse("enter", args=[token]))
        form = InviteForm()
    values = {
        "form": form,
        "url": url,
        "everybody": [_row(there, one, wrong) for one in queries.colleagues()],
        "tabs": tabs(there, "colleagues"),
        "margin": margin("COMP-01", "CONF-07"),
        "once": uuid.uuid4(),
    }
    return render(there.request, "lead/colleagues.html", values, status=422 if form.errors or wrong else 200)


def _row(there: Visit, one: Any, wrong: tuple[uuid.UUID, CertificateBesideForm] | None) -> tuple[Any, list[Any], Any]:
    form = wrong[1] if wrong and wrong[0] == one.id else _beside(there, one.id)
    return one, [ROLE_NAMES[role] for role in one.roles], form


def _beside(there: Visit, key: uuid.UUID, data: Any = None) -> CertificateBesideForm:
    return CertificateBesideForm(data, today=calendar().local(there.at), auto_id=f"id_{key}_%s")


@require_POST
@audience(Role.LEAD, unlocked=True)
def certify(there: Visit, key: uuid.UUID) -> HttpResponse:
    """Sign a colleague's key after seeing the person, and of a counselor the original of the certificate."""
    colleague = queries.staff(key)
    if colleague is None:
        raise Http404
    form = _beside(there, key, there.request.POST)
    if not form.is_valid():
        return _page(there, InviteForm(), (key, form))
    actions.certify(by=there.by, at=there.at, colleague=colleague, once=there.once)
    if form.cleaned_data["kind"]:
        enter_credential(by=there.by, at=there.at, colleague=colleague, **form.cleaned_data)
    return redirect("colleagues")
