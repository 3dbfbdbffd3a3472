"""What lies in the archive, and whose time is over; no names and no text."""

from __future__ import annotations

from datetime import date

from subrosa.records.case.models import Case
from subrosa.records.case.states import State
from subrosa.records.duty.models import Duty

from .models import Confirmation


def over(today: date) -> list[Case]:
    """Archived cases whose retention is over, oldest first."""
    return list(
        Case.objects.filter(state=State.ARCHIVED, retention_until__lt=today).order_by("retention_until", "id")[:100]
    )


def not_owed_yet(today: date) -> list[Case]:
    """Of these, the ones for which nobody owes a look yet."""
    cases = over(today)
    owed = set(
        Duty.objects.filter(kind="destroy", case_id__in=[one.pk for one in cases], settled_at=None).values_list(
            "case_id", flat=True
        )
    )
    return [one for one in cases if one.pk not in owed]


def confirmed_roles(cases: list[Case]) -> dict[object, set[str]]:
    """By case, the roles that said yes."""
    found: dict[object, set[str]] = {}
    for case, role in Confirmation.objects.filter(case__in=cases).values_list("case_id", "role"):
        found.setdefault(case, set()).add(role)
    return found


def archived(*, most: int = 50) -> list[Case]:
    """The archive by number."""
    return list(Case.objects.filter(state__in=[State.ARCHIVED, State.DESTROYED]).order_by("-number")[:most])
