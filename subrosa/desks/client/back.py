"""I have a return code: sixteen digits in any groups, and the own pages open."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from subrosa.desks.common.requests import at, safe_next, who
from subrosa.policy.actor import DOOR, Actor, Kind
from subrosa.policy.ruling import Refused
from subrosa.records.correspondence.queries import writes_only
from subrosa.records.person import entrance, returning

from .plain import told
from .unlocking import with_cookie


class BackForm(forms.Form):
    """The digits."""

    code = forms.CharField(
        label=_("Your sixteen digits"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "spellcheck": "false"}),
        help_text=_("In four groups or in one piece: all the same."),
        error_messages={"required": _("Please type the sixteen digits.")},
    )

    def clean_code(self) -> str:
        """Sixteen digits; what is mistyped is told before anything is looked up."""
        found = returning.tidy(self.cleaned_data["code"])
        if found is None:
            raise forms.ValidationError(
                _("These are not sixteen digits. Compare them with your note; nothing is lost.")
            )
        return found


def back(request: HttpRequest) -> HttpResponse:
    """Wrong digits and digits that nobody has are answered alike, and as slowly."""
    form = BackForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form, status=422 if form.errors else 200)
    code = form.cleaned_data["code"]
    try:
        returning.try_code(by=DOOR, at=at(request), code=code)
    except Refused as refused:
        return _page(request, form, status=409, ruling=told(refused.ruling))
    found = returning.open_with(code)
    if found is None:
        form.add_error("code", _("These digits open nothing here. Compare them with your note and try again."))
        return _page(request, form, status=422)
    before = who(request)
    if before is not None:
        entrance.end(before.session)
    session, cookie = entrance.new_session(Kind.CLIENT, found.client, found.pair, found.private, at=at(request))
    returning.come_back(by=Actor(Kind.CLIENT, found.client), at=at(request), code=code, session=session)
    otherwise = reverse("mine_letters" if writes_only(found.client) else "mine")
    return with_cookie(redirect(safe_next(request, otherwise)), cookie)


def _page(request: HttpRequest, form: BackForm, *, status: int, ruling: object = None) -> HttpResponse:
    values = {"form": form, "ruling": ruling, "next": safe_next(request, "")}
    return render(request, "client/back.html", values, status=status)
