"""The door of a center that does not exist yet: a one-time link from the command line makes its lead and its first keys."""

from __future__ import annotations

from uuid import uuid4

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from subrosa.desks.common.doors import EnterForm, with_cookie
from subrosa.desks.common.requests import at
from subrosa.desks.common.rulings import margin, shown
from subrosa.policy.actor import DOOR, Kind
from subrosa.policy.ruling import Refused
from subrosa.records.person import entrance, founding, founding_link
from subrosa.records.school.context import school_in_force
from subrosa.records.vault import keys
from subrosa.records.vault.opener import opener


class FoundForm(EnterForm):
    """Who founds the center, and how that person will sign in."""

    name = forms.CharField(label=_("Your name, as colleagues know it"), max_length=60)
    field_order = ("name", "sign_in", "passphrase", "again")


def found(request: HttpRequest, token: str) -> HttpResponse:
    """The founding page. A link that was used, is too old or was never made says so in the same words."""
    if not founding_link.fits(token, at(request)):
        return render(request, "common/link_unknown.html", status=404)
    form = FoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _found(request, form)
    values = {"form": form, "school": school_in_force(), "margin": margin("MGMT-01", "CONF-07")}
    return render(request, "lead/found.html", values, status=422 if form.errors else 200)


def _found(request: HttpRequest, form: FoundForm) -> HttpResponse:
    given, moment = form.cleaned_data, at(request)
    pair, both = keys.new_keypair("staff", uuid4(), at=moment)
    code = keys.new_recovery_code()
    keys.lock_under(pair, "locked", both, given["passphrase"])
    keys.lock_under(pair, "recovery", both, keys.tidy_code(code))
    session, cookie = entrance.new_session(Kind.STAFF, pair.of, pair.pk, both, at=moment)
    try:
        founding.found(
            by=DOOR, at=moment, name=given["name"], sign_in=given["sign_in"], keypair=pair,
            private=opener(pair.pk, both), session=session,
        )  # fmt: skip
    except Refused as refused:
        return render(request, "common/ruling.html", {"ruling": shown(refused.ruling)}, status=403)
    founding_link.spend()
    page = render(request, "common/recovery_code.html", {"code": code, "sign_in": given["sign_in"]})
    return with_cookie(page, cookie)
