"""Who joins a team stands on the page of everybody whose words it opens, and only then holds its key (CON-09)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from subrosa.demo.center import Part, join
from subrosa.policy.actor import DOOR, Actor
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Outcome, Refused
from subrosa.records.case.models import Case
from subrosa.records.case.widening import to_come
from subrosa.records.outreach.actions import send_to_duty
from subrosa.records.person import access, teams
from subrosa.records.person.models import Staff, TeamJoining
from subrosa.records.school.calendar import calendar
from tests.records.center import PASSPHRASE, Center, Visit, own, refused
from tests.records.person.test_teams import holds, newcomer

BOTH = ("crisis", "duty")
NEXT = timedelta(days=2)  # a whole school day lies between


def page(visit: Visit) -> list[tuple[object, ...]]:
    """What the client's page says of those who come."""
    return [(one.staff, one.teams, one.starts, one.at_once) for one in to_come([visit.case])]


@pytest.mark.clause("CON-09", "not_yet")
@pytest.mark.clause("CON-09", "passes")
def test_the_clients_pages_change_first(own_center: Center) -> None:
    center, visit = own_center, own_center.visit()
    visit.book(reason="睡不着")
    row, tang = newcomer(center, Role.COUNSELOR)
    asked = {"by": center.lin, "at": center.at, "newcomer": row}
    assert page(visit) == []
    assert refused(teams.take_in, **asked).missing == ("widening_shown",) and not holds(tang, "duty")
    teams.show_joining(**asked)
    teams.show_joining(**{**asked, "by": center.zhou})  # twice is once
    assert page(visit) == [(row.pk, BOTH, date(2026, 3, 4), "")], "announced on Monday: Tuesday it is read"
    assert not holds(tang, "duty") and not holds(tang, "crisis")
    ruling = refused(teams.take_in, **{**asked, "at": center.at + timedelta(hours=37)})
    assert (ruling.outcome, ruling.clauses, ruling.missing) == (Outcome.NOT_YET, ("CON-09",), ("widening_waited",))
    teams.take_in(**{**asked, "at": center.at + timedelta(hours=38)})
    assert holds(tang, "duty") and holds(tang, "crisis") and page(visit) == []


@pytest.mark.clause("CON-09", "passes")
def test_not_after_all_begins_again(own_center: Center) -> None:
    center, visit = own_center, own_center.visit()
    visit.book()
    row, tang = newcomer(center, Role.COUNSELOR)
    asked = {"by": center.lin, "at": center.at, "newcomer": row}
    teams.show_joining(**asked)
    teams.drop_joining(**asked)
    assert page(visit) == []
    assert refused(teams.take_in, **{**asked, "at": center.at + NEXT}).missing == ("widening_shown",)
    teams.show_joining(**asked)
    access.suspend(by=center.lead, at=center.at, colleague=row)  # whoever is kept out joins nothing any more
    assert page(visit) == [] and not holds(tang, "duty")


@pytest.mark.clause("CON-09", "not_yet")
def test_what_cannot_wait_says_why_where_it_is_read(own_center: Center) -> None:
    center, visit = own_center, own_center.visit()
    visit.book()
    row, tang = newcomer(center, Role.COUNSELOR)
    asked = {"by": center.lin, "at": center.at, "newcomer": row}
    assert refused(teams.take_in, at_once="it_is_late", **asked).missing == ("at_once_ground",)
    teams.take_in(at_once="nobody_on_duty", **asked)
    assert holds(tang, "duty") and page(visit) == [(row.pk, BOTH, None, "nobody_on_duty")]
    later = center.visit("王一")
    center.at += timedelta(hours=1)
    later.book(days=3)
    assert page(later) == [], "whoever came afterwards read the name from the first minute on"
    assert tang.id in teams.members(["duty"])["duty"]


def test_where_the_teams_open_nothing_nobody_waits(own_center: Center) -> None:
    row, tang = newcomer(own_center, Role.COUNSELOR, Role.CUSTODIAN)
    assert teams.opening_teams(teams.ROLE_OF) == set()
    own_center.visit().book()
    teams.take_in(by=own_center.zhou, at=own_center.at, newcomer=row, at_once="danger")
    joined = set(TeamJoining.objects.values_list("team", "at_once"))
    assert holds(tang, "archive") and joined == {("duty", "danger"), ("crisis", "danger")}, "the archive is empty"


@pytest.mark.clause("CON-09", "not_yet")
def test_no_ground_hands_over_old_files(own_center: Center) -> None:
    """Help for people cannot always wait; the archive can."""
    visit = own_center.visit()
    visit.recorded()
    visit.archived()
    own_center.visit("王一").book(days=3)
    row, tang = newcomer(own_center, Role.COUNSELOR, Role.CUSTODIAN)
    asked = {"by": own_center.zhou, "at": own_center.later, "newcomer": row}
    teams.take_in(at_once="nobody_on_duty", **asked)
    assert holds(tang, "duty") and not holds(tang, "archive")
    assert refused(teams.take_in, at_once="danger", **asked).missing == ("at_once_ground",)
    teams.show_joining(**asked)
    teams.take_in(**{**asked, "at": own_center.later + NEXT})
    assert holds(tang, "archive")


def test_who_wrote_before_having_a_file_reads_what_could_not_wait(own_center: Center) -> None:
    visit = own_center.visit()
    row, _tang = newcomer(own_center, Role.COUNSELOR)
    send_to_duty(by=DOOR, at=own_center.at, text="有人在楼顶")
    teams.take_in(by=own_center.lin, at=own_center.at, newcomer=row, at_once="danger")
    own_center.at += timedelta(hours=1)
    visit.book(days=3)
    assert page(visit) == [], "nothing of theirs lay anywhere before"
    assert [one.at_once for one in to_come([visit.case], ("duty",))] == ["danger"], (
        "with words that lay with the team it did"
    )
    Staff.objects.using("owner").filter(pk=row.pk).update(state="left")
    assert to_come([visit.case], ("duty",)) == [], "who is gone opens nothing"


@pytest.mark.clause("CON-09", "refuses")
def test_nobody_shows_himself_nor_who_is_not_on_the_team(own_center: Center) -> None:
    row, tang = newcomer(own_center, Role.COUNSELOR)
    for act in (teams.show_joining, teams.drop_joining):
        for who in (tang, own_center.lead, own_center.rui, own_center.sun):
            assert refused(act, by=who, at=own_center.at, newcomer=row).outcome is Outcome.REFUSED
    assert not TeamJoining.objects.exists()


@pytest.mark.clause("CON-09", "passes")
def test_words_outside_any_file_count_too(own_center: Center) -> None:
    """A cry is sealed to the duty team's own pair, and belongs to no case."""
    send_to_duty(by=DOOR, at=own_center.at, text="有人在楼顶")
    assert teams.opening_teams(["duty", "crisis"]) == {"duty"}


OPS = st.sampled_from(
    ["show", "show", "show", "take", "take", "take", "bored", "drop", "danger", 3, 13, 26, 40]
)  # hours pass
_names = count()


def whole_school_day_between(shown: datetime, at: datetime) -> bool:
    """By hand: from Monday to Friday, in a fortnight without holidays, one day lies wholly between."""
    day = calendar().local(shown) + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    local = at.astimezone(calendar().zone)
    return (local.date(), local.hour, local.minute) >= (day, 23, 59)


def _press(op: str, by: Actor, at: datetime, row: Staff) -> bool:
    asked = {"by": by, "at": at, "newcomer": row}
    try:
        if op == "show":
            teams.show_joining(**asked)
        elif op == "drop":
            teams.drop_joining(**asked)
        else:
            teams.take_in(at_once="" if op == "take" else op, **asked)
    except Refused:
        return False
    return True


@pytest.mark.clause("CON-09", "refuses")
@pytest.mark.usefixtures("database")
def test_at_no_moment_does_a_key_open_for_somebody_who_was_not_shown_before() -> None:
    with own() as center:
        visit = center.visit()
        visit.book()

        @settings(max_examples=12, deadline=None)
        @given(st.lists(OPS, min_size=3, max_size=10))
        @example(["show", 37, "take", 1, "take", "drop"])
        def law(ops: list[str | int]) -> None:
            _walk_through(center, visit.case, ops)

        law()


def at_once(case: Case, who: Actor) -> bool:
    return any(one.staff == who.id and one.at_once for one in to_come([case]))


def _walk_through(center: Center, case: Case, ops: list[str | int]) -> None:
    who = join(Part(f"n{next(_names)}", "唐一宁", (Role.COUNSELOR,)), center.lead, PASSPHRASE, center.at)
    row = Staff.objects.select_related("keypair").get(pk=who.id)
    at, shown, inside = center.at, None, False
    for op in ops:
        if isinstance(op, int):
            at += timedelta(hours=op)
            continue
        waited = shown is not None and whole_school_day_between(shown, at)
        named_before = any(one.staff == who.id for one in to_come([case]))
        may = op == "danger" or waited
        done = _press(op, center.lin, at, row)
        if op == "show":
            shown = shown or (None if inside else at)
        elif op == "drop":
            shown = None
        elif not inside:
            assert done is may, (op, shown, at)
            assert not may or waited is not at_once(case, who), "a ground is read where it stood for the waiting"
            assert not waited or named_before
            inside, shown = inside or may, None if may else shown
        assert holds(who, "duty") is inside and holds(who, "crisis") is inside
