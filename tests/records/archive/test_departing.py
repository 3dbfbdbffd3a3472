"""A colleague leaves: nothing that only one person holds is lost, and nothing opens for that person any more."""

from __future__ import annotations

from datetime import timedelta

import pytest

from subrosa.policy.actor import Kind
from subrosa.policy.ruling import Outcome
from subrosa.records.appointment import actions as appointment
from subrosa.records.appointment.models import Opening
from subrosa.records.appointment.queries import free
from subrosa.records.archive import departing
from subrosa.records.audit.sockets import roles_of
from subrosa.records.case import joining, recovering
from subrosa.records.case.models import CareMember, Case
from subrosa.records.case.widening import to_come
from subrosa.records.duty.models import Duty
from subrosa.records.note import actions as notes
from subrosa.records.notice.queries import unseen
from subrosa.records.person import access, entrance
from subrosa.records.standing.queries import offered_to_new_clients
from subrosa.records.vault.models import Grant, Keypair
from tests.records.center import PASSPHRASE, Center, refused
from tests.records.joining import joined


def leave(center: Center, name: str = "lin") -> None:
    departing.end(by=center.lead, at=center.later, colleague=center.row(name))


def not_yet(center: Center, name: str = "lin") -> tuple[str, ...]:
    """What is missing before somebody can leave."""
    ruling = refused(departing.end, by=center.lead, at=center.later, colleague=center.row(name))
    assert ruling.outcome is Outcome.NOT_YET and ruling.clauses == ("CONF-07",)
    return ruling.missing


@pytest.mark.clause("CONF-07", "not_yet")
def test_a_file_that_nobody_else_holds_keeps_its_holder(own_center: Center) -> None:
    visit = own_center.visit()
    visit.recorded()
    assert not_yet(own_center) == ("other_holder",)
    held = departing.holds(own_center.row("lin"), own_center.later)
    assert (held.cases, held.cases_alone, held.bookings_ahead, held.nothing_alone) == (1, 1, 0, False)
    assert own_center.row("lin").state == "active" and entrance.try_passphrase("lin", PASSPHRASE) is not None


def test_a_second_holder_who_is_out_as_well_is_none(own_center: Center) -> None:
    """Handed to Fang, and Fang is suspended: the file is still held by nobody who stays."""
    visit = own_center.visit()
    visit.recorded()
    joined(by=own_center.lin, at=own_center.at, case=visit.case, colleague=own_center.row("fang"))
    access.suspend(by=own_center.lead, at=own_center.at, colleague=own_center.row("fang"))
    assert not_yet(own_center) == ("other_holder",)


def test_who_is_booked_comes_to_somebody(own_center: Center) -> None:
    """A time ahead keeps the account open; the same time when it has passed does not."""
    visit = own_center.visit()
    visit.book(days=1)
    visit.hold()
    joined(by=own_center.lin, at=own_center.at, case=visit.case, colleague=own_center.row("fang"))
    visit.sign()
    visit.book(days=9)
    assert not_yet(own_center) == ("leavers_bookings",)
    appointment.cancel(by=visit.me, at=own_center.later, booking=visit.booking)
    leave(own_center)


def test_a_booked_time_that_has_passed_holds_nobody(own_center: Center) -> None:
    """Nobody wrote whether it took place, and nobody waits for it any more."""
    visit = own_center.visit()
    visit.book(days=1)
    joined(by=own_center.lin, at=own_center.at, case=visit.case, colleague=own_center.row("fang"))
    leave(own_center)
    assert Case.objects.get(pk=visit.case_id).counselor_id == own_center.fang.id


@pytest.mark.clause("CONF-07", "passes")
def test_after_leaving_nothing_opens_and_nothing_is_lost(own_center: Center) -> None:
    """Handed to Fang first: she is the counselor and reads every record; Lin has no session, key, role, hour or name."""
    center = own_center
    visit = center.visit()
    visit.recorded()
    joined(by=center.lin, at=center.at, case=visit.case, colleague=center.row("fang"))
    opened, pair = entrance.try_passphrase("lin", PASSPHRASE), center.row("lin").keypair
    assert opened is not None
    row, cookie = entrance.new_session(Kind.STAFF, center.lin.id, pair.pk, opened.private, at=center.later)
    row.save(force_insert=True)
    assert free([center.lin.id], center.later)
    leave(center)
    assert Case.objects.get(pk=visit.case_id).counselor_id == center.fang.id
    pages = notes.read_file(by=center.fang, at=center.later, case=visit.case)
    assert "睡不着" in pages[0].text.as_text(), "what Lin signed is read by who holds it now"
    assert entrance.signed_in(cookie, at=center.later) is None
    assert entrance.try_passphrase("lin", PASSPHRASE) is None
    assert entrance.try_again(Kind.STAFF, center.lin.id, PASSPHRASE) is None
    assert roles_of(center.lin, lock=False) == frozenset()
    assert not Grant.objects.filter(holder=pair).exists()
    gone = Keypair.objects.get(pk=pair.pk)
    assert gone.locked is None and gone.recovery is None and gone.ended_at == center.later
    assert center.lin.id not in {one.id for one in offered_to_new_clients(center.later)}
    assert free([center.lin.id], center.later + timedelta(days=1)) == []
    assert not Opening.objects.filter(staff=center.lin.id, until=None).exists()


def test_who_left_is_second_holder_of_nothing_and_nobodys_deputy(own_center: Center) -> None:
    center = own_center
    visit = center.visit()
    visit.recorded()
    joined(by=center.lin, at=center.at, case=visit.case, colleague=center.row("fang"))
    Case.objects.using("owner").filter(pk=visit.case_id).update(deputy=center.fang.id)
    leave(center, "fang")
    assert not CareMember.objects.filter(staff=center.fang.id, until=None).exists()
    assert Case.objects.get(pk=visit.case_id).deputy_id is None
    assert not_yet(center) == ("other_holder",), "so Lin is the only one again"


@pytest.mark.clause("CON-09", "passes")
def test_who_left_is_no_longer_named_as_one_who_is_to_come(own_center: Center) -> None:
    """Shown for one file, named for another: both lines go, and with them the messages and the duty."""
    center = own_center
    shown, lost = center.visit(), center.visit("王一")
    shown.book()
    lost.book(days=2)
    joining.show_joining(by=center.lin, at=center.at, case=shown.case, colleague=center.row("fang"))
    given = {"by": center.lead, "at": center.at, "ground": "counselor_gone"}
    recovering.name_holder(case=lost.case, holder=center.row("fang"), **given)
    recovering.name_holder(case=shown.case, holder=center.row("zhou"), **given)
    leave(center, "fang")
    assert to_come([lost.case]) == [] and "joining" not in {one.kind for one in unseen(lost.client.pk)}
    assert [one.staff for one in to_come([shown.case])] == [center.zhou.id], "what is about somebody else stays"
    assert "joining" in {one.kind for one in unseen(shown.client.pk)}
    assert not Duty.objects.filter(kind="recover", owner=center.fang.id, settled_at=None).exists()


def test_a_case_given_back_by_two_sheets_lets_its_counselor_leave(own_center: Center) -> None:
    """Somebody who is gone already hands nothing over: the sheets give the file to a colleague, and then the account closes."""
    center = own_center
    visit = center.visit()
    visit.recorded()
    access.suspend(by=center.lead, at=center.at, colleague=center.row("lin"))
    assert not_yet(center) == ("other_holder",)
    named = recovering.name_holder(
        by=center.lead, at=center.later, case=visit.case, holder=center.row("fang"), ground="counselor_gone"
    )
    recovering.recover_case(by=center.fang, at=center.later, recovery=named, sheets=center.sheets[:2], at_once="told")
    leave(center)
    assert center.row("lin").state == "left"


@pytest.mark.clause("CONF-07", "refuses")
def test_the_last_custodian_stays(own_center: Center) -> None:
    ruling = refused(departing.end, by=own_center.lead, at=own_center.later, colleague=own_center.row("zhou"))
    assert ruling.outcome is Outcome.REFUSED and [one.rule for one in ruling.reasons] == ["the_last_custodian_stays"]


@pytest.mark.clause("CONF-07", "not_yet")
def test_a_key_of_the_house_has_a_holder_who_stays(own_center: Center) -> None:
    """Lin and Zhou go out, so Fang alone holds the duty and crisis teams' keys: her keys stay."""
    center = own_center
    leave(center, "lin")
    access.suspend(by=center.lead, at=center.later, colleague=center.row("zhou"))
    assert not_yet(center, "fang") == ("other_team_holder",)
    access.lift(by=center.lead, at=center.later, colleague=center.row("zhou"))
    leave(center, "fang")


@pytest.mark.clause("CONF-07", "refuses")
def test_nobody_leaves_by_the_own_press_and_nobody_twice(own_center: Center) -> None:
    center = own_center
    mine = refused(departing.end, by=center.lead, at=center.later, colleague=center.row("lead"))
    assert "nobody_ends_the_own_access" in {one.rule for one in mine.reasons}
    assert (
        refused(departing.end, by=center.fang, at=center.later, colleague=center.row("sun")).outcome is Outcome.REFUSED
    )
    leave(center, "sun")
    again = refused(departing.end, by=center.lead, at=center.later, colleague=center.row("sun"))
    assert [one.rule for one in again.reasons] == ["a_step_fits_how_somebody_stands"]
    back = refused(access.lift, by=center.lead, at=center.later, colleague=center.row("sun"))
    assert back.clauses == ("COMP-01",)
