"""Closing, numbering, keeping and destroying on real rows: gapless numbers, nothing missing, two people, and then nothing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from subrosa.policy.actor import CLOCK
from subrosa.policy.ruling import Boundary, Outcome
from subrosa.records.archive import actions, queries
from subrosa.records.archive.models import Confirmation
from subrosa.records.audit.models import Entry
from subrosa.records.case import actions as cases
from subrosa.records.case import rating
from subrosa.records.case.models import Case
from subrosa.records.duty.models import Duty
from subrosa.records.note import actions as notes
from subrosa.records.note.parts import NoteText
from subrosa.records.person import clients
from subrosa.records.vault import rings
from subrosa.records.vault.models import Grant, Package
from subrosa.records.vault.opener import opener_of
from tests.ground import together
from tests.records.center import Center, Visit, refused


def closing(visit: Visit, **more: Any) -> dict[str, Any]:
    return {"by": visit.center.lin, "at": visit.center.later, "case": visit.case} | more


def ready(center: Center, days: int) -> Visit:
    """A case that may be closed."""
    visit = center.visit(f"第{days}位")
    visit.book(days=days)
    visit.hold()
    visit.sign()
    visit.record()
    return visit


@pytest.mark.clause("REC-04", "passes")
@pytest.mark.clause("ETH-02", "passes")
def test_numbers_without_gaps_under_rollback_and_race(own_center: Center, monkeypatch: pytest.MonkeyPatch) -> None:
    visits = [ready(own_center, days) for days in (1, 2, 3, 4, 8, 9)]
    assert visits[0].closed().number == 1
    real = actions.audit.act.__globals__["entries"].write
    monkeypatch.setattr(actions.audit.act.__globals__["entries"], "write", fails)
    with pytest.raises(ZeroDivisionError):
        visits[1].closed()
    monkeypatch.setattr(actions.audit.act.__globals__["entries"], "write", real)
    assert visits[1].case.number is None and visits[1].case.state == "open"
    assert visits[1].closed().number == 2
    asked = [closing(one) for one in visits[2:]]
    answers = together(*(lambda one=one: actions.close(**one) for one in asked))
    assert sorted(row.number for row in answers) == [3, 4, 5, 6]


def fails(*_: Any, **__: Any) -> None:
    """The last step of an act breaks: everything before it is undone."""
    raise ZeroDivisionError


@pytest.mark.clause("ETH-02", "not_yet")
def test_an_unrated_goal_keeps_a_case_open(visit: Visit) -> None:
    visit.recorded()
    goal = cases.agree_goal(by=visit.center.lin, at=visit.center.at, case=visit.case, text="睡到六点")
    ruling = refused(actions.close, **closing(visit))
    assert ruling.outcome is Outcome.NOT_YET and ruling.missing == ("goal_ratings", "client_ratings")
    rating.rate_goal(by=visit.center.lin, at=visit.center.at, case=visit.case, goal=goal, why_not="left_school")
    assert visit.closed().state == "closed"


@pytest.mark.clause("CLIENT-01", "not_yet")
def test_nobody_waits_for_a_closed_case(visit: Visit) -> None:
    visit.recorded()
    visit.book(days=8)
    assert refused(actions.close, **closing(visit)).missing == ("bookings_ahead",)


@pytest.mark.clause("CONF-02", "refuses")
@pytest.mark.parametrize("who", ["fang", "zhou"])
def test_an_outsider_closes_and_archives_nothing(visit: Visit, who: str) -> None:
    visit.recorded()
    by = getattr(visit.center, who)
    assert refused(actions.close, **closing(visit, by=by)).clauses == ("CONF-02",)
    visit.closed()
    assert refused(actions.archive, **closing(visit, by=by)).clauses == ("CONF-02",)


@pytest.mark.clause("REC-04", "refuses")
def test_closed_once_archived_once(visit: Visit) -> None:
    visit.recorded()
    assert refused(actions.archive, **closing(visit)).missing == ("closed_case",)
    visit.closed()
    assert refused(actions.close, **closing(visit)).missing == ("open_case",)
    actions.archive(**closing(visit))
    assert refused(actions.archive, **closing(visit)).clauses == ("REC-04",)


@pytest.mark.clause("REC-04", "not_yet")
def test_a_missing_record_is_named_by_its_day(visit: Visit) -> None:
    visit.book()
    visit.hold()
    visit.sign()
    visit.closed()
    ruling = refused(actions.archive, **closing(visit))
    day = visit.booking.starts_at.date().isoformat()
    assert ruling.outcome is Outcome.NOT_YET and ruling.missing == (f"{day} 12:20",)
    visit.record()
    assert actions.archive(**closing(visit)).state == "archived"


@pytest.mark.clause("CONF-07", "passes")
def test_the_archive_holds_the_file_and_the_counselor_no_longer(visit: Visit) -> None:
    visit.recorded()
    case = visit.archived()
    assert case.retention_until == date(case.archived_at.year + 3, case.archived_at.month, case.archived_at.day)
    assert rings.open_ring("case", visit.case_id, opener_of(visit.center.zhou)).key(rings.Scope.FILE), "custodian"
    for who in ("lin", "fang", "lead", "rui", "qian", "sun"):
        with pytest.raises(Boundary):
            rings.open_ring("case", visit.case_id, opener_of(getattr(visit.center, who)))
    assert notes.read_reasons(by=visit.me, at=visit.center.later, case=visit.case), "the client stays"


@pytest.mark.clause("REC-04", "refuses")
def test_what_went_to_the_archive_opens_no_more_from_the_desk(visit: Visit) -> None:
    visit.recorded()
    given = {"by": visit.center.lin, "at": visit.center.later, "case": visit.case}
    assert notes.read_file(**given), "a file on the own shelf opens"
    visit.archived()
    for act in (notes.read_file, notes.read_reasons):
        assert refused(act, **{**given, "case": visit.case}).clauses == ("REC-04",)


def test_retention_counts_from_leaving_school(visit: Visit) -> None:
    visit.recorded()
    visit.closed()
    case = actions.archive(**closing(visit), left_school=date(2028, 2, 29))
    assert case.retention_until == date(2031, 2, 28)


@pytest.mark.clause("REC-04", "refuses")
def test_nothing_is_destroyed_before_its_time(visit: Visit) -> None:
    visit.recorded()
    case = visit.archived()
    on_the_day = visit.center.later.replace(year=case.retention_until.year)
    for act, by in ((actions.confirm, visit.center.lead), (actions.destroy, visit.center.lead)):
        assert "retention" in refused(act, by=by, at=on_the_day, case=visit.case).missing
    assert refused(actions.owe_destruction, by=CLOCK, at=on_the_day, case=visit.case).clauses == ("REC-04",)
    assert visit.case not in queries.over(case.retention_until)
    after = case.retention_until + timedelta(days=1)
    assert visit.case in queries.over(after) and visit.case in queries.not_owed_yet(after)
    actions.owe_destruction(by=CLOCK, at=on_the_day + timedelta(days=1), case=visit.case)
    assert visit.case not in queries.not_owed_yet(after)
    owed = Duty.objects.get(case_id=visit.case_id, kind="destroy")
    assert owed.owner_id == visit.center.lead.id


@pytest.mark.clause("REC-04", "not_yet")
def test_destruction_takes_two_people(visit: Visit) -> None:
    visit.recorded()
    visit.archived()
    years = visit.years()
    given = {"at": years, "case": visit.case}
    for by in (visit.center.lead, visit.center.zhou):
        assert refused(actions.destroy, by=by, **given).missing == ("two_confirmations",)
        actions.confirm(by=by, **given)
        assert refused(actions.confirm, by=by, **given).outcome is Outcome.REFUSED, "once"
    for who in ("lin", "fang", "rui", "qian", "sun"):
        for act in (actions.confirm, actions.destroy):
            assert refused(act, by=getattr(visit.center, who), **given).clauses == ("REC-04",)
    assert actions.destroy(by=visit.center.zhou, **given).state == "destroyed"
    assert refused(actions.destroy, by=visit.center.lead, **given).clauses == ("REC-04",)


def test_a_lead_who_is_custodian_too_is_one_person(own_center: Center) -> None:
    from tests.records.thief import set_rows

    visit = own_center.visit()
    visit.recorded()
    visit.archived()
    set_rows(own_center.row("lead"), roles=["lead", "custodian"])
    given = {"by": own_center.lead, "at": visit.years(), "case": visit.case}
    actions.confirm(**given)
    refused(actions.confirm, **given)
    assert refused(actions.destroy, **given).missing == ("two_confirmations",)
    assert Confirmation.objects.count() == 1


@pytest.mark.clause("REC-04", "passes")
@pytest.mark.clause("CONF-04", "passes")
def test_after_destruction_nothing_opens_and_the_entries_remain(own_center: Center) -> None:
    visit = own_center.visit()
    visit.recorded()
    dropped = visit.book(days=8)
    draft = NoteText({"situation": "没来,打过电话"})
    notes.keep_draft(by=own_center.lin, at=own_center.later, case=visit.case, booking=dropped, text=draft)
    from subrosa.records.appointment import actions as appointment

    appointment.cancel(by=own_center.lin, at=own_center.later, booking=dropped)
    visit.archived()
    before = Entry.objects.filter(case_id=visit.case_id).count()
    for by in (own_center.lead, own_center.zhou):
        actions.confirm(by=by, at=visit.years(), case=visit.case)
    actions.destroy(by=own_center.lead, at=visit.years(), case=visit.case)
    for who in ("lin", "zhou", "fang", "lead", "rui", "qian", "sun"):
        with pytest.raises(Boundary):
            rings.open_ring("case", visit.case_id, opener_of(getattr(own_center, who)))
    with pytest.raises(Boundary):
        rings.open_ring("case", visit.case_id, opener_of(visit.me))
    given = {"by": own_center.lin, "at": visit.years(), "booking": dropped}
    assert notes.read_draft(**given).text.words == {}, "a draft that never became a record is gone too"
    assert not Grant.objects.filter(keyring__kind="case").exists()
    assert not Package.objects.filter(keyring__kind="case").exists()
    entries = Entry.objects.filter(case_id=visit.case_id)
    assert entries.count() > before
    assert entries.filter(act="destroy_case", outcome="done", actor_id=own_center.lead.id).exists()
    assert Case.objects.get(pk=visit.case_id).number == 1
    names = clients.read_identities(by=own_center.lin, at=visit.years(), clients=[visit.client.pk])
    assert names[visit.client.pk].name == "李小雨", "who came is the desk's, and goes when the person is forgotten"
