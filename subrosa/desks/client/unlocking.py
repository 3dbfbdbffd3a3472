"""Sessions that begin in the middle of a page: an account just made, or a session that locked while somebody was writing."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest

from subrosa.desks.common.doors import with_cookie as with_cookie
from subrosa.desks.common.requests import Visit, at, who
from subrosa.policy.actor import Actor, Kind
from subrosa.records.person import actions, entrance
from subrosa.records.vault.opener import opener


def begin(request: HttpRequest, opened: entrance.Opened) -> str:
    """A session for somebody whose passphrase fitted, in place of the one before; answers the cookie."""
    before = who(request)
    if before is not None:
        entrance.end(before.session)
    session, cookie = entrance.new_session(opened.kind, opened.holder, opened.keypair, opened.private, at=at(request))
    actions.sign_in(by=Actor(opened.kind, opened.holder), at=at(request), session=session)
    return cookie


def back_in(there: Visit, passphrase: str) -> tuple[Visit, str] | None:
    """The same visit with open keys, and the new cookie; None for a wrong passphrase."""
    opened = entrance.try_again(Kind.CLIENT, there.by.id, passphrase) if passphrase else None
    if opened is None:
        return None
    by = Actor(opened.kind, opened.holder, opener(opened.keypair, opened.private))
    return replace(there, by=by, locked=False), begin(there.request, opened)
