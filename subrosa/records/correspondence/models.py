"""Letters and their answers: sealed to the writer and to who may answer; drafts sealed to their author."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from subrosa.records.case.models import Case
from subrosa.records.person.models import Client, Staff
from subrosa.records.school.fields import SealedField
from subrosa.records.school.models import SchoolRow
from subrosa.records.school.security import SameSchool

from .states import State


class Letter(SchoolRow):
    """One letter and its one answer. In a case both lie under what is shared of it, otherwise under a keyring of their own.

    That one is held by the writer's own pair and by the duty team's. `at_door` is a letter without an account.
    """

    plain: ClassVar[frozenset[str]] = frozenset(
        {"client", "case", "at_door", "state", "choice", "closed", "sent_at"} | {"taken_at", "ended_at", "ended_by"}
    )

    client = models.ForeignKey(Client, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, db_constraint=False, db_index=False, related_name="+", null=True)
    at_door = models.BooleanField(default=False)
    body = SealedField(number=172)
    answer = SealedField(number=173, null=True)
    state = models.CharField(max_length=10, default=State.RECEIVED)
    choice = models.CharField(max_length=10, default="")
    closed = models.CharField(max_length=20, default="")
    sent_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        Staff, models.PROTECT, db_constraint=False, db_index=False, related_name="+", null=True
    )

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="client", name="correspondence_letter_client_same_school"),
            SameSchool(field="case", name="correspondence_letter_case_same_school"),
            SameSchool(field="ended_by", name="correspondence_letter_ended_by_same_school"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["school_id", "state", "sent_at"], name="correspondence_letter_queue"),
            models.Index(fields=["school_id", "client", "sent_at"], name="correspondence_letter_client"),
        ]


class Draft(SchoolRow):
    """What one colleague has typed of an answer, sealed to the own public half; gone when the letter is answered or closed."""

    plain: ClassVar[frozenset[str]] = frozenset({"letter", "author", "kept_at"})

    letter = models.ForeignKey(Letter, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    author = models.ForeignKey(Staff, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    text = SealedField(number=174)
    kept_at = models.DateTimeField()

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="letter", name="correspondence_draft_letter_same_school"),
            SameSchool(field="author", name="correspondence_draft_author_same_school"),
            models.UniqueConstraint(fields=["school_id", "letter", "author"], name="correspondence_draft_once"),
        ]
