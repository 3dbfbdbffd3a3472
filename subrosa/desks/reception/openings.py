"""My hours: what a counselor offers each week, in which room."""

from __future__ import annotations

import uuid
from datetime import time
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import margin, shown
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused
from subrosa.records.appointment import actions, queries
from subrosa.records.school.calendar import school_profile

NEAREST = 2  # of each side


class OpeningForm(forms.Form):
    """An hour of each week: day, time, length, room."""

    weekday = forms.TypedChoiceField(label=_("Day"), coerce=int, choices=lambda: list(WEEKDAYS.items())[:5])
    starts = forms.TimeField(
        label=_("Begins at"), widget=forms.TimeInput(attrs={"type": "time", "step": "300"}, format="%H:%M")
    )
    minutes = forms.IntegerField(label=_("Length"), min_value=1, max_value=600, widget=forms.RadioSelect)
    room = forms.TypedChoiceField(label=_("Room"), coerce=UUID)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lengths = school_profile()["sessions.lengths_minutes"]
        said = [(n, ngettext("%(n)s minute", "%(n)s minutes", n) % {"n": n}) for n in lengths]
        rooms = [(str(room.pk), room.name) for room in queries.rooms()]
        self.fields["minutes"].widget.choices = said  # whether it may be, the charter says
        self.fields["minutes"].initial = lengths[0]
        self.fields["room"].choices = rooms  # type: ignore[attr-defined]  # a ChoiceField


class RoomForm(forms.Form):
    """A room by the name on its door."""

    name = forms.CharField(label=_("Name on the door"), max_length=40)

    def clean_name(self) -> str:
        """Each room once."""
        name: str = self.cleaned_data["name"]
        if any(room.name == name for room in queries.rooms()):
            raise forms.ValidationError(_("This room is there already."))
        return name


@audience(Role.COUNSELOR)
def openings(there: Visit) -> HttpResponse:
    """My week, and one hour more."""
    form = OpeningForm(there.request.POST or None)
    chosen = queries.room(form.cleaned_data["room"]) if form.is_valid() else None
    if there.request.method == "POST" and chosen is not None:
        values = form.cleaned_data
        try:
            actions.set_opening(
                by=there.by,
                at=there.at,
                room=chosen,
                weekday=values["weekday"],
                starts=values["starts"],
                minutes=values["minutes"],
                once=there.once,
            )
        except Refused as refused:
            return _page(there, form, RoomForm(), refused)
        return redirect("openings")
    return _page(there, form, RoomForm())


def _nearest(there: Visit, values: dict[str, Any]) -> list[time]:
    """The starts before and after the one that was wanted, at which counselor and room are both free."""
    found = queries.free_starts(there.by.id, values["room"], values["weekday"], values["minutes"])
    before, after = ([one for one in found if (one < values["starts"]) is earlier] for earlier in (True, False))
    return [*before[-NEAREST:], *after[:NEAREST]]


def _page(there: Visit, form: OpeningForm, room_form: RoomForm, refused: Refused | None = None) -> HttpResponse:
    overlaps = refused is not None and "free_hour" in refused.ruling.missing
    mine = queries.openings_of(there.by.id)
    week = [(WEEKDAYS[day], [one for one in mine if one.weekday == day]) for day in range(7)]
    values = {
        "ruling": shown(refused.ruling) if refused else None,
        "nearest": _nearest(there, form.cleaned_data) if overlaps else [],
        "form": form,
        "room_form": room_form,
        "rooms": queries.rooms(),
        "week": [(name, rows) for name, rows in week if rows],
        "margin": margin("APPT-01", "APPT-04"),
        "once": uuid.uuid4(),
        "once_room": uuid.uuid4(),
        "once_near": uuid.uuid4(),
    }
    status = 403 if refused else 422 if form.errors or room_form.errors else 200
    return render(there.request, "reception/openings.html", values, status=status)


@require_POST
@audience(Role.COUNSELOR)
def room(there: Visit) -> HttpResponse:
    """One more room of the center."""
    form = RoomForm(there.request.POST)
    if not form.is_valid():
        return _page(there, OpeningForm(), form)
    actions.add_room(by=there.by, at=there.at, name=form.cleaned_data["name"], once=there.once)
    return redirect("openings")


@require_POST
@audience(Role.COUNSELOR)
def end(there: Visit, key: UUID) -> HttpResponse:
    """Offer this hour no more; what is booked stays booked."""
    opening = queries.opening(key)
    if opening is None or opening.staff_id != there.by.id:
        raise Http404
    actions.end_opening(by=there.by, at=there.at, opening=opening, once=there.once)
    return redirect("openings")
