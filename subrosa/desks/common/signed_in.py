"""Where one is signed in, and the passphrase that one changes while signed in: for colleagues here, for clients by their desk."""

from __future__ import annotations

import logging
import uuid
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from subrosa.records.person import access, entrance
from subrosa.records.vault import keys

from .doors import NewPassphrase, with_cookie
from .requests import Visit, audience, who
from .rulings import margin

log = logging.getLogger("subrosa.doors")


class ChangeForm(NewPassphrase):
    """The old passphrase, and the new one twice."""

    old = forms.CharField(
        label=_("The passphrase you have now"),
        max_length=400,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}, render_value=True),
    )
    field_order = ("old", "passphrase", "again")

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["passphrase"].label = _("The new passphrase")
        self.fields["again"].label = _("The new one once more")

    def clean(self) -> dict[str, Any]:
        """The new one is another one."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("passphrase") and given["passphrase"] == given.get("old"):
            self.add_error("passphrase", _("This is the one you have now. Choose another one."))
        return given


class AgainForm(forms.Form):
    """The passphrase once more: whoever sits down at an open page throws nobody out."""

    passphrase = forms.CharField(
        label=_("Your passphrase, to sign out elsewhere"),
        max_length=400,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


def listing(there: Visit, template: str, back: str, values: dict[str, Any]) -> HttpResponse:
    """The own open sessions and their end, for either page; `back` is its own address."""
    form = AgainForm(there.request.POST or None)
    if there.request.method == "POST" and form.is_valid():
        if entrance.try_again(there.by.kind, there.by.id, form.cleaned_data["passphrase"]) is not None:
            _end(there)
            return redirect(f"{reverse(back)}?ended=1")
        log.warning("a passphrase did not fit: end sessions")
        form.add_error("passphrase", _("That was not the passphrase. Nothing is locked by a mistake; try again."))
    status = 422 if form.errors else 200
    return render(there.request, template, {**_shown(there), "form": form, **values}, status=status)


def _shown(there: Visit) -> dict[str, Any]:
    found = access.open_sessions(there.by.kind, there.by.id, at=there.at, this=_this(there))
    return {
        "sessions": found,
        "others": [one for one in found if not one.this],
        "changed": "changed" in there.request.GET,
        "ended": "ended" in there.request.GET,
        "once": uuid.uuid4(),
    }


def _this(there: Visit) -> UUID:
    found = who(there.request)
    assert found is not None, "a visit has a session"
    return found.session


def _end(there: Visit) -> None:
    """End the session that was pressed, or all others; a press that names neither ends nothing."""
    given = there.request.POST
    which: UUID | None = None
    if "others" not in given:
        try:
            which = UUID(given.get("session", ""))
        except ValueError:
            return
    access.end_own(by=there.by, at=there.at, this=_this(there), which=which, once=there.once)


def change(there: Visit, form: ChangeForm) -> str | None:
    """Lock the keys under the new passphrase where the old one opens them; answers the new cookie."""
    opened = entrance.try_again(there.by.kind, there.by.id, form.cleaned_data["old"])
    pair = entrance.pair_of(there.by.kind, there.by.id)
    if opened is None or pair is None or opened.keypair != pair.pk:  # a return code is not changed here
        log.warning("a passphrase did not fit: change")
        form.add_error("old", _("That is not the passphrase you have now. Nothing was changed; try again."))
        return None
    keys.lock_under(pair, "locked", opened.private, form.cleaned_data["passphrase"])
    session, cookie = entrance.new_session(opened.kind, opened.holder, opened.keypair, opened.private, at=there.at)
    access.change_passphrase(by=there.by, at=there.at, pair=pair, session=session)
    return cookie


def changing(there: Visit, template: str, back: str, values: dict[str, Any]) -> HttpResponse:
    """The form and its press, for either page; `back` is where the list of sessions is."""
    form = ChangeForm(there.request.POST or None)
    if there.request.method == "POST" and form.is_valid():
        cookie = change(there, form)
        if cookie is not None:
            return with_cookie(redirect(f"{reverse(back)}?changed=1"), cookie)
    status = 422 if form.errors else 200
    return render(there.request, template, {"form": form, "back": reverse(back), **values}, status=status)


@audience(unlocked=True)
def sessions(there: Visit) -> HttpResponse:
    """A colleague's open sessions."""
    return listing(there, "common/signed_in.html", "sessions", {"margin": margin("CONF-07")})


@audience(unlocked=True)
def passphrase(there: Visit) -> HttpResponse:
    """A colleague's new passphrase."""
    return changing(there, "common/passphrase.html", "sessions", {"margin": margin("CONF-07")})
