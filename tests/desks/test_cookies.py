"""`__Host-` over https: each cookie is this host's alone, and one that somebody else planted is not read."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from subrosa.policy.actor import Kind
from subrosa.records.person import entrance
from subrosa.records.vault.opener import bundle
from tests.desks.hand import Hand
from tests.records.center import PASSPHRASE, Center, center, shared_center

__all__ = ["center", "shared_center"]


@pytest.fixture
def at_home(center: Center, monkeypatch: pytest.MonkeyPatch) -> Hand:
    """Somebody whose browser comes over https."""
    hand = Hand(monkeypatch, None, center.at)
    hand.client = Client(headers={"host": center.school.host, "x-forwarded-proto": "https", "accept-language": "en"})
    return hand


NAMES = {"__Host-vault_key", "__Host-csrftoken", "__Host-seen", "__Host-language"}


def test_over_https_every_cookie_is_this_hosts_alone(at_home: Hand, center: Center) -> None:
    """All four carry the prefix, are read again by it, and go by it."""
    at_home.client.handler.enforce_csrf_checks = True
    at_home.client.defaults["HTTP_ORIGIN"] = f"https://{center.school.host}"
    page = at_home.get("/sign-in/")
    token = page.content.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    signed = at_home.post("/sign-in/", name="lin", passphrase=PASSPHRASE, csrfmiddlewaretoken=token)
    assert signed.status_code == 302, "the form's token was read under its new name"
    assert at_home.get("/desk/").status_code == 200, "so was the session"
    at_home.post("/language/", language="zh-hans", csrfmiddlewaretoken=token)
    assert '<html lang="zh-hans"' in at_home.text("/sign-in/"), "and the language"
    kept = at_home.client.cookies
    assert set(kept) <= NAMES and {"__Host-vault_key", "__Host-csrftoken", "__Host-language"} <= set(kept)
    assert all(one["secure"] and one["path"] == "/" and not one["domain"] for one in kept.values())
    gone = at_home.post("/sign-out/", csrfmiddlewaretoken=token).cookies["__Host-vault_key"]
    assert gone["max-age"] == 0 and gone["secure"] and not gone.value


def test_over_https_a_planted_plain_cookie_is_not_read(at_home: Hand, center: Center) -> None:
    """A neighboring host, or somebody on the way over http, can set plain names only: none of them is looked at."""
    cookie = a_cookie(center)
    at_home.client.cookies["vault_key"] = cookie
    at_home.client.cookies["language"] = "zh-hans"
    answer = at_home.get("/desk/")
    assert answer.status_code == 302 and answer["Location"].startswith("/sign-in/")
    assert '<html lang="en"' in at_home.text("/sign-in/")
    at_home.client.cookies["__Host-vault_key"] = cookie
    assert at_home.get("/desk/").status_code == 200, "the control: under its own name it is a session"


def test_over_plain_http_the_names_are_plain(school: Any) -> None:
    """A browser refuses the prefix there; this is for the own machine only."""
    assert set(Client(headers={"host": school.host}).get("/sign-in/").cookies) == {"csrftoken"}


def a_cookie(center: Center) -> str:
    """A session of Lin's with its cookie."""
    held: Any = center.lin.opener
    row, cookie = entrance.new_session(
        Kind.STAFF, center.lin.id, held.keypair, bundle(held.seal, held.sign), at=center.at
    )
    row.save(force_insert=True)
    return cookie
