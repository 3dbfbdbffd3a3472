"""Versions of the code that this school adopted, and who signed which."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from subrosa.records.person.models import Staff
from subrosa.records.school.fields import PersonalField
from subrosa.records.school.models import SchoolRow
from subrosa.records.school.security import SameSchool


class CodeVersion(SchoolRow):
    """One adopted version: the clauses it holds, what changed, and until when staff who signed before owe a new signature."""

    plain: ClassVar[frozenset[str]] = frozenset(
        {"number", "clauses", "change_zh", "change_en", "dropped_reason", "published_at", "sign_until"}
    )

    number = models.IntegerField()
    clauses = ArrayField(models.CharField(max_length=20))
    change_zh = models.TextField()
    change_en = models.TextField()
    dropped_reason = models.TextField(default="")
    published_at = models.DateTimeField()
    sign_until = models.DateTimeField()

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            models.UniqueConstraint(fields=["school_id", "number"], name="standing_version_number"),
        ]


class Signature(SchoolRow):
    """One person's signature to one version. How the situations were answered is kept nowhere."""

    plain: ClassVar[frozenset[str]] = frozenset({"staff", "version", "signed_at"})

    staff = models.ForeignKey(Staff, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    version = models.ForeignKey(CodeVersion, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    signed_at = models.DateTimeField()

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="staff", name="standing_signature_staff_same_school"),
            SameSchool(field="version", name="standing_signature_version_same_school"),
            models.UniqueConstraint(fields=["school_id", "staff", "version"], name="standing_signature_once"),
        ]


class Credential(SchoolRow):
    """What one counselor is qualified by: kind, number, and until when (None: without end).

    `seen_by` is whoever saw the original, never its owner; `reminded` the last reminder, as days before the end. `seen_on` is
    the day on which an outside professional saw it, as the owner noted at `seen_at`; empty where who saw it pressed.
    """

    plain: ClassVar[frozenset[str]] = frozenset(
        {"staff", "kind", "until", "entered_at", "seen_by", "seen_at", "seen_on", "ended_at", "reminded"}
    )

    staff = models.ForeignKey(Staff, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    kind = models.CharField(max_length=20)
    number = PersonalField(number=160)
    until = models.DateField(null=True)
    entered_at = models.DateTimeField()
    seen_by = models.ForeignKey(Staff, models.PROTECT, db_constraint=False, db_index=False, related_name="+", null=True)
    seen_at = models.DateTimeField(null=True)
    seen_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    reminded = models.SmallIntegerField(null=True)

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="staff", name="standing_credential_staff_same_school"),
            SameSchool(field="seen_by", name="standing_credential_seen_by_same_school"),
            models.CheckConstraint(
                condition=~models.Q(seen_by=models.F("staff")), name="standing_credential_not_by_oneself"
            ),
        ]


class PrincipalPage(SchoolRow):
    """What the principal signed at founding: no names of who comes, no pressure on records (MGMT-01, MGMT-02)."""

    plain: ClassVar[frozenset[str]] = frozenset({"signed_at", "text_zh", "text_en"})

    signer = PersonalField(number=22)
    text_zh = models.TextField()
    text_en = models.TextField()
    signed_at = models.DateTimeField()
