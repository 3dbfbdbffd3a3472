"""What a center changed about a line, or added; and the one colleague who is on duty now."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from subrosa.records.school.fields import PersonalField
from subrosa.records.school.models import SchoolRow


class Helpline(SchoolRow):
    """One line as this center offers it. A line that ships and has no row stands as it ships."""

    plain: ClassVar[frozenset[str]] = frozenset(
        {"key", "number", "name_zh", "name_en", "hours_zh", "hours_en", "place", "offered", "tested_on"}
    )

    key = models.CharField(max_length=20)
    number = models.CharField(max_length=20)
    name_zh = models.CharField(max_length=40)
    name_en = models.CharField(max_length=40)
    hours_zh = models.CharField(max_length=60)
    hours_en = models.CharField(max_length=60)
    place = models.SmallIntegerField()
    offered = models.BooleanField(default=True)
    tested_on = models.DateField(null=True)

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            models.UniqueConstraint(fields=["school_id", "key"], name="helpline_helpline_line"),
        ]


class OnDuty(SchoolRow):
    """Who is on duty, where, by which phone, since when: one row; an empty name means nobody."""

    plain: ClassVar[frozenset[str]] = frozenset({"room", "since"})

    name = PersonalField(number=47)
    phone = PersonalField(number=48)
    room = models.CharField(max_length=40)
    since = models.DateTimeField()
