"""What every act and every refusal leaves. No foreign keys: the log never interferes with live data."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from subrosa.records.school.models import SchoolRow
from subrosa.records.school.security import RowSecurity


class Entry(SchoolRow):
    """One ledger entry. `bytes` is what will be hashed; the columns repeat it for reading.

    `once` and `answer` are the idempotency key and the row that answered it ("label:uuid"); they are not hashed.
    """

    plain: ClassVar[frozenset[str]] = frozenset(
        {"at", "act", "outcome", "actor_kind", "actor_id", "about", "client_id", "case_id", "clauses", "missing"}
        | {"within", "digest", "bytes", "once", "answer"}
    )

    at = models.DateTimeField()
    act = models.CharField(max_length=40)
    outcome = models.CharField(max_length=10)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField(null=True)
    about = models.CharField(max_length=80)
    client_id = models.UUIDField(null=True)
    case_id = models.UUIDField(null=True)
    clauses = ArrayField(models.CharField(max_length=20))
    missing = ArrayField(models.CharField(max_length=80))
    within = models.CharField(max_length=40)
    digest = models.BinaryField()
    bytes = models.BinaryField()
    once = models.UUIDField(null=True)
    answer = models.CharField(max_length=120)

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            RowSecurity(name="audit_entry_school", app="SELECT, INSERT", clock="SELECT, INSERT"),
            models.UniqueConstraint(fields=["school_id", "id"], name="audit_entry_key"),
            models.UniqueConstraint(fields=["school_id", "once"], name="audit_entry_once"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["school_id", "at"], name="audit_entry_at"),
            models.Index(fields=["school_id", "case_id", "at"], name="audit_entry_case"),
            models.Index(fields=["school_id", "client_id", "at"], name="audit_entry_client"),
        ]
