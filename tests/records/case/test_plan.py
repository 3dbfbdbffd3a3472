"""The shared plan on real rows: proposed, said yes to by each with the own tap, changed only with both."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from subrosa.policy.actor import Actor
from subrosa.policy.plan import PARTS, standard
from subrosa.policy.ruling import Outcome
from subrosa.records.appointment import sitting
from subrosa.records.archive import actions as archive
from subrosa.records.case import handing, plan
from subrosa.records.case.models import Goal, Plan
from subrosa.records.case.opened import goals_of, plans_of
from subrosa.records.case.plan_text import PlanText
from subrosa.records.case.rating import lacking
from subrosa.records.consent.expectation import write_expectation
from subrosa.records.consent.plan import confirm
from subrosa.records.duty.models import Duty
from subrosa.records.notice.queries import unseen
from tests.records.case.test_handing import hand, holder
from tests.records.center import Visit, locked, refused

WORDS = {"problem": "晚上总睡不着", "goal": "十一点半前躺下", "notice": "第二天第一节课不趴着", **standard("zh-hans")}


def words(**other: str) -> PlanText:
    return PlanText({**WORDS, **other})


def proposed(visit: Visit, text: PlanText | None = None, **more: Any) -> Plan:
    given = {"by": visit.center.lin, "at": visit.center.at, "case": visit.case} | more
    return plan.propose(text=text or words(), **given)


def yes(visit: Visit, by: Actor, one: Plan, **more: Any) -> Plan:
    return confirm(**{"by": by, "at": visit.center.at, "case": visit.case, "plan": one} | more)


def opened(visit: Visit, by: Actor) -> Any:
    plan.read_plan(by=by, at=visit.center.at, case=visit.case)
    return by.opener


@pytest.fixture
def known(visit: Visit) -> Visit:
    """One meeting held and recorded, so that danger was asked."""
    visit.recorded()
    return visit


@pytest.mark.clause("CON-06", "passes")
def test_both_say_yes_and_the_goal_stands(known: Visit) -> None:
    one = proposed(known)
    assert [told.kind for told in unseen(known.client.pk)].count("plan") == 1
    assert yes(known, known.center.lin, one).agreed_at is None
    agreed = yes(known, known.me, one)
    assert agreed.agreed_at and agreed.client_how == "account"
    assert "plan" not in [told.kind for told in unseen(known.client.pk)], "what was answered waits no more"
    who = opened(known, known.me)
    assert [one.text for one in goals_of(who, known.case_id)] == ["十一点半前躺下"]
    (version,) = plans_of(who, known.case_id)
    assert {part: version.text.part(part) for part in PARTS} == WORDS and version.changed == ()
    assert "睡".encode() not in bytes(Plan.objects.get(pk=one.pk).text)


@pytest.mark.clause("CON-06", "refuses")
def test_said_in_the_clients_place_it_stays_proposed(known: Visit) -> None:
    one = proposed(known)
    yes(known, known.center.lin, one)
    noted = yes(known, known.center.lin, one, in_place=True)
    assert noted.said_at and noted.client_at is None and noted.agreed_at is None
    assert not Goal.objects.filter(case_id=known.case_id).exists()
    assert yes(known, known.me, one, in_place=True).agreed_at, (
        "the client's own tap counts, whatever a form says beside it"
    )


@pytest.mark.clause("CON-06", "passes")
def test_on_the_centers_device_the_tap_is_the_clients_own(known: Visit) -> None:
    one = proposed(known)
    yes(known, known.center.lin, one)
    device = holder(hand(known)[1], known.center.at)
    agreed = yes(known, device, one)
    assert agreed.agreed_at and agreed.client_how == "client_mode"
    assert handing.in_client_mode(device)


@pytest.mark.clause("CON-06", "passes")
def test_a_change_shows_what_changed_and_needs_both_again(known: Visit) -> None:
    first = proposed(known)
    for by in (known.center.lin, known.me):
        yes(known, by, first)
    second = proposed(known, words(goal="十二点前躺下", measures="每两周谈一次"))
    assert second.number == 2 and second.agreed_at is None
    assert plans_of(opened(known, known.center.lin), known.case_id)[-1].changed == ("goal", "measures")
    old = refused(confirm, by=known.me, at=known.center.at, case=known.case, plan=first)
    assert old.outcome is Outcome.NOT_YET and old.missing == ("plan_latest",)
    yes(known, known.me, second)
    assert Goal.objects.filter(case_id=known.case_id, replaced_at=None).count() == 1, "the old one holds until both"
    assert yes(known, known.center.lin, second, at=known.center.later).agreed_at
    found = goals_of(opened(known, known.me), known.case_id)
    assert [(one.text, one.stands) for one in found] == [("十一点半前躺下", False), ("十二点前躺下", True)]
    assert lacking(known.case_id) == (1, 1), "what another took the place of is not rated any more"


def test_another_part_changed_leaves_the_goal_as_it_was(known: Visit) -> None:
    for text in (words(), words(roles="你定题目，我做记录。")):
        one = proposed(known, text)
        for by in (known.center.lin, known.me):
            yes(known, by, one)
    assert Goal.objects.filter(case_id=known.case_id).count() == 1


@pytest.mark.clause("CLIENT-03", "not_yet")
@pytest.mark.clause("CLIENT-03", "passes")
def test_the_counselors_yes_waits_for_what_is_realistic_and_the_clients_does_not(known: Visit) -> None:
    hope = {"at": known.center.at, "case": known.case, "hope": "一次就变开心"}
    write_expectation(by=known.me, **hope)
    one = proposed(known)
    ruling = refused(confirm, by=known.center.lin, at=known.center.at, case=known.case, plan=one)
    assert ruling.clauses == ("CLIENT-03",) and ruling.missing == ("realistic",)
    assert yes(known, known.me, one).client_at, "no gap of the counselor's holds a client up"
    write_expectation(by=known.center.lin, realistic="三四次以后，多数人睡得好一些。", **hope)
    assert yes(known, known.center.lin, one).agreed_at


def test_a_plan_kept_as_it_was_goes_on_standing(known: Visit) -> None:
    one = proposed(known)
    for by in (known.center.lin, known.me):
        yes(known, by, one)
    assert proposed(known, words(goal=" 十一点半前躺下 ")).pk == one.pk
    assert Plan.objects.filter(case_id=known.case_id).count() == 1


@pytest.mark.clause("CON-06", "not_yet")
def test_a_plan_says_six_things(known: Visit) -> None:
    ruling = refused(proposed, visit=known, text=words(goal="  ", results=""))
    assert ruling.outcome is Outcome.NOT_YET and ruling.missing == ("plan_goal", "plan_results")


@pytest.mark.clause("REC-03", "not_yet")
@pytest.mark.clause("REC-03", "passes")
def test_nobody_says_yes_before_danger_was_asked(visit: Visit) -> None:
    visit.book()
    visit.hold()
    visit.sign()
    one = proposed(visit)
    for by in (visit.center.lin, visit.me):
        ruling = refused(confirm, by=by, at=visit.center.at, case=visit.case, plan=one)
        assert ruling.clauses == ("REC-03",) and ruling.missing == ("danger_asked",)
    visit.record()
    assert yes(visit, visit.me, one).client_at


@pytest.mark.clause("CONF-02", "refuses")
def test_outsiders_plan_nothing(known: Visit) -> None:
    one, center = proposed(known), known.center
    other = center.visit("王二")
    other.book(center.fang, days=2)
    for by in (center.fang, center.zhou, other.me):
        assert refused(confirm, by=by, at=center.at, case=known.case, plan=one).clauses == ("CONF-02",)
        assert refused(plan.read_plan, by=by, at=center.at, case=known.case).clauses == ("CONF-02",)
    assert refused(confirm, by=center.fang, at=center.at, case=other.case, plan=one).clauses == ("CONF-02",)
    for by in (center.fang, known.me):  # a plan is said yes to by the client, and written by the counselor
        assert refused(proposed, visit=known, by=by).outcome is Outcome.REFUSED
    assert refused(proposed, visit=known, by=locked(center.lin)).clauses == ("CONF-04",)


@pytest.mark.clause("CON-06", "refuses")
def test_a_closed_case_is_not_planned(known: Visit) -> None:
    one = proposed(known)
    known.closed()
    assert refused(proposed, visit=known, text=words(goal="别的")).missing == ("open_case",)
    assert refused(confirm, by=known.me, at=known.center.at, case=known.case, plan=one).missing == ("open_case",)


def meetings(visit: Visit, days: list[int]) -> None:
    """Booked, held and recorded, one after the other; signed for after the first."""
    for count, day in enumerate(days):
        visit.book(visit.center.lin, days=day)
        visit.hold()
        if not count:
            visit.sign()
        visit.record()


def duties(visit: Visit) -> list[Duty]:
    return list(Duty.objects.filter(kind="plan", case_id=visit.case_id))


@pytest.mark.clause("CON-06", "passes")
def test_from_the_third_meeting_it_is_owed_and_nothing_is_refused(visit: Visit) -> None:
    meetings(visit, [1, 2])
    assert duties(visit) == []
    visit.book(days=3)
    third = visit.hold()
    (owed,) = duties(visit)
    assert owed.clause == "CON-06" and owed.owner_id == visit.center.lin.id and owed.due > third.ends_at
    fourth = visit.book(days=4)
    (owed,) = duties(visit)
    assert owed.due == fourth.ends_at, "due when the next meeting has ended"
    visit.hold()
    (owed,) = duties(visit)
    assert owed.due == fourth.ends_at and owed.settled_at is None
    visit.record()
    one = proposed(visit)
    for by in (visit.center.lin, visit.me):
        yes(visit, by, one)
    (owed,) = duties(visit)
    assert owed.settled_at is not None
    visit.book(days=8)
    visit.hold()
    assert len(duties(visit)) == 1, "agreed once, it is not owed again"


@pytest.mark.clause("CON-06", "passes")
def test_held_once_more_without_it_the_plan_is_late(visit: Visit) -> None:
    """The fourth came in without a booking: it is held all the same, and what was due in ten school days is late now."""
    meetings(visit, [1, 2, 3])
    center, (owed,) = visit.center, duties(visit)
    at = visit.booking.ends_at + timedelta(days=1)
    assert owed.due > at + timedelta(days=5)
    came = sitting.sit_down(by=center.lin, at=at)
    came = sitting.go_on_with(by=center.lin, at=at, sitting=came, client=visit.client)
    held = sitting.hold(by=center.lin, at=at + timedelta(minutes=30), sitting=came)
    assert held.state == "held" and duties(visit)[0].due == at + timedelta(minutes=30)


@pytest.mark.clause("CON-06", "passes")
def test_brief_contacts_owe_no_plan(visit: Visit) -> None:
    meetings(visit, [1, 2])
    center = visit.center
    for minutes in (0, 60):
        at = visit.booking.ends_at + timedelta(minutes=minutes)
        came = sitting.sit_down(by=center.lin, at=at)
        came = sitting.go_on_with(by=center.lin, at=at, sitting=came, client=visit.client)
        sitting.get_up(by=center.lin, at=at + timedelta(minutes=10), sitting=came)
    assert duties(visit) == []


@pytest.mark.clause("CON-06", "passes")
def test_no_plan_is_owed_when_the_case_was_closed(visit: Visit) -> None:
    meetings(visit, [1, 2, 3])
    archive.close(by=visit.center.lin, at=visit.center.later, case=visit.case)
    assert [one.settled_at is not None for one in duties(visit)] == [True]
