"""Who confirmed that a file may be destroyed. The file itself is the case's."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from subrosa.records.case.models import Case
from subrosa.records.person.models import Staff
from subrosa.records.school.models import SchoolRow
from subrosa.records.school.security import SameSchool


class Confirmation(SchoolRow):
    """One person's yes to the destruction of one case, in one role."""

    plain: ClassVar[frozenset[str]] = frozenset({"case", "staff", "role", "at"})

    case = models.ForeignKey(Case, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    staff = models.ForeignKey(Staff, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    role = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="case", name="archive_confirmation_case_same_school"),
            SameSchool(field="staff", name="archive_confirmation_staff_same_school"),
            models.UniqueConstraint(fields=["school_id", "case", "role"], name="archive_confirmation_once"),
        ]
