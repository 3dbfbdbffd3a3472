"""The register of files, the volumes they are bound into, and who confirmed that something may go. The file is the case's.

What is bound and what is registered is only ever put in: the database lets nobody change or delete it.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from subrosa.records.case.models import Case
from subrosa.records.person.models import Staff
from subrosa.records.school.fields import SealedField
from subrosa.records.school.models import SchoolRow
from subrosa.records.school.security import RowSecurity, SameSchool

PUT_IN = "SELECT, INSERT"


class Confirmation(SchoolRow):
    """One person's yes to the destruction of one case, in one role."""

    plain: ClassVar[frozenset[str]] = frozenset({"case", "staff", "role", "at"})

    case = models.ForeignKey(Case, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    staff = models.ForeignKey(Staff, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    role = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *SchoolRow.Meta.constraints,
            SameSchool(field="case", name="archive_confirmation_case_same_school"),
            SameSchool(field="staff", name="archive_confirmation_staff_same_school"),
            models.UniqueConstraint(fields=["school_id", "case", "role"], name="archive_confirmation_once"),
        ]


class FileLine(SchoolRow):
    """One line of the register of files: the number that a case was given when it was closed."""

    plain: ClassVar[frozenset[str]] = frozenset({"number", "case", "at"})

    number = models.IntegerField()
    case = models.ForeignKey(Case, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    at = models.DateTimeField()

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            RowSecurity(name="archive_fileline_school", app=PUT_IN, clock=PUT_IN),
            models.UniqueConstraint(fields=["school_id", "id"], name="archive_fileline_key"),
            SameSchool(field="case", name="archive_fileline_case_same_school"),
            models.UniqueConstraint(fields=["school_id", "number"], name="archive_fileline_number"),
            models.UniqueConstraint(fields=["school_id", "case"], name="archive_fileline_once"),
        ]


class Volume(SchoolRow):
    """The archived files of one counselor and term, bound. `head` is the index in plain, `note` the center's signature.

    The index holds file numbers, periods, counts and page numbers; no name, no reason and nothing of what was said.
    """

    plain: ClassVar[frozenset[str]] = frozenset(
        {"number", "counselor", "first", "last", "files", "pages", "head", "note", "made_at"}
    )

    number = models.IntegerField()
    counselor = models.ForeignKey(Staff, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    first = models.DateField()
    last = models.DateField()
    files = models.IntegerField()
    pages = models.IntegerField()
    head = models.BinaryField()
    note = models.TextField()
    made_at = models.DateTimeField()

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            RowSecurity(name="archive_volume_school", app=PUT_IN, clock=PUT_IN),
            models.UniqueConstraint(fields=["school_id", "id"], name="archive_volume_key"),
            SameSchool(field="counselor", name="archive_volume_counselor_same_school"),
            models.UniqueConstraint(fields=["school_id", "number"], name="archive_volume_number"),
        ]


class Bound(SchoolRow):
    """One file in one volume: its place in the index, and its page numbers there."""

    plain: ClassVar[frozenset[str]] = frozenset({"volume", "case", "place", "first_page", "last_page"})

    volume = models.ForeignKey(Volume, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    place = models.IntegerField()
    first_page = models.IntegerField()
    last_page = models.IntegerField()

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            RowSecurity(name="archive_bound_school", app=PUT_IN, clock=PUT_IN),
            models.UniqueConstraint(fields=["school_id", "id"], name="archive_bound_key"),
            SameSchool(field="volume", name="archive_bound_volume_same_school"),
            SameSchool(field="case", name="archive_bound_case_same_school"),
            models.UniqueConstraint(fields=["school_id", "case"], name="archive_bound_once"),
            models.UniqueConstraint(fields=["school_id", "volume", "place"], name="archive_bound_place"),
        ]


class Sheet(SchoolRow):
    """A piece of one bound file's PDF (FORMAT.md §11), under a key of that file: destroy the file, and it is gone here too."""

    plain: ClassVar[frozenset[str]] = frozenset({"volume", "place", "piece"})

    volume = models.ForeignKey(Volume, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    place = models.IntegerField()
    piece = models.IntegerField()
    body = SealedField(number=130)

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            RowSecurity(name="archive_sheet_school", app=PUT_IN, clock=PUT_IN),
            models.UniqueConstraint(fields=["school_id", "id"], name="archive_sheet_key"),
            SameSchool(field="volume", name="archive_sheet_volume_same_school"),
            models.UniqueConstraint(fields=["school_id", "volume", "place", "piece"], name="archive_sheet_place"),
        ]


class BriefLook(SchoolRow):
    """One person's yes, in one role, to the destruction of the brief contacts up to a number of their register."""

    plain: ClassVar[frozenset[str]] = frozenset({"up_to", "staff", "role", "at"})

    up_to = models.IntegerField()
    staff = models.ForeignKey(Staff, models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    role = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            RowSecurity(name="archive_brieflook_school", app=PUT_IN, clock=PUT_IN),
            models.UniqueConstraint(fields=["school_id", "id"], name="archive_brieflook_key"),
            SameSchool(field="staff", name="archive_brieflook_staff_same_school"),
            models.UniqueConstraint(fields=["school_id", "up_to", "role"], name="archive_brieflook_once"),
        ]


class Gone(SchoolRow):
    """What was destroyed, and the day from which no copy opens any more. A case, or the brief contacts up to a number."""

    plain: ClassVar[frozenset[str]] = frozenset({"case", "briefs_up_to", "briefs", "at", "copies_gone_on"})

    case = models.ForeignKey(Case, models.PROTECT, db_constraint=False, db_index=False, related_name="+", null=True)
    briefs_up_to = models.IntegerField(null=True)
    briefs = models.IntegerField(default=0)
    at = models.DateTimeField()
    copies_gone_on = models.DateField()

    class Meta(SchoolRow.Meta):
        constraints: ClassVar[list[Any]] = [
            RowSecurity(name="archive_gone_school", app=PUT_IN, clock=PUT_IN),
            models.UniqueConstraint(fields=["school_id", "id"], name="archive_gone_key"),
            SameSchool(field="case", name="archive_gone_case_same_school"),
            models.UniqueConstraint(fields=["school_id", "case"], name="archive_gone_once"),
        ]
