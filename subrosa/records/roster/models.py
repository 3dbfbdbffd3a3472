"""One row a student, as the school's own list has it, and the list once more for finding. Nothing hangs on either."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from subrosa.records.school.fields import PersonalField
from subrosa.records.school.models import SchoolRow


class Pupil(SchoolRow):
    """`mark` is an HMAC of the student number; `card` holds number, name, class and the rest, under the server key."""

    plain: ClassVar[frozenset[str]] = frozenset({"mark", "imported_at"})

    mark = models.BinaryField()
    card = PersonalField(number=16)
    imported_at = models.DateTimeField()

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            models.UniqueConstraint(fields=["school_id", "mark"], name="roster_pupil_mark"),
        ]


class Listing(SchoolRow):
    """Names, numbers and classes of the whole list in one sealed text: typing ahead opens one text, not one a student.

    It is made anew with each import and says nothing that the cards do not say.
    """

    plain: ClassVar[frozenset[str]] = frozenset({"made_at"})

    text = PersonalField(number=30)
    made_at = models.DateTimeField()

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            models.UniqueConstraint(fields=["school_id"], name="roster_listing_once"),
        ]
