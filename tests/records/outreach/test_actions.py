"""Callers, worry slips and cries on real rows: nobody who asks learns who comes, and nothing is buried or read at the door."""

from __future__ import annotations

import inspect
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from subrosa.demo.center import Part, join
from subrosa.policy.actor import DOOR
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Outcome
from subrosa.records.audit.models import Entry
from subrosa.records.audit.queries import entries_of_case
from subrosa.records.duty.models import Duty
from subrosa.records.notice.queries import unseen
from subrosa.records.outreach import actions, lists, queries
from subrosa.records.outreach.models import Inquiry, Slip
from subrosa.records.school.calendar import school_profile
from subrosa.records.vault import keys
from tests.ground import growth, together
from tests.records.center import PASSPHRASE, Center, Visit, again, locked, noted, refused
from tests.records.owing import owing

WORRY = "他最近总说不想上学，袖子一直拉得很长。"


def leave(center: Center, text: str = WORRY, **more: Any) -> Slip:
    once = more.pop("once", None) or uuid4()
    words = lists.Words(text, more.pop("reach", ""), more.pop("whom", "王小明"), more.pop("sender", "classmate"))
    given = {"words": words, "code": queries.slip_code(once), "once": once, "at": center.at, **more}
    return actions.leave_slip(by=DOOR, **given)


def read(center: Center, who: str = "lin") -> list[actions.Letter]:
    return list(actions.read_queue(by=getattr(center, who), at=center.later))


@pytest.mark.clause("CONF-02", "passes")
def test_an_inquiry_names_a_kind_of_caller_and_nobody(center: Center) -> None:
    made = [actions.note_inquiry(by=center.lin, at=center.at, asker=one) for one in lists.Asker]
    actions.note_inquiry(by=center.lead, at=center.at, asker=lists.Asker.PARENT)
    kept = {field.name for field in Inquiry._meta.get_fields()}
    assert kept == {"id", "school_id", "asker", "at", "answered_by"}  # no place for whom it was about
    assert set(inspect.signature(actions.note_inquiry).parameters) == {"by", "at", "asker", "once"}
    entry = Entry.objects.get(about=f"outreach.Inquiry:{made[0].pk}")
    assert (entry.client_id, entry.case_id, entry.outcome) == (None, None, "done")
    found = queries.inquiries(center.at + timedelta(hours=1), days=1)
    assert found.counts[lists.Asker.PARENT] == 2 and found.total == len(lists.Asker) + 1
    assert [day.counts[lists.Asker.POLICE] for day in found.days] == [1]


@pytest.mark.clause("CONF-02", "not_yet")
def test_who_asks_stands_in_the_list(center: Center) -> None:
    ruling = refused(actions.note_inquiry, by=center.lin, at=center.at, asker="the mother of Wang Xiaoming")
    assert ruling.outcome is Outcome.NOT_YET and ruling.missing == ("who_asks",)


@pytest.mark.clause("CONF-02", "refuses")
@pytest.mark.parametrize("who", ["lin", "rui", "lead"])
def test_no_caller_is_told_whether_somebody_comes(center: Center, who: str) -> None:
    by = getattr(center, who)
    inquiry = actions.note_inquiry(by=by, at=center.at, asker=lists.Asker.PARENT)
    before = len(noted("tell_outsider"))
    ruling = refused(actions.tell_outsider, by=by, at=center.at, inquiry=inquiry)
    assert (ruling.outcome, ruling.clauses) == (Outcome.REFUSED, ("CONF-02",))
    attempt = noted("tell_outsider")[-1]
    assert len(noted("tell_outsider")) == before + 1 and attempt.actor_id == by.id
    assert (attempt.client_id, attempt.case_id) == (None, None)
    assert queries.inquiries(center.at + timedelta(hours=1), days=1).insisted >= 1


@pytest.mark.parametrize("who", ["qian", "sun"])
def test_leadership_and_steward_answer_no_callers(center: Center, who: str) -> None:
    assert refused(actions.note_inquiry, by=getattr(center, who), at=center.at, asker="parent").clauses == ("CONF-02",)


def test_who_insists_is_called_back_by_the_lead(center: Center) -> None:
    before = len(owing(center.lead.id, kind="insists"))
    actions.note_inquiry(by=center.rui, at=center.at, asker=lists.Asker.INSISTS)
    actions.note_inquiry(by=center.rui, at=center.at, asker=lists.Asker.PARENT)
    owed = owing(center.lead.id, kind="insists")
    assert len(owed) == before + 1 and {one.clause for one in owed} == {"EXC-10"}


@pytest.mark.clause("EDU-05", "passes")
def test_a_slip_is_read_by_the_duty_team_and_at_the_door_by_nobody(center: Center) -> None:
    slip = leave(center, reach="13800000000", sender="class_teacher")
    stored = Slip.objects.get(pk=slip.pk)
    plain = [str(getattr(stored, name)) for name in Slip.plain if name != "code_hash"]
    for said in (WORRY, "王小明", "13800000000", "class_teacher"):
        assert said.encode() not in bytes(stored.body) and said not in plain
    assert stored.client_id is None
    (letter,) = [one for one in read(center) if one.slip.pk == slip.pk]
    assert letter.opens and letter.words == lists.Words(WORRY, "13800000000", "王小明", "class_teacher")
    named = Entry.objects.filter(act="read_queue", outcome="done", about=f"outreach.Slip:{slip.pk}")
    assert named.count() == 1 and repr(letter.words) == "…"


@pytest.mark.clause("CONF-02", "refuses")
@pytest.mark.parametrize("who", ["lead", "rui", "qian", "sun"])
def test_nobody_else_opens_or_sorts_it(center: Center, who: str) -> None:
    slip, by = leave(center), getattr(center, who)
    for act, more in (
        (actions.read_letter, {"slip": slip}),
        (actions.read_queue, {}),
        (actions.sort_slip, {"slip": slip, "choice": "today"}),
        (actions.close_slip, {"slip": slip, "answer": "looked_after"}),
    ):
        assert refused(act, by=by, at=center.at, **more).outcome is Outcome.REFUSED
    assert Slip.objects.get(pk=slip.pk).state == "received"


@pytest.mark.clause("CONF-02", "refuses")
def test_a_counselor_who_holds_no_key_of_the_team_is_nobody_here(own_center: Center) -> None:
    part = Part("hua", "华老师", (Role.COUNSELOR,))
    hua = again(join(part, own_center.lead, PASSPHRASE, own_center.at))  # came in after the teams were made
    slip = leave(own_center)
    for act, more in (
        (actions.read_letter, {"slip": slip}),
        (actions.read_queue, {}),
        (actions.sort_slip, {"slip": slip, "choice": "today"}),
        (actions.close_slip, {"slip": slip, "answer": "looked_after"}),
    ):
        ruling = refused(act, by=hua, at=own_center.at, **more)
        assert [one.rule for one in ruling.reasons] == ["only_the_duty_team_opens_letters"]
    assert queries.waiting(hua.id, own_center.at).any == 0 and Slip.objects.get(pk=slip.pk).state == "received"


def test_a_locked_session_opens_nothing(center: Center) -> None:
    slip = leave(center)
    assert refused(actions.read_letter, by=locked(center.lin), at=center.at, slip=slip).clauses == ("CONF-04",)


def test_a_letter_altered_below_does_not_close_the_queue(own_center: Center) -> None:
    broken, whole = leave(own_center), leave(own_center, text="另一张")
    Slip.objects.using("owner").filter(pk=broken.pk).update(body=bytes(whole.body))
    found = {one.slip.pk: one for one in read(own_center)}
    assert not found[broken.pk].opens and found[broken.pk].words.text == "" and found[whole.pk].words.text == "另一张"


@pytest.mark.clause("CLIENT-01", "passes")
def test_the_sender_learns_the_same_whether_or_not_the_student_comes(booked: Visit) -> None:
    center = booked.center
    comes, does_not = leave(center, whom="李小雨"), leave(center, whom="没有来过的人")
    for slip in (comes, does_not):
        assert queries.told(slip, center.at) == "received"
        taken = actions.sort_slip(by=center.lin, at=center.at, slip=slip, choice="today")
        assert queries.told(taken, center.at) == "taken"
        closed = actions.close_slip(by=center.zhou, at=center.at, slip=slip, answer="looked_after")
        assert queries.told(closed, center.at) == "taken"  # that it is closed shows the next day, at no hour
        assert queries.told(closed, center.at + timedelta(days=1)) == "closed"
    rows = [Slip.objects.values(*(Slip.plain - {"code_hash"})).get(pk=one.pk) for one in (comes, does_not)]
    assert rows[0] == rows[1]


@pytest.mark.clause("EDU-05", "refuses")
def test_what_is_closed_stays_closed(center: Center) -> None:
    slip = leave(center)
    assert refused(actions.sort_slip, by=center.lin, at=center.at, slip=slip, choice="never").missing == (
        "listed_choice",
    )
    actions.close_slip(by=center.lin, at=center.at, slip=slip, answer="nothing_to_do")
    for act, more in ((actions.sort_slip, {"choice": "week"}), (actions.close_slip, {"answer": "looked_after"})):
        ruling = refused(act, by=center.lin, at=center.at, slip=slip, **more)
        assert (ruling.outcome, ruling.clauses) == (Outcome.REFUSED, ("EDU-05",))


def test_six_presses_at_once_are_one_slip(center: Center) -> None:
    once = uuid4()
    answers = together(*(lambda: leave(center, once=once) for _ in range(6)))
    assert len({row.pk for row in answers}) == 1 and queries.slip_for(queries.slip_code(once)) == answers[0]
    assert Entry.objects.filter(once=once).count() == 1


@pytest.mark.clause("EDU-05", "not_yet")
def test_a_door_without_names_does_not_bury_the_queue(own_center: Center) -> None:
    most = school_profile()["duty.slips_per_hour"]
    answers = together(*(lambda: leave(own_center) for _ in range(5)))
    assert len({row.pk for row in answers}) == 5
    for _ in range(most - 5):
        leave(own_center)
    once = uuid4()
    given = {"words": lists.Words("再一张"), "code": queries.slip_code(once), "once": once}
    ruling = refused(actions.leave_slip, by=DOOR, at=own_center.at, **given)
    assert (ruling.outcome, ruling.missing) == (Outcome.NOT_YET, ("room_in_the_queue",))
    actions.send_to_duty(by=DOOR, at=own_center.at, text="有人在楼顶")  # a flood of slips stops no cry
    actions.leave_slip(by=DOOR, at=own_center.at + timedelta(minutes=61), **given)


def test_a_flood_counted_at_the_same_moment_stops_exactly(own_center: Center, monkeypatch: pytest.MonkeyPatch) -> None:
    few = {**dict(school_profile()), "duty.slips_per_hour": 2}
    monkeypatch.setattr(actions.facts, "school_profile", lambda: few)
    answers = together(*(lambda: leave(own_center) for _ in range(6)))
    assert sum(isinstance(one, Slip) for one in answers) == 2 == Slip.objects.count()


@pytest.mark.clause("RISK-01", "passes")
def test_a_cry_is_owed_at_once_by_everybody_who_can_open_it(visit: Visit) -> None:
    center = visit.center
    cry = actions.send_to_duty(by=locked(visit.me), at=center.at, text="我在天台", reach="B 栋楼顶")
    assert cry.client_id == visit.client.pk and "天台".encode() not in bytes(cry.body)
    for name in ("lin", "zhou", "fang"):
        (owed,) = owing(center.staff[name].id, about=f"outreach.Slip:{cry.pk}")
        assert (owed.kind, owed.clause, owed.due) == ("cry", "RISK-01", center.at)
        assert cry.pk in [one.about for one in unseen(center.staff[name].id)]
    letters = read(center, "zhou")
    assert letters[0].slip.kind == "cry" and "我在天台" in [one.words.text for one in letters]
    assert queries.waiting(center.staff["fang"].id, center.at).cries >= 1
    actions.sort_slip(by=center.fang, at=center.at, slip=cry, choice="today")
    about = f"outreach.Slip:{cry.pk}"
    assert not [one for name in ("lin", "zhou", "fang") for one in owing(center.staff[name].id, about=about)]


@pytest.mark.clause("RISK-01", "passes")
def test_a_cry_needs_no_words_and_no_account(center: Center) -> None:
    once = uuid4()
    both = [actions.send_to_duty(by=DOOR, at=center.at, text="", once=once) for _ in range(2)]
    assert both[0] == both[1] and both[0].client_id is None


def test_from_an_account_it_is_never_too_many(visit: Visit) -> None:
    most = school_profile()["duty.cries_per_hour"]
    for _ in range(most):
        actions.send_to_duty(by=visit.me, at=visit.center.at, text="")
    actions.send_to_duty(by=visit.me, at=visit.center.at, text="")


@pytest.mark.clause("RISK-01", "not_yet")
def test_the_door_cannot_drown_the_cries_either(own_center: Center) -> None:
    for _ in range(school_profile()["duty.cries_per_hour"]):
        actions.send_to_duty(by=DOOR, at=own_center.at, text="")
    assert refused(actions.send_to_duty, by=DOOR, at=own_center.at, text="").missing == ("room_in_the_queue",)


def test_an_urgent_slip_is_owed_today(center: Center) -> None:
    slips = [leave(center, urgent=urgent) for urgent in (True, False)]
    about = [f"outreach.Slip:{one.pk}" for one in slips]
    owed = list(
        Duty.objects.filter(kind="slip", owner_id=center.lin.id, about__in=about).values_list("about", "clause")
    )
    assert owed == [(about[0], "EDU-05")]


def requests(center: Center, who: str) -> list[UUID]:
    return [one.pk for one in queries.new_requests(getattr(center, who).id, center.at)]


@pytest.fixture
def off_duty(own_center: Center) -> Center:
    """A center with a counselor whom nobody has taken into the duty team."""
    own_center.staff["tang"] = join(
        Part("tang", "唐老师", (Role.COUNSELOR,)), own_center.lead, PASSPHRASE, own_center.at
    )
    return own_center


@pytest.mark.clause("APPT-01", "passes")
def test_a_request_is_new_until_somebody_who_may_read_it_sorts_it(booked: Visit) -> None:
    center = booked.center
    assert booked.booking.pk in requests(center, "lin") and booked.booking.pk in requests(center, "zhou")
    for by, choice in ((center.lin, "week"), (center.zhou, "today")):  # looked at again, by who is on duty
        row = actions.sort_request(by=by, at=center.at, booking=booked.booking, choice=choice)
    assert row.choice == "today" and booked.booking.pk not in requests(center, "lin")


@pytest.mark.clause("CONF-02", "passes")
@pytest.mark.clause("CONF-02", "refuses")
def test_the_duty_team_reads_a_request_until_they_met_and_the_client_sees_it(booked: Visit) -> None:
    center = booked.center
    for who in ("lin", "zhou"):
        said = actions.read_request(by=getattr(center, who), at=center.at, booking=booked.booking)
        assert said == "最近总是睡不着"
    seen = [(one.act, one.actor) for one in entries_of_case(booked.case_id) if one.act == "read_request"]
    assert set(seen) == {("read_request", center.lin.id), ("read_request", center.zhou.id)}
    booked.hold()
    for act, more in ((actions.read_request, {}), (actions.sort_request, {"choice": "today"})):
        ruling = refused(act, by=center.zhou, at=center.later, booking=booked.booking, **more)
        assert (ruling.outcome, ruling.clauses) == (Outcome.REFUSED, ("CONF-02",))
        act(by=center.lin, at=center.later, booking=booked.booking, **more)  # who counsels reads on
    assert booked.booking.pk not in requests(center, "zhou")


@pytest.mark.clause("CONF-02", "refuses")
def test_whoever_is_not_on_duty_reads_no_request_of_a_colleagues_client(off_duty: Center) -> None:
    visit = off_duty.visit("李小雨")
    visit.book(reason="最近总是睡不着")
    assert visit.booking.pk not in requests(off_duty, "tang")
    for act, more in ((actions.read_request, {}), (actions.sort_request, {"choice": "today"})):
        ruling = refused(act, by=off_duty.tang, at=off_duty.at, booking=visit.booking, **more)
        assert [reason.rule for reason in ruling.reasons] == ["a_request_is_read_on_duty_until_they_met"]
    for who in ("rui", "qian", "sun"):
        assert refused(actions.read_request, by=getattr(off_duty, who), at=off_duty.at, booking=visit.booking)


def test_a_locked_session_reads_no_request(booked: Visit) -> None:
    ruling = refused(actions.read_request, by=locked(booked.center.zhou), at=booked.center.at, booking=booked.booking)
    assert ruling.clauses == ("CONF-04",)


def test_words_of_somebody_who_was_met_are_no_request(booked: Visit) -> None:
    center = booked.center
    booked.hold()
    booked.sign()
    later = booked.book(days=9, reason="再聊聊宿舍的事")
    assert later.pk not in [one.pk for one in queries.new_requests(center.lin.id, center.later)]


def test_new_is_what_came_after_the_last_school_day(center: Center) -> None:
    monday = center.at
    assert queries.last_school_end(monday).strftime("%A %H:%M %z") == "Friday 17:00 +0800"
    assert queries.last_school_end(monday + timedelta(hours=8)).strftime("%A") == "Monday"  # 18:00 at the school
    before = queries.waiting(center.zhou.id, monday)
    leave(center, at=monday - timedelta(days=2))
    leave(center, at=monday - timedelta(days=4))
    after = queries.waiting(center.zhou.id, monday)
    assert (after.new - before.new, after.earlier - before.earlier) == (1, 1)


def test_counting_costs_the_same_with_one_and_with_thirty(own_center: Center) -> None:
    few = {**dict(school_profile()), "duty.slips_per_hour": 1000}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(actions.facts, "school_profile", lambda: few)
        leave(own_center)
        lin = own_center.lin.id
        assert len(set(growth(lambda: queries.waiting(lin, own_center.at), lambda: leave(own_center)))) == 1
        assert len(read(own_center)) == 30 == queries.MOST


def test_a_slip_code_belongs_to_its_press(center: Center) -> None:
    one, other = UUID(int=1), UUID(int=2)
    assert queries.slip_code(one) == queries.slip_code(one) != queries.slip_code(other)
    assert len(keys.tidy_code(queries.slip_code(one))) == 17
    assert queries.slip_for(keys.new_activation_code()) is None
    with pytest.raises(ValueError, match="not a code"):
        queries.slip_for("not a code")


def test_words_print_nothing() -> None:
    assert repr(lists.Words("秘密")) == "…"
