"""Behind a proxy that speaks https, as docs/how-to/run.md puts it up: forms work, and both cookies are for https only."""

from __future__ import annotations

import pytest
from django.test import Client

from subrosa.records.school.models import School

FORM = {"language": "en", "next": "/help/"}


@pytest.fixture
def browser(school: School) -> Client:
    return Client(enforce_csrf_checks=True, headers={"host": school.host})


def _post(browser: Client, school: School, **headers: str) -> int:
    page = browser.get("/help/", headers=headers)
    token = page.content.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    sent = {**headers, "origin": f"https://{school.host}", "referer": f"https://{school.host}/help/"}
    return browser.post("/language/", {**FORM, "csrfmiddlewaretoken": token}, headers=sent).status_code


def test_a_form_passes_where_the_proxy_says_https(browser: Client, school: School) -> None:
    assert _post(browser, school, **{"x-forwarded-proto": "https"}) == 302


def test_without_that_word_the_origin_does_not_fit(browser: Client, school: School) -> None:
    assert _post(browser, school) == 403
