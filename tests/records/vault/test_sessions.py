"""Between browser and database: neither the cookie alone nor the row alone opens anything; a lock deletes the half."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from subrosa.policy.actor import DOOR, Kind
from subrosa.policy.ruling import Outcome
from subrosa.records.person import actions, entrance
from subrosa.records.person.models import Link, Session
from subrosa.records.vault import sessions
from subrosa.records.vault.opener import bundle
from tests.records.center import PASSPHRASE, Center, refused
from tests.records.thief import set_rows


def begin(center: Center, at: datetime) -> tuple[Session, str]:
    """Lin signs in: the session row and the cookie."""
    opened = entrance.try_passphrase("lin", PASSPHRASE)
    assert opened is not None
    session, cookie = entrance.new_session(Kind.STAFF, opened.holder, opened.keypair, opened.private, at=at)
    return actions.sign_in(by=center.lin, at=at, session=session), cookie


def test_cookie_and_row_together_open(center: Center) -> None:
    _, cookie = begin(center, center.at)
    found = entrance.signed_in(cookie, at=center.at)
    assert found is not None and not found.locked
    assert found.actor.opener.seal == center.lin.opener.seal


def test_cookie_alone_and_row_alone_open_nothing(center: Center) -> None:
    session, cookie = begin(center, center.at)
    read = sessions.read_cookie(cookie)
    assert read is not None
    wrong = sessions.cookie(session.pk, sessions.new_key())
    assert entrance.signed_in(wrong, at=center.at) is None
    assert sessions.open_private(session.pk, bytes(session.private), sessions.new_key()) is None
    other, theirs = begin(center, center.at)
    assert sessions.open_private(other.pk, bytes(session.private), read[1]) is None, "bound to its row"
    entrance.end(session.pk)
    assert entrance.signed_in(cookie, at=center.at) is None
    assert entrance.signed_in(theirs, at=center.at) is not None


@pytest.mark.parametrize("cookie", ["", "x", "é" * 64, "A" * 64, "A" * 63, "A" * 4096, "====", "\0"])
def test_anything_else_is_no_cookie(center: Center, cookie: str) -> None:
    assert entrance.signed_in(cookie, at=center.at) is None
    assert entrance.link_for(cookie) is None or cookie == ""


def test_a_lock_deletes_the_half_and_keeps_the_session(center: Center) -> None:
    session, cookie = begin(center, center.at)
    entrance.lock(session.pk)
    found = entrance.signed_in(cookie, at=center.at)
    assert found is not None and found.locked and found.actor.opener is None
    assert Session.objects.get(pk=session.pk).private is None


def test_idle_locks_and_polling_is_no_use(center: Center) -> None:
    session, cookie = begin(center, center.at)
    minutes = timedelta(seconds=session.idle_seconds) - timedelta(seconds=30)
    polled = entrance.signed_in(cookie, at=center.at + minutes, polling=True)
    assert polled is not None and not polled.locked
    idle = entrance.signed_in(cookie, at=center.at + timedelta(seconds=session.idle_seconds + 1), polling=True)
    assert idle is not None and idle.locked
    assert Session.objects.get(pk=session.pk).private is None
    assert entrance.signed_in(cookie, at=center.at).locked, "and it stays locked"


def test_use_keeps_it_open(center: Center) -> None:
    session, cookie = begin(center, center.at)
    half = timedelta(seconds=session.idle_seconds * 0.75)
    for times in (1, 2, 3):
        found = entrance.signed_in(cookie, at=center.at + times * half)
        assert found is not None and not found.locked


def test_after_twelve_hours_it_locks_however_much_it_is_used(center: Center) -> None:
    _, cookie = begin(center, center.at)
    step = timedelta(minutes=10)
    for times in range(1, 73):
        found = entrance.signed_in(cookie, at=center.at + times * step)
        assert found is not None and not found.locked, times
    late = entrance.signed_in(cookie, at=center.at + 73 * step)
    assert late is not None and late.locked
    assert entrance.signed_in(cookie, at=center.at + step).locked, "and it stays locked"


def test_a_row_set_back_by_somebody_opens_with_its_own_cookie_only(center: Center) -> None:
    session, _ = begin(center, center.at)
    _, theirs = begin(center, center.at)
    key, secret = sessions.read_cookie(theirs)
    set_rows(Session.objects.get(pk=key), private=bytes(session.private))
    found = entrance.signed_in(theirs, at=center.at)
    assert found is not None and found.locked, secret


def carrying(center: Center) -> tuple[Link, str]:
    opened = entrance.try_passphrase("lin", PASSPHRASE)
    assert opened is not None
    link, token = entrance.carrying_link(opened, at=center.at)
    actions.own_link(by=center.lin, at=center.at, link=link)
    return link, token


def take_over(center: Center, token: str, at: datetime) -> dict[str, Any]:
    """What the page of a link that carries a session asks of its act."""
    link = entrance.link_for(token)
    assert link is not None
    lin = center.lin.opener
    session, _ = entrance.new_session(Kind.STAFF, link.staff_id, lin.keypair, bundle(lin.seal, lin.sign), at=at)
    return {"by": DOOR, "at": at, "link": link, "session": session}


@pytest.mark.clause("COMP-01", "passes")
def test_a_handed_session_is_taken_once(center: Center) -> None:
    link, token = carrying(center)
    key = entrance.token_key(token)
    assert entrance.take(link, sessions.new_key()) is None
    assert entrance.take(link, key).seal == center.lin.opener.seal
    actions.hand_over(**take_over(center, token, center.at))
    spent = entrance.link_for(token)
    assert spent is not None and spent.used_at and entrance.take(spent, key) is None
    again = refused(actions.hand_over, **take_over(center, token, center.at))
    assert again.outcome is Outcome.REFUSED and again.clauses == ("COMP-01",)


@pytest.mark.clause("COMP-01", "refuses")
def test_a_handed_session_that_lay_about_too_long(center: Center) -> None:
    _, token = carrying(center)
    late = center.at + timedelta(days=2)
    assert refused(actions.hand_over, **take_over(center, token, late)).missing == ("link_in_time",)
