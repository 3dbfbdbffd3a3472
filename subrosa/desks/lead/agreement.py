"""The agreement that clients sign: the version in force, and publishing the next. What it must say is the charter's business."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import margin, shown
from subrosa.policy.agreement import Texts, proposed
from subrosa.policy.cures import marked
from subrosa.policy.reading import hard_places, limits
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused
from subrosa.policy.wording import Wording
from subrosa.records.consent import actions, queries
from subrosa.records.school.calendar import school_profile

from .tabs import tabs

LONGEST = 20_000


def _long(label: object) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 18, "class": "long"})
    return forms.CharField(label=label, required=False, max_length=LONGEST, widget=widget)  # type: ignore[arg-type]  # lazy


class AgreementForm(forms.Form):
    """Both texts in both languages; a line that begins with "## " is a heading."""

    text_zh = _long(_("Text in Chinese"))
    text_en = _long(_("Text in English"))
    simple_zh = _long(_("In simpler words, Chinese"))
    simple_en = _long(_("In simpler words, English"))

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


def _begins_with(latest: Any) -> dict[str, str]:
    """What the form holds: the version in force; what the program proposes where there is none, or no simpler text yet."""
    start = proposed()
    if latest is not None:
        start |= {"text_zh": latest.text_zh, "text_en": latest.text_en}
        start |= {"simple_zh": latest.simple_zh, "simple_en": latest.simple_en} if latest.simple_zh else {}
    return start


def _texts(latest: Any) -> list[tuple[object, list[tuple[str, list[str]]]]]:
    """The texts in force in the reader's language, each with its name."""
    if latest is None:
        return []
    chinese = (get_language() or "").startswith("zh")
    simple = latest.simple_zh if chinese else latest.simple_en
    whole = _sections(latest.text_zh if chinese else latest.text_en)
    return [(_("The whole text"), whole), *([(_("In simpler words"), _sections(simple))] if simple else [])]


@audience(Role.LEAD)
def agreement(there: Visit) -> HttpResponse:
    """The text in force, and the form for the next version."""
    latest = queries.in_force()
    form = AgreementForm(there.request.POST or None, initial=_begins_with(latest))
    ruling, status = None, 422 if form.errors else 200
    if there.request.method == "POST" and form.is_valid():
        try:
            actions.publish_agreement(by=there.by, at=there.at, once=there.once, **form.cleaned_data)
            return redirect("center_agreement")
        except Refused as refused:
            ruling, status = shown(refused.ruling), 409
    profile = school_profile()
    values = {
        "form": form,
        "ruling": ruling,
        "marked": marked(*form.cleaned_data.values()) if ruling else [],
        "hard": hard_places(Texts(**form.cleaned_data), profile).values() if ruling else (),
        "most": limits(profile),
        "most_simple": limits(profile, Wording.SIMPLE),
        "younger": school_profile()["minors.fourteen"],
        "latest": latest,
        "texts": _texts(latest),
        "tabs": tabs(there, "center_agreement"),
        "margin": margin("CON-02", "CON-03", "CON-04"),
        "once": uuid.uuid4(),
    }
    return render(there.request, "lead/agreement.html", values, status=status)
