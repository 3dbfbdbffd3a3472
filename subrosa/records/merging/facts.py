"""From rows to what the clauses about one student behind two clients may look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import product
from typing import Any

from subrosa.policy.actor import Actor
from subrosa.policy.facts import ApartFacts, MergeFacts
from subrosa.records.appointment.facts import TAKEN
from subrosa.records.appointment.models import Booking, Sitting
from subrosa.records.appointment.states import State as Booked
from subrosa.records.case.models import Case, Letter
from subrosa.records.case.queries import on_care_team
from subrosa.records.case.states import State
from subrosa.records.person.models import Client
from subrosa.records.school.calendar import calendar

from .files import unrecorded
from .models import Merge
from .since import joined_since, signed_since, way_in_since, written_since


@dataclass(frozen=True, slots=True)
class Files:
    """The open files of two clients: which one goes on, which one goes on in it, and whose they are."""

    opens: list[Case]
    older: Client

    def goes_on(self, by: Actor) -> Case | None:
        """One that the client has not ended before one that was; the actor's own; the older one."""
        return min(self.opens, key=lambda one: self._rank(one, by), default=None)

    def _rank(self, one: Case, by: Actor) -> tuple[object, ...]:
        return one.left_at is not None, one.counselor_id != by.id, one.opened_at, one.client_id != self.older.pk

    def ends(self, by: Actor) -> Case | None:
        """The other one, where both clients have one."""
        main = self.goes_on(by)
        return next((one for one in self.opens if main is not None and one.pk != main.pk), None)


def files_of(client: Client, older: Client) -> Files:
    """Read with their locks: nobody closes one meanwhile."""
    rows = Case.objects.select_for_update(no_key=True).filter(client__in=[client, older], state=State.OPEN)
    return Files(list(rows.order_by("pk")), older)


def _clash(one: Client, other: Client) -> bool:
    """Whether both have a time in the same hour. Who walked in is noted, not booked."""
    spans = [
        list(Booking.objects.filter(client=who, state__in=TAKEN, walked_in=False).values_list("starts_at", "ends_at"))
        for who in (one, other)
    ]
    return any(a < d and c < b for (a, b), (c, d) in product(*spans))


def has_met(by: Actor, client: Client) -> bool:
    """Whether the actor has met this client: a meeting held, or somebody who sat down."""
    held = Booking.objects.filter(client=client, staff_id=by.id, state="held")
    return held.exists() or Sitting.objects.filter(client=client, staff_id=by.id).exists()


def merge_facts(
    *, by: Actor, client: Client, older: Client, agreed: bool = False, seen: bool = False, **_: Any
) -> tuple[MergeFacts]:
    """Two clients about to become one. Guarded by both rows and by those of their open files."""
    opens = files_of(client, older)
    main, ended = opens.goes_on(by), opens.ends(by)
    unwritten = unrecorded(ended).filter(state=Booked.HELD).exclude(staff_id=by.id) if ended is not None else None
    counselors = {one.counselor_id for one in opens.opens}
    return (
        MergeFacts(
            agreed=agreed,
            seen=seen or has_met(by, client),
            stands=client.pk != older.pk and client.joined_id is None and older.joined_id is None,
            listed=client.pk != older.pk and None not in (client.roster_mark, older.roster_mark),
            held=all(on_care_team(one, by) for one in opens.opens),
            colleagues=len(counselors),
            goes_on=len(counselors) <= 1 or (main is not None and main.counselor_id == by.id),
            clash=client.pk != older.pk and _clash(client, older),
            unwritten=unwritten is not None and unwritten.exists(),
            letters=Letter.objects.filter(case__in=opens.opens).count(),
        ),
    )


def apart_facts(*, by: Actor, at: datetime, merge: Merge, **_: Any) -> tuple[ApartFacts]:
    """What is about to be taken apart. Guarded by its row, the client's, and those of both files."""
    files = Case.objects.select_for_update(no_key=True).filter(pk__in=[merge.case_id, merge.ended_id])
    states = {one.pk: one.state for one in files.order_by("pk") if one.pk}
    closed = merge.ended_id is None or states.get(merge.ended_id) == State.CLOSED
    return (
        ApartFacts(
            own=merge.by_id == by.id,
            stands=merge.apart_at is None,
            same_day=calendar().local(merge.at) == calendar().local(at),
            untouched=closed and merge.along is not None and not signed_since(merge),
            last=not joined_since(merge),
            wrote=written_since(merge),
            same_ways=not way_in_since(merge),
        ),
    )
