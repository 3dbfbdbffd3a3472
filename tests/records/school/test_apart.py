"""Schools are kept apart below the code: by the connection, by row security, by the composite keys."""

from __future__ import annotations

import threading
from datetime import datetime
from typing import Any

import pytest
from django.db import DataError, IntegrityError, ProgrammingError, connection, transaction

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused
from subrosa.records import audit
from subrosa.records.duty.models import Duty
from subrosa.records.person.models import Staff
from subrosa.records.school import context
from subrosa.records.school.calendar import calendar, school_profile
from subrosa.records.school.context import DirtyConnection, SchoolUnset
from subrosa.records.school.models import School
from subrosa.records.standing.actions import pause_clients
from subrosa.records.standing.models import CodeVersion, Signature
from tests.ground import actor, by_owner, new_school


def test_a_school_unset_is_an_error_not_an_empty_page(database: None) -> None:
    with pytest.raises(SchoolUnset):
        context.current_school()
    with pytest.raises(DataError):
        list(Staff.objects.all())


def test_an_act_without_a_school_is_an_error(counselor: Actor, at: datetime) -> None:
    with context.on(None), pytest.raises(SchoolUnset):
        pause_clients(by=counselor, at=at)


def test_a_forgotten_filter_sees_one_school_only(staff: Any, other_school: School) -> None:
    mine = staff()
    with context.on(other_school):
        theirs = staff()
        assert [row.pk for row in Staff.objects.all()] == [theirs.pk]
    assert [row.pk for row in Staff.objects.all()] == [mine.pk]
    assert not Staff.objects.filter(pk=theirs.pk).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM person_staff")
        assert cursor.fetchone() == (1,)


def test_the_school_is_told_at_every_checkout_from_the_pool(staff: Any, other_school: School) -> None:
    mine = staff()
    for _ in range(3):
        connection.close()
        assert [row.pk for row in Staff.objects.all()] == [mine.pk]
        connection.close()
        with context.on(other_school):
            assert not Staff.objects.exists()


def test_after_the_block_the_connection_forgets_the_school(database: None, other_school: School) -> None:
    with context.on(other_school):
        assert not Staff.objects.exists()
    with pytest.raises(DataError):
        Staff.objects.exists()


def test_after_an_error_the_connection_still_changes_its_school(staff: Any, at: datetime, other_school: School) -> None:
    """Django marks a connection on which any error occurred; that mark once kept the school of before."""
    mine = staff()
    with pytest.raises(ProgrammingError):
        Duty.objects.create(kind="x", clause="", about="", due=at, opened_at=at)
    with context.on(other_school):
        assert not Staff.objects.exists()
    assert [row.pk for row in Staff.objects.all()] == [mine.pk]


def test_a_school_chosen_inside_a_transaction_that_fails_leaves_the_one_of_before(
    staff: Any, at: datetime, other_school: School
) -> None:
    mine = staff()
    with pytest.raises(ProgrammingError), transaction.atomic(), context.on(other_school):
        Duty.objects.create(kind="x", clause="", about="", due=at, opened_at=at)
    assert [row.pk for row in Staff.objects.all()] == [mine.pk]


def test_threads_have_schools_of_their_own(staff: Any, other_school: School) -> None:
    mine, seen = staff(), []
    with context.on(other_school):
        theirs = staff()

    def look() -> None:
        with context.on(other_school):
            seen.extend(row.pk for row in Staff.objects.all())
            connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [theirs.pk] and [row.pk for row in Staff.objects.all()] == [mine.pk]


def test_a_connection_returned_dirty_is_an_error_and_thrown_away(staff: Any) -> None:
    staff()
    connection.close()
    pool = connection.pool
    held = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('subrosa.act', 'left open', false), pg_backend_pid()")
        dirty = cursor.fetchone()[1]
    connection.close()
    try:
        errors = 0
        for _ in range(pool.max_size):  # whichever connection comes: each is used once
            try:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_backend_pid(), current_setting('subrosa.act', true)")
                    pid, act = cursor.fetchone()
                assert pid != dirty and not act
                held.append(connection.connection)
                connection.connection = None
            except DirtyConnection:
                errors += 1
        assert errors == 1
    finally:
        for raw in held:
            pool.putconn(raw)
    assert len(Staff.objects.all()) == 1


def test_a_foreign_key_into_another_school_is_refused_by_the_composite_key(
    counselor: Actor, at: datetime, other_school: School
) -> None:
    with context.on(other_school):
        theirs = by_owner(CodeVersion(number=1, clauses=[], change_zh="", change_en="", published_at=at, sign_until=at))
    with pytest.raises(IntegrityError, match="standing_signature_version_same_school"):
        by_owner(Signature(staff_id=counselor.id, version_id=theirs.pk, signed_at=at))


def test_a_row_takes_its_school_from_the_connection(counselor: Actor, at: datetime, school: School) -> None:
    @audit.act(Act.PAUSE_CLIENTS)
    def insert(*, by: Actor, at: datetime) -> Duty:
        return Duty.objects.create(kind="x", clause="", about="", due=at, opened_at=at)

    assert insert(by=counselor, at=at).school_id == school.pk


def test_two_schools_may_use_the_same_numbers(staff: Any, other_school: School, at: datetime) -> None:
    for one in (context.school_in_force(), other_school):
        with context.on(one):
            by_owner(CodeVersion(number=1, clauses=[], change_zh="", change_en="", published_at=at, sign_until=at))


def test_profile_and_calendar_are_those_of_the_school_in_force(school: School) -> None:
    assert school_profile().kind == school.kind
    assert calendar().zone.key == "Asia/Shanghai"


def test_a_staff_row_of_another_school_is_no_actor_here(staff: Any, other_school: School, at: datetime) -> None:
    with context.on(new_school()):
        stranger = actor(staff(Role.COUNSELOR))
    with context.on(other_school), pytest.raises(Refused) as refused:
        pause_clients(by=stranger, at=at)
    assert refused.value.ruling.reasons[0].rule == "this_is_not_for_you"
