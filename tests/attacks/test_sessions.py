"""Cookies that a thief knows beforehand, keeps afterwards, or carries elsewhere; and what cookie and rows are worth apart.

The thief's copy is a second browser with the same cookie. A passphrase is renewed by the recovery code, or with the old one.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections

from subrosa.crypto.errors import CannotOpen
from subrosa.crypto.secret import Secret
from subrosa.records.note import actions as notes
from subrosa.records.person import entrance
from subrosa.records.person.models import Session
from subrosa.records.school import context
from subrosa.records.vault import keys, sessions
from subrosa.records.vault.server import server_key
from tests.attacks import foreign
from tests.attacks.foreign import invited
from tests.attacks.test_dump import server_keys
from tests.desks.hand import Hand
from tests.ground import by_owner
from tests.records.appointment.test_first import Came
from tests.records.center import PASSPHRASE, Center, Visit, own, refused
from tests.records.thief import set_rows

NEW = "another four quiet words"
ENTER = {"passphrase": NEW, "again": NEW}
DAYS = itertools.cycle((1, 2, 3))


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch, center: Center) -> Callable[..., Hand]:
    """Somebody at a browser of the shared center, this Monday."""
    return lambda who=None: Hand(monkeypatch, who, center.at)


def cookie(hand: Hand) -> str:
    return str(hand.client.cookies["vault_key"].value)


def copy_of(hand: Hand) -> Hand:
    """The same cookie in the thief's browser."""
    made = Hand(hand.patch, None, hand.at)
    made.client.cookies["vault_key"] = cookie(hand)
    return made


def opens(value: str, hand: Hand) -> bool:
    """Whether a cookie opens any private half now."""
    found = entrance.signed_in(value, at=hand.at)
    return found is not None and found.actor.opener is not None


def by_passphrase(hand: Hand, _: Center) -> Any:
    return hand.post("/sign-in/", name="lin", passphrase=PASSPHRASE)


def by_digits(hand: Hand, center: Center) -> Any:
    came = Came(center, days=next(DAYS))
    came.press()
    return hand.post("/back/", code=came.code)


def by_slip(hand: Hand, center: Center) -> Any:
    code = keys.new_activation_code()
    visit = center.visit("王一", account=False)
    from subrosa.records.person import clients

    clients.give_code(by=center.lin, at=center.at, client=visit.client, code=code)
    return hand.post("/account/", code=code, **ENTER)


def by_invitation(hand: Hand, center: Center) -> Any:
    return hand.post(f"/enter/{invited(center)}/", sign_in=f"new{uuid4().hex[:8]}", **ENTER)


def by_link(hand: Hand, center: Center) -> Any:
    from subrosa.records.person import actions

    opened = entrance.try_passphrase("lin", PASSPHRASE)
    assert opened is not None
    link, token = entrance.carrying_link(opened, at=center.at)
    actions.own_link(by=center.lin, at=center.at, link=link)
    return hand.post(f"/enter/{token}/")


WAYS_IN = {
    "passphrase": by_passphrase,
    "return code": by_digits,
    "activation code": by_slip,
    "invitation": by_invitation,
    "handed link": by_link,
}


@pytest.mark.parametrize("way", WAYS_IN.values(), ids=WAYS_IN)
def test_a_cookie_planted_before_the_sign_in_is_worth_nothing_after(
    hand: Any, center: Center, way: Callable[..., Any]
) -> None:
    """The thief leaves his own cookie, or one that he made up, in a browser where somebody signs in: it becomes nobody's."""
    made_up = sessions.cookie(uuid4(), sessions.new_key())
    for planted in (cookie(hand(center.rui)), made_up, "A" * 64):
        victim = hand()
        victim.client.cookies["vault_key"] = planted
        answer = way(victim, center)
        assert answer.status_code in (200, 302) and cookie(victim) != planted
        assert opens(cookie(victim), victim), "the control: the new cookie does open the keys"
        mine, theirs = (entrance.signed_in(one, at=center.at) for one in (cookie(victim), planted))
        assert theirs is None or theirs.actor.id != mine.actor.id, "whoever knows the old one is not the one signed in"
        read = sessions.read_cookie(planted)
        assert read is None or read[0] != sessions.read_cookie(cookie(victim))[0], "neither id nor key is taken over"


def test_the_own_session_before_a_sign_in_ends_with_it(hand: Any, center: Center) -> None:
    """Signed in over an older session: a copy of the older cookie opens nothing."""
    browser = hand(center.rui)
    stolen = copy_of(browser)
    assert stolen.get("/reception/").status_code == 200, "the control: before, the copy is as good as the original"
    by_passphrase(browser, center)
    assert not opens(cookie(stolen), stolen)
    assert stolen.get("/reception/")["Location"].startswith("/sign-in/")


def test_an_unlock_changes_the_cookie(hand: Any, center: Center) -> None:
    """Copied while locked, before the passphrase is typed: after it the copy is nobody's."""
    browser = hand(center.lin).lock()
    stolen = copy_of(browser)
    answer = browser.post("/unlock/", passphrase=PASSPHRASE)
    assert answer.status_code == 302 and cookie(browser) != cookie(stolen)
    assert opens(cookie(browser), browser)
    assert entrance.signed_in(cookie(stolen), at=browser.at) is None
    assert stolen.post("/unlock/", passphrase=PASSPHRASE)["Location"].startswith("/sign-in/"), "nor is it a way back in"


def test_a_page_that_unlocks_by_itself_changes_it_too(hand: Any, center: Center, visit: Visit) -> None:
    """The client types the passphrase beside the words, after a lock: again a new cookie, the copy ends."""
    visit.book(reason="睡不着")
    browser = hand(visit.account).lock()
    stolen = copy_of(browser)
    path = f"/mine/words/{visit.booking.pk}/before/"
    assert browser.post(path, text="我想说", passphrase=PASSPHRASE).status_code == 302
    assert opens(cookie(browser), browser) and cookie(browser) != cookie(stolen)
    assert entrance.signed_in(cookie(stolen), at=browser.at) is None


def test_a_new_passphrase_ends_every_session(own_center: Center, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody sits in the lead's account on two other browsers, one unlocked: the recovery code throws both out."""
    stolen = [Hand(monkeypatch, own_center.lead, own_center.at) for _ in range(2)]
    assert all(opens(cookie(one), one) for one in stolen), "the control"
    browser = Hand(monkeypatch, None, own_center.at)
    answer = browser.post("/recover/", name="shen", code=own_center.recovery, **ENTER)
    assert answer.status_code == 200 and opens(cookie(browser), browser)
    for one in stolen:
        assert entrance.signed_in(cookie(one), at=one.at) is None
        assert one.get("/center/")["Location"].startswith("/sign-in/")
    assert entrance.try_passphrase("shen", PASSPHRASE) is None, "and the passphrase that the thief knew is none"


def test_a_thief_in_an_open_session_does_not_change_the_passphrase(hand: Any, center: Center) -> None:
    """The desk stands open: without the old passphrase the new one locks nothing, and the owner is not thrown out."""
    owner = hand(center.lin)
    stolen = copy_of(owner)
    for old in ("", "four quiet words", NEW):
        answer = stolen.post("/standing/passphrase/", old=old, passphrase=NEW, again=NEW)
        assert answer.status_code == 422
    assert opens(cookie(owner), owner) and entrance.try_passphrase("lin", PASSPHRASE) is not None
    assert entrance.try_passphrase("lin", NEW) is None


def test_a_passphrase_changed_inside_a_session_ends_every_copy(
    own_center: Center, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also the copy of the very cookie that pressed it: the owner goes on under a new one."""
    owner = Hand(monkeypatch, own_center.lead, own_center.at)
    stolen = [copy_of(owner), Hand(monkeypatch, own_center.lead, own_center.at)]
    assert all(opens(cookie(one), one) for one in stolen), "the control"
    assert owner.post("/standing/passphrase/", old=PASSPHRASE, **ENTER).status_code == 302
    assert opens(cookie(owner), owner)
    for one in stolen:
        assert entrance.signed_in(cookie(one), at=one.at) is None
        assert one.get("/center/")["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("how", ["suspend", "leave", "sessions"])
def test_a_colleague_who_is_cut_off_has_no_session(
    own_center: Center, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """The laptop lies open at home, and its cookie was copied: both are nobody's after the lead's one press."""
    laptop = Hand(monkeypatch, own_center.rui, own_center.at)
    stolen = copy_of(laptop)
    assert stolen.get("/reception/").status_code == 200, "the control"
    lead = Hand(monkeypatch, own_center.lead, own_center.at)
    assert lead.post(f"/center/colleagues/{own_center.rui.id}/{how}/").status_code == 302
    for one in (laptop, stolen):
        assert entrance.signed_in(cookie(one), at=one.at) is None
        assert one.get("/reception/")["Location"].startswith("/sign-in/")
    back = by_name(Hand(monkeypatch, None, own_center.at), "rui")
    assert back.status_code == (302 if how == "sessions" else 422)


def by_name(hand: Hand, name: str) -> Any:
    return hand.post("/sign-in/", name=name, passphrase=PASSPHRASE)


@pytest.mark.parametrize("who", ["lin", "rui", "qian", "sun", "lead"])
def test_every_page_of_the_staff_has_the_way_out(hand: Any, center: Center, who: str) -> None:
    """Each address without an object that opens for this colleague: one press ends the session."""
    person = hand(getattr(center, who))
    shown = {path: person.get(path) for path in foreign.bare()}
    pages = {path: one.content.decode() for path, one in shown.items() if one.status_code == 200 and is_page(one)}
    ours = {path for path, text in pages.items() if '<body class="staff"' in text}
    assert len(ours) > 2
    assert [
        path for path in sorted(ours) if 'class="way-out" method="post" action="/sign-out/"' not in pages[path]
    ] == []


def is_page(answer: Any) -> bool:
    return str(answer.get("Content-Type", "")).startswith("text/html") and not answer.streaming


@pytest.mark.parametrize("press", ["/sign-out/", "/exit/"])
def test_signing_out_kills_the_session_on_the_server(hand: Any, center: Center, press: str) -> None:
    """Not only the browser forgets: the copied cookie and a dump of that day together open nothing of tomorrow."""
    browser = hand(center.lin)
    stolen = copy_of(browser)
    assert stolen.get("/desk/").status_code == 200
    browser.post(press)
    assert not Session.objects.filter(pk=browser.session.pk).exists()
    assert stolen.get("/desk/")["Location"].startswith("/sign-in/")


def test_a_lock_kills_the_half_on_the_server(hand: Any, center: Center, visit: Visit) -> None:
    """A copy of an unlocked cookie is locked with the original, and by the idle clock as well."""
    visit.recorded()
    for how in ("lock", "idle"):
        browser = hand(center.lin)
        browser.at = center.later
        stolen = copy_of(browser)
        entrance.signed_in(cookie(browser), at=center.at)
        set_rows(browser.session, last_use=browser.at, began_at=browser.at)
        assert stolen.get(f"/cases/{visit.case_id}/").status_code == 200, "the control"
        if how == "lock":
            browser.post("/lock/")
        else:
            stolen.at = browser.at + timedelta(hours=1)
        assert stolen.get(f"/cases/{visit.case_id}/")["Location"].startswith("/unlock/")
        assert Session.objects.get(pk=browser.session.pk).private is None


def test_a_cookie_of_one_school_is_nothing_in_another(hand: Any, center: Center) -> None:
    """Sent to the other host; and the row carried over there by somebody who writes rows."""
    browser = hand(center.lin)
    stolen = copy_of(browser)
    row = Session.objects.get(pk=browser.session.pk)
    with own() as elsewhere:
        stolen.client.defaults["HTTP_HOST"] = elsewhere.school.host
        assert stolen.get("/desk/")["Location"].startswith("/sign-in/")
        Session.objects.using("owner").filter(pk=row.pk).delete()
        row.pk = browser.session.pk
        by_owner(row)
        stolen.client.cookies["vault_key"] = cookie(browser)
        found = entrance.signed_in(cookie(browser), at=center.at)
        assert found is not None and found.actor.opener is None, (
            "carried over with its id and mark, its half stays closed"
        )
        row = Session.objects.get(pk=row.pk)
        set_rows(row, holder=elsewhere.lin.id)
        found = entrance.signed_in(cookie(browser), at=center.at)
        assert found is not None and found.locked, "pointed at a colleague there: locked, whoever that is"


def everything() -> Iterator[tuple[str, bytes]]:
    """Every binary value of the database."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND data_type = 'bytea'"
        )
        for table, column in cursor.fetchall():
            cursor.execute(
                f'SELECT "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL AND school_id = %s',
                [context.current_school()],
            )
            yield from ((f"{table}.{column}", bytes(value)) for (value,) in cursor.fetchall())


def test_the_database_without_the_cookie_opens_no_session(hand: Any, center: Center) -> None:
    """Every value of the dump, every key that the server key makes, and the mark of the cookie: none is its key."""
    browser = hand(center.lin)
    row = Session.objects.get(pk=browser.session.pk)
    values = {value[n : n + 32] for _, value in everything() for n in (0, 1, 9, len(value) - 32) if len(value) >= 32}
    tried = [Secret(value) for value in values if len(value) == 32] + server_keys()
    assert len(tried) > 100 and server_key() in tried
    assert not [one for one in tried if sessions.open_private(row.pk, bytes(row.private), one) is not None]
    key = sessions.read_cookie(cookie(browser))[1]
    assert sessions.open_private(row.pk, bytes(row.private), key) is not None, "the control: the cookie's key does"


def test_the_cookie_without_the_database_is_a_number(hand: Any, center: Center, visit: Visit) -> None:
    """48 bytes, drawn: no name, no private half; its key opens one row of the whole database, and no other value."""
    from subrosa.crypto.envelope import Bound, Scope, open_sealed

    visit.recorded()
    browser = hand(center.lin)
    held = sessions.read_cookie(cookie(browser))
    assert held is not None and held[0] == browser.session.pk
    halves = (center.lin.opener.seal, center.lin.opener.sign)
    assert not [half for half in halves if half.bytes()[1:] in held[1].bytes()]
    opened = []
    for where, value in everything():
        try:
            bound = Bound(context.current_school(), sessions.SESSION, held[0], Scope.SESSION)
            open_sealed(held[1], value, bound)
        except (CannotOpen, ValueError):
            continue
        opened.append(where)
    assert opened == ["person_session.private"], "the control and the attack in one: that row and nothing else"


@pytest.mark.clause("CONF-02", "refuses")
def test_a_session_row_pointed_at_somebody_else_carries_no_key_of_theirs(
    hand: Any, center: Center, visit: Visit
) -> None:
    """Who writes rows makes the receptionist's session the counselor's: the pages take him for her, the file stays closed."""
    visit.recorded()
    thief = hand(center.rui)
    set_rows(thief.session, holder=center.lin.id)
    thief.at = center.at
    assert thief.get("/desk/").status_code == 200, "the control: the pages believe the row"
    assert thief.get(f"/cases/{visit.case_id}/").status_code == 404
    found = entrance.signed_in(cookie(thief), at=center.at)
    assert found is not None and found.actor.id == center.lin.id
    assert refused(notes.read_file, by=found.actor, at=center.at, case=visit.case).clauses == ("CONF-02",)
