"""Inviting, entering, certifying, founding teams: who may, and what a link opens."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from subrosa.demo.center import Part, join, key_for
from subrosa.policy.actor import DOOR, Actor, Kind
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Boundary, Outcome
from subrosa.records.person import actions, entrance, founding
from subrosa.records.person.models import Link, Staff
from subrosa.records.person.queries import staff as staff_row
from subrosa.records.vault import rings
from subrosa.records.vault.models import Keypair, Package
from subrosa.records.vault.opener import opener_of
from tests.records.center import PASSPHRASE, Center, own, refused


def invited(center: Center, *roles: Role) -> tuple[Link, str]:
    key, token = entrance.new_token()
    link = actions.invite(by=center.lead, at=center.at, name="吴老师", roles=roles, link=key, token=token)
    return link, token


def entering(link: Link, at: Any, sign_in: str) -> dict[str, Any]:
    pair, _, both = key_for("staff", link.staff_id, at, PASSPHRASE)
    session, _ = entrance.new_session(Kind.STAFF, link.staff_id, pair.pk, both, at=at)
    return {"by": DOOR, "at": at, "link": link, "keypair": pair, "sign_in": sign_in, "session": session}


@pytest.mark.clause("COMP-01", "passes")
def test_a_colleague_comes_in_once(own_center: Center) -> None:
    link, token = invited(own_center, Role.COUNSELOR)
    found = entrance.link_for(token)
    assert found is not None and found.pk == link.pk
    asked = entering(link, own_center.at, "wu")
    assert actions.enter(**asked).state == "active"
    assert refused(actions.enter, **entering(link, own_center.at, "wu2")).missing == ("unused_link",)
    assert entrance.try_passphrase("wu", PASSPHRASE) is not None


@pytest.mark.clause("COMP-01", "refuses")
def test_a_link_that_lay_about_too_long(center: Center) -> None:
    link, _ = invited(center, Role.COUNSELOR)
    late = entering(link, link.until + timedelta(seconds=1), "late")
    assert refused(actions.enter, **late).missing == ("link_in_time",)
    assert Staff.objects.get(pk=link.staff_id).state == "invited"


def test_a_link_of_another_school(center: Center) -> None:
    _, token = invited(center, Role.COUNSELOR)
    with own():
        assert entrance.link_for(token) is None
    assert entrance.link_for(token[:-1] + ("A" if token[-1] != "A" else "B")) is None


@pytest.mark.clause("COMP-01", "refuses")
@pytest.mark.parametrize("who", ["lin", "rui", "qian", "sun"])
def test_only_the_lead_invites_and_certifies(center: Center, who: str) -> None:
    by = getattr(center, who)
    key, token = entrance.new_token()
    asked = {"by": by, "at": center.at, "name": "x", "roles": (Role.LEAD,), "link": key, "token": token}
    assert refused(actions.invite, **asked).clauses == ("COMP-01",)
    assert refused(actions.certify, by=by, at=center.at, colleague=center.row("fang")).clauses == ("COMP-01",)


@pytest.mark.clause("COMP-01", "not_yet")
def test_nobody_is_certified_before_there_is_a_key(center: Center) -> None:
    link, _ = invited(center, Role.COUNSELOR)
    ruling = refused(actions.certify, by=center.lead, at=center.at, colleague=staff_row(link.staff_id))
    assert ruling.outcome is Outcome.NOT_YET and ruling.missing == ("activated_key",)


@pytest.mark.clause("CONF-05", "refuses")
def test_who_gets_the_desk_key(center: Center) -> None:
    for name in ("lin", "rui", "fang", "lead"):
        assert rings.desk_key(opener_of(getattr(center, name)))
    for name in ("qian", "sun"):
        with pytest.raises(Boundary):
            rings.desk_key(opener_of(getattr(center, name)))
        assert not center.row(name).keypair.grants


def test_an_uncertified_counselor_holds_nothing(own_center: Center) -> None:
    link, _ = invited(own_center, Role.COUNSELOR)
    actions.enter(**entering(link, own_center.at, "wu"))
    opened = entrance.try_passphrase("wu", PASSPHRASE)
    assert opened is not None and Keypair.objects.get(pk=opened.keypair).certificate is None
    join(Part("xu", "许老师", (Role.COUNSELOR,)), own_center.lead, PASSPHRASE, own_center.at)
    assert entrance.try_passphrase("xu", PASSPHRASE) is not None


@pytest.mark.clause("CONF-05", "refuses")
def test_no_leader_and_no_steward_sits_in_a_team(own_center: Center) -> None:
    with own() as fresh:
        rows = [fresh.row("lin"), fresh.row("qian")]
        asked = {"by": fresh.lead, "at": fresh.at, "counselors": rows, "custodians": rows[:1]}
        assert refused(actions.found_teams, **asked).clauses == ("CONF-05",)
        nobody = {**asked, "counselors": [], "custodians": []}
        assert refused(actions.found_teams, **nobody).missing == ("certified_counselor",)
        rows = [fresh.row("lin"), fresh.row("zhou")]
        assert refused(actions.found_teams, **{**asked, "counselors": rows}).outcome is Outcome.REFUSED, "once"


@pytest.mark.clause("MGMT-01", "refuses")
def test_a_house_is_founded_once(center: Center) -> None:
    pair, private, both = key_for("staff", center.lin.id, center.at, PASSPHRASE)
    session, _ = entrance.new_session(Kind.STAFF, pair.of, pair.pk, both, at=center.at)
    asked = {"name": "x", "sign_in": "x", "keypair": pair, "private": private, "session": session}
    assert refused(founding.found, by=DOOR, at=center.at, **asked).clauses == ("MGMT-01",)


@pytest.mark.clause("CONF-07", "refuses")
def test_a_seat_sheet_is_shown_once(center: Center) -> None:
    for number in (1, 3, 4):
        pair, _ = founding.new_seat(number, center.at)
        assert refused(founding.seat, by=center.lead, at=center.at, number=number, pair=pair).clauses == ("CONF-07",)
    assert Keypair.objects.filter(kind="seat").count() == 3


@pytest.mark.clause("CONF-07", "not_yet")
def test_keys_are_split_once_and_after_three_seats(school: object, at: Any) -> None:
    pair, private, both = key_for("staff", uuid4(), at, PASSPHRASE)
    session, _ = entrance.new_session(Kind.STAFF, pair.of, pair.pk, both, at=at)
    founding.found(by=DOOR, at=at, name="沈", sign_in="shen", keypair=pair, private=private, session=session)
    lead = Actor(Kind.STAFF, pair.of, private)
    early = refused(founding.seal, by=lead, at=at)
    assert early.outcome is Outcome.NOT_YET and early.missing == ("seat_sheets",)
    for number in (1, 2, 3):
        seat, _ = founding.new_seat(number, at)
        founding.seat(by=lead, at=at, number=number, pair=seat)
    founding.seal(by=lead, at=at)
    assert Package.objects.count() == 2
    refused(founding.seal, by=lead, at=at)
