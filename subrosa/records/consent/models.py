"""Versions of the agreement as published, and each client's answer."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from subrosa.records.case.models import Case
from subrosa.records.person.models import Client
from subrosa.records.school.models import SchoolRow
from subrosa.records.school.security import SameSchool


class Agreement(SchoolRow):
    """One published version, both languages; the exceptions in it come from the table of grounds."""

    plain: ClassVar[frozenset[str]] = frozenset({"number", "text_zh", "text_en", "published_at"})

    number = models.IntegerField()
    text_zh = models.TextField()
    text_en = models.TextField()
    published_at = models.DateTimeField()

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            models.UniqueConstraint(fields=["school_id", "number"], name="consent_agreement_number"),
        ]


class Consent(SchoolRow):
    """A client's signature to one version, in one language, and its withdrawal."""

    plain: ClassVar[frozenset[str]] = frozenset(
        {"client", "case", "agreement", "language", "given_at", "given_how", "withdrawn_at"}
    )

    client = models.ForeignKey(Client, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    agreement = models.ForeignKey(Agreement, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    language = models.CharField(max_length=10)
    given_at = models.DateTimeField()
    given_how = models.CharField(max_length=20)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="client", name="consent_consent_client_same_school"),
            SameSchool(field="case", name="consent_consent_case_same_school"),
            SameSchool(field="agreement", name="consent_consent_agreement_same_school"),
            models.UniqueConstraint(
                fields=["school_id", "case", "agreement"],
                condition=models.Q(withdrawn_at=None),
                name="consent_consent_once",
            ),
        ]
