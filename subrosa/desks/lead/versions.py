"""Publishing the code: what changed, and what is left out with which reason."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import RulingShown, clause_shown, margin, shown
from subrosa.policy import register
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused
from subrosa.records.standing import actions, queries

from .tabs import tabs


def _asked(label: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    field = forms.CharField(label=label, required=False, max_length=2000, widget=widget)
    field.asked = True  # type: ignore[attr-defined]  # by the charter, so the template does not say "may stay empty"
    return field


class VersionForm(forms.Form):
    """What a new version says of itself. Whether it may be published is the charter's business."""

    change_zh = _asked(_("What changed, in Chinese"))
    change_en = _asked(_("What changed, in English"))
    left_out = forms.MultipleChoiceField(
        label=_("Clauses left out"), required=False, widget=forms.SelectMultiple(attrs={"size": 6})
    )
    dropped_reason = forms.CharField(
        label=_("Reason for leaving them out"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as given
        choices = [(one.id, f"{one.id} {clause_shown(one.id).title}") for one in register.clauses()]
        self.fields["left_out"].choices = choices  # type: ignore[attr-defined]  # a MultipleChoiceField


def _on_this_page(ruling: RulingShown, form: VersionForm) -> RulingShown:
    """The next step leads into the form below: a fresh page would lose what was typed."""
    empty = next((name for name in form.fields if name != "left_out" and not form.cleaned_data[name]), "change_zh")
    return replace(ruling, next=ruling.next and replace(ruling.next, url=f"#id_{empty}"))


@audience(Role.LEAD)
def versions(there: Visit) -> HttpResponse:
    """All versions, and the form for the next."""
    form = VersionForm(there.request.POST or None)
    ruling, status = None, 200
    if there.request.method == "POST" and form.is_valid():
        left_out = set(form.cleaned_data["left_out"])
        try:
            actions.publish_code(
                by=there.by,
                at=there.at,
                clauses=tuple(one.id for one in register.clauses() if one.id not in left_out),
                change_zh=form.cleaned_data["change_zh"],
                change_en=form.cleaned_data["change_en"],
                dropped_reason=form.cleaned_data["dropped_reason"],
                once=there.once,
            )
            return redirect("lead")
        except Refused as refused:
            ruling, status = _on_this_page(shown(refused.ruling), form), 409
    values = {
        "form": form,
        "ruling": ruling,
        "versions": queries.versions(),
        "tabs": tabs(there, "versions"),
        "margin": margin("MGMT-01", "ETH-01"),
        "once": uuid.uuid4(),
    }
    return render(there.request, "lead/versions.html", values, status=status)
