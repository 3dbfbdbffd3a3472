"""The record of one session. Draft and signed text are two fields: the draft is sealed to its author, the text to the case."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from subrosa.records.appointment.models import Booking
from subrosa.records.case.models import Case
from subrosa.records.person.models import Staff
from subrosa.records.school.fields import SealedField
from subrosa.records.school.models import SchoolRow
from subrosa.records.school.security import SameSchool


class Note(SchoolRow):
    """One record, or an addition to one (`adds_to`). Written needs no open vault; signed means locked."""

    plain: ClassVar[frozenset[str]] = frozenset(
        {"case", "booking", "author", "adds_to", "happened_at", "written_at", "signed_at"}
    )

    case = models.ForeignKey(Case, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    booking = models.ForeignKey(
        Booking, models.PROTECT, db_constraint=False, db_index=False, related_name="+", null=True
    )
    author = models.ForeignKey(Staff, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    adds_to = models.ForeignKey(
        "self", models.PROTECT, db_constraint=False, db_index=False, related_name="+", null=True
    )
    draft = SealedField(number=20, null=True)
    body = SealedField(number=21, null=True)
    happened_at = models.DateTimeField()
    written_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="case", name="note_note_case_same_school"),
            SameSchool(field="booking", name="note_note_booking_same_school"),
            SameSchool(field="author", name="note_note_author_same_school"),
            SameSchool(field="adds_to", name="note_note_adds_to_same_school"),
            models.UniqueConstraint(
                fields=["school_id", "booking"], condition=models.Q(adds_to=None), name="note_note_booking_once"
            ),
        ]
