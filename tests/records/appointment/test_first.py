"""First contact without an account: a nickname is enough, the words are sealed at once, and the digits lead back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from subrosa.policy.actor import DOOR, Actor
from subrosa.policy.grounds import table
from subrosa.records.appointment import first
from subrosa.records.appointment.models import Booking
from subrosa.records.appointment.queries import Offer
from subrosa.records.case import actions as cases
from subrosa.records.case.queries import who_can_open
from subrosa.records.note import actions as notes
from subrosa.records.person import clients, doorway, returning
from subrosa.records.person.models import Account, Client
from subrosa.records.school import calendar
from subrosa.records.vault import rings
from subrosa.records.vault.models import Grant, Keypair
from subrosa.records.vault.opener import opener, opener_of
from tests.ground import together
from tests.records.center import FULL, Center, noted, refused
from tests.records.thief import flipped, tampered

WHO = clients.Identity("小鹿", reach=clients.NO_CONTACT, urgent=True)
WORDS = "不知道怎么说，就是难受。"


class Came:
    """Somebody who came by the door of a center."""

    def __init__(self, center: Center, *, days: int = 1, reason: str = WORDS, who: clients.Identity = WHO) -> None:
        self.center = center
        self.code = returning.new_code()
        self.newcomer = returning.newcomer(self.code, center.at)
        offer = Offer(**center.slot(days))
        self.given: dict[str, Any] = {"newcomer": self.newcomer, "identity": who, "offer": offer, "reason": reason}
        self.given |= {"by": DOOR, "at": center.at, "once": uuid4()}

    def press(self) -> Booking:
        self.booking: Booking = first.first_contact(**self.given)
        return self.booking

    @property
    def me(self) -> Actor:
        """The same person with the digits only."""
        found = returning.open_with(self.code)
        assert found is not None
        return Actor(self.newcomer.me.kind, found.client, opener(found.pair, found.private))

    @property
    def row(self) -> Client:
        return Client.objects.get(pk=self.newcomer.client.pk)


@pytest.fixture
def came(center: Center) -> Came:
    made = Came(center)
    made.press()
    return made


@pytest.mark.clause("APPT-01", "passes")
def test_a_nickname_and_hard_to_say_hold_a_time(center: Center) -> None:
    made = Came(center, reason="", who=clients.Identity("小鹿")).press()
    assert (made.state, made.booked_by, made.staff_id, made.reason) == ("booked", "client", center.lin.id, None)


@pytest.mark.clause("CONF-05", "passes")
def test_nothing_that_was_said_is_plain(came: Came) -> None:
    row = Client.objects.filter(pk=came.row.pk).values().get()
    known = {"id", "school_id", "roster_mark", "identity", "identity_held", "made_at", "by_door", "waits", "lacks"}
    known |= {"joined_id"}
    assert set(row) == known and row["lacks"] == ["who", "class", "reach"], (
        "which parts are empty, not what stands there"
    )
    assert row["identity"] is None and row["roster_mark"] is None
    for text in (b"\xe5\xb0\x8f\xe9\xb9\xbf", b"no_contact"):
        assert text not in bytes(row["identity_held"])
    assert WORDS.encode() not in bytes(came.booking.reason)
    account = Account.objects.get(client=came.row)
    assert account.sign_in == f"back-{came.code[:4]}"
    pair = Keypair.objects.get(pk=account.keypair_id)
    assert came.code.encode() not in bytes(pair.locked) and pair.recovery is None and pair.introduction is None


def test_the_words_open_for_counselor_client_and_duty_team(came: Came) -> None:
    center, case = came.center, came.booking.case
    for reader in (came.me, center.lin):
        assert notes.read_reasons(by=reader, at=center.at, case=case) == {came.booking.pk: WORDS}
    ring = rings.open_ring(
        "case", case.pk, opener_of(center.fang)
    )  # fang sits in the duty team, and in the crisis team
    assert ring.key(rings.Scope.SHARED) and ring.key(rings.Scope.CRISIS)
    held = {(one.kind, one.scope, one.dormant) for one in who_can_open(case.pk) if one.kind != "seat"}
    assert held == {
        ("staff", 1, False),
        ("staff", 1, True),
        ("crisis", 4, False),
        ("duty", 3, False),
        ("client", 3, False),
    }


@pytest.mark.clause("CONF-02", "refuses")
def test_the_duty_teams_key_goes_with_the_first_meeting(came: Came) -> None:
    from subrosa.records.appointment import actions

    center = came.center
    doorway.adopt_waiting(by=center.lin, at=center.at)
    booking = Booking.objects.get(pk=came.booking.pk)
    actions.hold(by=center.lin, at=booking.ends_at, booking=booking, promise_said=True)
    assert "duty" not in {one.kind for one in who_can_open(booking.case_id)}
    from subrosa.policy.ruling import Boundary

    ring = rings.open_ring("case", booking.case_id, opener_of(center.fang))
    with pytest.raises(Boundary):
        ring.key(rings.Scope.SHARED)
    assert notes.read_reasons(by=came.me, at=center.at, case=booking.case) == {booking.pk: WORDS}


@pytest.mark.clause("CONF-05", "refuses")
def test_who_may_take_over_who_came(came: Came) -> None:
    center = came.center
    for who in ("lead", "qian", "sun"):
        assert refused(doorway.adopt, by=getattr(center, who), at=center.at, client=came.row).clauses == ("CONF-05",)
        assert doorway.adopt_waiting(by=getattr(center, who), at=center.at) == 0
    assert came.row.waits
    assert clients.read_identities(by=center.lin, at=center.at, clients=[came.row.pk]) == {}
    assert doorway.adopt_waiting(by=center.rui, at=center.at, first=[came.row.pk]) >= 1
    row = came.row
    assert not row.waits and row.identity_held is None
    shown = clients.read_identities(by=center.fang, at=center.at, clients=[row.pk])
    assert shown == {row.pk: WHO} and shown[row.pk].not_to_be_called
    pair = Keypair.objects.get(kind="client", of=row.pk)
    assert pair.introduction is not None and pair.introduction_held is None
    assert doorway.adopt_waiting(by=center.rui, at=center.at) == 0


def test_two_desks_at_once_take_over_once(came: Came) -> None:
    center = came.center
    together(
        *(lambda by=by: doorway.adopt_waiting(by=by, at=center.at) for by in (center.lin, center.rui, center.fang))
    )
    assert clients.read_identities(by=center.lin, at=center.at, clients=[came.row.pk]) == {came.row.pk: WHO}


def test_who_waits_keeps_nobody_else_waiting(center: Center) -> None:
    """A row that somebody altered is refused and noted; the others are taken over all the same."""
    broken, whole = Came(center), Came(center, days=2)
    for one in (broken, whole):
        one.press()
    held = bytes(broken.row.identity_held or b"")
    with tampered(broken.row, identity_held=flipped(held, len(held) - 1)):
        before = len(noted("adopt_client"))
        doorway.adopt_waiting(by=center.lin, at=center.at)
        assert len(noted("adopt_client")) == before + 1
        assert not whole.row.waits and broken.row.waits
    doorway.adopt_waiting(by=center.lin, at=center.at)
    assert not broken.row.waits


def record(came: Came, by: Actor) -> Any:
    """What the counselor does that seals under the case's key."""
    return cases.agree_goal(by=by, at=came.center.at, case=came.booking.case, text="睡到六点")


@pytest.mark.clause("CONF-04", "passes")
def test_sealing_takes_the_introduction_over_first(came: Came) -> None:
    assert record(came, came.center.lin)
    pair = Keypair.objects.get(kind="client", of=came.row.pk)
    assert pair.introduction is not None and pair.introduction_held is None and came.row.waits
    assert doorway.adopt_waiting(by=came.center.rui, at=came.center.at) >= 1, "the name is taken over afterwards"
    assert clients.read_identities(by=came.center.rui, at=came.center.at, clients=[came.row.pk]) == {came.row.pk: WHO}


@pytest.mark.clause("CONF-04", "refuses")
@pytest.mark.parametrize("what", ["held", "certificate", "seal_public", "nothing"])
def test_a_pair_that_nobody_introduced_is_given_nothing(came: Came, what: str) -> None:
    pair = Keypair.objects.get(kind="client", of=came.row.pk)
    held = bytes(pair.introduction_held or b"")
    other = returning.newcomer(returning.new_code(), came.center.at).pair
    change: dict[str, Any] = {
        "held": {"introduction_held": flipped(held, len(held) - 1)},
        "certificate": {"certificate": b"\0" * 32},
        "seal_public": {"seal_public": bytes(other.seal_public)},
        "nothing": {"introduction_held": None},
    }[what]
    with tampered(pair, **change):
        assert refused(record, came=came, by=came.center.lin).clauses == ("CONF-04",)
        assert not Keypair.objects.get(pk=pair.pk).introduction
    assert record(came, came.center.lin)


@pytest.mark.clause("CONF-04", "refuses")
def test_a_planted_desk_takes_no_name(own_center: Center) -> None:
    other = returning.newcomer(returning.new_code(), own_center.at).pair
    with tampered(Keypair.objects.get(kind="desk"), seal_public=bytes(other.seal_public)):
        came = Came(own_center)
        assert refused(first.first_contact, **came.given).clauses == ("CONF-04",)
    assert not Client.objects.exists() and not Account.objects.exists() and not Booking.objects.exists()


@pytest.mark.clause("APPT-01", "refuses")
def test_a_time_that_is_taken_leaves_nobody_behind(center: Center) -> None:
    Came(center).press()
    second = Came(center)
    assert refused(second.press).clauses == ("APPT-01",)
    assert not Client.objects.filter(pk=second.newcomer.client.pk).exists()
    assert not Account.objects.filter(client_id=second.newcomer.client.pk).exists()
    assert not Keypair.objects.filter(of=second.newcomer.client.pk).exists()


@pytest.mark.clause("APPT-01", "not_yet")
def test_the_door_holds_only_so_many(own_center: Center, monkeypatch: pytest.MonkeyPatch) -> None:
    real = calendar.school_profile()
    few = {**real, "sessions.first_contacts_waiting": 2}
    monkeypatch.setattr(first, "school_profile", lambda: few)
    for days in (1, 2):
        Came(own_center, days=days).press()
    third = Came(own_center, days=3)
    ruling = refused(third.press)
    assert (ruling.outcome, ruling.missing) == ("not_yet", ("place_at_the_door",))
    booking = Booking.objects.order_by("starts_at").first()
    assert booking is not None
    from subrosa.records.appointment import actions

    doorway.adopt_waiting(by=own_center.lin, at=own_center.at)
    actions.hold(by=own_center.lin, at=booking.ends_at, booking=booking, promise_said=True)
    assert third.press().state == "booked", "whoever was seen waits no more"


def test_many_at_once_are_counted_one_after_the_other(own_center: Center, monkeypatch: pytest.MonkeyPatch) -> None:
    few = {**calendar.school_profile(), "sessions.first_contacts_waiting": 2}
    monkeypatch.setattr(first, "school_profile", lambda: few)
    several = [Came(own_center, days=days) for days in (1, 2, 3, 4)]
    together(*(one.press for one in several))
    assert Booking.objects.count() == 2


def test_the_same_press_twice_is_one_person(center: Center) -> None:
    came = Came(center)
    made = came.press()
    again_ = Came(center)
    again_.given["once"] = came.given["once"]
    assert again_.press().pk == made.pk
    assert not Client.objects.filter(pk=again_.newcomer.client.pk).exists()


def test_a_client_who_came_by_the_door_cancels(came: Came) -> None:
    from subrosa.records.appointment import actions

    booking = Booking.objects.select_related("case").get(pk=came.booking.pk)
    assert actions.cancel(by=came.me, at=came.center.at, booking=booking).state == "cancelled"
    log = cases.read_own_log(by=came.me, at=came.center.at, case=booking.case)
    assert {"first_contact", "book", "cancel_booking"} <= {one.act for one in log}


@pytest.mark.clause("APPT-01", "not_yet")
def test_a_counselor_writes_the_whole_record_of_who_came(came: Came) -> None:
    from subrosa.records.appointment import actions, registering
    from subrosa.records.consent import actions as consent
    from subrosa.records.consent.understanding import talk_over

    center = came.center
    booking = Booking.objects.select_related("case").get(pk=came.booking.pk)
    actions.hold(by=center.lin, at=booking.ends_at, booking=booking, promise_said=True)
    consent.give(by=came.me, at=booking.ends_at, case=booking.case, agreement=center.agreement, language="zh-hans")
    talk_over(by=center.lin, at=booking.ends_at, case=booking.case, said=dict.fromkeys(table(), "understood"))
    record = {"at": booking.ends_at + timedelta(minutes=5), "case": booking.case, "booking": booking, "text": FULL}
    assert refused(notes.write, by=center.lin, **record).missing == ("form_who", "form_class", "form_reach")
    doorway.adopt(by=center.lin, at=booking.ends_at, client=booking.client)
    who = clients.Identity("王小鹿", class_name="高一1班", reach=clients.NO_CONTACT)
    client = clients.client(booking.client_id)
    registering.register(by=center.lin, at=booking.ends_at, client=client, identity=who)
    note = notes.write(by=center.lin, **record)
    assert note.signed_at
    assert Grant.objects.filter(keyring__of=booking.case_id, holder__kind="client").count() == 1


@pytest.mark.clause("CONF-04", "refuses")
@pytest.mark.parametrize("what", ["certificate", "seal_public"])
def test_the_desk_takes_over_no_pair_whose_secret_does_not_fit(came: Came, what: str) -> None:
    pair = Keypair.objects.get(kind="client", of=came.row.pk)
    other = returning.newcomer(returning.new_code(), came.center.at).pair
    changes = {"certificate": b"\0" * 32, "seal_public": bytes(other.seal_public)}
    with tampered(pair, **{what: changes[what]}):
        assert refused(doorway.adopt, by=came.center.lin, at=came.center.at, client=came.row).clauses == ("CONF-04",)
        assert came.row.waits and not Keypair.objects.get(pk=pair.pk).introduction
    doorway.adopt(by=came.center.lin, at=came.center.at, client=came.row)
    assert not came.row.waits
