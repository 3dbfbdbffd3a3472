"""The case: its client, its counselor, its state. The care team's keys are grants in the vault; these rows say who is meant.

Plan, goals and letter are what counselor and client agree on and what remains with the client: SHARED, so both open them.
"""

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
    """One client's counseling from the first booking to the destroyed file. `number` is drawn at closing, without gaps.

    A case rests where nobody was met for long and nothing lies ahead; `rests_until` is the day until which that is meant so,
    `invited_at` when the client was last told that the door is open. `left_at` is when the client ended it; empty from the
    coming back on.
    """

    plain: ClassVar[frozenset[str]] = frozenset(
        {"client", "counselor", "deputy", "state", "number", "opened_at", "closed_at", "archived_at", "destroyed_at"}
        | {"retention_until", "why_closed", "rests_until", "invited_at", "left_at"}
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
    rests_until = models.DateField(null=True)
    invited_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

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


class Joining(SchoolRow):
    """That one more colleague is to hold a file's key: on the client's page since `shown_at`, before it takes effect.

    `ended_at` is when the key was handed over, or when it was decided otherwise.
    """

    plain: ClassVar[frozenset[str]] = frozenset({"case", "staff", "by", "shown_at", "ended_at"})

    case = models.ForeignKey(Case, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    staff = models.ForeignKey(Staff, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    by = models.ForeignKey(Staff, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    shown_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="case", name="case_joining_case_same_school"),
            SameSchool(field="staff", name="case_joining_staff_same_school"),
            SameSchool(field="by", name="case_joining_by_same_school"),
            models.UniqueConstraint(
                fields=["school_id", "case", "staff"], condition=models.Q(ended_at=None), name="case_joining_once"
            ),
        ]


class Plan(SchoolRow):
    """One version of the plan that both make together: its six parts as one sealed text, and who said yes to it when.

    The client's yes is the client's own: `client_how` is "account" or "client_mode". What the counselor notes in the client's
    place is `said_at`, and leaves the plan proposed. A change is the next `number`.
    """

    plain: ClassVar[frozenset[str]] = frozenset(
        {"case", "number", "proposed_at", "counselor_at", "client_at", "client_how", "said_at", "agreed_at"}
    )

    case = models.ForeignKey(Case, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    number = models.SmallIntegerField()
    text = SealedField(number=120)
    proposed_at = models.DateTimeField()
    counselor_at = models.DateTimeField(null=True)
    client_at = models.DateTimeField(null=True)
    client_how = models.CharField(max_length=20, default="")
    said_at = models.DateTimeField(null=True)
    agreed_at = models.DateTimeField(null=True)

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="case", name="case_plan_case_same_school"),
            models.UniqueConstraint(fields=["school_id", "case", "number"], name="case_plan_number"),
        ]


class Goal(SchoolRow):
    """A goal that counselor and client agreed on, alone or in a plan. How it was rated, and why not, is sealed like it.

    Each rates for himself: `rating` is the counselor's number, `own` the client's (`own_how` "account" or "client_mode"),
    `why_not` the one tap that stands for it. A goal that both put another in place of is not rated any more.
    """

    plain: ClassVar[frozenset[str]] = frozenset(
        {"case", "plan", "agreed_at", "rated_at", "own_at", "own_how", "without_at", "replaced_at"}
    )

    case = models.ForeignKey(Case, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    plan = models.ForeignKey(Plan, models.PROTECT, db_constraint=False, db_index=False, related_name="+", null=True)
    text = SealedField(number=17)
    rating = SealedField(number=18, null=True)
    own = SealedField(number=121, null=True)
    why_not = SealedField(number=122, null=True)
    agreed_at = models.DateTimeField()
    rated_at = models.DateTimeField(null=True)
    own_at = models.DateTimeField(null=True)
    own_how = models.CharField(max_length=20, default="", db_default="")
    without_at = models.DateTimeField(null=True)
    replaced_at = models.DateTimeField(null=True)

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="case", name="case_goal_case_same_school"),
            SameSchool(field="plan", name="case_goal_plan_same_school"),
        ]


class Letter(SchoolRow):
    """The letter to the client at the end: words, and whose a named illness is. It stays when the counselor's key ends."""

    plain: ClassVar[frozenset[str]] = frozenset({"case", "author", "written_at"})

    case = models.ForeignKey(Case, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    author = models.ForeignKey(Staff, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    text = SealedField(number=123)
    written_at = models.DateTimeField()

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="case", name="case_letter_case_same_school"),
            SameSchool(field="author", name="case_letter_author_same_school"),
            models.UniqueConstraint(fields=["school_id", "case"], name="case_letter_case"),
        ]


class Recovery(SchoolRow):
    """Who was named to get one case back by the seats' sheets, on which ground, and when it was done, or taken back.

    The client's page names the holder from `named_at` on; `at_once` is the ground where the key could not wait for that.
    """

    plain: ClassVar[frozenset[str]] = frozenset(
        {"case", "holder", "ground", "named_by", "named_at", "done_at", "dropped_at", "at_once"}
    )

    case = models.ForeignKey(Case, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    holder = models.ForeignKey(Staff, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    ground = models.CharField(max_length=20)
    named_by = models.UUIDField()
    named_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    at_once = models.CharField(max_length=20, default="", db_default="")

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="case", name="case_recovery_case_same_school"),
            SameSchool(field="holder", name="case_recovery_holder_same_school"),
            models.UniqueConstraint(
                fields=["school_id", "case"],
                condition=models.Q(done_at=None, dropped_at=None),
                name="case_recovery_one_open",
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


class Ending(SchoolRow):
    """The client ended it: when and how ("account" or "client_mode"), the words left with it, and what has followed.

    What may follow: `told_at`, once, that the door stays open; where danger was open, `asked_on`, once, in person, whether
    the client is safe, with what was `heard`. `back_at` is the client's own coming back.
    """

    plain: ClassVar[frozenset[str]] = frozenset(
        {"case", "ended_at", "how", "told_at", "asked_on", "asked_at", "back_at"}
    )

    case = models.ForeignKey(Case, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    ended_at = models.DateTimeField()
    how = models.CharField(max_length=20)
    words = SealedField(number=150, null=True)
    told_at = models.DateTimeField(null=True)
    asked_on = models.DateField(null=True)
    asked_at = models.DateTimeField(null=True)
    heard = SealedField(number=151, null=True)
    back_at = models.DateTimeField(null=True)

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="case", name="case_ending_case_same_school"),
            models.UniqueConstraint(
                fields=["school_id", "case"], condition=models.Q(back_at=None), name="case_ending_one"
            ),
        ]


class Withheld(SchoolRow):
    """One line of a client's own log that its page keeps back for a while (CON-09). `entry` names it; the reason is sealed."""

    plain: ClassVar[frozenset[str]] = frozenset({"case", "entry", "by", "since", "look_on", "shown_at"})

    case = models.ForeignKey(Case, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    entry = models.UUIDField()
    by = models.ForeignKey(Staff, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    reason = SealedField(number=140)
    since = models.DateTimeField()
    look_on = models.DateField()
    shown_at = models.DateTimeField(null=True)

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="case", name="case_withheld_case_same_school"),
            SameSchool(field="by", name="case_withheld_by_same_school"),
            models.UniqueConstraint(
                fields=["school_id", "case", "entry"], condition=models.Q(shown_at=None), name="case_withheld_once"
            ),
        ]
