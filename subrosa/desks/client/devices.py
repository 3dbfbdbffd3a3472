"""Where I am signed in, and a new passphrase, on the client's side: neutral words, nothing about why one comes."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect

from subrosa.desks.common import signed_in
from subrosa.desks.common.handed import in_hand
from subrosa.desks.common.requests import Visit, audience
from subrosa.policy.roles import Role
from subrosa.records.person.entrance import by_return_code


@audience(Role.CLIENT, unlocked=True)
def devices(there: Visit) -> HttpResponse:
    """The own sessions. The center's device in somebody's hands is no place for that."""
    if in_hand(there.request) is not None:
        return redirect("here")
    values = {"by_digits": by_return_code(there.by.id)}
    return signed_in.listing(there, "client/devices.html", "mine_devices", values)


@audience(Role.CLIENT, unlocked=True)
def passphrase(there: Visit) -> HttpResponse:
    """A new passphrase; the sixteen digits of a return code are not changed here, since they say which account it is."""
    if in_hand(there.request) is not None:
        return redirect("here")
    if by_return_code(there.by.id):
        return redirect("mine_devices")
    return signed_in.changing(there, "client/passphrase.html", "mine_devices", {})
