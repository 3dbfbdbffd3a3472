"""The principal's page: what the center will not tell, entered by the lead as it was signed."""

from __future__ import annotations

import uuid

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import margin, shown
from subrosa.policy.principal import offered
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused
from subrosa.records.standing import actions, queries

from .tabs import tabs


class PrincipalForm(forms.Form):
    """The signed text in both languages, and who signed."""

    text_zh = forms.CharField(label=_("Text in Chinese"), max_length=5000, widget=forms.Textarea(attrs={"rows": 7}))
    text_en = forms.CharField(label=_("Text in English"), max_length=5000, widget=forms.Textarea(attrs={"rows": 7}))
    signer = forms.CharField(
        label=_("Signed by"), max_length=60, help_text=_("Name and office of the person who signed on paper.")
    )


@audience(Role.LEAD)
def principal(there: Visit) -> HttpResponse:
    """The page in force, and the form for the next."""
    zh, en = offered()
    page = queries.principal_page()
    start = {"text_zh": page.text_zh, "text_en": page.text_en} if page else {"text_zh": zh, "text_en": en}
    form = PrincipalForm(there.request.POST or None, initial=start)
    ruling, status = None, 422 if form.errors else 200
    if there.request.method == "POST" and form.is_valid():
        try:
            actions.sign_principal_page(by=there.by, at=there.at, once=there.once, **form.cleaned_data)
            return redirect("founding")
        except Refused as refused:
            ruling, status = shown(refused.ruling), 403
    values = {
        "form": form,
        "ruling": ruling,
        "page": page,
        "signer": queries.principal_signer(page) if page else "",
        "tabs": tabs(there, "founding"),
        "margin": margin("MGMT-01", "MGMT-02"),
        "once": uuid.uuid4(),
    }
    return render(there.request, "lead/principal.html", values, status=status)
