"""The register of credentials: who verifies, who is offered, what the clock reminds of, and how a running center begins."""

from __future__ import annotations

import importlib
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connections, transaction

from subrosa.desks.clock import loop
from subrosa.policy.actor import CLOCK
from subrosa.policy.roles import Role
from subrosa.records.duty.models import Duty
from subrosa.records.person.models import Staff
from subrosa.records.school.calendar import calendar
from subrosa.records.standing import actions as standing
from subrosa.records.standing import credentials
from subrosa.records.standing.models import Credential
from subrosa.records.standing.qualified import State, kept_of, kinds_on, register_began, without_credential
from subrosa.records.standing.queries import nobody_looks, offered_to_new_clients, standing_of, standings
from tests.ground import by_owner
from tests.records.center import Center, refused

DAY = timedelta(days=1)


def enter(center: Center, by: str, of: str, **given: Any) -> Credential:
    said = {"kind": "provincial_b", "number": "B-2024-117", **given}
    return credentials.enter_credential(by=getattr(center, by), at=center.at, colleague=center.row(of), **said)


def only(center: Center, of: str, until: date | None) -> Credential:
    """The one credential of a colleague, verified, until a day."""
    rows = Credential.objects.using("owner").filter(staff_id=center.staff[of].id)
    assert rows.update(until=until, reminded=None) == 1
    return Credential.objects.get(staff_id=center.staff[of].id)


def offered(center: Center, name: str, at: datetime | None = None) -> bool:
    return center.staff[name].id in {one.id for one in offered_to_new_clients(at or center.at)}


def owed(center: Center, name: str, kind: str) -> list[Duty]:
    return list(Duty.objects.filter(owner_id=center.staff[name].id, kind=kind, settled_at=None))


@pytest.mark.clause("COMP-01", "refuses")
def test_nobody_verifies_the_own_and_the_card_shows_nothing_before(own_center: Center) -> None:
    center = own_center
    mine = enter(center, "lin", "lin", number="B-2024-117")
    lin = center.staff["lin"].id
    assert [one.value for one in kinds_on([lin], center.at)[lin]] == ["teacher"], "an unverified one is on no card"
    assert [one.owner_id for one in Duty.objects.filter(kind="credential_waits")] == [center.staff["lead"].id]
    assert b"B-2024-117" not in bytes(mine.number)
    verify = {"at": center.at, "credential": mine}
    for name in ("lin", "zhou", "rui", "qian"):
        assert refused(credentials.verify_credential, by=getattr(center, name), **verify).clauses == ("COMP-01",)
    Staff.objects.using("owner").filter(pk=lin).update(roles=[Role.COUNSELOR, Role.LEAD])
    reasons = refused(credentials.verify_credential, by=center.lin, **verify).reasons
    assert [one.rule for one in reasons] == ["nobody_verifies_the_own_credential"]
    credentials.verify_credential(by=center.sun, **verify)  # where the lead counsels: the steward
    assert [one.value for one in kinds_on([lin], center.at)[lin]] == ["teacher", "provincial_b"]
    assert not Duty.objects.filter(kind="credential_waits", settled_at=None).exists()
    seen = next(one for one in kept_of([lin], center.at) if one.id == mine.pk)
    assert (seen.state, seen.number, seen.seen_by) == (State.VERIFIED, "B-2024-117", "孙工")


@pytest.mark.clause("COMP-01", "refuses")
@pytest.mark.clause("COMP-01", "not_yet")
@pytest.mark.clause("COMP-01", "passes")
def test_where_nobody_here_can_look_somebody_outside_does(own_center: Center) -> None:
    """The only lead counsels and no steward is at work: the center owes the look, and nobody confirms the own."""
    center, lead = own_center, own_center.staff["lead"].id
    xu, gone = (
        standing.name_outside_professional(by=center.lead, at=center.at, name=one) for one in ("许督导", "方老师")
    )
    every = Staff.objects.using("owner")
    every.filter(pk=gone.pk).update(state="left")
    every.filter(pk=lead).update(roles=[Role.LEAD, Role.COUNSELOR])
    day = calendar().local(center.at)
    seen: dict[str, Any] = {"by": center.lead, "at": center.at, "seen_by": xu.pk, "seen_on": day - DAY}
    early = enter(center, "lead", "lead")
    ruling = refused(credentials.note_seen_outside, **seen, credential=early)
    assert ruling.reasons[0].rule == "an_outside_look_is_noted_by_the_owner_where_nobody_here_can", "the steward can"
    every.filter(pk=center.staff["sun"].id).update(state="suspended")
    mine = enter(center, "lead", "lead")
    (duty,) = Duty.objects.filter(kind="credential_waits", about=f"standing.Credential:{mine.pk}")
    assert duty.owner_id is None, "the center's, not the one's who cannot do it"
    unlooked = [one.person.id for one in nobody_looks(standings(center.at))]
    assert unlooked == [lead], "lin has the lead"
    note = credentials.note_seen_outside
    for wrong in ({"seen_by": gone.pk}, {"seen_by": center.staff["lin"].id}, {"seen_by": lead}):
        assert refused(note, **{**seen, **wrong}, credential=mine).missing == ("outside_professional",)
    assert refused(note, **{**seen, "seen_on": day + DAY}, credential=mine).missing == ("day_that_came",)
    assert refused(note, **{**seen, "by": center.lin}, credential=mine).clauses == ("COMP-01",)
    assert kinds_on([lead], center.at) == {}
    note(**seen, credential=mine)
    assert list(kinds_on([lead], center.at)) == [lead] and not nobody_looks(standings(center.at))
    kept = next(one for one in kept_of([lead], center.at) if one.id == mine.pk)
    assert (kept.state, kept.seen_by, kept.seen_on) == (State.VERIFIED, "许督导", day - DAY)
    assert not Duty.objects.filter(pk=duty.pk, settled_at=None).exists()
    assert refused(note, **seen, credential=mine).missing == ("open_credential",)


def test_the_register_begins_with_its_first_entry_or_with_the_update(own_center: Center) -> None:
    founded = calendar().local(own_center.founded)
    assert register_began() == founded
    lin = Staff.objects.using("owner").filter(pk=own_center.staff["lin"].id)
    lin.update(credential_by=founded - DAY + 60 * DAY)
    assert register_began() == founded - DAY
    lin.update(credential_by=founded + 90 * DAY)
    assert register_began() == founded, "the earlier of both"
    Credential.objects.using("owner").filter(school_id=own_center.school.id).delete()
    assert register_began() == founded + 30 * DAY
    lin.update(credential_by=None)
    assert register_began() is None


def test_the_database_knows_nobody_who_saw_the_own(own_center: Center) -> None:
    lin = own_center.staff["lin"].id
    with pytest.raises(IntegrityError, match="standing_credential_not_by_oneself"), transaction.atomic("owner"):
        Credential.objects.using("owner").filter(staff_id=lin).update(seen_by_id=lin)


@pytest.mark.clause("COMP-01", "refuses")
@pytest.mark.clause("COMP-01", "passes")
def test_a_certificate_of_yesterday_hides_the_counselor_and_running_cases_go_on(own_center: Center) -> None:
    center = own_center
    known = center.visit()
    known.book()
    known.hold()
    known.sign()
    only(center, "lin", calendar().local(center.at) - DAY)
    assert not offered(center, "lin") and offered(center, "zhou")
    assert standing_of(center.staff["lin"].id, center.at).paused_by_credential
    newcomer = center.visit("王小明")
    ruling = refused(newcomer.book, days=2)
    assert (ruling.clauses, ruling.missing) == (("COMP-01",), ("verified_credential",))
    ruling = refused(newcomer.book, by=center.lin, days=2)
    assert ruling.missing == ("verified_credential",), "the desk no more than the page"
    assert known.book(days=2).case_id == known.case_id, "no omission of the staff is paid for by a student"
    renewed = enter(center, "lin", "lin", until=calendar().local(center.at) + 365 * DAY)
    assert not offered(center, "lin")
    credentials.verify_credential(by=center.lead, at=center.at, credential=renewed)
    assert offered(center, "lin")
    newcomer.book(days=3)


def test_what_is_over_is_not_verified_and_what_was_taken_back_stays_so(own_center: Center) -> None:
    center = own_center
    assert refused(enter, center=center, by="lin", of="lin", until=date(2020, 1, 1)).missing == ("credential_in_time",)
    assert refused(enter, center=center, by="lin", of="lin", kind="magic", number=" ").missing == (
        "credential_kind",
        "credential_number",
    )
    assert refused(enter, center=center, by="zhou", of="lin").clauses == ("COMP-01",), "not for a colleague"
    gone = enter(center, "zhou", "zhou")
    assert refused(credentials.end_credential, by=center.lin, at=center.at, credential=gone).clauses == ("COMP-01",)
    credentials.end_credential(by=center.zhou, at=center.at, credential=gone)
    ruling = refused(credentials.verify_credential, by=center.lead, at=center.at, credential=gone)
    assert ruling.missing == ("open_credential",)


@pytest.mark.clause("COMP-01", "passes")
def test_the_clock_reminds_at_90_30_and_7_days_each_once(own_center: Center, monkeypatch: pytest.MonkeyPatch) -> None:
    center, year = own_center, calendar()
    ends = year.local(center.at) + 100 * DAY
    one = only(center, "lin", ends)
    said = []
    for left in (95, 91, 90, 90, 89, 31, 30, 30, 8, 7, 7, 1, 0, -1):
        now = center.at + (100 - left) * DAY
        monkeypatch.setattr("subrosa.records.audit.moment.now", lambda now=now: now)
        if loop._remind_credentials():
            said.append(left)
        open_now = owed(center, "lin", "credential_ends")
        assert len(open_now) == (1 if said else 0), "one at a time stands on the list"
    assert said == [90, 30, 7]
    every = Duty.objects.filter(about=f"standing.Credential:{one.pk}", kind="credential_ends").order_by("due")
    assert [year.local(duty.due) for duty in every] == [ends - 30 * DAY, ends - 7 * DAY, ends]
    ruling = refused(
        credentials.remind_credential, by=CLOCK, at=center.at, credential=Credential.objects.get(pk=one.pk)
    )
    assert ruling.reasons[0].rule == "a_reminder_comes_once_and_on_its_day"
    later = enter(center, "lead", "lin", until=ends + 300 * DAY)
    assert later.seen_at and owed(center, "lin", "credential_ends") == [], "the renewal settles it"


def test_after_an_outage_only_the_nearest_reminder_comes(own_center: Center, monkeypatch: pytest.MonkeyPatch) -> None:
    only(own_center, "lin", calendar().local(own_center.at) + 20 * DAY)
    monkeypatch.setattr("subrosa.records.audit.moment.now", lambda: own_center.at)
    assert [loop._remind_credentials(), loop._remind_credentials()] == [1, 0]
    assert len(owed(own_center, "lin", "credential_ends")) == 1


def test_who_has_none_owes_one_once_and_is_offered_until_the_day(own_center: Center, monkeypatch: Any) -> None:
    """A center that has worked for years does not receive nobody on the day of an update."""
    center, day = own_center, calendar().local(own_center.at)
    Credential.objects.using("owner").filter(staff_id=center.staff["lin"].id).delete()
    assert not offered(center, "lin"), "whoever was certified with the register there has no such day"
    Staff.objects.using("owner").filter(pk=center.staff["lin"].id).update(credential_by=day + 60 * DAY)
    assert offered(center, "lin") and offered(center, "lin", center.at + 60 * DAY)
    assert not offered(center, "lin", center.at + 61 * DAY)
    monkeypatch.setattr("subrosa.records.audit.moment.now", lambda: center.at)
    assert [row.pk for row in without_credential(center.at)] == [center.staff["lin"].id]
    assert [loop._owe_credentials(), loop._owe_credentials()] == [1, 0]
    (duty,) = owed(center, "lin", "credential")
    assert calendar().local(duty.due) == day + 60 * DAY
    enter(center, "lead", "lin")
    assert owed(center, "lin", "credential") == [] and offered(center, "lin", center.at + 61 * DAY)


def test_the_migration_gives_time_to_counselors_who_were_there(own_center: Center) -> None:
    """As the owner runs it: certified counselors get a day, nobody else does."""
    sql = importlib.import_module("subrosa.records.person.migrations.0004_credentials").CREDENTIAL_BY
    invited = by_owner(Staff(roles=[Role.COUNSELOR], state="invited", invited_at=own_center.at, name=b"x"))
    with transaction.atomic("owner"):
        with connections["owner"].cursor() as cursor:
            cursor.execute(sql)
        rows = Staff.objects.using("owner").filter(school_id=own_center.school.id, credential_by__isnull=False)
        found = set(rows.values_list("pk", flat=True))
        transaction.set_rollback(True, "owner")
    assert found == {own_center.staff[name].id for name in ("lin", "zhou", "fang")} and invited.pk not in found
