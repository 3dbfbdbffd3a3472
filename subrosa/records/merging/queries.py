"""What can be asked about clients who were put together; nothing here opens a sealed text."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from subrosa.records.school.calendar import calendar

from .models import Merge


def merge(key: UUID) -> Merge | None:
    """One merge by id."""
    return Merge.objects.select_related("client", "was", "case", "ended").filter(pk=key).first()


def of_client(client: UUID) -> list[Merge]:
    """What was put together with a client and not taken apart, newest first."""
    return list(Merge.objects.filter(client_id=client, apart_at=None).order_by("-at", "id"))


def of_file(case: UUID) -> list[Merge]:
    """Which files go on in this one, or in which one it goes on itself; newest first."""
    rows = Merge.objects.select_related("case", "ended").filter(Q(case_id=case) | Q(ended_id=case), apart_at=None)
    return list(rows.exclude(ended=None).order_by("-at", "id"))


def may_be_taken_apart(row: Merge, staff: UUID, at: datetime) -> bool:
    """Whether the button is offered: on its own day, to whoever did it. Whether it may be, the charter says."""
    return row.by_id == staff and calendar().local(row.at) == calendar().local(at)
