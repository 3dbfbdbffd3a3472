"""What is late climbs to the lead, exactly once, although the clock dies at any point; danger and the same day do not wait."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from subrosa.desks.clock import loop
from subrosa.policy.actor import CLOCK, Actor
from subrosa.policy.acts import Act
from subrosa.policy.lateness import PACES
from subrosa.policy.roles import Role
from subrosa.records import audit
from subrosa.records.audit.models import Entry
from subrosa.records.duty import queries
from subrosa.records.duty.actions import climb, set_calendar
from subrosa.records.duty.late import climbs_at, late_from
from subrosa.records.duty.models import Duty
from subrosa.records.school.calendar import calendar
from subrosa.timetable.year import Entry as Days
from subrosa.timetable.year import Kind
from tests.ground import as_clock, by_owner, statements
from tests.records.center import refused

MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOON = timedelta(hours=2)  # from ten in the morning at the school


def owed(who: Any, kind: str = "record", due: datetime | None = None, at: datetime = MONDAY, **more: Any) -> Duty:
    """A duty of some kind; by default a record of Monday, due at the end of Monday."""
    when = due or calendar().end_of(calendar().local(at))
    row = Duty(kind=kind, clause="REC-01", owner_id=who.id if who else None, about="", due=when, opened_at=at, **more)
    made: Duty = by_owner(row)
    return made


def round_at(patch: pytest.MonkeyPatch, at: datetime) -> int:
    """The clock's job of one round, at a moment of the test's choosing."""
    patch.setattr("subrosa.records.audit.moment.now", lambda: at)
    return loop._climb()


def climbings(row: Duty) -> list[Entry]:
    return list(Entry.objects.filter(act=Act.CLIMB_DUTY, about=f"duty.Duty:{row.pk}"))


def climbed_at(row: Duty) -> datetime | None:
    return Duty.objects.get(pk=row.pk).climbed_at


@pytest.mark.clause("REC-01", "passes")
def test_a_record_climbs_at_noon_of_the_next_school_day_once(
    counselor: Actor, lead: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = owed(counselor)
    assert round_at(monkeypatch, MONDAY + DAY + NOON - timedelta(minutes=1)) == 0 and climbed_at(row) is None
    noon = MONDAY + DAY + NOON
    assert round_at(monkeypatch, noon) == 1 and climbed_at(row) == noon
    (entry,) = climbings(row)
    assert (entry.actor_kind, entry.outcome, entry.at) == ("clock", "done", noon) and "REC-01" in entry.clauses
    assert round_at(monkeypatch, noon + HOUR) == 0 and len(climbings(row)) == 1 and climbed_at(row) == noon


def test_friday_climbs_on_monday_and_examination_weeks_stop_no_record(
    counselor: Actor, lead: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    friday = MONDAY + 4 * DAY
    set_calendar(by=lead, at=MONDAY, entries=[Days(Kind.QUIET, friday.date(), (friday + 7 * DAY).date())])
    row = owed(counselor, at=friday)
    assert round_at(monkeypatch, friday + 2 * DAY + NOON) == 0
    assert round_at(monkeypatch, friday + 3 * DAY + NOON) == 1 and climbed_at(row) is not None


def test_a_full_record_waits_for_the_end_of_the_examination_week(
    counselor: Actor, lead: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = owed(counselor, "full_record", calendar().after_school_days(MONDAY, 2))
    tuesday, friday = (MONDAY + DAY).date(), (MONDAY + 4 * DAY).date()
    set_calendar(by=lead, at=MONDAY, entries=[Days(Kind.QUIET, tuesday, friday)])
    assert round_at(monkeypatch, MONDAY + 7 * DAY + NOON) == 0
    assert round_at(monkeypatch, MONDAY + 9 * DAY + NOON) == 1 and climbed_at(row) is not None


def test_what_was_settled_in_time_or_is_the_leads_own_stays(
    counselor: Actor, lead: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    owed(counselor, settled_at=MONDAY + HOUR)
    owed(lead)
    owed(lead, "insists")
    owed(counselor, "broken_ledger")
    assert round_at(monkeypatch, MONDAY + 90 * DAY) == 0


def test_where_there_is_no_lead_nothing_climbs(
    counselor: Actor, staff: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    owed(counselor)
    assert round_at(monkeypatch, MONDAY + 9 * DAY) == 0
    staff(Role.LEAD)
    assert round_at(monkeypatch, MONDAY + 9 * DAY) == 1


def test_a_duty_of_nobody_climbs_too(lead: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    row = owed(None)
    assert round_at(monkeypatch, MONDAY + 9 * DAY) == 1 and climbed_at(row) is not None


def test_a_cry_climbs_after_half_an_hour_on_a_sunday_in_the_holidays(
    counselor: Actor, lead: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    sunday = MONDAY + 6 * DAY
    set_calendar(by=lead, at=MONDAY, entries=[Days(Kind.HOLIDAY, MONDAY.date(), (MONDAY + 20 * DAY).date())])
    row = owed(counselor, "cry", sunday, sunday)
    assert round_at(monkeypatch, sunday + timedelta(minutes=29)) == 0
    assert round_at(monkeypatch, sunday + timedelta(minutes=30)) == 1 and climbed_at(row) is not None


def test_a_talk_climbs_a_school_day_after_it_was_due(
    counselor: Actor, lead: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    friday = calendar().end_of((MONDAY + 4 * DAY).date())
    row = owed(counselor, "guardian_talk", friday)
    assert round_at(monkeypatch, MONDAY + 7 * DAY) == 0
    assert round_at(monkeypatch, calendar().end_of((MONDAY + 7 * DAY).date())) == 1 and climbed_at(row) is not None


class Died(BaseException):
    """Somebody pulled the plug."""


@contextmanager
def dying_at(place: int) -> Iterator[list[str]]:
    """Inside the block the process dies before its n-th statement; what the connection was doing is rolled back."""
    said: list[str] = []
    numbers = count(1)

    def pull(execute: Any, sql: Any, params: Any, many: bool, state: dict[str, Any]) -> Any:
        if next(numbers) == place:
            raise Died
        said.append(str(sql))
        return execute(sql, params, many, state)

    with connection.execute_wrapper(pull):
        yield said


def _statements_of_a_round(counselor: Actor, patch: pytest.MonkeyPatch, at: datetime) -> int:
    with dying_at(-1) as said:
        assert round_at(patch, at) == 1
    return len(said)


def test_exactly_once_although_the_clock_dies_before_any_statement(
    counselor: Actor, lead: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = MONDAY + 9 * DAY
    owed(counselor)
    many = _statements_of_a_round(counselor, monkeypatch, at)
    assert many >= 5
    for place in range(1, many + 1):
        row = owed(counselor)
        with dying_at(place), pytest.raises(Died):
            round_at(monkeypatch, at)
        assert not climbings(row) and climbed_at(row) is None, f"died before statement {place}: nothing is half done"
        assert round_at(monkeypatch, at + HOUR) == 1
        assert len(climbings(row)) == 1 and climbed_at(row) == at + HOUR
        assert round_at(monkeypatch, at + 2 * HOUR) == 0 and len(climbings(row)) == 1


def test_exactly_once_although_the_clock_dies_between_entry_and_commit_or_between_two_duties(
    counselor: Actor, lead: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    at, rows = MONDAY + 9 * DAY, [owed(counselor) for _ in range(3)]
    write = audit.entries.write

    def after_the_second(*given: Any, **more: Any) -> None:
        write(*given, **more)
        if sum(len(climbings(row)) for row in rows) == 2:
            raise Died

    monkeypatch.setattr("subrosa.records.audit.entries.write", after_the_second)
    with pytest.raises(Died):
        round_at(monkeypatch, at)
    monkeypatch.setattr("subrosa.records.audit.entries.write", write)
    assert sum(len(climbings(row)) for row in rows) == 1, "the first stands, the second was rolled back"
    assert round_at(monkeypatch, at) == 2
    assert [len(climbings(row)) for row in rows] == [1, 1, 1]


def test_two_clocks_at_once_do_it_once(counselor: Actor, lead: Actor) -> None:
    at, row = MONDAY + 9 * DAY, owed(counselor)
    stale = Duty.objects.get(pk=row.pk)
    climb(by=CLOCK, at=at, duty=row)
    ruling = refused(climb, by=CLOCK, at=at, duty=stale)
    assert ruling.clauses == ("REC-01",) and climbed_at(row) == at


@pytest.mark.clause("REC-01", "refuses")
def test_before_its_time_nothing_climbs_and_nobody_but_the_clock_lets_it(counselor: Actor, lead: Actor) -> None:
    row = owed(counselor)
    early: dict[str, Any] = {"at": MONDAY + HOUR, "duty": row}
    assert refused(climb, by=CLOCK, **early).reasons[0].rule == "only_what_is_late_climbs_and_once"
    for who in (counselor, lead):
        assert refused(climb, by=who, at=MONDAY + 9 * DAY, duty=row).reasons[0].rule == "this_is_not_for_you"
    assert climbed_at(row) is None


def test_the_clocks_own_role_may_do_it(counselor: Actor, lead: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    row = owed(counselor)
    with as_clock():
        assert round_at(monkeypatch, MONDAY + 9 * DAY) == 1
    assert len(climbings(row)) == 1


def test_somebody_who_is_just_writing_is_waited_for(
    counselor: Actor, lead: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = owed(counselor), owed(counselor)

    def busy_once(**given: Any) -> Any:
        if given["duty"].pk == first.pk:
            raise audit.Busy
        return climb(**given)

    monkeypatch.setattr("subrosa.records.duty.actions.climb", busy_once)
    assert round_at(monkeypatch, MONDAY + 9 * DAY) == 1
    assert climbed_at(first) is None and climbed_at(second) is not None


def test_the_rounds_questions_do_not_grow_with_what_is_open(counselor: Actor, lead: Actor) -> None:
    owed(counselor)
    calendar()
    with statements() as few:
        assert len(queries.to_climb(MONDAY + 9 * DAY)) == 1
    for _ in range(30):
        owed(counselor)
    with statements() as many:
        assert len(queries.to_climb(MONDAY + 9 * DAY)) == 31
    assert len(few) == len(many)


def test_the_list_of_what_climbed_is_danger_first_and_without_what_was_done(counselor: Actor, lead: Actor) -> None:
    done, record, cry = owed(counselor), owed(counselor), owed(counselor, "cry", MONDAY)
    for number, row in enumerate((done, record, cry)):
        climb(by=CLOCK, at=MONDAY + 9 * DAY + number * HOUR, duty=row)
    by_owner(Duty(kind="record", clause="REC-01", owner_id=counselor.id, about="", due=MONDAY, opened_at=MONDAY))
    Duty.objects.using("owner").filter(pk=done.pk).update(settled_at=MONDAY + 10 * DAY)
    assert [one.id for one in queries.climbed()] == [cry.pk, record.pk] and queries.climbed_count() == 2


def test_every_kind_of_the_table_can_be_asked(counselor: Actor) -> None:
    for kind in (*PACES, f"unheard of {uuid4()}"[:40]):
        row = owed(counselor, kind)
        when, late = climbs_at(row), late_from(row)
        assert late >= row.due and (when is None or when >= late), kind
