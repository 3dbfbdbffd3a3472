"""Staff, clients as random numbers with one desk-sealed field, accounts, links and codes, and who is signed in."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from subrosa.records.school.fields import DeskField, PersonalField, SealedField
from subrosa.records.school.models import SchoolRow
from subrosa.records.school.security import RowSecurity, SameSchool
from subrosa.records.vault.models import Keypair


class Staff(SchoolRow):
    """A colleague: roles, state, and whether new clients are offered this person. `sign_in_mark` is an HMAC of the name.

    `credential_by` is the day until which somebody who was here before the register of credentials is offered without one.
    """

    plain: ClassVar[frozenset[str]] = frozenset(
        {"roles", "state", "receiving", "sign_in_mark", "keypair", "invited_at", "outside", "room", "credential_by"}
    )

    name = PersonalField(number=10)
    roles = ArrayField(models.CharField(max_length=20))
    state = models.CharField(max_length=10, default="invited")
    receiving = models.BooleanField(default=False)
    outside = models.BooleanField(default=False)
    room = models.CharField(max_length=20, default="")
    sign_in_mark = models.BinaryField(null=True)
    keypair = models.ForeignKey(
        Keypair, models.PROTECT, db_constraint=False, db_index=False, related_name="+", null=True
    )
    invited_at = models.DateTimeField()
    credential_by = models.DateField(null=True)

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="keypair", name="person_staff_keypair_same_school"),
            models.UniqueConstraint(fields=["school_id", "sign_in_mark"], name="person_staff_sign_in"),
        ]


class Tie(SchoolRow):
    """What a counselor also is to some classes, or one sentence of the own; the agreement names it once `named_at` stands.

    A sentence of the own may stand in both languages: `words` as typed first, `words_en` the same in English.
    """

    plain: ClassVar[frozenset[str]] = frozenset({"staff", "kind", "entered_by", "entered_at", "named_at", "ended_at"})

    staff = models.ForeignKey(Staff, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    kind = models.CharField(max_length=20)
    words = PersonalField(number=161)
    words_en = PersonalField(number=180, null=True)
    entered_by = models.UUIDField()
    entered_at = models.DateTimeField()
    named_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="staff", name="person_tie_staff_same_school"),
        ]


class TeamJoining(SchoolRow):
    """That a colleague is to hold a team's key: on the page of every client whose words it opens since `shown_at`.

    `ended_at` is when the key was handed over, or when it was decided otherwise. `at_once` is the ground where it could not
    wait. It says who joins which team, and nothing of any client.
    """

    plain: ClassVar[frozenset[str]] = frozenset({"staff", "team", "by", "shown_at", "ended_at", "at_once"})

    staff = models.ForeignKey(Staff, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    team = models.CharField(max_length=10)
    by = models.ForeignKey(Staff, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    shown_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    at_once = models.CharField(max_length=20, default="")

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="staff", name="person_teamjoining_staff_same_school"),
            SameSchool(field="by", name="person_teamjoining_by_same_school"),
            models.UniqueConstraint(
                fields=["school_id", "staff", "team"], condition=models.Q(ended_at=None), name="person_teamjoining_once"
            ),
        ]


class Link(SchoolRow):
    """A one-time link for one colleague: SHA-256 of its token. `handed` is a session handed over with it, if any."""

    plain: ClassVar[frozenset[str]] = frozenset({"staff", "token_hash", "until", "used_at"})

    staff = models.ForeignKey(Staff, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    token_hash = models.BinaryField()
    handed = SealedField(number=12, null=True)
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="staff", name="person_link_staff_same_school"),
            models.UniqueConstraint(fields=["school_id", "token_hash"], name="person_link_token"),
        ]


def nothing_yet() -> list[str]:
    """What the registration form of somebody new lacks: all of it."""
    return ["who", "class", "reach"]


class Client(SchoolRow):
    """Who seeks help: a random number. `identity` says who it is, under the desk key; nothing here names the roster.

    `lacks` names the parts of the registration form that are still empty, never what stands in the others.

    Who came `by_door` without an account `waits` for the next open desk: until then `identity_held` says it, sealed to the
    desk's public half. Who turned out to be somebody who was here before is `joined` to that client and goes on there.
    """

    plain: ClassVar[frozenset[str]] = frozenset({"roster_mark", "made_at", "by_door", "waits", "lacks", "joined"})

    roster_mark = models.BinaryField(null=True)
    identity = DeskField(number=13, null=True)
    identity_held = DeskField(number=45, null=True)
    by_door = models.BooleanField(default=False)
    waits = models.BooleanField(default=False)
    lacks = ArrayField(models.CharField(max_length=10), default=nothing_yet)
    joined = models.ForeignKey("self", models.PROTECT, db_constraint=False, db_index=False, related_name="+", null=True)
    made_at = models.DateTimeField()

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="joined", name="person_client_joined_same_school"),
            models.UniqueConstraint(fields=["school_id", "roster_mark"], name="person_client_roster_mark"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["school_id", "made_at"], condition=models.Q(waits=True), name="person_client_waits"),
        ]


class ActivationCode(SchoolRow):
    """A code from the desk's slip: SHA-256 of 80 random bits; deleted by use."""

    plain: ClassVar[frozenset[str]] = frozenset({"client", "code_hash", "until"})

    client = models.ForeignKey(Client, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    code_hash = models.BinaryField()
    introduction = DeskField(number=3)
    until = models.DateTimeField()

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="client", name="person_code_client_same_school"),
            models.UniqueConstraint(fields=["school_id", "code_hash"], name="person_code_hash"),
        ]


class Account(SchoolRow):
    """A client's way in: a sign-in name made by the program, and key pairs. Never number, name or mail.

    One for each client; two where somebody came a second time under another name and both were put together.
    """

    plain: ClassVar[frozenset[str]] = frozenset({"client", "sign_in", "keypair", "made_at"})

    client = models.ForeignKey(Client, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    sign_in = models.CharField(max_length=60)
    keypair = models.ForeignKey(Keypair, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    bundle = SealedField(number=14, null=True)
    made_at = models.DateTimeField()

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="client", name="person_account_client_same_school"),
            SameSchool(field="keypair", name="person_account_keypair_same_school"),
            models.UniqueConstraint(fields=["school_id", "sign_in"], name="person_account_sign_in"),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["school_id", "client"], name="person_account_of_client")]


class Session(SchoolRow):
    """Who is signed in on one browser. `private` lies under a key that exists only in that browser's cookie; locked: empty."""

    plain: ClassVar[frozenset[str]] = frozenset({"kind", "holder", "key_hash", "began_at", "last_use", "idle_seconds"})

    kind = models.CharField(max_length=10)
    holder = models.UUIDField()
    key_hash = models.BinaryField()
    private = SealedField(number=15, null=True)
    began_at = models.DateTimeField()
    last_use = models.DateTimeField()
    idle_seconds = models.IntegerField()

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            RowSecurity(name="person_session_school", needs_act=False),
            models.UniqueConstraint(fields=["school_id", "id"], name="person_session_key"),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["school_id", "holder"], name="person_session_holder")]


class Try(SchoolRow):
    """One return code that was typed and did not fit (or not yet): `mark` is an HMAC of its first four digits."""

    plain: ClassVar[frozenset[str]] = frozenset({"mark", "at"})

    mark = models.BinaryField()
    at = models.DateTimeField()

    class Meta(SchoolRow.Meta):
        indexes: ClassVar[list[Any]] = [models.Index(fields=["school_id", "at"], name="person_try_at")]
