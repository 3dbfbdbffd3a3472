"""Versions of the agreement as published, and each client's answer."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from subrosa.records.case.models import Case
from subrosa.records.person.models import Client, Staff
from subrosa.records.school.fields import SealedField
from subrosa.records.school.models import SchoolRow
from subrosa.records.school.security import SameSchool


class Agreement(SchoolRow):
    """One published version, both languages; the exceptions in it come from the table of grounds.

    `simple_zh` and `simple_en` say the same in simpler words; empty in a version of before, or where nobody is that young.
    """

    plain: ClassVar[frozenset[str]] = frozenset(
        {"number", "text_zh", "text_en", "simple_zh", "simple_en", "published_at"}
    )

    number = models.IntegerField()
    text_zh = models.TextField()
    text_en = models.TextField()
    simple_zh = models.TextField(default="")
    simple_en = models.TextField(default="")
    published_at = models.DateTimeField()

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            models.UniqueConstraint(fields=["school_id", "number"], name="consent_agreement_number"),
        ]


class Consent(SchoolRow):
    """A client's signature to one version, in one language, and its withdrawal.

    `given_how` is "account", "client_mode" (the center's device) or "paper": then `signed_on` is the date on the paper and
    `seen_by` the colleague who saw it signed. `wording` says which text was read, sealed: the one in simpler words stands
    first for who is younger, and an age stands nowhere in plain. Empty where this session held no key.
    """

    plain: ClassVar[frozenset[str]] = frozenset(
        {"client", "case", "agreement", "language", "given_at", "given_how", "withdrawn_at", "signed_on", "seen_by"}
    )

    simpler = False  # said where a file was opened: the text in simpler words was read

    client = models.ForeignKey(Client, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    agreement = models.ForeignKey(Agreement, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    language = models.CharField(max_length=10)
    given_at = models.DateTimeField()
    given_how = models.CharField(max_length=20)
    wording = SealedField(number=181, null=True)
    withdrawn_at = models.DateTimeField(null=True)
    signed_on = models.DateField(null=True)
    seen_by = models.ForeignKey(Staff, models.PROTECT, db_constraint=False, db_index=False, related_name="+", null=True)

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="client", name="consent_consent_client_same_school"),
            SameSchool(field="case", name="consent_consent_case_same_school"),
            SameSchool(field="agreement", name="consent_consent_agreement_same_school"),
            SameSchool(field="seen_by", name="consent_consent_seen_by_same_school"),
            models.UniqueConstraint(
                fields=["school_id", "case", "agreement"],
                condition=models.Q(withdrawn_at=None),
                name="consent_consent_once",
            ),
        ]


class Understanding(SchoolRow):
    """What is to be talked over with one client, and what was: a list of cards, sealed so that the client opens it too.

    `points` is empty while every card is still listed: then nothing is known but the table. `told` is that table as this
    client knows it ("card:mark"), in `language`; a card whose mark has changed since is listed again. `open_points` counts
    what nobody has talked over yet, so that a record need not open the list to know.
    """

    plain: ClassVar[frozenset[str]] = frozenset({"case", "told", "language", "open_points", "made_at", "changed_at"})

    case = models.ForeignKey(Case, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    points = SealedField(number=60, null=True)
    told = ArrayField(models.CharField(max_length=60))
    language = models.CharField(max_length=10)
    open_points = models.SmallIntegerField()
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="case", name="consent_understanding_case_same_school"),
            models.UniqueConstraint(fields=["school_id", "case"], name="consent_understanding_case"),
        ]


class Renewal(SchoolRow):
    """That it was said again, in a meeting, that the agreement holds: with a new school year, or what `agreement` changed."""

    plain: ClassVar[frozenset[str]] = frozenset({"case", "agreement", "at", "by"})

    case = models.ForeignKey(Case, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    agreement = models.ForeignKey(Agreement, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, models.PROTECT, db_constraint=False, db_index=False, related_name="+")

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="case", name="consent_renewal_case_same_school"),
            SameSchool(field="agreement", name="consent_renewal_agreement_same_school"),
            SameSchool(field="by", name="consent_renewal_by_same_school"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["school_id", "case", "at"], name="consent_renewal_of_case")
        ]


class Expectation(SchoolRow):
    """What would be different if this helps, in the words of either, and the counselor's sentence on what is realistic."""

    plain: ClassVar[frozenset[str]] = frozenset({"case", "written_at", "answered_at"})

    case = models.ForeignKey(Case, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    hope = SealedField(number=61)
    realistic = SealedField(number=62, null=True)
    written_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="case", name="consent_expectation_case_same_school"),
            models.UniqueConstraint(fields=["school_id", "case"], name="consent_expectation_case"),
        ]


class GuardianTalk(SchoolRow):
    """That a talk about involving the guardian was had with the client, and, sealed, what came of it."""

    plain: ClassVar[frozenset[str]] = frozenset({"case", "at", "by"})

    case = models.ForeignKey(Case, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    came = SealedField(number=70)
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, models.PROTECT, db_constraint=False, db_index=False, related_name="+")

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="case", name="consent_guardian_talk_case_same_school"),
            SameSchool(field="by", name="consent_guardian_talk_by_same_school"),
        ]


class SecondWord(SchoolRow):
    """That a second professional was heard, or a ground was given. Who, when and which stands in the sealed text."""

    plain: ClassVar[frozenset[str]] = frozenset({"case", "at", "by"})

    case = models.ForeignKey(Case, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    said = SealedField(number=71)
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, models.PROTECT, db_constraint=False, db_index=False, related_name="+")

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="case", name="consent_second_word_case_same_school"),
            SameSchool(field="by", name="consent_second_word_by_same_school"),
        ]
