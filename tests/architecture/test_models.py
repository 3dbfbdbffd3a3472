"""Tables: keys point down, every field has its class, closed fields are binary, unindexed and listed in FORMAT.md."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, ClassVar

import pytest
from django.db import models
from django.test.utils import isolate_apps

from subrosa.records.duty.models import Duty
from subrosa.records.school.fields import DeskField, PersonalField, SealedField, _ClosedField
from subrosa.records.school.models import SchoolRow
from subrosa.records.school.security import RowSecurity, SameSchool
from tests.architecture.house import CODE, drawers, house_models

FORMAT = CODE / "crypto" / "FORMAT.md"
GIVEN = {"id", "school_id"}  # every row has them from the base row


def _target(field: Any) -> str:
    target = field.remote_field.model
    return target if isinstance(target, str) else target._meta.label


def keys(model: type[models.Model]) -> Iterable[str]:
    """Foreign keys: downward or within the drawer, nothing made behind our back, a same-school key for each."""
    own = model._meta.app_label
    same_school = {one.field for one in model._meta.constraints if isinstance(one, SameSchool)}
    for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
        name = f"{model._meta.label}.{field.name}"
        if field.many_to_many:
            yield f"{name}: a many-to-many makes a table that nobody classed"
        elif field.is_relation:
            drawer = _target(field).split(".")[0]
            if drawer != own and drawers().get(drawer, -1) <= drawers()[own]:
                yield f"{name} points to {drawer}, which is not below {own}"
            if field.remote_field.related_name != "+":
                yield f"{name}: a reverse accessor is a way up that no linter sees"
            if field.db_constraint or field.db_index:
                yield f"{name}: db_constraint=False, db_index=False; the composite key and its index do both"
            if field.name not in same_school:
                yield f"{name} has no SameSchool"


def classes(model: type[models.Model]) -> Iterable[str]:
    """Every field is named in `plain` or closed; never both; what is closed is bytes without an index."""
    plain: frozenset[str] = getattr(model, "plain", frozenset())
    fields = {field.name: field for field in model._meta.local_concrete_fields}
    closed = {name for name, field in fields.items() if isinstance(field, _ClosedField)}
    given = GIVEN if issubclass(model, SchoolRow) else set()
    for name in sorted(set(fields) - plain - closed - given):
        yield f"{model._meta.label}.{name} is neither plain nor closed"
    for name in sorted(plain - set(fields)):
        yield f"{model._meta.label}: plain names {name}, which is no field"
    for name in sorted(plain & closed):
        yield f"{model._meta.label}.{name} is plain and closed"
    indexed = {name for one in [*model._meta.indexes, *model._meta.constraints] for name in getattr(one, "fields", ())}
    for name in sorted(closed):
        if fields[name].get_internal_type() != "BinaryField" or fields[name].db_index or fields[name].unique:
            yield f"{model._meta.label}.{name}: closed fields are binary and have no index"
        if name in indexed:
            yield f"{model._meta.label}.{name} stands in an index or a key"
    if closed and not _uuid_made_in_python(model):
        yield f"{model._meta.label} has closed fields, so its key is a uuid made in Python"


def _uuid_made_in_python(model: type[models.Model]) -> bool:
    key = model._meta.pk
    return isinstance(key, models.UUIDField) and callable(key.default) and key.db_default is models.NOT_PROVIDED


def grounds(model: type[models.Model]) -> Iterable[str]:
    """Every row descends from the base row and keeps its two constraints."""
    if not issubclass(model, SchoolRow):
        yield f"{model._meta.label} is not a SchoolRow"
        return
    if not any(isinstance(one, RowSecurity) for one in model._meta.constraints):
        yield f"{model._meta.label} lost RowSecurity (Meta(SchoolRow.Meta), *SchoolRow.Meta.constraints)"
    uniques = [one for one in model._meta.constraints if isinstance(one, models.UniqueConstraint)]
    if ("school_id", "id") not in {tuple(one.fields) for one in uniques}:
        yield f"{model._meta.label} lost the key (school_id, id)"
    for one in uniques:
        if not one.fields or one.fields[0] != "school_id":
            yield f"{one.name}: a unique key begins with the school"
    for index in model._meta.indexes:
        if not index.fields or index.fields[0] != "school_id":
            yield f"{index.name}: an index begins with the school"
    for field in model._meta.local_concrete_fields:
        if field.unique and not field.primary_key:
            yield f"{model._meta.label}.{field.name}: unique over all schools"
        if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
            yield f"{model._meta.label}.{field.name}: asks the clock"


Row = tuple[str, str]


def listed(text: str) -> dict[int, dict[str, Row]]:
    """FORMAT.md §10: number -> {model.field: (class, scope)}. One number may name two fields that hold the same bytes."""
    rows: dict[int, dict[str, Row]] = defaultdict(dict)
    for line in text.partition("## 10.")[2].splitlines():
        cells = [cell.strip(" `") for cell in line.strip("|").split("|")]
        if len(cells) == 4 and cells[0].isdigit():
            for name in re.findall(r"(?<!gone )\b\w+\.\w+\.\w+", cells[1]):
                rows[int(cells[0])][name] = (cells[2], cells[3])
            rows[int(cells[0])] = rows[int(cells[0])]
    return rows


def numbers(found: Iterable[type[models.Model]], text: str) -> Iterable[str]:
    """Each closed field has a number for ever, alone (or listed as the same bytes), and stands in the table."""
    table = listed(text)
    used: dict[int, set[str]] = defaultdict(set)
    for model in found:
        for field in model._meta.local_concrete_fields:
            if isinstance(field, _ClosedField):
                name = f"{model._meta.label}.{field.name}"
                used[field.number].add(name)
                row = table.get(field.number, {}).get(name)
                if row is None:
                    yield f"{name} ({field.number}) is not in FORMAT.md §10"
                elif row[0] != field.secrecy:
                    yield f"{name} is {field.secrecy}, FORMAT.md says {row[0]}"
    for number, names in used.items():
        if len(names) > 1 and set(table.get(number, {})) != names:
            yield f"number {number} is used by {', '.join(sorted(names))}"
    for number, names in table.items():
        for name in set(names) - used[number]:
            yield f"FORMAT.md §10: {name} ({number}) does not exist; write `gone` before its name"


def _scopes(text: str) -> set[str]:
    return set(re.findall(r"\b\d+ ([A-Z]+)\b", text.partition("Scopes, never reused:")[2].partition("##")[0]))


@pytest.mark.parametrize("check", [keys, classes, grounds])
def test_every_table(check: Any) -> None:
    exempt = {"school.School"} if check is grounds else set()
    assert [fault for model in house_models() if model._meta.label not in exempt for fault in check(model)] == []


def test_every_closed_field_stands_in_the_format() -> None:
    text = FORMAT.read_text(encoding="utf-8")
    assert list(numbers(house_models(), text)) == []
    scopes = {
        scope for names in listed(text).values() for _, cell in names.values() for scope in re.findall("[A-Z]+", cell)
    }
    assert scopes <= _scopes(text)


def test_every_model_lives_in_a_drawer() -> None:
    assert {model._meta.app_label for model in house_models()} <= set(drawers())


def _link(target: str, **options: Any) -> Any:
    given = {"db_constraint": False, "db_index": False, "related_name": "+", **options}
    return models.ForeignKey(target, models.PROTECT, **given)


class Base(SchoolRow):
    class Meta(SchoolRow.Meta):
        abstract = True
        app_label = "duty"


@isolate_apps()
def test_planted_keys_are_seen() -> None:
    class Up(Base):
        bad = _link("standing.Signature")

    class Neighbour(Base):
        bad = _link("person.Staff", related_name="duties")

    class Indexed(Base):
        bad = _link("person.Staff", db_index=True)

    class Constrained(Base):
        bad = _link("person.Staff", db_constraint=True)

    class Many(Base):
        bad = models.ManyToManyField("person.Staff", related_name="+")

    class Good(Base):
        good = _link("person.Staff")

        class Meta(Base.Meta):
            abstract = False
            constraints: ClassVar[list[Any]] = [SameSchool(field="good", name="x")]

    seen = [list(keys(model)) for model in (Up, Neighbour, Indexed, Constrained, Many)]
    words = ["not below duty", "way up", "db_index=False", "db_constraint=False", "many-to-many"]
    assert all(any(word in fault for fault in faults) for word, faults in zip(words, seen, strict=True)), seen
    assert any("no SameSchool" in fault for fault in seen[0]) and list(keys(Good)) == []


@isolate_apps()
def test_a_neighbour_is_not_below() -> None:
    class Staff(SchoolRow):
        bad = _link("roster.Student")

        class Meta(SchoolRow.Meta):
            app_label = "person"
            constraints: ClassVar[list[Any]] = [SameSchool(field="bad", name="x")]

    assert list(keys(Staff)) == ["person.Staff.bad points to roster, which is not below person"]


@isolate_apps()
def test_planted_fields_are_seen() -> None:
    class Unclassed(Base):
        words = models.TextField()

    class Stale(Base):
        plain = frozenset({"gone"})

    class Both(Base):
        plain = frozenset({"name"})
        name = PersonalField(number=900)

    class Indexed(Base):
        name = PersonalField(number=901, db_index=True)

    class InKey(Base):
        name = DeskField(number=902)

        class Meta(SchoolRow.Meta):
            app_label = "duty"
            constraints: ClassVar[list[Any]] = [
                models.UniqueConstraint(fields=["school_id", "name"], name="planted_key"),
            ]

    class Counted(models.Model):
        body = SealedField(number=903)

        class Meta:
            app_label = "duty"

    planted = (Unclassed, Stale, Both, Indexed, InKey, Counted)
    words = ["neither plain", "which is no field", "plain and closed", "no index", "in an index or a key", "uuid"]
    seen = [list(classes(model)) for model in planted]
    assert all(any(word in fault for fault in faults) for word, faults in zip(words, seen, strict=True)), seen


@isolate_apps()
def test_planted_rows_without_ground_are_seen() -> None:
    class Loose(models.Model):
        class Meta:
            app_label = "duty"

    class Bare(SchoolRow):
        sign_in = models.CharField(max_length=9, unique=True)
        made = models.DateTimeField(auto_now_add=True)

        class Meta:
            app_label = "duty"
            constraints: ClassVar[list[Any]] = [models.UniqueConstraint(fields=["id"], name="planted_bare")]
            indexes: ClassVar[list[Any]] = [models.Index(fields=["made"], name="planted_made")]

    assert list(grounds(Loose)) == ["duty.Loose is not a SchoolRow"]
    assert len(list(grounds(Bare))) == 6, list(grounds(Bare))


@isolate_apps()
def test_planted_numbers_are_seen() -> None:
    class One(Base):
        name = PersonalField(number=900)

    class Two(Base):
        name = DeskField(number=900)

    table = "## 10. Sealed fields\n| 900 | duty.One.name | {} | PERSONAL |\n"
    assert list(numbers([One], table.format("personal"))) == []
    assert list(numbers([One], table.format("desk"))) == ["duty.One.name is personal, FORMAT.md says desk"]
    assert any("not in FORMAT" in fault for fault in numbers([One], "## 10."))
    assert any("does not exist" in fault for fault in numbers([], table.format("personal")))
    assert any("used by" in fault for fault in numbers([One, Two], table.format("personal")))
    assert list(numbers([Duty], "## 10.")) == []
