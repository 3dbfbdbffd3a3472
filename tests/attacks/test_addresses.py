"""Every address that names an object × everybody × every method, with what is somebody else's: closed, alike, nothing written.

Tried: the object of a colleague's client (case, booking, note, consent, sitting, letter …) and of another school in each
address, by nobody, another client, a counselor outside the team, the deputy, desk, steward, leadership, lead, custodian, an
outside professional and a stolen locked session. The addresses come from the URL table, so a new one is tried as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import include, path

from subrosa.policy.actor import Actor
from subrosa.policy.roles import Role
from subrosa.records.appointment.queries import booking as booking_row
from subrosa.records.person import queries as people
from subrosa.records.person.models import Session
from subrosa.records.school import context
from tests.attacks import foreign
from tests.attacks.foreign import NAME, SAID, Route, Scene
from tests.attacks.probe import FILLED, Answer, ask
from tests.desks.hand import Hand
from tests.ground import new_school

ROUTES = [one for one in foreign.routes() if not one.unknown]
WHO = ("nobody", "client", "fang", "zhou", "rui", "sun", "qian", "lead", "gu", "outside")
LOCKED = ("client", "fang", "rui", "lead")
CLOSED = frozenset({403, 404, 405})
PRESSES: tuple[tuple[str, dict[str, str]], ...] = (("get", {}), ("post", dict(FILLED)), ("post", {}))
OTHERS = ("put", "patch", "delete", "options", "trace")
OWN = ("client", "fang")  # who has a case beside the one that is tried
DESKS = {"client"}  # beside an own sitting: whom the desk knows may be named as who sat down
OWN_PAGE = "own, with another's page"  # of an own draft: where it has no such text, nothing changes and the draft shows


@pytest.fixture(scope="module")
def scene(database: None) -> Iterator[Scene]:
    """Lived once: two schools, two clients in the first."""
    school = new_school()
    with context.on(school):
        yield foreign.scene()


@pytest.fixture
def hand(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Any:
    """`hand("fang")` is that person at the desks, the Monday after."""
    return lambda who: Hand(monkeypatch, scene.people[who], scene.center.later)


def roles_of(who: Actor | None) -> frozenset[Role]:
    """As the charter sees the person."""
    if who is None:
        return frozenset()
    row = people.staff(who.id)
    return frozenset(Role(one) for one in row.roles) if row else frozenset({Role.CLIENT})


def nothing() -> dict[str, object]:
    """Ids of nothing at all."""
    return {kind: uuid4() for kind in (*foreign.KEYS.values(), *foreign.NAMED)}


def tried(scene: Scene, route: Route, who: str) -> Iterator[tuple[str, dict[str, object]]]:
    """What is put into an address: another client's ids, another school's, and one of those beside an own one."""
    roles = roles_of(scene.people[who])
    theirs = any(route.theirs(role) for role in roles)
    if not theirs:
        yield "another client's", dict(scene.victim.ids)
    if roles & route.audience:
        yield "another school's", dict(scene.other.ids)
    if not theirs and len(route.kinds) > 1 and who in OWN:
        for kind in {kind for _, kind in route.kinds} - (DESKS if roles & foreign.DESK else set()):
            yield f"own, with another's {kind}", {**scene.attacker.ids, kind: scene.victim.ids[kind]}


def beside(scene: Scene, whose: str, route: Route) -> dict[str, object]:
    """The same address with ids of nothing in the places of the foreign ones."""
    if not whose.startswith("own"):
        return nothing()
    return {**scene.attacker.ids, whose.rpartition(" ")[2]: uuid4()}


def is_closed(answer: Answer) -> bool:
    """A refusal, no such page, or the way to sign in."""
    if answer.status in (301, 302):
        return answer.location.startswith(("/sign-in/", "/unlock/")) or answer.location == "/mine/letters/"
    return answer.status in CLOSED


def faults(answer: Answer, nobody: Answer) -> Iterator[str]:
    """What gives the object away, or was done to it."""
    if not is_closed(answer):
        yield f"answered {answer.status} {answer.location}"
    if not answer.like(nobody):
        yield f"told apart from nothing: {answer.status} {answer.location} and {nobody.status} {nobody.location}"
    if any(word in answer.raw for word in (*SAID, NAME)):
        yield "showed words or the name"
    if answer.wrote:
        yield f"wrote {answer.wrote}"


def wrong(scene: Scene, person: Hand, who: str) -> Iterator[str]:
    """Everything that gave way to one person."""
    roles = roles_of(scene.people[who])
    for route in ROUTES:
        if not roles & route.audience:
            yield from not_admitted(scene, person, route)
            continue
        for method, data in PRESSES:
            known: dict[str, Answer] = {}
            for whose, ids in tried(scene, route, who):
                nowhere = whose if whose.startswith("own") else ""
                if nowhere not in known:
                    known[nowhere] = ask(person, method, route.address(beside(scene, whose, route)), sent(data))
                answer = ask(person, method, route.address(ids), sent(data))
                if whose == OWN_PAGE:
                    assert answer.like(known[nowhere])
                    continue
                said = f"{who} {method} {route.path} ({whose}{', filled' if data else ''})"
                yield from (f"{said}: {fault}" for fault in faults(answer, known[nowhere]))


def not_admitted(scene: Scene, person: Hand, route: Route) -> Iterator[str]:
    """Whoever the page is not for: the same before and after anything is looked up, so no object is even asked for."""
    for method, data in PRESSES[:2]:
        answer = ask(person, method, route.address(scene.victim.ids), sent(data))
        said = f"{method} {route.path} (not admitted)"
        yield from (f"{said}: {fault}" for fault in faults(answer, answer))
        if answer.status == 404:
            yield f"{said}: looked for the object before it asked who that is"


def sent(data: dict[str, str]) -> dict[str, str]:
    """A press of its own."""
    return {**data, "once": str(uuid4())}


def test_every_argument_has_a_foreign_object(scene: Scene) -> None:
    """A new address joins by itself; one whose argument is of a kind unknown here is named, with what to do."""
    unknown = [one for one in foreign.routes() if one.unknown]
    missing = [f"{one.path}: say in tests/attacks/foreign.py what {one.unknown} is" for one in unknown]
    assert not missing, "\n".join(missing)
    wanted = {kind for route in ROUTES for _, kind in route.kinds}
    for lived in (scene.victim, scene.other):
        assert wanted <= set(lived.ids), f"no such object is made by lived(): {wanted - set(lived.ids)}"
    assert len(ROUTES) > 40


@pytest.mark.clause("CONF-02", "refuses")
@pytest.mark.parametrize("who", WHO)
def test_what_is_somebody_elses_is_closed_and_stays_as_it_was(scene: Scene, hand: Any, who: str) -> None:
    """GET and POST, an empty and a filled form: closed, told apart from nothing by nothing, and no row is touched."""
    found = list(wrong(scene, hand(who), who))
    assert not found, "\n".join(found)
    untouched(scene)


@pytest.mark.parametrize("who", LOCKED)
def test_a_stolen_locked_session_is_worth_no_object(scene: Scene, hand: Any, who: str) -> None:
    """A locked device in other hands: its presses are taken without keys, and reach what is somebody else's no more."""
    found = list(wrong(scene, hand(who).lock(), who))
    assert not found, "\n".join(found)
    untouched(scene)


def test_other_methods_reach_no_page(scene: Scene, hand: Any) -> None:
    """Put, patch, delete, options, trace: every address, also the own ones of whoever it is for, locked or not."""
    every = [one.address(scene.victim.ids) for one in ROUTES] + foreign.bare()
    assert len(every) > 80
    lin = Hand(hand("nobody").patch, scene.center.staff["lin"], scene.center.later)
    for person in (lin, lin.lock(), hand("nobody")):
        for method in OTHERS:
            answers = {address: ask(person, method, address).status for address in every}
            assert set(answers.values()) == {405}, answers
    untouched(scene)


def test_a_page_asked_for_its_head_tells_as_little(scene: Scene, hand: Any) -> None:
    """HEAD goes the way of GET: the same status, no words, and the length that it names is that of nothing."""
    for who in OWN:
        person = hand(who)
        for route in ROUTES:
            if any(route.theirs(role) for role in roles_of(scene.people[who])):
                continue
            there, nowhere = (ask(person, "head", route.address(ids)) for ids in (scene.victim.ids, nothing()))
            assert is_closed(there) and there.like(nowhere) and not there.raw, f"{who} head {route.path}"
    untouched(scene)


def untouched(scene: Scene) -> None:
    """Every row of both schools is what it was, and there is none more; the log and the sessions aside."""
    now = foreign.snapshot(scene.schools)
    changed = {key[0] for key in {*now, *scene.start} if now.get(key) != scene.start.get(key)}
    assert not changed, f"rows were changed in {changed}"


@pytest.mark.clause("CONF-02", "refuses")
def test_the_own_pages_hold_nothing_of_somebody_elses(scene: Scene, hand: Any) -> None:
    """Every address without an object, as everybody but the counselor: no sentence of the victim's stands on any page.

    The duty team reads letters and first requests in its queue, and the desk knows names; nobody else sees either.
    """
    names = {"rui", "fang", "zhou"}
    for who in WHO:
        person = hand(who)
        for address in foreign.bare():
            raw = ask(person, "get", address).raw
            seen = {word for word in SAID if word in raw} if address != "/queue/" or who not in names else set()
            assert not seen, f"{who} reads {seen} at {address}"
            assert NAME not in raw or who in names, f"{who} reads a name at {address}"


def test_the_counselor_and_the_client_do_read_it(scene: Scene, hand: Any) -> None:
    """What is looked for is there: the same requests by those whose it is show every sentence and the name."""
    lin = Hand(hand("nobody").patch, scene.center.staff["lin"], scene.center.later)
    file = ask(lin, "get", f"/cases/{scene.victim.ids['case']}/")
    sitting = ask(lin, "get", f"/sitting/{scene.victim.ids['sitting']}/")
    assert file.status == sitting.status == 200 and not is_closed(file)
    assert all(word in file.raw for word in (NAME, *SAID[:3])) and SAID[3] in sitting.raw
    mine = Hand(hand("nobody").patch, scene.victim.visit.account, scene.center.later)
    assert SAID[0] in ask(mine, "get", "/mine/words/").raw
    assert ask(mine, "get", f"/mine/cancel/{scene.victim.ids['booking']}/").status == 200


def planted(request: HttpRequest, key: UUID) -> HttpResponse:
    """A page that somebody forgot to guard: it shows a booking, and marks it, whoever asks."""
    row = booking_row(key)
    if row is None:
        raise Http404
    Session.objects.filter(pk=uuid4()).delete()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE appointment_booking SET room_id = room_id WHERE id = %s AND false", [key])
    return HttpResponse(f"with {row.staff_id} at {row.starts_at}")


def test_a_page_without_a_guard_is_seen(scene: Scene, hand: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: an address of the same table with no guard before it is reported for all that it gives."""
    urls = [path("", include("subrosa.config.urls")), path("reception/planted/<uuid:key>/", planted, name="planted")]
    with override_settings(ROOT_URLCONF=tuple(urls)):
        (route,) = [one for one in foreign.routes() if one.name == "planted"]
        monkeypatch.setattr("tests.attacks.test_addresses.ROUTES", [route])
        found = "\n".join(wrong(scene, hand("client"), "client"))
        assert "answered 200" in found and "told apart from nothing: 200  and 404" in found
        assert "wrote ('appointment_booking',)" in found
        assert any(route.kinds == (("key", "booking"),) for route in foreign.routes())
    with override_settings(ROOT_URLCONF=(path("new/<uuid:key>/<str:file>/", planted, name="new"),)):
        (route,) = foreign.routes()
        assert route.unknown == ("key", "file"), "an argument of a kind unknown here is named"
