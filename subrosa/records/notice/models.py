"""One message to one person: its kind and what it is about, no words. Mail and telephone come with a later issue."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from subrosa.records.school.models import SchoolRow


class Notice(SchoolRow):
    """To whom (a staff or client id), which kind, about which row, when, and when it was seen."""

    plain: ClassVar[frozenset[str]] = frozenset({"to", "kind", "about_id", "at", "seen_at"})

    to = models.UUIDField()
    kind = models.CharField(max_length=30)
    about_id = models.UUIDField()
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta(SchoolRow.Meta):
        indexes: ClassVar[list[Any]] = [models.Index(fields=["school_id", "to", "seen_at"], name="notice_notice_to")]
