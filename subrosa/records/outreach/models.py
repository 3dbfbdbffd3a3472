"""Inquiries without a student, letters sealed to the duty team, and which requests were sorted."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from subrosa.records.appointment.models import Booking
from subrosa.records.person.models import Client, Staff
from subrosa.records.school.fields import SealedField
from subrosa.records.school.models import SchoolRow
from subrosa.records.school.security import SameSchool
from subrosa.records.vault.models import Keypair

from .states import State


class Inquiry(SchoolRow):
    """Somebody asked: which kind of caller, when, who answered. There is no field for whom it was about, on purpose."""

    plain: ClassVar[frozenset[str]] = frozenset({"asker", "at", "answered_by"})

    asker = models.CharField(max_length=20)
    at = models.DateTimeField()
    answered_by = models.ForeignKey(Staff, models.PROTECT, db_constraint=False, db_index=False, related_name="+")

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="answered_by", name="outreach_inquiry_answered_by_same_school"),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["school_id", "at"], name="outreach_inquiry_at")]


class Slip(SchoolRow):
    """A worry slip or a cry: its words sealed to the duty team's pair (`holder`), so that nobody at the door reads them back.

    Who is meant, and who wrote it, stand inside the sealed words. Only a cry from an account names its own client.
    """

    plain: ClassVar[frozenset[str]] = frozenset(
        {"kind", "client", "holder", "urgent", "state", "choice", "answer", "code_hash"}
        | {"left_at", "taken_at", "taken_by", "closed_at", "closed_by"}
    )

    kind = models.CharField(max_length=10)
    client = models.ForeignKey(Client, models.PROTECT, db_constraint=False, db_index=False, related_name="+", null=True)
    holder = models.ForeignKey(Keypair, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    body = SealedField(number=35)
    urgent = models.BooleanField(default=False)
    state = models.CharField(max_length=10, default=State.RECEIVED)
    choice = models.CharField(max_length=10, default="")
    answer = models.CharField(max_length=20, default="")
    code_hash = models.BinaryField(null=True)
    left_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(
        Staff, models.PROTECT, db_constraint=False, db_index=False, related_name="+", null=True
    )
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        Staff, models.PROTECT, db_constraint=False, db_index=False, related_name="+", null=True
    )

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="client", name="outreach_slip_client_same_school"),
            SameSchool(field="holder", name="outreach_slip_holder_same_school"),
            SameSchool(field="taken_by", name="outreach_slip_taken_by_same_school"),
            SameSchool(field="closed_by", name="outreach_slip_closed_by_same_school"),
            models.UniqueConstraint(fields=["school_id", "code_hash"], name="outreach_slip_code"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["school_id", "state", "left_at"], name="outreach_slip_queue"),
            models.Index(fields=["school_id", "kind", "left_at"], name="outreach_slip_hour"),
        ]


class Sorted(SchoolRow):
    """A request (a first booking with words) that somebody has looked at in the morning queue."""

    plain: ClassVar[frozenset[str]] = frozenset({"booking", "choice", "at", "by"})

    booking = models.ForeignKey(Booking, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    choice = models.CharField(max_length=10)
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, models.PROTECT, db_constraint=False, db_index=False, related_name="+")

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="booking", name="outreach_sorted_booking_same_school"),
            SameSchool(field="by", name="outreach_sorted_by_same_school"),
            models.UniqueConstraint(fields=["school_id", "booking"], name="outreach_sorted_booking_once"),
        ]
