"""Statements that Django writes once: they ask and change the same as the query itself, and keep to the school."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.db.utils import ProgrammingError
from psycopg.errors import PipelineAborted, UniqueViolation

from subrosa.records.duty.models import Duty
from subrosa.records.school import context
from subrosa.records.school.models import School
from subrosa.records.school.prepared import (
    Prepared,
    PreparedUpdate,
    asking_ahead,
    columns,
    in_one_go,
    instance,
    put,
)
from tests.ground import by_owner, statements


def _of(owner: UUID, kind: str) -> QuerySet[Duty, tuple[Any, ...]]:
    return Duty.objects.filter(owner_id=owner, kind=kind).order_by("due").values_list(*columns(Duty))


def _settling(kind: str, by: UUID, at: datetime) -> tuple[QuerySet[Duty], dict[str, Any]]:
    return Duty.objects.filter(kind=kind, settled_at=None), {"settled_at": at, "settled_by": by}


OF, SETTLE = Prepared(_of), PreparedUpdate(_settling)


def _duty(staff: Any, at: datetime, kind: str = "tiny") -> Duty:
    made: Duty = by_owner(Duty(kind=kind, clause="REC-01", owner=staff, about="", due=at, opened_at=at))
    return made


def _in_an_act() -> Any:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('subrosa.act', 'tiny', true)")


def test_the_rows_are_those_of_the_query_for_other_values_each_time(staff: Any, at: datetime) -> None:
    one, two = staff(), staff()
    mine, later, other = _duty(one, at), _duty(one, at + timedelta(days=1)), _duty(two, at)
    for owner, expected in ((one, [mine, later]), (two, [other]), (one, [mine, later])):
        with statements() as said:
            rows = OF.rows(owner=owner.pk, kind="tiny")
        assert [instance(Duty, row) for row in rows] == expected and len(said) == 1
    assert OF.rows(owner=one.pk, kind="another") == [] and OF.rows(owner=uuid4(), kind="tiny") == []


def test_a_row_of_it_is_the_models_own(staff: Any, at: datetime) -> None:
    made = _duty(staff(), at)
    again = instance(Duty, OF.rows(owner=made.owner_id, kind="tiny")[0])
    assert {f.attname: getattr(again, f.attname) for f in Duty._meta.concrete_fields} == {
        f.attname: getattr(made, f.attname) for f in Duty._meta.concrete_fields
    }
    assert again._state.db == "default" and not again._state.adding


def test_it_keeps_to_the_school(staff: Any, at: datetime, other_school: School) -> None:
    owner = _duty(staff(), at).owner_id
    with context.on(other_school):
        assert OF.rows(owner=owner, kind="tiny") == []


def test_an_update_changes_what_the_query_names_and_nothing_else(staff: Any, at: datetime) -> None:
    who = staff()
    for kind in ("tiny", "tiny", "other"):
        _duty(who, at, kind)
    with transaction.atomic():
        _in_an_act()
        assert SETTLE.run(kind="tiny", by=who.pk, at=at) == 2
        assert SETTLE.run(kind="tiny", by=who.pk, at=at) == 0
    found = Duty.objects.order_by("kind").values_list("kind", "settled_at", "settled_by")
    assert list(found) == [("other", None, None), ("tiny", at, who.pk), ("tiny", at, who.pk)]


def test_putting_inserts_and_then_sets_only_what_is_named(staff: Any, at: datetime) -> None:
    row = Duty(kind="first", clause="REC-01", owner=staff(), about="", due=at, opened_at=at)
    with transaction.atomic():
        _in_an_act()
        put(row, instead=["kind"])
        row.kind, row.clause = "second", "REC-02"
        put(row, instead=["kind"])
    again = Duty.objects.get(pk=row.pk)
    assert (again.kind, again.clause, again.school_id) == ("second", "REC-01", context.current_school())


def test_outside_an_act_neither_writes(staff: Any, at: datetime) -> None:
    who = staff()
    _duty(who, at)
    with pytest.raises((ProgrammingError, IntegrityError)):
        put(Duty(kind="x", clause="REC-01", owner=who, about="", due=at, opened_at=at), instead=["kind"])
    with pytest.raises(ProgrammingError):
        SETTLE.run(kind="tiny", by=who.pk, at=at)


def test_what_was_asked_ahead_is_read_once_by_the_same_values(staff: Any, at: datetime) -> None:
    one, two = staff(), staff()
    first = _duty(one, at)
    with transaction.atomic(), asking_ahead():
        with in_one_go(), statements() as sent:
            OF.ask(owner=one.pk, kind="tiny")
            OF.ask(owner=two.pk, kind="tiny")
        second = _duty(one, at + timedelta(days=1))
        with statements() as none_more:
            assert [row[0] for row in OF.rows(owner=one.pk, kind="tiny")] == [first.pk]
            assert OF.rows(owner=two.pk, kind="tiny") == []
        assert (len(sent), len(none_more)) == (2, 0)
        assert [row[0] for row in OF.rows(owner=one.pk, kind="tiny")] == [first.pk, second.pk]


def test_an_answer_that_nobody_read_is_forgotten(staff: Any, at: datetime) -> None:
    one = staff()
    with transaction.atomic(), asking_ahead():
        OF.ask(owner=one.pk, kind="tiny")
    made = _duty(one, at)
    assert [row[0] for row in OF.rows(owner=one.pk, kind="tiny")] == [made.pk]


@pytest.mark.parametrize("behind", [0, 1, 30])
def test_of_what_is_sent_in_one_go_the_first_that_fails_is_the_error(staff: Any, at: datetime, behind: int) -> None:
    made, nobody = _duty(staff(), at), uuid4()
    wrong = Duty(kind="tiny", clause="", owner_id=nobody, about="", due=at, opened_at=at)

    def send() -> None:
        with transaction.atomic():
            _in_an_act()
            with in_one_go():
                put(wrong, instead=["kind"])
                for _ in range(behind):
                    OF.ask(owner=made.owner_id, kind="tiny")

    with pytest.raises(IntegrityError) as caught:
        send()
    assert caught.value.__cause__.diag.constraint_name == "duty_duty_owner_same_school"  # type: ignore[union-attr]


def test_an_error_that_only_follows_from_another_gives_way_to_it() -> None:
    @in_one_go()
    def fail() -> None:
        try:
            raise UniqueViolation("the first")
        except UniqueViolation:
            raise PipelineAborted("a later one") from None

    with pytest.raises(IntegrityError, match="the first"):
        fail()
