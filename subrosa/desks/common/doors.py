"""The ways in and out: one-time link, sign-in, lock and unlock, quick exit, language."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from subrosa.policy.actor import DOOR, Actor, Kind
from subrosa.policy.ruling import Refused
from subrosa.records.person import actions, entrance, names
from subrosa.records.person.queries import colleague
from subrosa.records.vault import keys
from subrosa.records.vault.opener import bundle

from . import passphrases
from .requests import at, safe_next, who
from .rulings import shown
from .witness import witnessed

log = logging.getLogger("subrosa.doors")
SHORTEST = 12
LANGUAGE_DAYS = 365


class NewPassphrase(forms.Form):
    """A passphrase, typed twice."""

    DIFFER = _("The two passphrases differ.")

    passphrase = forms.CharField(
        label=_("Passphrase"),
        min_length=SHORTEST,
        max_length=400,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=True),
        help_text=_("At least twelve characters; four words that only you put together are easy to keep."),
        error_messages={"min_length": _("This is shorter than twelve characters. Add a word or two.")},
    )
    again = forms.CharField(
        label=_("The passphrase once more"),
        strip=False,
        max_length=400,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=True),
    )

    def clean_passphrase(self) -> str:
        """It is not what others try first; the own sign-in name, where it is typed beside, is no secret."""
        passphrase: str = self.cleaned_data["passphrase"]
        passphrases.check(passphrase, *(str(self.cleaned_data.get(name, "")) for name in ("sign_in", "name")))
        return passphrase

    def clean_again(self) -> str:
        """Both are the same."""
        again: str = self.cleaned_data["again"]
        if "passphrase" in self.cleaned_data and again != self.cleaned_data["passphrase"]:
            raise forms.ValidationError(self.DIFFER)
        return again


class EnterForm(NewPassphrase):
    """What a new colleague chooses."""

    sign_in = forms.CharField(label=_("Sign-in name"), min_length=2, max_length=40, strip=True)
    field_order: Iterable[str] | None = ("sign_in", "passphrase", "again")

    def clean_sign_in(self) -> str:
        """Nobody else uses the name."""
        name: str = self.cleaned_data["sign_in"]
        if names.is_taken(name):
            raise forms.ValidationError(_("Somebody uses this name already."))
        return name


class SignInForm(forms.Form):
    """Name and passphrase."""

    name = forms.CharField(
        label=_("Sign-in name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    passphrase = forms.CharField(
        label=_("Passphrase"),
        max_length=400,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class UnlockForm(forms.Form):
    """The passphrase alone."""

    passphrase = forms.CharField(
        label=_("Passphrase"),
        max_length=400,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )


def with_cookie(response: HttpResponse, cookie: str) -> HttpResponse:
    """Give the browser its key (an empty one is none): no end date, never readable by script."""
    if cookie:
        response.set_cookie(
            settings.SESSION_COOKIE, cookie, httponly=True, samesite="Lax", secure=settings.COOKIE_SECURE
        )
    return response


def enter(request: HttpRequest, token: str) -> HttpResponse:
    """A one-time link: hands over a prepared session, or lets a new colleague choose a passphrase."""
    link = entrance.link_for(token)
    if link is None:
        return render(request, "common/link_unknown.html", status=404)
    person = colleague(link.staff)
    if link.used_at is not None or at(request) > link.until:
        return _refused_link(request, link)
    if link.handed is not None:
        return _take_over(request, token, link) if request.method == "POST" else _ask_over(request, person)
    form = EnterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _activate(request, link, form)
    return render(request, "common/enter.html", {"form": form, "person": person}, status=422 if form.errors else 200)


def _ask_over(request: HttpRequest, person: object) -> HttpResponse:
    return render(request, "common/enter.html", {"person": person, "handed": True})


def _refused_link(request: HttpRequest, link: entrance.Link) -> HttpResponse:
    """An old or used link goes through its act all the same: the charter answers, and the attempt is an entry."""
    pair, both = keys.new_keypair("staff", link.staff_id, at=at(request))
    session, _cookie = entrance.new_session(Kind.STAFF, link.staff_id, pair.pk, both, at=at(request))
    try:
        actions.enter(by=DOOR, at=at(request), link=link, keypair=pair, sign_in="-", session=session)
    except Refused as refused:
        return render(request, "common/ruling.html", {"ruling": shown(refused.ruling)}, status=403)
    raise AssertionError("a used or expired link was let in")


def _take_over(request: HttpRequest, token: str, link: entrance.Link) -> HttpResponse:
    key = entrance.token_key(token)
    opener = entrance.take(link, key) if key else None
    if opener is None:
        return render(request, "common/link_unknown.html", status=404)
    both = bundle(opener.seal, opener.sign)
    session, cookie = entrance.new_session(Kind.STAFF, link.staff_id, opener.keypair, both, at=at(request))
    actions.hand_over(by=DOOR, at=at(request), link=link, session=session)
    return with_cookie(redirect("home"), cookie)


def _activate(request: HttpRequest, link: entrance.Link, form: EnterForm) -> HttpResponse:
    pair, both = keys.new_keypair("staff", link.staff_id, at=at(request))
    code = keys.new_recovery_code()
    keys.lock_under(pair, "locked", both, form.cleaned_data["passphrase"])
    keys.lock_under(pair, "recovery", both, keys.tidy_code(code))
    session, cookie = entrance.new_session(Kind.STAFF, link.staff_id, pair.pk, both, at=at(request))
    actions.enter(
        by=DOOR, at=at(request), link=link, keypair=pair, sign_in=form.cleaned_data["sign_in"], session=session
    )
    page = render(request, "common/recovery_code.html", {"code": code, "sign_in": form.cleaned_data["sign_in"]})
    return with_cookie(page, cookie)


def sign_in(request: HttpRequest) -> HttpResponse:
    """The passphrase opens the private halves: that is the sign-in."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        opened = entrance.try_passphrase(form.cleaned_data["name"], form.cleaned_data["passphrase"])
        if opened is not None:
            return _begin(request, opened)
        log.warning("a passphrase did not fit: sign_in")  # neither whose nor from where: that would tell who comes
        form.add_error(None, _("Name and passphrase do not fit together. Nothing is locked by a mistake; try again."))
    values = {"form": form, "next": safe_next(request)}
    return render(request, "common/sign_in.html", values, status=422 if form.errors else 200)


def _begin(request: HttpRequest, opened: entrance.Opened) -> HttpResponse:
    before = who(request)
    if before is not None:
        entrance.end(before.session)
    session, cookie = entrance.new_session(opened.kind, opened.holder, opened.keypair, opened.private, at=at(request))
    actions.sign_in(by=Actor(opened.kind, opened.holder), at=at(request), session=session)
    return with_cookie(witnessed(request, redirect(safe_next(request))), cookie)


def unlock(request: HttpRequest) -> HttpResponse:
    """The way back in after a lock: a new key for the cookie, the same page again."""
    found = who(request)
    if found is None:
        return redirect("sign_in")
    if not found.locked:
        return redirect(safe_next(request))
    form = UnlockForm(request.POST or None)
    if found.actor.kind is Kind.CLIENT and entrance.by_return_code(found.actor.id):
        form.fields["passphrase"].help_text = _(
            "You came with a return code? Its sixteen digits are your passphrase here."
        )
    if request.method == "POST" and form.is_valid():
        opened = entrance.try_again(found.actor.kind, found.actor.id, form.cleaned_data["passphrase"])
        if opened is not None:
            return _begin(request, opened)
        log.warning("a passphrase did not fit: unlock")
        form.add_error("passphrase", _("That was not the passphrase. Nothing is locked by a mistake; try again."))
    values = {"form": form, "next": safe_next(request)}
    return render(request, "common/unlock.html", values, status=422 if form.errors else 200)


@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Delete the session's sealed half; the page is emptied."""
    found = who(request)
    if found is not None:
        entrance.lock(found.session)
    return redirect(f"{reverse('unlock')}")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session on this browser and ask it to forget what it kept."""
    found = who(request)
    if found is not None:
        entrance.end(found.session)
    response = redirect("home")
    response.delete_cookie(settings.SESSION_COOKIE)
    response.headers["Clear-Site-Data"] = '"cache"'  # not "storage": the help page stays for when there is no network
    return response


@require_POST
def quick_exit(request: HttpRequest) -> HttpResponse:
    """Leave no way back: the session ends and an empty page stays."""
    found = who(request)
    if found is not None:
        entrance.end(found.session)
    response = HttpResponse(status=204) if request.headers.get("Sec-Fetch-Mode") == "no-cors" else redirect("blank")
    response.delete_cookie(settings.SESSION_COOKIE)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def blank(request: HttpRequest) -> HttpResponse:
    """An empty page."""
    return render(request, "common/blank.html")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Switch the language and stay where one is."""
    response = redirect(safe_next(request))
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, chosen, max_age=LANGUAGE_DAYS * 86400, samesite="Lax", httponly=True
        )
    return response
