"""The school's year: terms, holidays with the weekend days worked for them, examination weeks. Entered whole, on one page."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import margin, shown
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused, Ruling
from subrosa.records.appointment.queries import booked_on_closed_days
from subrosa.records.duty.actions import set_calendar
from subrosa.records.school.calendar import calendar as school_calendar
from subrosa.records.school.calendar import entered
from subrosa.timetable.year import Entry, Fault, Kind, faults

from .tabs import tabs

EMPTY_LINES, MOST_LINES = 3, 80
KINDS = (
    ("", _("choose")),
    (Kind.TERM.value, _("Term")),
    (Kind.HOLIDAY.value, _("Holiday")),
    (Kind.QUIET.value, _("Examination week")),
    (Kind.WORKED.value, _("Weekend day worked")),
)
WORDS = {
    Fault.REVERSED: _("The last day lies before the first. Turn them round, or correct the year."),
    Fault.LONG: _("That is longer than such a span can be. Is the year right?"),
    Fault.FAR: _("This day lies many years away. Is the year right?"),
    Fault.OVERLAP: _("This shares a day with another line of its kind above. Shorten one of the two."),
    Fault.NO_WEEKEND: _("Only a Saturday or Sunday is entered as worked; every other day is a school day anyway."),
    Fault.HOLIDAY: _("This day lies in a holiday. Shorten the holiday, or take this line out."),
}


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    wrong = {"invalid": _("Please give the day as year, month and day.")}
    return forms.DateField(label=label, required=False, widget=widget, error_messages=wrong)


class LineForm(forms.Form):
    """One span; a line that is left empty, or ticked away, is no span."""

    kind = forms.ChoiceField(label=_("What"), choices=KINDS, required=False)
    first = _day(_("First day"))
    last = _day(_("Last day"))
    away = forms.BooleanField(label=_("Take out"), required=False)

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        for field in self.fields.values():
            field.asked = True  # type: ignore[attr-defined]  # "may stay empty" stands once below the lines, not at each

    def clean(self) -> dict[str, Any]:
        """A line says what it is and when it begins; one day needs no last day."""
        said = super().clean() or {}
        if self.is_away or not any((said.get("kind"), said.get("first"), said.get("last"), self.errors)):
            self.errors.clear()
            return said
        if not said.get("kind"):
            self.add_error("kind", _("Please say what these days are."))
        if not said.get("first") and "first" not in self.errors:
            self.add_error("first", _("Please give the first day."))
        return said

    @property
    def is_away(self) -> bool:
        """Whether this line is to be taken out."""
        return bool(self.cleaned_data.get("away"))

    @property
    def entry(self) -> Entry | None:
        """The span of a line; None where there is none."""
        said = self.cleaned_data
        if said.get("away") or self.errors or not said.get("first"):
            return None
        return Entry(Kind(said["kind"]), said["first"], said.get("last") or said["first"])


Lines: Any = forms.formset_factory(LineForm, extra=EMPTY_LINES, max_num=MOST_LINES, absolute_max=MOST_LINES)


@audience(Role.LEAD)
def calendar(there: Visit) -> HttpResponse:
    """The page, and the press that enters all of it."""
    if there.request.method != "POST":
        known = [{"kind": one.kind.value, "first": one.first, "last": one.last} for one in entered()]
        return _page(there, Lines(initial=known, prefix="day"))
    lines = Lines(there.request.POST, prefix="day")
    right = lines.is_valid()
    of_line = [(line, entry) for line in lines if line.is_bound and (entry := _entry(line)) is not None]
    wrong = faults([entry for _, entry in of_line], school_calendar().local(there.at))
    for place, fault in wrong.items():
        of_line[place][0].add_error("last" if fault is Fault.REVERSED else "first", WORDS[fault])
    if not right:
        return _page(there, lines, status=422)
    try:
        set_calendar(by=there.by, at=there.at, entries=[entry for _, entry in of_line], once=there.once)
    except Refused as refused:
        return _page(there, lines, refused.ruling, status=409)
    return redirect("calendar")


def _entry(line: LineForm) -> Entry | None:
    return line.entry if hasattr(line, "cleaned_data") else None


def _page(there: Visit, lines: Any, ruling: Ruling | None = None, status: int = 200) -> HttpResponse:
    values = {
        "ruling": shown(ruling) if ruling else None,
        "lines": lines,
        "meetings": booked_on_closed_days(there.at),
        "wrong": gettext("Some lines cannot be meant; nothing was changed.") if status == 422 else "",
        "tabs": tabs(there, "calendar"),
        "margin": margin("REC-01", "APPT-01"),
        "once": uuid.uuid4(),
    }
    return render(there.request, "lead/calendar.html", values, status=status)
