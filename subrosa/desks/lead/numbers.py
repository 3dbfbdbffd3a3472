"""The numbers on the help page: hours, order, the day of the last test call, and who is on duty today."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import RulingShown, margin, shown
from subrosa.policy.helplines import by_text
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused
from subrosa.records.helpline import actions, queries
from subrosa.records.school.calendar import calendar

from .tabs import tabs

A_TERM = timedelta(days=150)  # a test call older than this is owed again
NUMBER = RegexValidator(r"^[0-9+*#() -]{2,20}$", _("Digits, spaces and + - * # only."))


class LineForm(forms.Form):
    """A line's hours and place; for one of the region also its number and name."""

    number = forms.CharField(label=_("Number"), max_length=20, validators=[NUMBER])
    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=40)
    name_en = forms.CharField(label=_("Name in English"), max_length=40)
    hours_zh = forms.CharField(label=_("When it answers, in Chinese"), max_length=60)
    hours_en = forms.CharField(label=_("When it answers, in English"), max_length=60)
    place = forms.IntegerField(label=_("Place in the list"), min_value=1, max_value=99)
    offered = forms.BooleanField(label=_("Stands on the help page"), required=False, initial=True)

    def __init__(self, *args: Any, fixed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("number", "name_zh", "name_en") if fixed else ():  # what ships keeps its number and name
            self.fields[name].disabled = True

    def change(self, key: str) -> actions.Change:
        """What the act is asked."""
        said = self.cleaned_data
        name, hours = (said["name_zh"], said["name_en"]), (said["hours_zh"], said["hours_en"])
        return actions.Change(key, said["number"], name, hours, said["place"], said["offered"])


class DutyForm(forms.Form):
    """Who is on duty now; all empty means nobody."""

    name = forms.CharField(label=_("Name"), max_length=40, required=False)
    room = forms.CharField(label=_("Room"), max_length=40, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False, validators=[NUMBER])


class AreaForm(forms.Form):
    """12110 takes text messages only with the end of the area code."""

    area = forms.RegexField(
        r"^[0-9]{3}$",
        label=_("Last three digits of the area code"),
        error_messages={"invalid": _("Three digits, please: for 0571 that is 571.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "few"}),
    )


ADMITTED = (Role.LEAD, Role.COUNSELOR)


@audience(*ADMITTED)
def numbers(there: Visit) -> HttpResponse:
    """The list as the help page has it, and who is on duty."""
    return _page(there)


def _page(there: Visit, *, ruling: RulingShown | None = None, **forms_: Any) -> HttpResponse:
    duty, today = queries.on_duty(), calendar().local(there.at)
    chinese = (get_language() or "").startswith("zh")
    every = queries.every_line()
    bad = any(form.errors for form in forms_.values())
    values = {
        "lines": [
            {
                "line": one,
                "name": one.name[0 if chinese else 1],
                "hours": one.hours[0 if chinese else 1],
                "owed": one.offered and (one.tested_on is None or today - one.tested_on > A_TERM),
                "once": uuid.uuid4(),
            }
            for one in every
        ],
        "area_set": any(one.by_text for one in every),
        "duty": duty,
        "duty_form": DutyForm(initial={"name": duty.name, "room": duty.room, "phone": duty.phone} if duty else None),
        "line_form": LineForm(initial={"place": 15}),
        "area_form": AreaForm(),
        "ruling": ruling,
        "tabs": tabs(there, "numbers"),
        "margin": margin("RISK-04", "RISK-01"),
        "once": uuid.uuid4(),
        "once_duty": uuid.uuid4(),
        "once_area": uuid.uuid4(),
        **forms_,
    }
    return render(there.request, "lead/numbers.html", values, status=403 if ruling else 422 if bad else 200)


def _line(key: str) -> queries.Offered:
    found = queries.line(key)
    if found is None:
        raise Http404
    return found


@audience(*ADMITTED)
def number(there: Visit, key: str) -> HttpResponse:
    """One line: hours, place, whether it is offered."""
    line = _line(key)
    (name_zh, name_en), (hours_zh, hours_en) = line.name, line.hours
    start = {"number": line.number, "place": line.place, "offered": line.offered}
    start |= {"name_zh": name_zh, "name_en": name_en, "hours_zh": hours_zh, "hours_en": hours_en}
    form, ruling = LineForm(there.request.POST or None, initial=start, fixed=line.ships), None
    if there.request.method == "POST" and form.is_valid():
        try:
            actions.set_line(by=there.by, at=there.at, change=form.change(key), once=there.once)
            return redirect("numbers")
        except Refused as refused:
            ruling = shown(refused.ruling)
    values = {
        "form": form,
        "line": line,
        "ruling": ruling,
        "tabs": tabs(there, "numbers"),
        "margin": margin("RISK-04"),
        "once": uuid.uuid4(),
    }
    return render(there.request, "lead/number.html", values, status=403 if ruling else 422 if form.errors else 200)


@require_POST
@audience(*ADMITTED)
def tested(there: Visit, key: str) -> HttpResponse:
    """Called today, and it answered as the page says."""
    actions.note_test_call(by=there.by, at=there.at, line=_line(key), once=there.once)
    return redirect("numbers")


@require_POST
@audience(*ADMITTED)
def add_number(there: Visit) -> HttpResponse:
    """A line of the region."""
    form = LineForm({**there.request.POST.dict(), "offered": "on"})
    if not form.is_valid():
        return _page(there, line_form=form)
    digits = "".join(one for one in form.cleaned_data["number"] if one.isdigit())
    return _set(there, form.change(f"own-{digits}"[:20]))


@require_POST
@audience(*ADMITTED)
def area(there: Visit) -> HttpResponse:
    """The number for text messages of this area."""
    form = AreaForm(there.request.POST)
    if not form.is_valid():
        return _page(there, area_form=form)
    line = by_text(form.cleaned_data["area"])
    return _set(there, actions.Change(line.key, line.number, line.name, line.hours, line.place))


def _set(there: Visit, change: actions.Change) -> HttpResponse:
    try:
        actions.set_line(by=there.by, at=there.at, change=change, once=there.once)
    except Refused as refused:
        return _page(there, ruling=shown(refused.ruling))
    return redirect("numbers")


@require_POST
@audience(*ADMITTED)
def on_duty(there: Visit) -> HttpResponse:
    """Who is on duty from now on."""
    form = DutyForm(there.request.POST)
    if not form.is_valid():
        return _page(there, duty_form=form)
    actions.set_on_duty(by=there.by, at=there.at, once=there.once, **form.cleaned_data)
    return redirect("numbers")
