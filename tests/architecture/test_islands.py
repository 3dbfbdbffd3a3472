"""The school's list and those who come are two islands (CONF-05): no table of one refers to the other, by key or by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.db import connections, models, transaction
from django.test.utils import isolate_apps

from subrosa.records.school.fields import SealedField
from subrosa.records.school.models import SchoolRow
from tests.architecture.catalogue import ask
from tests.architecture.house import house_models

SCHOOL_RECORD = "roster"  # what the school knows anyway; a timetable or a marks book would stand beside it
OURS = re.compile(r"case|client|counsel|booking|sitting|consent|visit|seen_at|goal|grant|note_|_note", re.IGNORECASE)
THEIRS = re.compile(r"roster|pupil|student|enrol", re.IGNORECASE)
MARK = ("person_client", "roster_mark")  # an HMAC under the desk's key: whoever lacks it cannot pair the two


def drawer_of(table: str) -> str:
    """The drawer of a table."""
    return table.split("_")[0]


def references(rows: Iterable[tuple[str, str, str]], keys: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Faults in columns (table, column, type) and foreign keys (table, table) of a schema."""
    for table, column, kind in rows:
        school = drawer_of(table) == SCHOOL_RECORD
        if school and OURS.search(column):
            yield f"{table}.{column}: a school record says something of a case"
        if school and kind == "uuid" and column != "id":
            yield f"{table}.{column}: a school record points somewhere"
        if not school and THEIRS.search(column) and (table, column) != MARK:
            yield f"{table}.{column}: somebody who comes is tied to the school's list in plain"
    for table, target in keys:
        if target != "school_school" and (drawer_of(table) == SCHOOL_RECORD) != (drawer_of(target) == SCHOOL_RECORD):
            yield f"{table} refers to {target}"


def _schema() -> Iterator[str]:
    columns = ask(
        "SELECT table_name::text, column_name::text, udt_name::text FROM information_schema.columns"
        " WHERE table_schema = 'public'"
    )
    keys = ask(
        "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint"
        " WHERE contype = 'f' AND connamespace = 'public'::regnamespace"
    )
    yield from references(columns, keys)


def _models(found: Iterable[type[models.Model]]) -> Iterator[str]:
    columns, keys = [], []
    for model in found:
        for field in model._meta.local_concrete_fields:
            kind = "uuid" if isinstance(field, models.UUIDField) or field.is_relation else field.get_internal_type()
            columns.append((model._meta.db_table, field.name, kind))
            if field.is_relation:
                target: Any = field.remote_field.model
                label = target if isinstance(target, str) else target._meta.label_lower
                keys.append((model._meta.db_table, label.lower().replace(".", "_")))
    yield from references(columns, keys)


@pytest.mark.clause("CONF-05", "passes")
def test_no_school_record_refers_to_a_case_and_nobody_who_comes_to_the_list(database: None) -> None:
    assert list(_schema()) == []
    assert list(_models(house_models())) == []


@pytest.mark.clause("CONF-05", "refuses")
@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        ("ALTER TABLE roster_pupil ADD COLUMN case_id uuid", "roster_pupil.case_id"),
        ("ALTER TABLE roster_pupil ADD COLUMN last_seen_at timestamptz", "roster_pupil.last_seen_at"),
        ("ALTER TABLE roster_pupil ADD COLUMN owner uuid", "roster_pupil.owner"),
        ("ALTER TABLE case_case ADD COLUMN student_number text", "case_case.student_number"),
        (
            "ALTER TABLE roster_listing ADD COLUMN who uuid,"
            " ADD CONSTRAINT planted FOREIGN KEY (school_id, who) REFERENCES case_case (school_id, id)",
            "roster_listing refers to case_case",
        ),
        (
            "ALTER TABLE person_client ADD COLUMN who uuid,"
            " ADD CONSTRAINT planted FOREIGN KEY (school_id, who) REFERENCES roster_pupil (school_id, id)",
            "person_client refers to roster_pupil",
        ),
    ],
)
def test_a_planted_reference_is_seen(database: None, planted: str, fault: str) -> None:
    with transaction.atomic(using="owner"):
        with connections["owner"].cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '5s'")
            cursor.execute(planted)
        assert any(one.startswith(fault) for one in _schema()), list(_schema())
        transaction.set_rollback(True, using="owner")
    assert list(_schema()) == []


@isolate_apps()
def test_a_planted_field_is_seen_before_there_is_a_table() -> None:
    class Marks(SchoolRow):
        case = models.ForeignKey("case.Case", models.PROTECT, db_constraint=False, db_index=False, related_name="+")

        class Meta(SchoolRow.Meta):
            app_label = "roster"

    class Result(SchoolRow):
        body = SealedField(number=900)
        pupil = models.UUIDField()

        class Meta(SchoolRow.Meta):
            app_label = "note"

    assert any("roster_marks refers to case_case" in one for one in _models([Marks]))
    assert any("note_result.pupil" in one for one in _models([Result]))
