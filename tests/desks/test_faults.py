"""What was too large, what is not there, and what the log says of it: a failure is noted, an answer is none."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import RequestFactory

from subrosa.desks.common.middleware import Rulings
from tests.desks.hand import Hand

MILLION = 1024 * 1024
SAYS = {
    "en": ("This was too large to be taken", "more than 4 million characters", "Nothing of it was stored"),
    "zh-hans": ("内容太长，没有收下", "超过 400 万个字符", "没有保存任何内容"),
}


@pytest.mark.parametrize("language", SAYS)
def test_a_form_over_the_limit_gets_a_calm_page(monkeypatch: Any, school: Any, at: Any, language: str) -> None:
    nobody = Hand(monkeypatch, None, at, language)
    answer = nobody.post("/slip/", text="a" * (4 * MILLION + 1))
    page = answer.content.decode()
    assert answer.status_code == 413 and all(words in page for words in SAYS[language])
    assert answer["Content-Security-Policy"] and answer["Cache-Control"] == "no-store" and "aaaa" not in page
    assert nobody.get("/slip/").status_code == 200  # the next page is as before


@pytest.mark.parametrize(("language", "said"), [("en", "more than 1000 fields"), ("zh-hans", "超过 1000 个")])
def test_a_form_of_too_many_fields_too(monkeypatch: Any, school: Any, at: Any, language: str, said: str) -> None:
    answer = Hand(monkeypatch, None, at, language).post("/slip/", **{f"field{n}": "x" for n in range(1001)})
    assert answer.status_code == 413 and said in answer.content.decode()


def test_an_address_where_nothing_is(monkeypatch: Any, school: Any, at: Any, caplog: Any) -> None:
    monkeypatch.setattr(logging.getLogger("subrosa"), "propagate", True)
    answer = Hand(monkeypatch, None, at).get("/nowhere/")
    assert answer.status_code == 404 and "There is nothing at this address" in answer.content.decode()
    assert "a page failed" not in caplog.text


@pytest.mark.parametrize("error", [Http404(), PermissionDenied()])
def test_an_answer_is_no_failure(caplog: Any, monkeypatch: Any, error: Exception) -> None:
    monkeypatch.setattr(logging.getLogger("subrosa"), "propagate", True)
    with caplog.at_level(logging.INFO, "subrosa.request"):
        assert Rulings(lambda _: None).process_exception(RequestFactory().get("/"), error) is None  # type: ignore[arg-type,return-value]
    assert not caplog.messages


def test_a_failure_is_noted_without_a_path(caplog: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(logging.getLogger("subrosa"), "propagate", True)
    with caplog.at_level(logging.INFO, "subrosa.request"):
        Rulings(lambda _: None).process_exception(RequestFactory().get("/cases/7/"), KeyError("李小雨"))  # type: ignore[arg-type,return-value]
    assert set(caplog.messages) == {"a page failed: - KeyError"}
