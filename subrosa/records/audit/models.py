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


class Waiting(SchoolRow):
    """An entry that has no place in the tree yet; `id` is the entry's. The clock takes what waits and deletes it here.

    `turn` counts up as entries are written, while the rows of their acts are still locked: of two acts on one row that were
    pressed in one order and came through in the other, the later one is the one whose text stands there.
    """

    plain: ClassVar[frozenset[str]] = frozenset({"at", "turn"})

    at = models.DateTimeField()
    turn = models.BigIntegerField(editable=False)  # an identity of the database, never written by the program

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            RowSecurity(name="audit_waiting_school", app="INSERT", clock="SELECT, INSERT, DELETE"),
            models.UniqueConstraint(fields=["school_id", "id"], name="audit_waiting_key"),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["school_id", "turn"], name="audit_waiting_turn")]


class Leaf(SchoolRow):
    """The place of one entry in the tree, counted from 0 without gaps, and its leaf hash; `id` is the entry's."""

    plain: ClassVar[frozenset[str]] = frozenset({"place", "hash"})

    place = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            RowSecurity(name="audit_leaf_school", app="SELECT", clock="SELECT, INSERT"),
            models.UniqueConstraint(fields=["school_id", "id"], name="audit_leaf_key"),
            models.UniqueConstraint(fields=["school_id", "place"], name="audit_leaf_place"),
        ]


class Tile(SchoolRow):
    """256 hashes of one level of the tree (levels 0, 8, 16 … of nodes are levels 0, 1, 2 … of tiles), and their root."""

    plain: ClassVar[frozenset[str]] = frozenset({"level", "number", "hashes", "root"})

    level = models.SmallIntegerField()
    number = models.BigIntegerField()
    hashes = models.BinaryField()
    root = models.BinaryField()

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            RowSecurity(name="audit_tile_school", app="SELECT", clock="SELECT, INSERT"),
            models.UniqueConstraint(fields=["school_id", "id"], name="audit_tile_key"),
            models.UniqueConstraint(fields=["school_id", "level", "number"], name="audit_tile_place"),
        ]


class Checkpoint(SchoolRow):
    """A signed statement of the tree's size and root. What protects the ledger is that its note is seen elsewhere."""

    plain: ClassVar[frozenset[str]] = frozenset({"size", "root", "note", "at"})

    size = models.BigIntegerField()
    root = models.BinaryField()
    note = models.TextField()
    at = models.DateTimeField()

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            RowSecurity(name="audit_checkpoint_school", app="SELECT", clock="SELECT, INSERT"),
            models.UniqueConstraint(fields=["school_id", "id"], name="audit_checkpoint_key"),
            models.UniqueConstraint(fields=["school_id", "size", "at"], name="audit_checkpoint_size"),
        ]
