"""What is owed. The words of a duty are the clause's; nothing about a client stands here but ids."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from subrosa.records.person.models import Staff
from subrosa.records.school.models import SchoolRow
from subrosa.records.school.security import SameSchool


class Duty(SchoolRow):
    """One thing owed by somebody (or by the center, where `owner` is empty) by a time under a clause.

    `climbed_at` is when it climbed to the lead, late and still open: once.
    """

    plain: ClassVar[frozenset[str]] = frozenset(
        {"kind", "clause", "owner", "about", "case_id", "due", "opened_at", "settled_at", "settled_by"} | {"climbed_at"}
    )

    kind = models.CharField(max_length=40)
    clause = models.CharField(max_length=20)
    owner = models.ForeignKey(Staff, models.PROTECT, db_constraint=False, db_index=False, related_name="+", null=True)
    about = models.CharField(max_length=80)
    case_id = models.UUIDField(null=True)
    due = models.DateTimeField()
    opened_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.UUIDField(null=True)
    climbed_at = models.DateTimeField(null=True)

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="owner", name="duty_duty_owner_same_school"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["school_id", "settled_at", "due"], name="duty_duty_due"),
            models.Index(fields=["school_id", "about", "kind"], name="duty_duty_about"),
            models.Index(
                fields=["school_id", "owner", "due"], condition=models.Q(settled_at=None), name="duty_duty_owed"
            ),
            models.Index(
                fields=["school_id", "due"],
                condition=models.Q(settled_at=None, climbed_at=None),
                name="duty_duty_to_climb",
            ),
            models.Index(
                fields=["school_id", "climbed_at"],
                condition=models.Q(settled_at=None, climbed_at__isnull=False),
                name="duty_duty_climbed",
            ),
        ]
