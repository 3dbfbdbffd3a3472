"""Rooms, weekly openings, bookings, and who sat down without one.

Counselor, room and client are each booked once at a time: three exclusion constraints. A walk-in is no booking of a time
but a note of what happened, so it stands outside of them and is never refused.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Value

from subrosa.records.case.models import Case
from subrosa.records.person.models import Client, Staff
from subrosa.records.school.fields import DeskField, SealedField
from subrosa.records.school.models import SchoolRow
from subrosa.records.school.security import RowSecurity, SameSchool

from .states import State


class Room(SchoolRow):
    """A room of the center."""

    plain: ClassVar[frozenset[str]] = frozenset({"name"})

    name = models.CharField(max_length=40)

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            models.UniqueConstraint(fields=["school_id", "name"], name="appointment_room_name"),
        ]


class Opening(SchoolRow):
    """An hour that a counselor offers each week: Monday is 0, times are the school's own."""

    plain: ClassVar[frozenset[str]] = frozenset({"staff", "room", "weekday", "starts", "minutes", "since", "until"})

    staff = models.ForeignKey(Staff, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    room = models.ForeignKey(Room, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    weekday = models.SmallIntegerField()
    starts = models.TimeField()
    minutes = models.SmallIntegerField()
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="staff", name="appointment_opening_staff_same_school"),
            SameSchool(field="room", name="appointment_opening_room_same_school"),
        ]


class _Uuids(Func):
    """A uuid as a range of one, so that a core operator class can exclude equals (the embedded server has no contrib)."""

    function = "uuidrange"

    def __init__(self, field: str) -> None:
        super().__init__(F(field), F(field), Value("[]"))


class _Span(Func):
    """From start to end, the end not included."""

    function = "tstzrange"
    output_field = DateTimeRangeField()


def _once(who: str) -> ExclusionConstraint:
    return ExclusionConstraint(
        name=f"appointment_booking_{who if who != 'staff' else 'counselor'}_once",
        expressions=[
            (_Uuids(f"{who}_id"), RangeOperators.OVERLAPS),
            (_Span(F("starts_at"), F("ends_at")), RangeOperators.OVERLAPS),
        ],
        condition=models.Q(state__in=[State.BOOKED, State.HELD], walked_in=False),
    )


class Booking(SchoolRow):
    """A taken time. `reason` is what the client wished to say beforehand, SHARED from the first save; empty is "hard to say".

    `unsaid` is what the client left afterwards: what was not said. `pressing` says to the desk, sealed to its public half,
    whether the client called it urgent: for every time that is booked on an own page, so that none stands out. `lasted` are
    minutes where it was not as planned, `why_long` the one tap that a long meeting asks. A walk-in has no room; `here_at` is
    when the desk saw who came.
    """

    plain: ClassVar[frozenset[str]] = frozenset(
        {"client", "case", "staff", "room", "starts_at", "ends_at", "state", "booked_by", "booked_at", "promise_said"}
        | {"walked_in", "here_at", "lasted"}
    )

    client = models.ForeignKey(Client, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    staff = models.ForeignKey(Staff, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    room = models.ForeignKey(Room, models.PROTECT, db_constraint=False, db_index=False, related_name="+", null=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=10, default=State.BOOKED)
    reason = SealedField(number=19, null=True)
    unsaid = SealedField(number=63, null=True)
    why_long = SealedField(number=55, null=True)
    pressing = DeskField(number=190, null=True)
    lasted = models.SmallIntegerField(null=True)
    walked_in = models.BooleanField(default=False, db_default=False)
    here_at = models.DateTimeField(null=True)
    booked_by = models.CharField(max_length=10)
    booked_at = models.DateTimeField()
    promise_said = models.BooleanField(default=False)

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="client", name="appointment_booking_client_same_school"),
            SameSchool(field="case", name="appointment_booking_case_same_school"),
            SameSchool(field="staff", name="appointment_booking_staff_same_school"),
            SameSchool(field="room", name="appointment_booking_room_same_school"),
            _once("staff"),
            _once("room"),
            _once("client"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["school_id", "staff", "starts_at"], name="appointment_booking_staff_day"),
            models.Index(fields=["school_id", "starts_at"], name="appointment_booking_day"),
            models.Index(
                fields=["school_id", "staff", "starts_at"],
                name="appointment_booking_unsaid",
                condition=models.Q(state=State.BOOKED),
            ),
            models.Index(fields=["school_id", "client"], name="appointment_booking_of_client"),
            models.Index(fields=["school_id", "case"], name="appointment_booking_of_case"),
        ]


class Proposal(SchoolRow):
    """A time that others propose to somebody: held until it is answered or has come, and gone with either.

    Who is meant stands under the desk key; `client` only where that is a client already. Nothing says who asked for it, and
    no answer is kept: a yes is a booking, anything else leaves no row.
    """

    plain: ClassVar[frozenset[str]] = frozenset(
        {"opening", "staff", "room", "client", "starts_at", "ends_at", "code_hash", "made_at"}
    )

    opening = models.ForeignKey(Opening, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    staff = models.ForeignKey(Staff, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    room = models.ForeignKey(Room, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    client = models.ForeignKey(Client, models.PROTECT, db_constraint=False, db_index=False, related_name="+", null=True)
    who = DeskField(number=152)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    code_hash = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="opening", name="appointment_proposal_opening_same_school"),
            SameSchool(field="staff", name="appointment_proposal_staff_same_school"),
            SameSchool(field="room", name="appointment_proposal_room_same_school"),
            SameSchool(field="client", name="appointment_proposal_client_same_school"),
            models.UniqueConstraint(fields=["school_id", "code_hash"], name="appointment_proposal_code"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["school_id", "starts_at"], name="appointment_proposal_day"),
        ]


class Sitting(SchoolRow):
    """Somebody sat down with a counselor without a booking: when, and what became of it ("", "brief" or "first").

    A brief contact has no case and no plan. Its text lies under a keyring of its own, or under the case's where the
    counselor holds the open case of this client (`under`); until it is signed it is a draft of its author. What has a
    keyring of its own has its own time too (`retention_until`, `destroyed_at`); the rest goes with the file.
    """

    plain: ClassVar[frozenset[str]] = frozenset(
        {"client", "staff", "case", "booking", "began_at", "ended_at", "became", "under", "signed_at"}
        | {"retention_until", "destroyed_at"}
    )

    client = models.ForeignKey(Client, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    staff = models.ForeignKey(Staff, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, db_constraint=False, db_index=False, related_name="+", null=True)
    booking = models.ForeignKey(
        Booking, models.PROTECT, db_constraint=False, db_index=False, related_name="+", null=True
    )
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    became = models.CharField(max_length=10, default="")
    under = models.CharField(max_length=10, default="")
    draft = SealedField(number=80, null=True)
    body = SealedField(number=81, null=True)
    signed_at = models.DateTimeField(null=True)
    retention_until = models.DateField(null=True)
    destroyed_at = models.DateTimeField(null=True)

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="client", name="appointment_sitting_client_same_school"),
            SameSchool(field="staff", name="appointment_sitting_staff_same_school"),
            SameSchool(field="case", name="appointment_sitting_case_same_school"),
            SameSchool(field="booking", name="appointment_sitting_booking_same_school"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["school_id", "staff", "began_at"], name="appointment_sitting_mine"),
            models.Index(fields=["school_id", "began_at"], name="appointment_sitting_day"),
        ]


class Declined(SchoolRow):
    """Somebody was not received, or not now: the reason of a closed list, and no words."""

    plain: ClassVar[frozenset[str]] = frozenset({"client", "reason", "at", "by"})

    client = models.ForeignKey(Client, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    reason = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, models.PROTECT, db_constraint=False, db_index=False, related_name="+")

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="client", name="appointment_declined_client_same_school"),
            SameSchool(field="by", name="appointment_declined_by_same_school"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["school_id", "client", "at"], name="appointment_declined_client"),
            models.Index(fields=["school_id", "reason", "at"], name="appointment_declined_reason"),
        ]


class BriefLine(SchoolRow):
    """One line of the register of brief contacts. Lines are only ever put in: the database lets nobody change or delete one."""

    plain: ClassVar[frozenset[str]] = frozenset({"number", "sitting", "at"})

    number = models.IntegerField()
    sitting = models.ForeignKey(Sitting, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    at = models.DateTimeField()

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            RowSecurity(name="appointment_briefline_school", app="SELECT, INSERT", clock="SELECT, INSERT"),
            models.UniqueConstraint(fields=["school_id", "id"], name="appointment_briefline_key"),
            SameSchool(field="sitting", name="appointment_briefline_sitting_same_school"),
            models.UniqueConstraint(fields=["school_id", "number"], name="appointment_briefline_number"),
            models.UniqueConstraint(fields=["school_id", "sitting"], name="appointment_briefline_once"),
        ]
