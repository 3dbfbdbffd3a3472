"""A file of a case, and its sealed pieces. What it is called, of which type and how long is sealed like the file itself."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from subrosa.records.case.models import Case
from subrosa.records.person.models import Staff
from subrosa.records.school.fields import SealedField
from subrosa.records.school.models import SchoolRow
from subrosa.records.school.security import SameSchool


class Attachment(SchoolRow):
    """One file. Until `attached_at` it is an upload that nobody sees: cut off, it is swept away."""

    plain: ClassVar[frozenset[str]] = frozenset({"case", "author", "begun_at", "attached_at"})

    case = models.ForeignKey(Case, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    author = models.ForeignKey(Staff, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    about = SealedField(number=115, null=True)
    begun_at = models.DateTimeField()
    attached_at = models.DateTimeField(null=True)

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="case", name="attachment_attachment_case_same_school"),
            SameSchool(field="author", name="attachment_attachment_author_same_school"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(
                fields=["school_id", "begun_at"], condition=models.Q(attached_at=None), name="attachment_unfinished"
            ),
        ]


class Piece(SchoolRow):
    """Up to eight chunks of one file, in order from 0. Written once."""

    plain: ClassVar[frozenset[str]] = frozenset({"attachment", "number"})

    attachment = models.ForeignKey(Attachment, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    number = models.IntegerField()
    body = SealedField(number=116)

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="attachment", name="attachment_piece_attachment_same_school"),
            models.UniqueConstraint(fields=["school_id", "attachment", "number"], name="attachment_piece_once"),
        ]
