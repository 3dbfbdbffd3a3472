"""What the database itself refuses to the app role: writes outside an act, changes of the log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.db import DatabaseError, ProgrammingError, connection

from subrosa.policy.actor import Actor
from subrosa.records.audit.models import Entry
from subrosa.records.duty.models import Duty
from tests.records.audit.tiny import entries, kinds, write


def _row(at: datetime) -> Duty:
    return Duty(kind="x", clause="", about="", due=at, opened_at=at)


def test_an_insert_outside_an_act_is_refused(school: Any, at: datetime) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"):
        _row(at).save()
    with pytest.raises(ProgrammingError, match="row-level security"):
        Duty.objects.bulk_create([_row(at), _row(at)])
    assert kinds() == []


def test_an_update_outside_an_act_is_refused(counselor: Actor, at: datetime) -> None:
    made = write(by=counselor, at=at)
    with pytest.raises(ProgrammingError, match="row-level security"):
        Duty.objects.update(kind="changed")
    made.kind = "changed"
    with pytest.raises(ProgrammingError, match="row-level security"):
        made.save()
    assert kinds() == ["tiny"]


def test_a_delete_outside_an_act_finds_nothing(counselor: Actor, at: datetime) -> None:
    made = write(by=counselor, at=at)
    assert Duty.objects.all()._raw_delete("default") == 0
    assert made.delete()[0] == 0
    assert kinds() == ["tiny"]


def test_after_an_act_the_door_is_shut_again(counselor: Actor, at: datetime) -> None:
    write(by=counselor, at=at)
    with pytest.raises(ProgrammingError, match="row-level security"):
        _row(at).save()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET outcome = 'done'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "ALTER TABLE audit_entry DISABLE ROW LEVEL SECURITY",
        "DROP TABLE audit_entry",
        "INSERT INTO audit_entry SELECT * FROM audit_entry",
    ],
)
def test_the_app_role_cannot_change_what_was_recorded(counselor: Actor, at: datetime, statement: str) -> None:
    write(by=counselor, at=at)
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(statement)
    with pytest.raises(DatabaseError):  # nor inside an act
        write(by=counselor, at=at, then=lambda: _run(statement) if "INSERT" not in statement else _again())
    assert [entry.outcome for entry in entries()] == ["done"] and kinds() == ["tiny"]


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _again() -> None:
    Entry.objects.bulk_create(list(Entry.objects.all()))


def test_an_entry_is_not_written_into_another_school(counselor: Actor, at: datetime, other_school: Any) -> None:
    def elsewhere() -> None:
        Duty.objects.create(kind="x", clause="", about="", due=at, opened_at=at, school_id=other_school.pk)

    with pytest.raises(ProgrammingError, match="row-level security"):
        write(by=counselor, at=at, then=elsewhere)
