"""The agreement that clients sign: the version in force, and publishing the next. What it must say is the charter's business."""

from __future__ import annotations

import uuid

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import margin, shown
from subrosa.policy.agreement import compose
from subrosa.policy.cures import marked
from subrosa.policy.reading import limits, too_hard
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused
from subrosa.records.consent import actions, queries
from subrosa.records.school.calendar import school_profile

from .tabs import tabs

LONGEST = 20_000


def _long(label: object) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 18, "class": "long"})
    return forms.CharField(label=label, required=False, max_length=LONGEST, widget=widget)  # type: ignore[arg-type]  # lazy


class AgreementForm(forms.Form):
    """The whole text in both languages; a line that begins with "## " is a heading."""

    text_zh = _long(_("Text in Chinese"))
    text_en = _long(_("Text in English"))

    def clean(self) -> dict[str, str]:
        """Browsers send other line ends than the text has."""
        return {name: text.replace("\r\n", "\n") for name, text in self.cleaned_data.items()}


def _sections(text: str) -> list[tuple[str, list[str]]]:
    """Headings and the lines below each."""
    found = []
    for block in text.split("\n\n"):
        head, *lines = block.split("\n")
        found.append((head.removeprefix("## "), [line.removeprefix("- ") for line in lines]))
    return found


@audience(Role.LEAD)
def agreement(there: Visit) -> HttpResponse:
    """The text in force, and the form for the next version."""
    latest = queries.in_force()
    zh, en = (latest.text_zh, latest.text_en) if latest else compose()
    form = AgreementForm(there.request.POST or None, initial={"text_zh": zh, "text_en": en})
    ruling, status = None, 422 if form.errors else 200
    if there.request.method == "POST" and form.is_valid():
        try:
            actions.publish_agreement(by=there.by, at=there.at, once=there.once, **form.cleaned_data)
            return redirect("center_agreement")
        except Refused as refused:
            ruling, status = shown(refused.ruling), 409
    chinese = (get_language() or "").startswith("zh")
    values = {
        "form": form,
        "ruling": ruling,
        "marked": marked(*form.cleaned_data.values()) if ruling else [],
        "hard": too_hard(**form.cleaned_data, limit=limits(school_profile())) if ruling else (),
        "most": limits(school_profile()),
        "latest": latest,
        "sections": _sections((latest.text_zh if chinese else latest.text_en) if latest else ""),
        "tabs": tabs(there, "center_agreement"),
        "margin": margin("CON-02", "CON-03", "CON-04"),
        "once": uuid.uuid4(),
    }
    return render(there.request, "lead/agreement.html", values, status=status)
