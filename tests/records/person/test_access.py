"""Own sessions, a new passphrase, a colleague signed out or suspended: what ends at once, and what nobody else can end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from subrosa.policy.actor import DOOR, Actor, Kind
from subrosa.policy.ruling import Outcome
from subrosa.records.appointment import actions as appointment
from subrosa.records.appointment.queries import free, next_openings
from subrosa.records.audit.sockets import roles_of
from subrosa.records.case import joining
from subrosa.records.person import access, actions, entrance, teams
from subrosa.records.person.models import Link, Session
from subrosa.records.standing.queries import offered_to_new_clients
from subrosa.records.vault import keys
from subrosa.records.vault.models import Grant
from subrosa.records.vault.opener import bundle
from tests.records.center import PASSPHRASE, Center, Visit, noted, refused
from tests.records.joining import joined

NEW = "another four quiet words"


def begun(who: Actor, center: Center, *, ago: timedelta = timedelta()) -> tuple[UUID, str]:
    """A session of somebody, begun and last used some time ago: its id and cookie."""
    held: Any = who.opener
    both = bundle(held.seal, held.sign)
    row, cookie = entrance.new_session(who.kind, who.id, held.keypair, both, at=center.at - ago)
    row.save(force_insert=True)
    return row.pk, cookie


@pytest.mark.clause("CONF-07", "passes")
def test_one_sees_the_own_sessions_and_nobody_elses(center: Center) -> None:
    Session.objects.filter(holder__in=[center.lin.id, center.fang.id]).delete()
    old, _ = begun(center.lin, center, ago=timedelta(hours=3))
    this, _ = begun(center.lin, center)
    begun(center.fang, center)
    shown = access.open_sessions(Kind.STAFF, center.lin.id, at=center.at, this=this)
    assert [(one.id, one.this, one.locked) for one in shown] == [(this, True, False), (old, False, True)]
    assert access.session_count(center.lin.id) == 2


def test_one_is_ended_or_all_others(center: Center) -> None:
    Session.objects.filter(holder=center.lin.id).delete()
    keys_of = [begun(center.lin, center)[0] for _ in range(4)]
    access.end_own(by=center.lin, at=center.at, this=keys_of[0], which=keys_of[1])
    assert set(Session.objects.filter(holder=center.lin.id).values_list("pk", flat=True)) == set(keys_of) - {keys_of[1]}
    access.end_own(by=center.lin, at=center.at, this=keys_of[0])
    assert list(Session.objects.filter(holder=center.lin.id).values_list("pk", flat=True)) == keys_of[:1]
    assert noted("end_own_sessions", "done")[-1].actor_id == center.lin.id


@pytest.mark.clause("CONF-07", "refuses")
def test_somebody_elses_session_is_not_found(center: Center, visit: Visit) -> None:
    """Named by its id, by a colleague and by a client: it stays."""
    theirs, cookie = begun(center.fang, center)
    mine, _ = begun(center.lin, center)
    for by in (center.lin, visit.me):
        access.end_own(by=by, at=center.at, this=mine, which=theirs)
        access.end_own(by=by, at=center.at, this=mine)
    assert entrance.signed_in(cookie, at=center.at) is not None


def test_a_new_passphrase_locks_the_same_keys_and_the_recovery_code_stays(own_center: Center) -> None:
    lead = own_center.lead
    stolen, cookie = begun(lead, own_center)
    opened = entrance.try_again(Kind.STAFF, lead.id, PASSPHRASE)
    assert opened is not None and entrance.signed_in(cookie, at=own_center.at) is not None
    pair = own_center.row("lead").keypair
    before = bytes(pair.recovery)
    keys.lock_under(pair, "locked", opened.private, NEW)
    session, new_cookie = entrance.new_session(Kind.STAFF, lead.id, pair.pk, opened.private, at=own_center.at)
    access.change_passphrase(by=lead, at=own_center.at, pair=pair, session=session)
    assert entrance.try_passphrase("shen", PASSPHRASE) is None
    again = entrance.try_passphrase("shen", NEW)
    assert again is not None and again.private == opened.private, "the same keys"
    assert bytes(own_center.row("lead").keypair.recovery) == before
    assert entrance.try_recovery("shen", own_center.recovery) is not None
    assert entrance.signed_in(cookie, at=own_center.at) is None and stolen != session.pk
    assert entrance.signed_in(new_cookie, at=own_center.at) is not None


def test_nobody_locks_somebody_elses_keys(center: Center) -> None:
    """A pair that is not the actor's is left as it was."""
    pair = center.row("fang").keypair
    before = bytes(pair.locked)
    pair.locked = b"something else"
    session, _ = entrance.new_session(Kind.STAFF, center.lin.id, pair.pk, None, at=center.at)
    access.change_passphrase(by=center.lin, at=center.at, pair=pair, session=session)
    assert bytes(center.row("fang").keypair.locked) == before


def test_what_nobody_used_for_a_week_is_swept_at_the_next_sign_in(center: Center) -> None:
    Session.objects.filter(holder=center.lin.id).delete()
    old, _ = begun(center.lin, center, ago=timedelta(days=8))
    fresh, _ = begun(center.lin, center, ago=timedelta(days=6))
    held: Any = center.lin.opener
    session, _ = entrance.new_session(Kind.STAFF, center.lin.id, held.keypair, None, at=center.at)
    actions.sign_in(by=center.lin, at=center.at, session=session)
    there = set(Session.objects.filter(holder=center.lin.id).values_list("pk", flat=True))
    assert there == {fresh, session.pk} and old not in there


@pytest.mark.clause("CONF-07", "passes")
def test_a_colleague_is_signed_out_everywhere_and_signs_in_again(own_center: Center) -> None:
    """The laptop is gone: its cookie opens nothing, nor does a link that carries the keys."""
    _, cookie = begun(own_center.lin, own_center)
    opened = entrance.try_passphrase("lin", PASSPHRASE)
    assert opened is not None
    link, token = entrance.carrying_link(opened, at=own_center.at)
    actions.own_link(by=own_center.lin, at=own_center.at, link=link)
    access.end_sessions_of(by=own_center.lead, at=own_center.at, colleague=own_center.row("lin"))
    assert entrance.signed_in(cookie, at=own_center.at) is None and access.session_count(own_center.lin.id) == 0
    kept = entrance.link_for(token)
    assert kept is not None and kept.used_at is not None and kept.handed is None
    assert entrance.try_passphrase("lin", PASSPHRASE) is not None and roles_of(own_center.lin, lock=False)


@pytest.mark.clause("CONF-07", "refuses")
def test_only_the_lead_ends_others(center: Center, visit: Visit) -> None:
    _, cookie = begun(center.fang, center)
    row = center.row("fang")
    for by in (center.lin, center.rui, center.qian, center.sun, visit.me):
        for press in (access.end_sessions_of, access.suspend, access.lift):
            assert refused(press, by=by, at=center.at, colleague=row).outcome is Outcome.REFUSED
    assert entrance.signed_in(cookie, at=center.at) is not None and center.row("fang").state == "active"


def test_who_is_suspended_is_out_at_once_and_loses_nothing(own_center: Center) -> None:
    """No session, no role, no new client, the sign-in knows no such name; the keys are all there, and it can be lifted."""
    center = own_center
    _, cookie = begun(center.lin, center)
    held = Grant.objects.filter(holder=center.row("lin").keypair).count()
    assert center.lin.id in {one.id for one in offered_to_new_clients(center.at)}
    access.suspend(by=center.lead, at=center.at, colleague=center.row("lin"))
    assert entrance.signed_in(cookie, at=center.at) is None
    assert roles_of(center.lin, lock=False) == frozenset()
    assert center.lin.id not in {one.id for one in offered_to_new_clients(center.at)}
    assert (
        entrance.try_passphrase("lin", PASSPHRASE) is None
        and entrance.try_again(Kind.STAFF, center.lin.id, PASSPHRASE) is None
    )
    assert Grant.objects.filter(holder=center.row("lin").keypair).count() == held > 0
    access.lift(by=center.lead, at=center.at, colleague=center.row("lin"))
    assert entrance.try_passphrase("lin", PASSPHRASE) is not None
    assert not center.row("lin").receiving, "new clients wait until she opens her own door"


def test_a_suspended_colleagues_keys_do_nothing_in_an_act(own_center: Center) -> None:
    """Even where a thief has the private halves in the memory of a page: every act asks the row."""
    center = own_center
    who = center.lin
    visit = center.visit()
    visit.book()
    fangs = center.visit()
    fangs.bookings.append(appointment.book(by=fangs.me, at=center.at, client=fangs.client, **center.slot(2, "fang")))
    access.suspend(by=center.lead, at=center.at, colleague=center.row("lin"))
    answer = refused(joining.grant_case, by=who, at=center.at, case=visit.case, colleague=center.row("fang"))
    assert answer.reasons[0].rule == "this_is_not_for_you"
    ruling = refused(
        joining.show_joining, by=center.fang, at=center.at, case=fangs.booking.case, colleague=center.row("lin")
    )
    assert [one.rule for one in ruling.reasons] == ["only_the_care_team_opens"]
    joined(by=center.fang, at=center.at, case=fangs.booking.case, colleague=center.row("zhou"))
    assert refused(teams.take_in, by=center.fang, at=center.at, newcomer=center.row("lin")).missing == (
        "certified_key",
    )
    assert refused(actions.certify, by=center.lead, at=center.at, colleague=center.row("lin")).missing == (
        "activated_key",
    )


def test_who_is_suspended_is_booked_by_nobody_not_by_the_own_clients_either(own_center: Center) -> None:
    """A client who knows the address of the hour would come to nobody; after the suspension the hours are there again."""
    center = own_center
    visit = center.visit()
    visit.book(days=1)
    visit.hold()
    visit.sign()
    assert free([center.lin.id], center.later) and next_openings([center.lin.id], center.later)
    access.suspend(by=center.lead, at=center.at, colleague=center.row("lin"))
    assert not free([center.lin.id], center.later) and not next_openings([center.lin.id], center.later)
    given = {"at": center.at, "client": visit.client, **center.slot(2)}
    assert refused(appointment.book, by=visit.me, **given).missing == ("offered_time",)
    access.lift(by=center.lead, at=center.at, colleague=center.row("lin"))
    assert appointment.book(by=visit.me, **given).staff_id == center.lin.id


def test_nobody_suspends_himself_and_each_step_is_taken_once(own_center: Center) -> None:
    center = own_center
    mine = refused(access.suspend, by=center.lead, at=center.at, colleague=center.row("lead"))
    assert [one.rule for one in mine.reasons] == ["nobody_ends_the_own_access"]
    assert refused(access.lift, by=center.lead, at=center.at, colleague=center.row("fang")).clauses == ("COMP-01",)
    once = uuid4()
    for _ in range(2):
        access.suspend(by=center.lead, at=center.at, colleague=center.row("fang"), once=once)
    assert refused(access.suspend, by=center.lead, at=center.at, colleague=center.row("fang")).clauses == ("COMP-01",)


def test_an_invitation_does_not_lead_round_a_suspension(own_center: Center) -> None:
    """A link that somebody kept: it was used up with the suspension, so it makes nobody active."""
    center = own_center
    key, token = entrance.new_token()
    actions.invite(by=center.lead, at=center.at, name="白老师", roles=("counselor",), link=key, token=token)
    row = Link.objects.get(pk=key).staff
    pair, both = keys.new_keypair("staff", row.pk, at=center.at)
    session, _ = entrance.new_session(Kind.STAFF, row.pk, pair.pk, both, at=center.at)
    from subrosa.records.archive import departing

    departing.end(by=center.lead, at=center.at, colleague=row)
    link = entrance.link_for(token)
    answer = refused(actions.enter, by=DOOR, at=center.at, link=link, keypair=pair, sign_in="bai", session=session)
    assert [one.rule for one in answer.reasons] == ["a_link_opens_once"]
