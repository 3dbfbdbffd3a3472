"""The registers: numbers without gaps whatever happens at once or is rolled back; how long brief contacts are kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from subrosa.policy.actor import CLOCK
from subrosa.policy.danger import DangerAnswer
from subrosa.policy.ruling import Boundary, Outcome
from subrosa.records.appointment import brief, sitting
from subrosa.records.appointment.models import BriefLine, Sitting
from subrosa.records.archive import actions, briefs
from subrosa.records.archive.models import BriefLook, Gone
from subrosa.records.case.models import Counter
from subrosa.records.duty.models import Duty
from subrosa.records.school.calendar import calendar
from subrosa.records.vault.models import Grant
from tests.ground import as_clock, together
from tests.records.archive.test_volumes import denied
from tests.records.center import Center, Visit, again, center, own, own_center, refused, shared_center, visit
from tests.records.thief import set_rows

__all__ = ["center", "own_center", "shared_center", "visit"]
SHORT = brief.BriefText("study", "calmer", "考前紧张。\n说好周四再来一次。", danger=DangerAnswer("no"))


def sat(center: Center, *, by: Any = None, at: datetime | None = None) -> Sitting:
    """Somebody sat down."""
    return sitting.sit_down(by=by or center.lin, at=at or center.at)


def signed(center: Center, row: Sitting | None = None, *, by: Any = None, at: datetime | None = None) -> Sitting:
    """Ten minutes later it is signed."""
    by, at = by or center.lin, at or center.at
    return brief.sign(by=by, at=at + timedelta(minutes=10), sitting=row or sat(center, by=by, at=at), text=SHORT)


def numbers() -> list[int]:
    return list(BriefLine.objects.order_by("number").values_list("number", flat=True))


def fails(*_: Any, **__: Any) -> None:
    """The last step of an act breaks: everything before it is undone."""
    raise ZeroDivisionError


@pytest.mark.clause("REC-04", "passes")
def test_brief_contacts_have_a_series_of_their_own(own_center: Center, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = signed(own_center), sat(own_center)
    entries = actions.audit.act.__globals__["entries"]
    real = entries.write
    monkeypatch.setattr(entries, "write", fails)
    with pytest.raises(ZeroDivisionError):
        signed(own_center, second)
    monkeypatch.setattr(entries, "write", real)
    assert numbers() == [1]
    half = brief.BriefText("study", "", "")
    asked = {"by": own_center.lin, "at": own_center.at + timedelta(minutes=5), "sitting": second, "text": half}
    assert refused(brief.sign, **asked).outcome is Outcome.NOT_YET and numbers() == [1], "a draft takes no number"
    signed(own_center, second)
    rows = [sat(own_center) for _ in range(4)]
    together(*(lambda row=row: signed(own_center, row, by=again(own_center.lin)) for row in rows))
    assert numbers() == [1, 2, 3, 4, 5, 6]
    assert BriefLine.objects.get(number=1).sitting_id == first.pk
    assert {BriefLine.objects.get(sitting=row).number for row in rows} == {3, 4, 5, 6}


@example(steps=["sign", "counter", "sign", "roll_back", "two_at_once", "sign"])
@settings(max_examples=8, deadline=None)
@given(steps=st.lists(st.sampled_from(["sign", "roll_back", "two_at_once", "counter"]), min_size=1, max_size=6))
def test_whatever_happens_there_is_no_gap(database: None, steps: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch, own() as made:
        for step in steps:
            if step == "sign":
                signed(made)
            elif step == "two_at_once":
                rows = [sat(made), sat(made)]
                together(*(lambda row=row: signed(made, row, by=again(made.lin)) for row in rows))
            elif step == "counter" and Counter.objects.filter(name="brief").exists():
                set_rows(Counter.objects.get(name="brief"), last=40)  # somebody who writes rows sets the counter on
            elif step == "roll_back":
                row, entries = sat(made), actions.audit.act.__globals__["entries"]
                with patch.context() as broken:
                    broken.setattr(entries, "write", fails)
                    with pytest.raises(ZeroDivisionError):
                        signed(made, row)
        assert numbers() == list(range(1, len(numbers()) + 1))
        assert len(numbers()) == Sitting.objects.exclude(signed_at=None).count()


@pytest.mark.clause("REC-04", "refuses")
@pytest.mark.parametrize("sql", ["UPDATE appointment_briefline SET number = 9", "DELETE FROM appointment_briefline"])
def test_a_line_is_neither_changed_nor_deleted(own_center: Center, sql: str) -> None:
    signed(own_center)
    denied(sql)
    with as_clock():
        denied(sql)
    denied("DELETE FROM appointment_sitting", "foreign key")  # nor is the row away from under it
    assert numbers() == [1]


def test_a_brief_contact_in_a_file_has_a_number_and_the_files_time(visit: Visit) -> None:
    visit.recorded()
    row = sat(visit.center, at=visit.center.later)
    set_rows(row, client_id=visit.client.pk)
    within = signed(visit.center, Sitting.objects.get(pk=row.pk), at=visit.center.later)
    assert within.case_id == visit.case_id and within.retention_until is None
    assert BriefLine.objects.filter(sitting=within).exists()
    apart = signed(visit.center)
    day = calendar().local(visit.center.at)
    assert apart.retention_until == day.replace(year=day.year + 9), (
        "nobody was asked: six years at school at most, and three"
    )


def years_later(center: Center, days: int = 1) -> datetime:
    return center.at.replace(year=center.at.year + 9) + timedelta(days=days)


@pytest.mark.clause("REC-04", "refuses")
def test_no_brief_contact_goes_before_its_time(own_center: Center) -> None:
    signed(own_center)
    signed(own_center, at=own_center.at + timedelta(days=30))
    on_the_day = own_center.at.replace(year=own_center.at.year + 9)
    for act, by in ((briefs.confirm, own_center.lead), (briefs.destroy, own_center.zhou), (briefs.owe, CLOCK)):
        ruling = refused(act, by=by, at=on_the_day, up_to=1)
        assert ruling.outcome is Outcome.REFUSED and "retention" in ruling.missing
    later = years_later(own_center)
    assert briefs.over_up_to(calendar().local(later)) == 1
    for up_to in (0, 2, 3, -1):
        assert "retention" in refused(briefs.confirm, by=own_center.lead, at=later, up_to=up_to).missing
    assert briefs.over_up_to(calendar().local(years_later(own_center, 40))) == 2


@pytest.mark.clause("REC-04", "not_yet")
@pytest.mark.clause("REC-04", "passes")
def test_brief_contacts_go_when_two_have_looked(own_center: Center) -> None:
    rows = [signed(own_center) for _ in range(3)]
    given = {"at": years_later(own_center), "up_to": 3}
    for by in (own_center.lead, own_center.zhou):
        assert refused(briefs.destroy, by=by, **given).missing == ("two_confirmations",)
        briefs.confirm(by=by, **given)
        assert refused(briefs.confirm, by=by, **given).outcome is Outcome.REFUSED, "once a role"
    for who in ("lin", "fang", "rui", "qian", "sun"):
        for act in (briefs.confirm, briefs.destroy):
            assert refused(act, by=getattr(own_center, who), **given).clauses == ("REC-04",)
    briefs.owe(by=CLOCK, **given)
    briefs.destroy(by=own_center.zhou, **given)
    assert not Grant.objects.filter(keyring__kind="brief").exists()
    own_center.lin.opener.forget()
    for row in rows:
        fresh = Sitting.objects.get(pk=row.pk)
        assert fresh.destroyed_at == given["at"]
        with pytest.raises(Exception) as caught:  # noqa: PT011  a boundary inside an act is its refusal
            brief.read(by=own_center.lin, at=given["at"], sitting=fresh)
        assert "CONF-02" in str(caught.value) or isinstance(caught.value, Boundary)
    assert numbers() == [1, 2, 3], "the register keeps its lines"
    told = Gone.objects.get()
    assert (told.briefs_up_to, told.briefs) == (3, 3)
    assert told.copies_gone_on == calendar().local(given["at"]) + timedelta(days=31)
    assert not Duty.objects.filter(kind="destroy_briefs", settled_at=None).exists()
    assert "retention" in refused(briefs.destroy, by=own_center.lead, **given).missing, "once"


def test_a_lead_who_is_custodian_too_is_one_person(own_center: Center) -> None:
    signed(own_center)
    set_rows(own_center.row("lead"), roles=["lead", "custodian"])
    given = {"by": own_center.lead, "at": years_later(own_center), "up_to": 1}
    briefs.confirm(**given)
    refused(briefs.confirm, **given)
    assert refused(briefs.destroy, **given).missing == ("two_confirmations",)
    assert BriefLook.objects.count() == 1


def test_the_look_is_owed_once(own_center: Center) -> None:
    signed(own_center)
    given = {"by": CLOCK, "at": years_later(own_center), "up_to": 1}
    assert not briefs.owed()
    briefs.owe(**given)
    assert briefs.owed() and Duty.objects.get(kind="destroy_briefs").owner_id == own_center.lead.id
    briefs.owe(**given)
    assert Duty.objects.filter(kind="destroy_briefs").count() == 1
