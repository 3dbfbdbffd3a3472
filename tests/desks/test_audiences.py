"""Every address × everybody: whoever has no business on a page gets 403 or the door, and a locked session gets nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from subrosa.policy.actor import Actor, Kind
from subrosa.policy.roles import EVERY_STAFF, STAFF_ROLES, Role
from subrosa.records.school import context
from subrosa.records.school.models import School
from tests.desks.hand import Hand
from tests.ground import actor

# Doors: whoever stands before them is not known yet, so they have no audience. Anything else has one.
DOORS = frozenset(
    {"home", "help_now", "code", "enter", "found", "sign_in", "unlock", "lock", "sign_out", "quick_exit", "blank"}
    | {"language", "account", "talk", "recover", "doubt"}
    | {"slip", "slip_look"}
    | {"code_states", "kept", "read"}
    | {"time"}
    | {"help_in", "help_worker", "talk_first", "talk_sent", "back", "write"}
)
AT_MOST = {
    "client": {Role.CLIENT},
    "reception": {Role.RECEPTION, Role.COUNSELOR},
    "counselor": {Role.COUNSELOR},
    "lead": {Role.LEAD},
    "leadership": {Role.LEADERSHIP},
    "steward": {Role.STEWARD},
    "common": EVERY_STAFF,
}
ALSO = {
    "case": EVERY_STAFF,  # the charter refuses there, so that the attempt is an entry with a name
    **{name: {Role.CUSTODIAN} for name in ("destruction", "confirm_destruction", "destroy")},
    **{name: {Role.STEWARD} for name in ("roster", "confirm_roster", "mend_roster")},
    **{name: {Role.STEWARD} for name in ("enrollment_letters", "enrollment_class", "enrollment_letter")},
    **{name: {Role.CUSTODIAN} for name in ("volumes", "bind_volume", "volume", "take_volume", "open_volume")},
    **{name: {Role.CUSTODIAN} for name in ("confirm_briefs", "destroy_briefs")},
    "seen": {Role.CLIENT},
    "ledger": {Role.CUSTODIAN, Role.STEWARD},
    "explain_ledger": {Role.CUSTODIAN},
    **{
        name: {Role.COUNSELOR}
        for name in ("numbers", "number", "add_number", "number_area", "tested_number", "set_on_duty")
    },
}
SAMPLES = {"uuid": UUID(int=7), "int": 1, "str": "x", "slug": "x", "path": "x"}
LOCKED_TOO = frozenset(
    {"desk", "reception", "reception_week"}
)  # times without names: a locked desk still books and notes
LOCKED_TOO |= {"sitting"}  # a clock and an empty form: what is written there nobody reads in a locked session
LOCKED_TOO |= {
    "stand_in",
    "stand_in_words",
    "stand_in_sure",
}  # sentences for callers: they show nobody, and the phone rings
FOR_OTHERS = "common/not_for_you.html"


def _patterns(found: list[Any]) -> Iterator[URLPattern]:
    for one in found:
        if isinstance(one, URLResolver):
            yield from _patterns(one.url_patterns)
        else:
            yield one


def _address(route: URLPattern) -> str:
    converters = route.pattern.converters
    kinds = {name: type(kind).__name__.removesuffix("Converter").lower() for name, kind in converters.items()}
    kinds = {name: {"string": "str"}.get(kind, kind) for name, kind in kinds.items()}
    return reverse(str(route.name), kwargs={name: SAMPLES[kind] for name, kind in kinds.items()})


ROUTES = list(_patterns(get_resolver().url_patterns))
GUARDED = {str(route.name): route.callback.audience for route in ROUTES if hasattr(route.callback, "audience")}
ADDRESS = {str(route.name): _address(route) for route in ROUTES}
EVERYBODY = (*STAFF_ROLES, Role.CLIENT, Role.DOOR)


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch, staff: Any, at: datetime) -> Any:
    """`hand(Role.LEAD)` is somebody signed in with this one role; the door is nobody. Their sessions are locked."""

    def make(role: Role) -> Hand:
        who = {Role.DOOR: None, Role.CLIENT: Actor(Kind.CLIENT, uuid4())}.get(role) if role not in STAFF_ROLES else None
        return Hand(monkeypatch, actor(staff(role)) if role in STAFF_ROLES else who, at)

    return make


def _is_for_others(answer: Any) -> bool:
    return answer.status_code == 403 and FOR_OTHERS in [one.name for one in answer.templates]


def _leads_to(answer: Any, name: str) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith(reverse(name))


def test_every_address_has_an_audience_or_is_a_door() -> None:
    assert {str(route.name) for route in ROUTES} - set(GUARDED) == DOORS
    assert all(audience and Role.DOOR not in audience for audience in GUARDED.values())


def test_a_desk_admits_no_more_roles_than_it_is_for() -> None:
    wide = []
    for route in ROUTES:
        if (name := str(route.name)) in GUARDED:
            desk = route.callback.__module__.split(".")[2]
            wide += [f"{name} admits {role}" for role in GUARDED[name] - AT_MOST[desk] - set(ALSO.get(name, ()))]
    assert not wide, "\n".join(wide)


@pytest.mark.parametrize("role", EVERYBODY)
def test_a_page_opens_for_its_audience_only(role: Role, hand: Any) -> None:
    person, wrong = hand(role), []
    for name, audience in GUARDED.items():
        answers = [person.get(ADDRESS[name])]
        if (
            role in audience or answers[0].status_code == 405
        ):  # one guard stands before both; tests/attacks sends every method
            answers.append(person.post(ADDRESS[name]))
        met = [answer for answer in answers if answer.status_code != 405]
        if role is Role.DOOR:
            right = all(_leads_to(answer, "sign_in") for answer in met)
        elif role in audience:
            right = not any(_is_for_others(answer) or _leads_to(answer, "sign_in") for answer in met)
        else:
            right = all(_is_for_others(answer) for answer in met)
        if not (right and met):
            wrong.append(f"{role}: {ADDRESS[name]} answered {[answer.status_code for answer in answers]}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", EVERYBODY[:-1])
def test_a_locked_session_reads_nothing(role: Role, hand: Any) -> None:
    person, wrong = hand(role), []
    for name, audience in GUARDED.items():
        answer = person.get(ADDRESS[name])
        if (
            role in audience
            and name not in LOCKED_TOO
            and answer.status_code != 405
            and not _leads_to(answer, "unlock")
        ):
            wrong.append(f"{role}: {ADDRESS[name]} showed {answer.status_code}")
    assert not wrong, "\n".join(wrong)


def test_a_session_is_nobody_in_another_school(hand: Any, other_school: School) -> None:
    lead = hand(Role.LEAD)
    lead.client.defaults["HTTP_HOST"] = other_school.host
    with context.on(other_school):
        assert _leads_to(lead.get("/center/"), "sign_in")
