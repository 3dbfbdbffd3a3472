"""Acts that meet: one key pressed six times, deadlocks, locks that take too long, days that are locked in order."""

from __future__ import annotations

import sys
import threading
import uuid
from datetime import datetime
from typing import Any

import pytest
from django.db import connection

from subrosa.policy.actor import Actor
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused
from subrosa.records import audit
from subrosa.records.person.models import Staff
from subrosa.records.school import context
from tests.ground import actor, together
from tests.records.audit.tiny import WRITE, careful, duty, entries, key, kinds, write


def test_six_presses_of_one_key_are_one_deed_and_six_equal_answers(counselor: Actor, at: datetime) -> None:
    once = key()
    answers = together(*[lambda: write(by=counselor, at=at, once=once)] * 6)
    assert len({answer.pk for answer in answers}) == 1, answers
    assert kinds() == ["tiny"] and len(entries()) == 1


def test_six_keys_are_six_deeds(counselor: Actor, at: datetime) -> None:
    answers = together(*[lambda: write(by=counselor, at=at, once=key())] * 6)
    assert len({answer.pk for answer in answers}) == 6 and len(entries()) == 6


def test_a_repeated_key_gets_the_first_answer_without_a_second_ruling(counselor: Actor, at: datetime) -> None:
    once = key()
    first = careful(by=counselor, at=at, once=once)
    assert careful(by=counselor, at=at, once=once, holds=False) == first and len(entries()) == 1
    assert connection.subrosa_asked == {}  # type: ignore[attr-defined]  # nothing that was asked ahead outlives an act


def test_a_key_after_a_refusal_is_free(counselor: Actor, at: datetime) -> None:
    once = key()
    with pytest.raises(Refused):
        careful(by=counselor, at=at, once=once, holds=False)
    careful(by=counselor, at=at, once=once)
    assert sorted(entry.outcome for entry in entries()) == ["done", "refused"]


def test_a_key_is_not_used_for_another_act(counselor: Actor, at: datetime) -> None:
    once = key()
    write(by=counselor, at=at, once=once)
    with pytest.raises(audit.OnceReused):
        careful(by=counselor, at=at, once=once)
    assert kinds() == ["tiny"] and len(entries()) == 1


def test_a_key_is_not_used_by_somebody_else(counselor: Actor, lead: Actor, at: datetime) -> None:
    once = key()
    write(by=counselor, at=at, once=once)
    with pytest.raises(audit.OnceReused):
        write(by=lead, at=at, once=once)


def test_a_key_of_another_school_is_another_key(counselor: Actor, at: datetime, other_school: Any) -> None:
    once = key()
    write(by=counselor, at=at, once=once)
    with context.on(other_school), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_entry WHERE once = %s", [once])
        assert cursor.fetchone() == (0,)


def _lock(row: Staff) -> None:
    Staff.objects.select_for_update(no_key=True).get(pk=row.pk)


def test_a_real_deadlock_is_repeated(staff: Any, at: datetime) -> None:
    one, two, left, right = staff(), staff(), *(actor(staff(Role.COUNSELOR)) for _ in range(2))
    both_hold = threading.Barrier(2)
    runs: list[str] = []

    def crossing(mine: Staff, other: Staff, name: str) -> None:
        runs.append(name)
        _lock(mine)
        if runs.count(name) == 1:
            both_hold.wait(10)
        _lock(other)

    answers = together(
        lambda: write(by=left, at=at, kind="left", then=lambda: crossing(one, two, "left")),
        lambda: write(by=right, at=at, kind="right", then=lambda: crossing(two, one, "right")),
    )
    assert [answer.kind for answer in answers] == ["left", "right"], answers
    assert len(runs) == 3 and kinds() == ["left", "right"] and len(entries()) == 2


def test_three_deadlocks_are_busy(counselor: Actor, at: datetime) -> None:
    runs: list[int] = []

    def always() -> None:
        runs.append(1)
        with connection.cursor() as cursor:
            cursor.execute("DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '40P01'; END $$")

    with pytest.raises(audit.Busy):
        write(by=counselor, at=at, then=always)
    assert len(runs) == 3 and kinds() == [] and entries() == []
    write(by=counselor, at=at)


def test_a_lock_that_takes_too_long_is_busy_and_nothing_is_lost(
    staff: Any, counselor: Actor, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = sys.modules[audit.act.__module__]  # the package's name `act` is the function
    assert "'3s'" in module.OPEN
    for name in ("OPEN", "OPEN_ONCE"):
        monkeypatch.setattr(module, name, getattr(module, name).replace("'3s'", "'150ms'"))
    row = staff()
    holds, done = threading.Event(), threading.Event()
    tries: list[int] = []

    def hold() -> None:
        def wait() -> None:
            _lock(row)
            holds.set()
            done.wait(10)

        write(by=counselor, at=at, kind="holder", then=wait)

    def press() -> None:
        holds.wait(10)
        try:
            write(by=counselor, at=at, kind="late", then=lambda: (tries.append(1), _lock(row)))
        finally:
            done.set()

    holder, late = together(hold, press)
    assert holder is None and isinstance(late, audit.Busy)
    assert kinds() == ["holder"] and len(entries()) == 1 and tries == [1]


@audit.act(WRITE, days=lambda *, rooms, **_: rooms)
def book(*, by: Actor, at: datetime, rooms: list[tuple[uuid.UUID, str]], then: Any = None) -> Any:
    if then is not None:
        then()
    return duty(at, "booked")


def test_day_locks_are_taken_in_order_and_hold_until_the_end(counselor: Actor, at: datetime) -> None:
    rooms = [(uuid.uuid4(), "2026-03-02"), (uuid.uuid4(), "2026-03-02")]
    active, most = [0], [0]
    guard = threading.Lock()

    def inside() -> None:
        with guard:
            active[0] += 1
            most[0] = max(most[0], active[0])
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.02)")
        with guard:
            active[0] -= 1

    orders = [rooms, rooms[::-1]] * 3
    answers = together(*[lambda order=order: book(by=counselor, at=at, rooms=order, then=inside) for order in orders])
    assert {answer.kind for answer in answers} == {"booked"} and most == [1] and len(entries()) == 6


def test_other_days_do_not_wait(counselor: Actor, at: datetime) -> None:
    room, meet = uuid.uuid4(), threading.Barrier(2)
    answers = together(
        *[
            lambda day=day: book(by=counselor, at=at, rooms=[(room, day)], then=lambda: meet.wait(5))
            for day in ("2026-03-02", "2026-03-03")
        ]
    )
    assert {answer.kind for answer in answers} == {"booked"}
