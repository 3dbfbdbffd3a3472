"""先坐下 on real rows: one press without a name, never refused; a brief contact under its own key, or a first meeting."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from subrosa.policy.danger import NO_DANGER
from subrosa.policy.ruling import Outcome
from subrosa.records.appointment import actions, brief, queries, registering, sitting
from subrosa.records.appointment.models import Booking, Sitting
from subrosa.records.case import actions as cases
from subrosa.records.case.models import Case
from subrosa.records.duty.models import Duty
from subrosa.records.note import actions as notes
from subrosa.records.person import clients
from subrosa.records.person.models import Client
from subrosa.records.roster.models import Pupil
from subrosa.records.vault.models import Grant, Keyring
from tests.ground import statements
from tests.records.center import FULL, Center, Visit, locked, noted, refused
from tests.records.joining import joined

TEXT = brief.BriefText("peers", "calmer", "和同桌闹翻了，哭了一会儿。\n约好午饭后再来。", danger=NO_DANGER)
WHO = clients.Identity("李小雨", class_name="高二5班", reach=clients.COMES_BY)


def sit(center: Center, who: str = "lin", minutes: int = 0) -> Sitting:
    return sitting.sit_down(by=getattr(center, who), at=center.at + timedelta(minutes=minutes))


def owed(row: Sitting) -> list[Duty]:
    return list(Duty.objects.filter(kind="sitting", about=f"appointment.Sitting:{row.pk}", settled_at=None))


def sign(center: Center, row: Sitting, text: brief.BriefText = TEXT, *, by: str = "lin", minutes: int = 12) -> Sitting:
    made: Sitting = brief.sign(
        by=getattr(center, by), at=center.at + timedelta(minutes=minutes), sitting=row, text=text
    )
    return made


@pytest.mark.clause("APPT-01", "passes")
@pytest.mark.clause("CLIENT-01", "passes")
def test_one_press_from_a_locked_session_without_a_name(center: Center) -> None:
    row = sitting.sit_down(by=locked(center.lin), at=center.at)
    client = Client.objects.get(pk=row.client_id)
    assert (client.identity, client.roster_mark, client.lacks) == (None, None, ["who", "class", "reach"])
    assert not Case.objects.filter(client=client).exists()
    (duty,) = owed(row)
    assert duty.owner_id == center.lin.id and duty.due.date() == center.at.date(), "by the end of the day"


@pytest.mark.parametrize("who", ["rui", "lead", "qian", "sun"])
def test_who_sits_with_nobody(center: Center, who: str) -> None:
    assert refused(sitting.sit_down, by=getattr(center, who), at=center.at).clauses == ("APPT-01",)


def test_a_walk_in_is_never_refused_over_a_booking(booked: Visit) -> None:
    """Somebody else is booked at this very time with this counselor: what happens is noted, both stand there."""
    center, booking = booked.center, booked.booking
    row = sitting.sit_down(by=center.lin, at=booking.starts_at + timedelta(minutes=1))
    made = sitting.hold(by=center.lin, at=booking.starts_at + timedelta(minutes=30), sitting=row, promise_said=True)
    held = actions.hold(by=center.lin, at=booking.ends_at, booking=booking, promise_said=True)
    assert (made.state, made.room_id, held.state) == ("held", None, "held")
    assert made.starts_at < held.ends_at and held.starts_at < made.ends_at and made.staff_id == held.staff_id


@pytest.mark.clause("APPT-01", "refuses")
def test_who_sits_with_somebody_is_not_booked_in_the_next_minutes(visit: Visit) -> None:
    center, slot = visit.center, visit.slot()
    before = slot["starts_at"] - timedelta(minutes=5)
    row = sitting.sit_down(by=center.lin, at=before)
    asked = {"by": visit.me, "at": before + timedelta(minutes=1), **slot}
    assert refused(actions.book, **asked).missing == ("free_time",)
    assert slot["starts_at"] not in {one.starts_at for one in queries.free([center.lin.id], before)}
    assert slot["starts_at"] in {one.starts_at for one in queries.free([center.zhou.id], before)}
    sitting.get_up(by=center.lin, at=before + timedelta(minutes=2), sitting=row)
    assert actions.book(**{**asked, "by": visit.me, "at": before + timedelta(minutes=3)})


@pytest.mark.clause("CON-01", "not_yet")
@pytest.mark.clause("CON-01", "passes")
def test_a_first_meeting_without_papers(center: Center) -> None:
    row = sit(center)
    at = center.at + timedelta(minutes=25)
    given: dict[str, Any] = {"at": at, "sitting": row}
    ruling = refused(sitting.hold, by=center.lin, **given)
    assert (ruling.outcome, ruling.missing) == (Outcome.NOT_YET, ("promise",))
    made = sitting.hold(by=center.lin, promise_said=True, **given)
    assert (made.starts_at, made.ends_at, made.promise_said) == (center.at, at, True)
    assert Duty.objects.filter(kind="record", case_id=made.case_id, settled_at=None).count() == 1
    assert not Grant.objects.filter(keyring__of=made.case_id, holder__kind="duty").exists(), "they have met"
    assert owed(row), "the name is still owed"
    assert refused(sitting.hold, by=center.lin, promise_said=True, **given).missing == ("open_sitting",)
    assert refused(sign, center=center, row=Sitting.objects.get(pk=row.pk)).missing == ("open_sitting",)


@pytest.mark.clause("APPT-01", "not_yet")
def test_the_first_full_record_waits_for_the_form_field_by_field(center: Center) -> None:
    row = sit(center)
    made = sitting.hold(by=center.lin, at=center.at + timedelta(minutes=25), sitting=row, promise_said=True)
    record: dict[str, Any] = {"at": center.at + timedelta(hours=1), "case": made.case, "booking": made, "text": FULL}
    assert {"form_who", "form_class", "form_reach"} <= set(refused(notes.write, by=center.lin, **record).missing)
    half = replace(WHO, reach="", phone="")
    client = registering.register(by=center.rui, at=center.at, client=row.client, identity=half)
    assert client.lacks == ["reach"] and owed(row)
    assert "form_reach" in refused(notes.write, by=center.lin, **record).missing
    registering.register(by=center.lin, at=center.at, client=client, identity=WHO)
    assert not owed(row)
    missing = refused(notes.write, by=center.lin, **record).missing
    assert missing and not [one for one in missing if one.startswith("form_")], "the rest is the agreement's"


@pytest.mark.clause("REC-01", "passes")
def test_a_brief_contact_is_two_taps_and_two_lines(center: Center) -> None:
    row = sign(center, sit(center))
    assert (row.became, row.under, row.case_id) == ("brief", "brief", None)
    assert not Case.objects.filter(client=row.client_id).exists() and not Booking.objects.filter(client=row.client_id)
    assert "闹翻".encode() not in bytes(row.body) and b"peers" not in bytes(row.body)
    assert brief.read(by=center.lin, at=center.at, sitting=row) == TEXT
    ring = Keyring.objects.get(kind="brief", of=row.pk)
    awake, asleep = (Grant.objects.filter(keyring=ring, dormant=d, share=0) for d in (False, True))
    assert [one.holder.of for one in awake] == [center.lin.id] and len(asleep) == 1
    assert Grant.objects.filter(keyring=ring, share__gt=0).count() == 3, (
        "what one person forgets comes back by two seats"
    )
    assert owed(row), "who it was may be said until the evening"


@pytest.mark.clause("CONF-02", "refuses")
@pytest.mark.parametrize("who", ["zhou", "fang", "lead", "rui", "sun"])
def test_nobody_else_opens_a_brief_contact(center: Center, who: str) -> None:
    row, before = sign(center, sit(center)), len(noted("read_brief"))
    ruling = refused(brief.read, by=getattr(center, who), at=center.at, sitting=row)
    assert ruling.clauses == ("CONF-02",) and len(noted("read_brief")) == before + 1


@pytest.mark.clause("REC-02", "not_yet")
@pytest.mark.parametrize("part", ["about", "lines"])
def test_what_is_missing_is_named_and_what_was_typed_is_kept(center: Center, part: str) -> None:
    row = sit(center)
    short = replace(TEXT, **{part: ""})
    assert refused(sign, center=center, row=row, text=short).missing == (part,)
    row = Sitting.objects.get(pk=row.pk)
    assert row.signed_at is None and brief.read(by=center.lin, at=center.at, sitting=row) == short


@pytest.mark.clause("APPT-04", "not_yet")
@pytest.mark.parametrize(("minutes", "asks"), [(20, False), (21, False), (55, False), (56, True)])
def test_only_a_long_one_asks_why(center: Center, minutes: int, asks: bool) -> None:
    row = sit(center)
    if asks:
        assert refused(sign, center=center, row=row, minutes=minutes).missing == ("why_long",)
        assert refused(sign, center=center, row=row, text=replace(TEXT, why_long="tired"), minutes=minutes)
    signed = sign(center, row, replace(TEXT, why_long="crisis") if asks else TEXT, minutes=minutes)
    assert signed.signed_at


def test_a_locked_session_keeps_what_is_typed(center: Center) -> None:
    row = sit(center)
    brief.keep(by=locked(center.lin), at=center.at, sitting=row, text=TEXT)
    row = Sitting.objects.get(pk=row.pk)
    assert "闹翻".encode() not in bytes(row.draft)
    assert refused(sign, center=center, row=row, by="zhou").clauses == ("CONF-02",)
    assert refused(brief.sign, by=locked(center.lin), at=center.at, sitting=row, text=TEXT).clauses == ("CONF-04",)
    assert brief.read(by=center.lin, at=center.at, sitting=row) == TEXT
    assert refused(brief.read, by=center.zhou, at=center.at, sitting=row).clauses == ("CONF-02",)


def test_no_name_is_an_answer_for_a_brief_contact_and_none_for_a_file(center: Center) -> None:
    row = sign(center, sit(center))
    sitting.leave_unnamed(by=center.lin, at=center.at, sitting=row)
    assert not owed(row)
    other = sit(center, minutes=30)
    sitting.hold(by=center.lin, at=center.at + timedelta(minutes=50), sitting=other, promise_said=True)
    other = Sitting.objects.get(pk=other.pk)
    assert refused(sitting.leave_unnamed, by=center.lin, at=center.at, sitting=other).missing == ("form_who",)


def test_of_somebody_with_an_open_case_it_hangs_on_that_case(visit: Visit) -> None:
    visit.recorded()
    center = visit.center
    row = sitting.go_on_with(by=center.lin, at=center.at, sitting=sit(center), client=visit.client)
    assert not owed(row), "the name is known"
    row = sign(center, row)
    assert (row.case_id, row.under) == (visit.case_id, "case") and not Keyring.objects.filter(of=row.pk).exists()
    joined(by=center.lin, at=center.at, case=visit.case, colleague=center.row("fang"))
    assert brief.read(by=center.fang, at=center.at, sitting=row) == TEXT
    assert [one.pk for one in sitting.of_case(visit.case.pk)] == [row.pk]
    mine = [one.act for one in cases.read_own_log(by=visit.me, at=center.later, case=visit.case)]
    assert "sign_brief" in mine and "read_brief" in mine, "the client sees it in the own log"


def test_a_colleagues_client_who_drops_in(visit: Visit) -> None:
    """Zhou holds no key of Lin's case: a key of its own, handed to Lin too, who reads it in the file."""
    visit.recorded()
    center = visit.center
    row = sitting.go_on_with(by=center.zhou, at=center.at, sitting=sit(center, "zhou"), client=visit.client)
    row = sign(center, row, by="zhou")
    assert (row.case_id, row.under) == (visit.case_id, "brief")
    for reader in (center.zhou, center.lin):
        assert brief.read(by=reader, at=center.at, sitting=row) == TEXT
    assert refused(brief.read, by=center.fang, at=center.at, sitting=row).clauses == ("CONF-02",)


@pytest.mark.clause("CONF-05", "not_yet")
def test_the_list_is_matched_once_the_person_was_seen(own_center: Center) -> None:
    pupil = "00000000-0000-4000-8000-000000000001"
    known = clients.open_client(by=own_center.lin, at=own_center.at, identity=replace(WHO, roster=pupil))
    row, listed = sit(own_center), replace(WHO, roster="00000000-0000-4000-8000-000000000002")
    given: dict[str, Any] = {"by": own_center.lin, "at": own_center.at, "client": row.client}
    assert refused(registering.register, **given, identity=listed).missing == ("person_seen",)
    older = replace(WHO, roster=pupil)
    ruling = refused(registering.register, **{**given, "by": own_center.lin}, identity=older, seen=True)
    assert (ruling.outcome, ruling.missing) == (Outcome.NOT_YET, ("older_client",))
    found = registering.older_client(own_center.lin, row.client, pupil)
    assert found is not None and found.pk == known.pk
    assert sitting.go_on_with(by=own_center.lin, at=own_center.at, sitting=row, client=found).client_id == known.pk
    other = sit(own_center, minutes=5)
    with statements() as said:
        made = registering.register(
            by=own_center.lin, at=own_center.at, client=other.client, identity=listed, seen=True
        )
    assert made.roster_mark and not Pupil.objects.exists()
    assert not [one for one in said if "roster_pupil" in one or "roster_listing" in one], (
        "the other island is not touched"
    )


@pytest.mark.clause("REC-04", "refuses")
def test_a_sitting_with_a_file_is_not_moved_to_somebody_else(visit: Visit) -> None:
    row = sit(visit.center)
    sitting.hold(by=visit.center.lin, at=visit.center.at + timedelta(minutes=20), sitting=row, promise_said=True)
    row = Sitting.objects.get(pk=row.pk)
    given = {"by": visit.center.lin, "at": visit.center.at, "sitting": row, "client": visit.client}
    assert refused(sitting.go_on_with, **given).clauses == ("REC-04",)


def test_somebody_known_who_walks_in_goes_on_in_the_open_case(visit: Visit) -> None:
    visit.recorded()
    center = visit.center
    row = sitting.go_on_with(by=center.lin, at=center.later, sitting=sit(center), client=visit.client)
    made = sitting.hold(by=center.lin, at=center.later, sitting=row)  # they met before: the promise was said then
    assert made.case_id == visit.case_id
    held = {"by": center.zhou, "at": center.later, "sitting": sit(center, "zhou")}
    other = sitting.go_on_with(client=visit.client, **held)
    assert refused(sitting.hold, by=center.zhou, at=center.later, sitting=other).clauses == ("CONF-02",)


@pytest.mark.parametrize("act", [sitting.get_up, sitting.leave_unnamed])
def test_a_colleague_presses_nothing_on_it(center: Center, act: Any) -> None:
    assert refused(act, by=center.zhou, at=center.at, sitting=sit(center)).clauses == ("CONF-02",)


def test_a_draft_is_one_entry_however_often_it_is_kept(center: Center) -> None:
    row = sit(center)
    for lines in ("和", "和同桌", "和同桌闹翻了"):
        brief.keep(by=center.lin, at=center.at, sitting=Sitting.objects.get(pk=row.pk), text=replace(TEXT, lines=lines))
    kept = [one for one in noted("keep_brief", "done") if one.about == f"appointment.Sitting:{row.pk}"]
    assert len(kept) == 1
    assert brief.read(by=center.lin, at=center.at, sitting=Sitting.objects.get(pk=row.pk)).lines == "和同桌闹翻了"


def test_a_matched_client_is_corrected_without_being_in_the_own_way(own_center: Center) -> None:
    listed = replace(WHO, roster="00000000-0000-4000-8000-000000000003")
    client = clients.open_client(by=own_center.lin, at=own_center.at, identity=listed)
    given: dict[str, Any] = {"at": own_center.at, "client": client, "seen": True}
    moved = registering.register(by=own_center.rui, identity=replace(listed, class_name="高三1班"), **given)
    known = clients.read_identities(by=own_center.lin, at=own_center.at, clients=[client.pk])
    assert known[client.pk].class_name == "高三1班" and bytes(moved.roster_mark) == bytes(client.roster_mark)
