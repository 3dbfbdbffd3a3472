"""Clients: a random number, a name under the desk key, a code for the slip, an account of their own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from subrosa.policy.actor import DOOR, Kind
from subrosa.policy.ruling import Outcome, Refused
from subrosa.records.person import clients, entrance, names
from subrosa.records.person.models import Account, ActivationCode, Client
from subrosa.records.person.names import new_sign_in
from subrosa.records.vault import keys
from tests.ground import together
from tests.records.center import PASSPHRASE, Center, Visit, locked, open_account, own, refused

NAME = clients.Identity("李小雨", "2022090001", "高二3班", "13800000000")


def account_asked(center: Center, code: ActivationCode, typed: str, at: Any = None) -> dict[str, Any]:
    """What the page of a new account asks of its act."""
    at = at or center.at
    pair, both = keys.new_keypair("client", code.client_id, at=at)
    keys.introduce(pair, keys.introduction(typed))
    session, _ = entrance.new_session(Kind.CLIENT, code.client_id, pair.pk, both, at=at)
    given = {"by": DOOR, "at": at, "code": code, "keypair": pair, "session": session}
    return {**given, "sign_in": new_sign_in()}


@pytest.mark.clause("CONF-05", "passes")
def test_the_desk_knows_who_comes(center: Center) -> None:
    for by in (center.lin, center.rui):
        made = clients.open_client(by=by, at=center.at, identity=NAME)
        assert clients.read_identities(by=center.fang, at=center.at, clients=[made.pk]) == {made.pk: NAME}
    assert "李小雨" not in repr(NAME)


@pytest.mark.clause("CONF-05", "refuses")
@pytest.mark.parametrize("who", ["lead", "qian", "sun"])
def test_nobody_else_learns_who_comes(center: Center, who: str) -> None:
    made = clients.open_client(by=center.lin, at=center.at, identity=NAME)
    by = getattr(center, who)
    assert refused(clients.read_identities, by=by, at=center.at, clients=[made.pk]).clauses == ("CONF-05",)
    assert refused(clients.open_client, by=by, at=center.at, identity=NAME).clauses == ("CONF-05",)
    assert refused(clients.give_code, by=by, at=center.at, client=made, code="x").clauses == ("CONF-05",)


def test_a_client_reads_no_names(visit: Visit) -> None:
    given = {"by": visit.me, "at": visit.center.at, "clients": [visit.client.pk]}
    assert refused(clients.read_identities, **given).clauses == ("CONF-05",)


@pytest.mark.clause("CONF-04", "refuses")
def test_a_locked_desk_reads_no_names(center: Center) -> None:
    given = {"by": locked(center.lin), "at": center.at}
    assert refused(clients.read_identities, **given, clients=[]).clauses == ("CONF-04",)
    assert refused(clients.open_client, **given, identity=NAME).clauses == ("CONF-04",)


def test_one_student_of_the_list_is_one_client(center: Center) -> None:
    roster = str(uuid4())
    made = clients.open_client(by=center.lin, at=center.at, identity=clients.Identity("李小雨", roster=roster))
    found = clients.client_of_pupil(center.fang.opener, roster)
    assert found is not None and found.pk == made.pk
    second = {"by": center.rui, "at": center.at, "identity": clients.Identity("李小雨", roster=roster)}
    assert refused(clients.open_client, **second).outcome is Outcome.REFUSED
    with own() as elsewhere:
        assert clients.client_of_pupil(elsewhere.lin.opener, roster) is None


def test_the_same_press_twice_is_one_client(center: Center) -> None:
    once = uuid4()
    pressed = [clients.open_client(by=center.lin, at=center.at, identity=NAME, once=once).pk for _ in (1, 2)]
    assert pressed[0] == pressed[1]
    answers = together(
        *(lambda: clients.open_client(by=center.lin, at=center.at, identity=NAME, once=once) for _ in range(3))
    )
    assert {row.pk for row in answers} == {pressed[0]}


@pytest.mark.clause("CLIENT-01", "passes")
def test_an_account_from_a_code(visit: Visit) -> None:
    account = clients.account_of(visit.client.pk)
    assert account is not None
    assert not ActivationCode.objects.filter(client=visit.client).exists(), "deleted by use"
    assert clients.code_for(visit.code) is None
    opened = entrance.try_passphrase(account.sign_in.upper().replace("-", " "), PASSPHRASE)
    assert opened is not None and (opened.kind, opened.holder) == (Kind.CLIENT, visit.client.pk)


@pytest.mark.parametrize("typed", ["{0}", " {0} ", "{1}", "{2}"])
def test_a_code_typed_in_other_ways(center: Center, typed: str) -> None:
    client = center.visit(account=False).client
    code = keys.new_activation_code()
    clients.give_code(by=center.lin, at=center.at, client=client, code=code)
    text = typed.format(code.lower(), code.replace("-", " "), code.replace("1", "I").replace("0", "o"))
    assert clients.code_for(text) is not None
    assert open_account(client, text, center.at).id == client.pk


def test_mistyped_and_nonsense_codes(center: Center) -> None:
    client = center.visit(account=False).client
    code = keys.new_activation_code()
    clients.give_code(by=center.lin, at=center.at, client=client, code=code)
    mistyped = code[:-1] + ("A" if code[-1] != "A" else "B")
    for typed in (mistyped, "", code[:-1], code + "A", "​", "密码", "'; DROP TABLE", "A" * 10_000):
        assert clients.code_for(typed) is None
    assert clients.code_for(keys.new_activation_code()) is None
    assert clients.code_for(code) is not None


@pytest.mark.clause("COMP-01", "refuses")
def test_an_expired_code(center: Center) -> None:
    visit = center.visit(account=False)
    row = clients.give_code(by=center.lin, at=center.at, client=visit.client, code=visit.code)
    on_time = account_asked(center, row, visit.code, row.until)
    late = account_asked(center, row, visit.code, row.until + timedelta(seconds=1))
    assert refused(clients.open_account, **late).missing == ("link_in_time",)
    assert clients.open_account(**on_time).client_id == visit.client.pk


def test_a_new_code_ends_the_one_before(center: Center) -> None:
    visit = center.visit(account=False)
    for code in (visit.code, keys.new_activation_code()):
        clients.give_code(by=center.rui, at=center.at, client=visit.client, code=code)
    assert clients.code_for(visit.code) is None and clients.code_for(code) is not None


def test_a_code_of_another_school(center: Center) -> None:
    visit = center.visit(account=False)
    clients.give_code(by=center.lin, at=center.at, client=visit.client, code=visit.code)
    with own():
        assert clients.code_for(visit.code) is None


def test_a_code_pressed_by_two_tabs_at_once_makes_one_account(center: Center) -> None:
    visit = center.visit(account=False)
    row = clients.give_code(by=center.lin, at=center.at, client=visit.client, code=visit.code)
    asked = [account_asked(center, row, visit.code) for _ in range(3)]
    answers = together(*(lambda one=one: clients.open_account(**one) for one in asked))
    assert len([one for one in answers if isinstance(one, Account)]) == 1
    assert all(isinstance(one, (Account, Refused)) for one in answers), answers
    assert Account.objects.filter(client=visit.client).count() == 1


def test_nothing_of_a_client_is_plain_but_times(visit: Visit) -> None:
    row = Client.objects.filter(pk=visit.client.pk).values().get()
    assert set(row) == {
        "id",
        "school_id",
        "roster_mark",
        "identity",
        "identity_held",
        "by_door",
        "waits",
        "made_at",
        "lacks",
        "joined_id",
    }
    assert "李小雨".encode() not in bytes(row["identity"])


def test_a_name_that_somebody_has_is_not_made_again(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = Account.objects.get(client=visit.client).sign_in
    said = iter([*taken.split("-"), "quiet", "heron", "1000"])
    monkeypatch.setattr(names.secrets, "choice", lambda _: next(said))
    assert names.new_sign_in() == "quiet-heron-1000"
    assert names.is_taken(taken.upper().replace("-", "  "))
