"""The school, and the base row from which every other table descends."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models.expressions import Func

from .security import RowSecurity


class CurrentSchool(Func):
    """The connection's school as a database default: an insert never names it, an unset school is an error."""

    template = "current_setting('subrosa.school')::bigint"

    def __init__(self) -> None:
        super().__init__(output_field=models.BigIntegerField())


class School(models.Model):
    """One school of this installation, found by host name. The one table without row security: it holds no person."""

    plain: ClassVar[frozenset[str]] = frozenset({"id", "host", "name_zh", "name_en", "kind", "demo", "founded_at"})

    id = models.BigAutoField(primary_key=True)
    host = models.CharField(max_length=253, unique=True)
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    demo = models.BooleanField(default=False)
    founded_at = models.DateTimeField(null=True)


class SchoolRow(models.Model):
    """The base row: an id made in Python, the school filled by the database, row security below the code."""

    plain: ClassVar[frozenset[str]] = frozenset()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school_id = models.BigIntegerField(db_default=CurrentSchool(), editable=False)

    class Meta:
        abstract = True
        constraints: ClassVar[list[Any]] = [
            RowSecurity(name="%(app_label)s_%(class)s_school"),
            models.UniqueConstraint(fields=["school_id", "id"], name="%(app_label)s_%(class)s_key"),
        ]


class YearSpan(SchoolRow):
    """One span of the school's year: a term, a holiday, a quiet week of examinations, or a weekend day that is worked."""

    plain: ClassVar[frozenset[str]] = frozenset({"kind", "first", "last"})

    kind = models.CharField(max_length=10)
    first = models.DateField()
    last = models.DateField()

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [*SchoolRow.Meta.constraints]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["school_id", "kind", "first"], name="school_yearspan_first")
        ]
