"""The record of one session. Draft and signed text are two fields: the draft is sealed to its author, the text to the case.

A draft may be open on two devices. The row names the page on which it was kept last; what was typed on another page
meanwhile stands beside it and neither is written over.
"""

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
    """One record, or an addition to one (`adds_to`). Written needs no open vault; signed means locked.

    The short record of a meeting (`short_of`) is a row of its own: it stays beside the full one that is written later.
    """

    plain: ClassVar[frozenset[str]] = frozenset(
        {"case", "booking", "author", "adds_to", "happened_at", "written_at", "signed_at", "draft_page", "draft_turn"}
        | {"short_of"}
    )

    case = models.ForeignKey(Case, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    booking = models.ForeignKey(
        Booking, models.PROTECT, db_constraint=False, db_index=False, related_name="+", null=True
    )
    author = models.ForeignKey(Staff, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    adds_to = models.ForeignKey(
        "self", models.PROTECT, db_constraint=False, db_index=False, related_name="+", null=True
    )
    short_of = models.ForeignKey(
        Booking, models.PROTECT, db_constraint=False, db_index=False, related_name="+", null=True
    )
    draft = SealedField(number=20, null=True)
    body = SealedField(number=21, null=True)
    happened_at = models.DateTimeField()
    written_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    draft_page = models.UUIDField(null=True)  # drawn when a page of the record is opened; means nothing else
    draft_turn = models.IntegerField(default=0, db_default=0)

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="case", name="note_note_case_same_school"),
            SameSchool(field="booking", name="note_note_booking_same_school"),
            SameSchool(field="author", name="note_note_author_same_school"),
            SameSchool(field="adds_to", name="note_note_adds_to_same_school"),
            SameSchool(field="short_of", name="note_note_short_of_same_school"),
            models.UniqueConstraint(
                fields=["school_id", "booking"], condition=models.Q(adds_to=None), name="note_note_booking_once"
            ),
            models.UniqueConstraint(fields=["school_id", "short_of"], name="note_note_short_once"),
        ]


class DraftBeside(SchoolRow):
    """A text of a record not signed yet, typed on another page than the one that was kept last."""

    plain: ClassVar[frozenset[str]] = frozenset({"note", "page", "turn", "kept_at"})

    note = models.ForeignKey(Note, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    page = models.UUIDField()
    turn = models.IntegerField()
    text = SealedField(number=100)
    kept_at = models.DateTimeField()

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="note", name="note_draftbeside_note_same_school"),
        ]
