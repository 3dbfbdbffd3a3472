"""That two clients were put together: which one goes on, which file goes on in which, and what came along."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from subrosa.records.case.models import Case
from subrosa.records.person.models import Client, Staff
from subrosa.records.school.fields import DeskField
from subrosa.records.school.models import SchoolRow
from subrosa.records.school.security import SameSchool


class Merge(SchoolRow):
    """One student behind two clients: `was` goes on as `client`, and the file `ended` goes on in `case`, where both were open.

    `moved` are the ids of all rows that named `was`, `along` those that `ended` brought into `case` (None: not noted), so that
    exactly they go back where it was a mistake. `before` is what the desk knew of `client` until then, `after` what since.
    """

    plain: ClassVar[frozenset[str]] = frozenset(
        {"client", "was", "case", "ended", "by", "at", "apart_at", "moved", "along"}
    )

    client = models.ForeignKey(Client, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    was = models.ForeignKey(Client, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, db_constraint=False, db_index=False, related_name="+", null=True)
    ended = models.ForeignKey(Case, models.PROTECT, db_constraint=False, db_index=False, related_name="+", null=True)
    by = models.ForeignKey(Staff, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    at = models.DateTimeField()
    apart_at = models.DateTimeField(null=True)
    moved = ArrayField(models.UUIDField())
    along = ArrayField(models.UUIDField(), null=True)
    before = DeskField(number=191, null=True)
    after = DeskField(number=192, null=True)

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="client", name="merging_merge_client_same_school"),
            SameSchool(field="was", name="merging_merge_was_same_school"),
            SameSchool(field="case", name="merging_merge_case_same_school"),
            SameSchool(field="ended", name="merging_merge_ended_same_school"),
            SameSchool(field="by", name="merging_merge_by_same_school"),
            models.UniqueConstraint(
                fields=["school_id", "was"], condition=models.Q(apart_at=None), name="merging_merge_once"
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["school_id", "client"], name="merging_merge_of_client"),
        ]
