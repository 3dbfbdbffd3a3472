"""From the slip to an account: the code, a passphrase of one's own, and a sign-in name that the program makes."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from subrosa.desks.common.doors import SHORTEST as SHORTEST
from subrosa.desks.common.doors import NewPassphrase
from subrosa.desks.common.requests import at
from subrosa.policy.actor import DOOR, Kind
from subrosa.policy.ruling import Refused
from subrosa.records.person import clients, entrance
from subrosa.records.person.names import new_sign_in
from subrosa.records.vault import keys

from .plain import told
from .unlocking import begin, with_cookie

SECRET = {"autocomplete": "new-password"}


class CodeForm(forms.Form):
    """The code from the slip."""

    code = forms.CharField(
        label=_("The code on your slip"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=_("Capital or small letters, with or without dashes: all the same."),
        error_messages={"required": _("Please type the code from your slip.")},
    )

    def clean_code(self) -> str:
        """A code that was mistyped is told from one that is not known."""
        code: str = self.cleaned_data["code"]
        try:
            return keys.tidy_code(code)
        except ValueError:
            raise forms.ValidationError(
                _("A letter is missing or different. Compare it with the slip once more; nothing is lost.")
            ) from None


class PassphraseForm(NewPassphrase, CodeForm):
    """The code once more, hidden, and a passphrase of one's own."""

    DIFFER = _("The two are not the same yet.")
    code = forms.CharField(max_length=80, widget=forms.HiddenInput)
    passphrase = forms.CharField(
        label=_("Your passphrase"),
        min_length=SHORTEST,
        max_length=400,
        strip=False,
        widget=forms.PasswordInput(attrs=SECRET, render_value=True),
        help_text=_("At least twelve characters. A short sentence only you would think of is easy to keep."),
        error_messages={
            "required": _("Please choose a passphrase."),
            "min_length": _("This is shorter than twelve characters. Add a word or two."),
        },
    )
    again = forms.CharField(
        label=_("The same once more"),
        max_length=400,
        strip=False,
        widget=forms.PasswordInput(attrs=SECRET, render_value=True),
        error_messages={"required": _("Please type it once more.")},
    )


@dataclass(frozen=True, slots=True)
class Press:
    """One press of the form: its key of repetition, what was typed, and when."""

    request: HttpRequest
    once: uuid.UUID | None
    code: str
    passphrase: str
    at: datetime


def account(request: HttpRequest) -> HttpResponse:
    """First the code, then the passphrase; the answer shows the sign-in name, once."""
    if request.method != "POST":
        return _page(request, CodeForm(), step=1)
    second = "passphrase" in request.POST
    form = PassphraseForm(request.POST) if second else CodeForm(request.POST)
    if not form.is_valid():
        return _page(request, form, step=2 if second and "code" not in form.errors else 1)
    press = Press(
        request, _once(request), form.cleaned_data["code"], form.cleaned_data.get("passphrase", ""), at(request)
    )
    row = clients.code_for(press.code)
    if row is None:
        return _made_before(press) or _unknown(press)
    if not second and press.at <= row.until:
        return _page(request, PassphraseForm(initial={"code": press.code}), step=2, status=200)
    try:
        return _open(press, row)
    except Refused as refused:
        return _page(request, CodeForm(initial={"code": request.POST["code"]}), step=1, ruling=told(refused.ruling))


def _once(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("once", ""))
    except ValueError:
        return None


def _page(request: HttpRequest, form: forms.Form, *, step: int, status: int = 0, ruling: Any = None) -> HttpResponse:
    bad = 403 if ruling else 422 if form.errors else 200
    once = _once(request) or uuid.uuid4()  # a repeated press is the same press, whatever was corrected between
    values = {"form": form, "step": step, "once": once, "ruling": ruling}
    return render(request, "client/account.html", values, status=status or bad)


def _unknown(press: Press) -> HttpResponse:
    form = CodeForm({"code": press.request.POST["code"]})
    form.add_error(
        "code", _("This code is not known, or was used already. If it was you, sign in; else ask for a new slip.")
    )
    return _page(press.request, form, step=1)


def _open(press: Press, row: Any) -> HttpResponse:
    pair, both = keys.new_keypair("client", row.client_id, at=press.at)
    if press.passphrase:  # without one the code is too old, and its act says so
        keys.lock_under(pair, "locked", both, press.passphrase)
    keys.introduce(pair, keys.introduction(press.code))
    session, cookie = entrance.new_session(Kind.CLIENT, row.client_id, pair.pk, both, at=press.at)
    made = clients.open_account(
        by=DOOR, at=press.at, code=row, keypair=pair, sign_in=new_sign_in(), session=session, once=press.once
    )
    if made.keypair_id != pair.pk:  # the same press a second time: the first one made it
        return _made_before(press) or _unknown(press)
    return with_cookie(_shown(press.request, made.sign_in), cookie)


def _made_before(press: Press) -> HttpResponse | None:
    """A press whose answer got lost: its passphrase opens what it made, and the name is shown again."""
    made = clients.account_made_with(press.once) if press.once and press.passphrase else None
    opened = entrance.try_passphrase(made.sign_in, press.passphrase) if made else None
    if made is None or opened is None:
        return None
    return with_cookie(_shown(press.request, made.sign_in), begin(press.request, opened))


def _shown(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "client/name.html", {"name": name})
