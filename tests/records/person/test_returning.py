"""Sixteen digits: typed in any way they open one account, guessed they make one wait, and nothing says whose they are."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest

from subrosa.policy.actor import DOOR, Actor, Kind
from subrosa.policy.ruling import Refused
from subrosa.records.audit.models import Entry
from subrosa.records.person import entrance, returning
from subrosa.records.person.models import Account, Session, Try
from subrosa.records.vault import keys
from tests.ground import together
from tests.records.appointment.test_first import Came
from tests.records.center import Center, own, refused


@pytest.fixture
def came(center: Center) -> Came:
    made = Came(center)
    made.press()
    return made


def wide(code: str) -> str:
    return "".join(chr(ord(one) + 0xFEE0) for one in code)


@pytest.mark.parametrize(
    "typed",
    [
        "1234567890123456",
        "1234 5678 9012 3456",
        " 1234-5678\u20149012\u30003456\n",
        "12 34 56 78 90 12 34 56",
        wide("1234567890123456"),
        "1234\u200b567890123456",
    ],
)
def test_digits_in_any_groups_and_widths(typed: str) -> None:
    assert returning.tidy(typed) == "1234567890123456"


@pytest.mark.parametrize(
    "typed", ["", "123456789012345", "12345678901234567", "1234 5678 9012 345O", "\u0661" * 16, "a" * 16, "\u2460" * 15]
)
def test_anything_else_is_no_code(typed: str) -> None:
    assert returning.tidy(typed) is None


def test_a_code_is_shown_in_four_groups(center: Center) -> None:
    code = returning.new_code()
    assert len(code) == 16 and code.isdigit() and returning.tidy(returning.grouped(code)) == code
    assert returning.grouped(code).count(" ") == 3


def test_the_first_four_digits_are_nobody_elses(came: Came, monkeypatch: pytest.MonkeyPatch) -> None:
    said = iter([*came.code[:4], *"999999999999", *"4321", *"888888888888"])
    monkeypatch.setattr(returning.secrets, "choice", lambda _: next(said))
    assert returning.new_code() == "4321888888888888", "the first one was taken, so another was drawn"


def test_two_who_drew_the_same_digits_at_once(center: Center) -> None:
    first, second = Came(center), Came(center, days=2)
    second.newcomer.account.sign_in = first.newcomer.account.sign_in
    first.press()
    ruling = refused(second.press)
    assert [one.rule for one in ruling.reasons] == ["a_way_in_is_given_once"]
    assert not Account.objects.filter(pk=second.newcomer.account.pk).exists()


@pytest.mark.clause("CLIENT-01", "passes")
def test_the_digits_open_the_own_account(came: Came) -> None:
    returning.try_code(by=DOOR, at=came.center.at, code=came.code)
    found = returning.open_with(came.code)
    assert found is not None and found.client == came.newcomer.client.pk
    session, _ = entrance.new_session(Kind.CLIENT, found.client, found.pair, found.private, at=came.center.at)
    returning.come_back(by=Actor(Kind.CLIENT, found.client), at=came.center.at, code=came.code, session=session)
    assert Session.objects.filter(holder=found.client).exists()
    wrong = came.code[:15] + str((int(came.code[15]) + 1) % 10)
    assert returning.open_with(wrong) is None
    with own():
        assert returning.open_with(came.code) is None


def test_a_sign_in_by_name_and_passphrase_takes_no_digits(came: Came) -> None:
    """Else tries at that door would not be counted."""
    name = returning.name_of(came.code)
    for passphrase in (came.code, returning.grouped(came.code)):
        assert entrance.try_passphrase(name, passphrase) is None
        assert entrance.try_passphrase(name.upper().replace("-", " "), passphrase) is None
    again = entrance.try_again(Kind.CLIENT, came.newcomer.client.pk, returning.grouped(came.code))
    assert again is not None and entrance.try_again(Kind.CLIENT, came.newcomer.client.pk, "1" * 16) is None


def tries(came: Came, code: str, at: Any) -> list[str]:
    """What six tries of one code answer."""
    answers = []
    for _ in range(6):
        try:
            returning.try_code(by=DOOR, at=at, code=code)
            answers.append("tried")
        except Refused as error:
            answers.append(error.ruling.reasons[0].rule)
    return answers


@pytest.mark.clause("CONF-04", "not_yet")
def test_after_five_wrong_ones_an_hour_and_the_same_for_a_code_that_nobody_has(came: Came) -> None:
    at = came.center.at
    unknown = f"{(int(came.code[:4]) + 1) % 10000:04}{came.code[4:]}"
    expected = ["tried"] * 5 + ["after_wrong_codes_one_waits"]
    assert tries(came, came.code, at) == tries(came, unknown, at) == expected
    wrong = came.code[:4] + "0" * 12  # other digits of the same account wait too
    assert refused(returning.try_code, by=DOOR, at=at, code=wrong).missing == ("an_hour",)
    assert refused(returning.try_code, by=DOOR, at=at + timedelta(minutes=59), code=wrong)
    returning.try_code(by=DOOR, at=at + timedelta(minutes=61), code=wrong)


def test_a_right_one_forgets_the_wrong_ones(came: Came) -> None:
    at = came.center.at
    for _ in range(4):
        returning.try_code(by=DOOR, at=at, code=came.code)
    found = returning.open_with(came.code)
    assert found is not None
    session, _ = entrance.new_session(Kind.CLIENT, found.client, found.pair, found.private, at=at)
    returning.come_back(by=Actor(Kind.CLIENT, found.client), at=at, code=came.code, session=session)
    assert tries(came, came.code, at).count("tried") == 5


def test_many_tries_at_once_are_all_counted(came: Came) -> None:
    at = came.center.at
    answers = together(*(lambda: returning.try_code(by=DOOR, at=at, code=came.code) for _ in range(9)))
    assert sum(not isinstance(one, Exception) for one in answers) == 5, answers


def test_the_log_does_not_say_which_code_was_tried(came: Came) -> None:
    returning.try_code(by=DOOR, at=came.center.at, code=came.code)
    entry = Entry.objects.filter(act="try_return_code").order_by("-at").first()
    assert entry is not None and (entry.about, entry.client_id, entry.case_id, entry.actor_id) == ("", None, None, None)
    for row in Try.objects.all():
        assert came.code[:4].encode() not in bytes(row.mark) and len(bytes(row.mark)) == 32


def test_a_code_that_nobody_has_takes_as_long_as_a_wrong_one(came: Came, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted in calls of the slow hash, not in seconds: one each."""
    hashed: list[str] = []
    real_lock, real_unlock = keys.slow.lock, keys.slow.unlock
    monkeypatch.setattr(keys.slow, "lock", lambda *a, **k: hashed.append("lock") or real_lock(*a, **k))
    monkeypatch.setattr(keys.slow, "unlock", lambda *a, **k: hashed.append("unlock") or real_unlock(*a, **k))
    before = time.monotonic()
    assert returning.open_with(came.code[:4] + "0" * 12) is None and hashed == ["unlock"]
    hashed.clear()
    unknown = f"{(int(came.code[:4]) + 1) % 10000:04}{'0' * 12}"
    assert returning.open_with(unknown) is None and hashed == ["lock"]
    assert time.monotonic() - before < 60
