"""Who came by the door is taken over by the next open desk: at the first page that shows names, a slice at a time."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from subrosa.policy.roles import Role
from subrosa.records.person.doorway import adopt_waiting

from .requests import Visit

AT_THE_DESK = frozenset({Role.COUNSELOR, Role.RECEPTION})


def meet(there: Visit, first: Iterable[UUID] = ()) -> None:
    """Take over who waits, those on this page first. A locked session and everybody else take over nobody."""
    if not there.locked and there.roles & AT_THE_DESK:
        adopt_waiting(by=there.by, at=there.at, first=first)
