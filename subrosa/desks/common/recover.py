"""A forgotten passphrase: the recovery code from the own envelope opens the same keys, and a new passphrase locks them."""

from __future__ import annotations

import logging

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from subrosa.policy.actor import Actor
from subrosa.records.person import actions, entrance
from subrosa.records.vault import keys

from .doors import NewPassphrase, with_cookie
from .requests import at

log = logging.getLogger("subrosa.doors")


class RecoverForm(NewPassphrase):
    """Name, code, and what locks the keys from now on."""

    name = forms.CharField(
        label=_("Sign-in name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    code = forms.CharField(
        label=_("Recovery code"),
        max_length=80,
        help_text=_("From your own envelope. Small letters, spaces and dashes do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    field_order = ("name", "code", "passphrase", "again")


def recover(request: HttpRequest) -> HttpResponse:
    """The page itself. A new recovery code is shown once; the old one opens nothing any more."""
    form = RecoverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        opened = entrance.try_recovery(form.cleaned_data["name"], form.cleaned_data["code"])
        if opened is not None:
            return _renew(request, opened, form.cleaned_data["passphrase"], form.cleaned_data["name"])
        log.warning("a recovery code did not fit")
        form.add_error(None, _("Name and code do not fit together. Nothing is locked by a mistake; try again."))
    return render(request, "common/recover.html", {"form": form}, status=422 if form.errors else 200)


def _renew(request: HttpRequest, opened: entrance.Opened, passphrase: str, name: str) -> HttpResponse:
    code = keys.new_recovery_code()
    pair = entrance.pair_of(opened.kind, opened.holder)
    assert pair is not None, "its recovery code has just opened it"
    keys.lock_under(pair, "locked", opened.private, passphrase)
    keys.lock_under(pair, "recovery", opened.private, keys.tidy_code(code))
    session, cookie = entrance.new_session(opened.kind, opened.holder, opened.keypair, opened.private, at=at(request))
    actions.renew_locks(by=Actor(opened.kind, opened.holder), at=at(request), pair=pair, session=session)
    page = render(request, "common/recovery_code.html", {"code": code, "sign_in": name})
    return with_cookie(page, cookie)
