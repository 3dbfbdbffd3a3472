"""The case: its client, its counselor, its state. The care team's keys are grants in the vault; these rows say who is meant."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from subrosa.records.person.models import Client, Staff
from subrosa.records.school.fields import SealedField
from subrosa.records.school.models import SchoolRow
from subrosa.records.school.security import SameSchool
from subrosa.records.vault.models import Keypair

from .states import State


class Case(SchoolRow):
    """One client's counseling from the first booking to the destroyed file. `number` is drawn at closing, without gaps."""

    plain: ClassVar[frozenset[str]] = frozenset(
        {"client", "counselor", "deputy", "state", "number", "opened_at", "closed_at", "archived_at", "destroyed_at"}
        | {"retention_until", "why_closed"}
    )

    client = models.ForeignKey(Client, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    counselor = models.ForeignKey(Staff, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    deputy = models.ForeignKey(Staff, models.PROTECT, db_constraint=False, db_index=False, related_name="+", null=True)
    state = models.CharField(max_length=10, default=State.OPEN)
    number = models.IntegerField(null=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    archived_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)
    retention_until = models.DateField(null=True)
    why_closed = models.CharField(max_length=20, default="")

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="client", name="case_case_client_same_school"),
            SameSchool(field="counselor", name="case_case_counselor_same_school"),
            SameSchool(field="deputy", name="case_case_deputy_same_school"),
            models.UniqueConstraint(
                fields=["school_id", "client"], condition=models.Q(state="open"), name="case_case_one_open"
            ),
            models.UniqueConstraint(fields=["school_id", "number"], name="case_case_number"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["school_id", "counselor", "state", "opened_at"], name="case_case_mine"),
            models.Index(fields=["school_id", "state", "retention_until"], name="case_case_retention"),
        ]


class CareMember(SchoolRow):
    """Somebody on the care team beside the counselor, since when and until when."""

    plain: ClassVar[frozenset[str]] = frozenset({"case", "staff", "since", "until"})

    case = models.ForeignKey(Case, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    staff = models.ForeignKey(Staff, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="case", name="case_member_case_same_school"),
            SameSchool(field="staff", name="case_member_staff_same_school"),
            models.UniqueConstraint(fields=["school_id", "case", "staff"], name="case_member_once"),
        ]


class Goal(SchoolRow):
    """A goal that counselor and client agreed on. How it was rated, and why not, is sealed like the goal itself."""

    plain: ClassVar[frozenset[str]] = frozenset({"case", "agreed_at", "rated_at"})

    case = models.ForeignKey(Case, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    text = SealedField(number=17)
    rating = SealedField(number=18, null=True)
    agreed_at = models.DateTimeField()
    rated_at = models.DateTimeField(null=True)

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="case", name="case_goal_case_same_school"),
        ]


class Recovery(SchoolRow):
    """Who was named to get one case back by the seats' sheets, on which ground, and when it was done."""

    plain: ClassVar[frozenset[str]] = frozenset({"case", "holder", "ground", "named_by", "named_at", "done_at"})

    case = models.ForeignKey(Case, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    holder = models.ForeignKey(Staff, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    ground = models.CharField(max_length=20)
    named_by = models.UUIDField()
    named_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="case", name="case_recovery_case_same_school"),
            SameSchool(field="holder", name="case_recovery_holder_same_school"),
            models.UniqueConstraint(
                fields=["school_id", "case"], condition=models.Q(done_at=None), name="case_recovery_one_open"
            ),
        ]


class Counter(SchoolRow):
    """The last case number drawn. Touched last in an act, and never skipped: a rolled back act gives its number back."""

    plain: ClassVar[frozenset[str]] = frozenset({"name", "last"})

    name = models.CharField(max_length=20)
    last = models.IntegerField(default=0)

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            models.UniqueConstraint(fields=["school_id", "name"], name="case_counter_name"),
        ]


class Handed(SchoolRow):
    """The center's device in a client's hands: which session it is, the temporary pair that opens it, and who handed it over.

    The pair holds SHARED of `case` where the colleague held the case, else nothing. It ends with the session: `ended_at`.
    """

    plain: ClassVar[frozenset[str]] = frozenset(
        {"client", "staff", "case", "keypair", "session", "back_to", "began_at", "ended_at"}
    )

    client = models.ForeignKey(Client, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    staff = models.ForeignKey(Staff, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, db_constraint=False, db_index=False, related_name="+", null=True)
    keypair = models.ForeignKey(Keypair, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    session = models.UUIDField()
    back_to = models.CharField(max_length=120, default="/")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="client", name="case_handed_client_same_school"),
            SameSchool(field="staff", name="case_handed_staff_same_school"),
            SameSchool(field="case", name="case_handed_case_same_school"),
            SameSchool(field="keypair", name="case_handed_keypair_same_school"),
            models.UniqueConstraint(fields=["school_id", "session"], name="case_handed_session"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["school_id", "client"], condition=models.Q(ended_at=None), name="case_handed_open"),
        ]
