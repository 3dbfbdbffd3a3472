"""My cases, a page at a time: the newest need first, then what is open, then what is closed, each newest first."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from .models import Case
from .states import IN_HAND

NOBODYS = UUID(int=0)  # stands in lists that may be empty, so that as many statements are sent as ever


def _mine(staff: UUID) -> QuerySet[Case]:
    return Case.objects.filter(counselor_id=staff, state__in=IN_HAND)


def cases_by_need(staff: UUID, needs: Sequence[UUID], *, most: int, start: int = 0) -> list[Case]:
    """A page of open and closed cases; `needs` are those in which something is owed, newest need first.

    Two statements however many cases there are: those in need by their ids, then the others in the order of their index,
    backwards ("open" stands after "closed" in the alphabet).
    """
    needed = {row.pk: row for row in _mine(staff).filter(pk__in=[NOBODYS, *needs])}
    first = [needed[key] for key in needs if key in needed]
    page, begin = first[start : start + most], max(0, start - len(first))
    rest = _mine(staff).exclude(pk__in=[NOBODYS, *needed]).order_by("-state", "-opened_at", "-id")
    return [*page, *rest[begin : begin + max(1, most - len(page))]][:most]
