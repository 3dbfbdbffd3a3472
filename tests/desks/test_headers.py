"""What every answer says to a browser: what may be loaded, by which way to come back, which cookies for https only."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from subrosa.desks.common.middleware import CSP, METHODS
from subrosa.policy.roles import Role
from tests.desks.hand import Hand
from tests.ground import actor

PAGES = ["/", "/help/", "/code/", "/sign-in/", "/nowhere/", "/desk/", "/static/common/room.js", "/help/worker.js"]


@pytest.fixture
def secure(school: Any) -> Client:
    """A browser behind a proxy that says https."""
    return Client(headers={"host": school.host, "x-forwarded-proto": "https"})


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_has_them(secure: Client, path: str) -> None:
    answer = secure.get(path)
    assert answer["Content-Security-Policy"] == CSP
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert "Access-Control-Allow-Origin" not in answer
    assert "charset" in answer.get("Content-Type", "charset") or path.startswith("/static/")
    if not path.startswith("/static/"):
        assert answer["Cache-Control"] == "no-store"


def test_the_policy_lets_nothing_in_that_is_not_ours() -> None:
    rules = dict(rule.split(" ", 1) for rule in CSP.split("; "))
    assert rules["default-src"] == rules["object-src"] == rules["base-uri"] == rules["frame-ancestors"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["form-action"] == "'self'"
    assert "unsafe" not in CSP and "*" not in CSP and "http" not in CSP


def test_over_plain_http_no_browser_is_told_to_come_by_https(school: Any) -> None:
    answer = Client(headers={"host": school.host}).get("/help/")
    assert "Strict-Transport-Security" not in answer


def test_over_https_every_cookie_is_for_https_only(secure: Client) -> None:
    answer = secure.get("/sign-in/")
    assert answer.cookies["__Host-csrftoken"]["httponly"]
    token = answer.content.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    chosen = secure.post("/language/", {"language": "en", "next": "/", "csrfmiddlewaretoken": token})
    for cookie in (*answer.cookies.values(), *chosen.cookies.values()):
        assert cookie["secure"] and cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["path"] == "/"
        assert not cookie["domain"]


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "OPTIONS", "PUT", "DELETE", "PATCH", "CONNECT", "PROPFIND"])
def test_other_methods_are_answered_without_a_page(secure: Client, method: str) -> None:
    answer = secure.generic(method, "/help/", data=b"echo me")
    assert answer.status_code == 405 and answer["Allow"] == ", ".join(METHODS)
    assert b"echo me" not in answer.content and answer["Content-Security-Policy"] == CSP


@pytest.mark.parametrize(
    "target", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "\\\\x.y"]
)
def test_nobody_is_led_to_another_host(secure: Client, target: str) -> None:
    answer = secure.post("/language/", {"language": "en", "next": target})
    assert answer.status_code == 302 and answer["Location"] == "/"


def test_a_form_without_its_token_is_answered_calmly_and_noted(school: Any, caplog: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(logging.getLogger("subrosa"), "propagate", True)
    strict = Client(enforce_csrf_checks=True, headers={"host": school.host, "accept-language": "en"})
    with caplog.at_level(logging.INFO, "subrosa"):
        answer = strict.post("/language/", {"language": "en", "next": "/"})
    assert answer.status_code == 403 and "Nothing was stored" in answer.content.decode()
    assert set(caplog.messages) == {"a form without its token: language"}


def test_a_page_of_somebody_else_is_noted_without_saying_whose(
    school: Any, staff: Any, at: Any, caplog: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(logging.getLogger("subrosa"), "propagate", True)
    with caplog.at_level(logging.INFO, "subrosa"):
        assert Hand(monkeypatch, actor(staff(Role.STEWARD)), at).get("/desk/").status_code == 403
    assert set(caplog.messages) == {"not for this role: desk"}


def test_a_line_of_the_log_says_its_time_with_the_zone() -> None:
    given = settings.LOGGING["formatters"]["line"]
    line = logging.Formatter(given["format"], given["datefmt"]).format(
        logging.makeLogRecord({"msg": "x", "name": "subrosa"})
    )
    assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4} ", line)
