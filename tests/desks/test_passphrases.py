"""A passphrase that others would try first is not taken; anything else is, in any letters; and a wrong one leaves a line."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.utils.translation import override

from subrosa.desks.client.account import PassphraseForm
from subrosa.desks.common import passphrases
from subrosa.desks.common.doors import EnterForm, NewPassphrase
from subrosa.desks.common.recover import RecoverForm
from subrosa.records.school.context import school_in_force
from tests.desks.hand import Hand


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with override("en"):
        yield


def stopped(passphrase: str, *about: str) -> bool:
    try:
        passphrases.check(passphrase, *about)
    except forms.ValidationError:
        return True
    return False


@pytest.mark.parametrize(
    "common", ["justinbieber", "JustinBieber", "ｊｕｓｔｉｎｂｉｅｂｅｒ", "123456789123", "qwertyuiop123"]
)
def test_what_many_people_use(school: Any, common: str) -> None:
    assert stopped(common)


@pytest.mark.parametrize("same", ["aaaaaaaaaaaa", "ababababababab", "啊啊啊啊啊啊啊啊啊啊啊啊"])
def test_one_letter_over_and_over(school: Any, same: str) -> None:
    assert stopped(same)


def test_what_this_place_is_called_and_the_own_name(school: Any) -> None:
    here = school_in_force()
    for known in (here.name_en, here.name_zh, here.host, "subrosa"):
        assert stopped(f"{known} 2026") and stopped(f"12{known.upper()}34")
    assert stopped("linlinlinlin1234567", "lin") and not stopped("linlinlinlin1234567")


@pytest.mark.parametrize(
    "good",
    [
        "four quiet words here",
        "rain on a quiet roof",
        "窗外有一条小河流过我家门前",
        "a subrosa evening by the window",
        "x9!kQ7#mZ2$pL",
    ],
)
def test_anything_else_in_any_letters(school: Any, good: str) -> None:
    assert not stopped(good, "lin")


@pytest.mark.parametrize(
    ("form", "given"),
    [
        (NewPassphrase, {}),
        (EnterForm, {"sign_in": "heyuan"}),
        (RecoverForm, {"name": "heyuan", "code": "x"}),
        (PassphraseForm, {"code": "x"}),
    ],
)
def test_every_form_that_takes_a_new_one_asks(school: Any, form: Any, given: dict[str, str]) -> None:
    asked = form({**given, "passphrase": "justinbieber", "again": "justinbieber"})
    assert not asked.is_valid() and "Many people use this one" in str(asked.errors["passphrase"])
    long = form({**given, "passphrase": "rain " * 70, "again": "rain " * 70})
    long.is_valid()
    assert "passphrase" not in long.errors  # 350 characters


def test_an_enter_form_knows_the_name_that_is_typed_beside(school: Any) -> None:
    typed = "heyuan heyuan 12"
    form = EnterForm({"sign_in": "heyuan", "passphrase": typed, "again": typed})
    assert not form.is_valid() and "little more than a name" in str(form.errors["passphrase"])


@pytest.mark.parametrize(
    ("path", "given", "said"),
    [
        ("/sign-in/", {"name": "李小雨", "passphrase": "not this one"}, "a passphrase did not fit: sign_in"),
        (
            "/recover/",
            {"name": "李小雨", "code": "x", "passphrase": "rain on a roof", "again": "rain on a roof"},
            "a recovery code did not fit",
        ),
    ],
)
def test_a_wrong_one_leaves_a_line_that_names_nobody(
    monkeypatch: pytest.MonkeyPatch, school: Any, at: Any, caplog: Any, path: str, given: dict[str, str], said: str
) -> None:
    monkeypatch.setattr(logging.getLogger("subrosa"), "propagate", True)
    with caplog.at_level(logging.INFO, "subrosa"):
        assert Hand(monkeypatch, None, at).post(path, **given).status_code == 422
    assert set(caplog.messages) == {said}
