"""Key pairs of someone, keyrings of something, grants between them. Nothing else in the house holds a wrapped key."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from subrosa.records.school.fields import DeskField, SealedField
from subrosa.records.school.models import SchoolRow
from subrosa.records.school.security import SameSchool


class Keypair(SchoolRow):
    """Public halves of a person, team, seat or the house; private halves locked. `of` is the id of whose they are.

    `locked` is under the passphrase (then the server key), or under the team's keyring; `recovery` under the recovery code.
    `certificate` is the house key's signature, for a client an HMAC under the introduction secret (`introduction`;
    `introduction_held` while it waits, sealed to the desk's public half, for the next open desk).
    `grants` says whether what this pair signs hands a key on: the desk and the lead, never steward or leadership.
    """

    plain: ClassVar[frozenset[str]] = frozenset(
        {"kind", "of", "seal_public", "sign_public", "certificate", "made_at", "ended_at", "number", "grants"}
    )

    kind = models.CharField(max_length=10)
    of = models.UUIDField()
    number = models.SmallIntegerField(default=0)
    grants = models.BooleanField(default=False)
    seal_public = models.BinaryField()
    sign_public = models.BinaryField()
    locked = SealedField(number=1, null=True)
    recovery = SealedField(number=2, null=True)
    introduction = DeskField(number=3, null=True)
    introduction_held = DeskField(number=46, null=True)
    certificate = models.BinaryField(null=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta(SchoolRow.Meta):
        indexes: ClassVar[list[Any]] = [models.Index(fields=["school_id", "kind", "of"], name="vault_keypair_of")]


class Keyring(SchoolRow):
    """One root key of something (a case, a team, the house), in one generation. The root itself is only in grants."""

    plain: ClassVar[frozenset[str]] = frozenset({"kind", "of", "generation", "made_at", "destroyed_at"})

    kind = models.CharField(max_length=10)
    of = models.UUIDField()
    generation = models.SmallIntegerField(default=1)
    made_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            models.UniqueConstraint(fields=["school_id", "kind", "of", "generation"], name="vault_keyring_of"),
        ]


class Grant(SchoolRow):
    """A root or scope key (or a share of the root, for a seat) wrapped for one holder and signed by its granter."""

    plain: ClassVar[frozenset[str]] = frozenset(
        {"keyring", "scope", "holder", "granter", "clause", "dormant", "share", "signature", "at"}
    )

    keyring = models.ForeignKey(Keyring, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    scope = models.SmallIntegerField()
    holder = models.ForeignKey(Keypair, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    granter = models.ForeignKey(Keypair, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    clause = models.CharField(max_length=20)
    dormant = models.BooleanField(default=False)
    share = models.SmallIntegerField(default=0)
    wrapped = SealedField(number=4)
    signature = models.BinaryField()
    at = models.DateTimeField()

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="keyring", name="vault_grant_keyring_same_school"),
            SameSchool(field="holder", name="vault_grant_holder_same_school"),
            SameSchool(field="granter", name="vault_grant_granter_same_school"),
            models.UniqueConstraint(
                fields=["school_id", "keyring", "holder", "scope", "share"], name="vault_grant_once"
            ),
        ]


class Package(SchoolRow):
    """How one keyring comes back without any holder: k of n seats. `hashes` are n × 32 bytes, signed by the maker."""

    plain: ClassVar[frozenset[str]] = frozenset({"keyring", "k", "n", "hashes", "maker", "signature", "made_at"})

    keyring = models.ForeignKey(Keyring, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    k = models.SmallIntegerField()
    n = models.SmallIntegerField()
    hashes = models.BinaryField()
    maker = models.ForeignKey(Keypair, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    signature = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="keyring", name="vault_package_keyring_same_school"),
            SameSchool(field="maker", name="vault_package_maker_same_school"),
        ]
