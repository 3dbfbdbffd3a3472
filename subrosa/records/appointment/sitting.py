"""Somebody sits down without a booking: one press, no name, no reason. What it was is said afterwards, the name by evening."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from subrosa.policy.actor import Actor, Kind
from subrosa.policy.acts import Act
from subrosa.policy.facts import CareTeamFacts, MeetingFacts, SittingFacts
from subrosa.policy.ruling import Boundary, Owed
from subrosa.records import audit
from subrosa.records.case.actions import open_case
from subrosa.records.case.models import Case
from subrosa.records.case.queries import on_care_team, open_case_of
from subrosa.records.duty.book import settle
from subrosa.records.person.clients import stands
from subrosa.records.person.models import Client, Staff
from subrosa.records.school.calendar import calendar
from subrosa.records.vault import rings
from subrosa.records.vault.opener import Opener, opener_of
from subrosa.records.vault.taking import take_back

from .facts import FORGOTTEN
from .minors import owed_after_meeting
from .models import Booking, Sitting
from .others import deputy_of
from .plan import owed_plan
from .states import State

BRIEF, FIRST = "brief", "first"
DUTY = "sitting"


def _name_due(*, by: Actor, at: datetime, **_: Any) -> list[Owed]:
    """APPT-01: name and form by the end of the day; nobody is asked for them in tears."""
    return [Owed(DUTY, "APPT-01", calendar().end_of(calendar().local(at)), by.id)]


@audit.act(Act.SIT_DOWN, owes=_name_due)
def sit_down(*, by: Actor, at: datetime, once: UUID | None = None) -> Sitting:
    """A meeting begins now. It needs no key, no name and no free time: what happens in the world is noted, not refused."""
    client = Client.objects.create(made_at=at)
    return Sitting.objects.create(client=client, staff_id=by.id, began_at=at)


def own_sitting(by: Actor, sitting: Sitting) -> CareTeamFacts:
    """Whether the actor sits or sat there. Guarded by the sitting's row."""
    return CareTeamFacts(by.kind is Kind.STAFF and sitting.staff_id == by.id)


def sitting_facts(*, by: Actor, sitting: Sitting, **_: Any) -> tuple[CareTeamFacts, SittingFacts]:
    """What has become of a sitting so far. Guarded by its row."""
    became = SittingFacts(
        open=sitting.signed_at is None and sitting.booking_id is None,
        file_opened=sitting.booking_id is not None,
        first_meeting=sitting.became == FIRST,
    )
    return own_sitting(by, sitting), became


@audit.act(Act.GET_UP, on="sitting", facts=sitting_facts)
def get_up(*, by: Actor, at: datetime, sitting: Sitting, once: UUID | None = None) -> Sitting:
    """The clock stops; what it was may be said later today."""
    sitting.ended_at = sitting.ended_at or at
    sitting.save(update_fields=["ended_at"])
    return sitting


def _first_facts(
    *, by: Actor, sitting: Sitting, promise_said: bool = False, **_: Any
) -> tuple[CareTeamFacts, SittingFacts, MeetingFacts]:
    """Whether it is a first meeting at all, and the promise was said. Guarded by the client row."""
    mine, became = sitting_facts(by=by, sitting=sitting)
    case = open_case_of(sitting.client_id)
    met = case is not None and Booking.objects.filter(case=case, state=State.HELD).exists()
    on_team = mine.on_team and (case is None or on_care_team(case, by))
    return CareTeamFacts(on_team), became, MeetingFacts(State.BOOKED, True, not met, promise_said)


def _owed_after(*, by: Actor, at: datetime, sitting: Sitting, **_: Any) -> list[Owed]:
    """REC-01: a held meeting owes its record the same day. After the second one the minors' ladder may owe a talk."""
    record = Owed("record", "REC-01", calendar().end_of(calendar().local(sitting.began_at)), by.id)
    if sitting.case is None:
        return [record]
    return [record, *owed_after_meeting(by, at, sitting.case), *owed_plan(at, sitting.case)]


@audit.act(Act.HOLD_WALK_IN, on=("sitting.client", "sitting"), facts=_first_facts, owes=_owed_after)
def hold(*, by: Actor, at: datetime, sitting: Sitting, promise_said: bool = False, once: UUID | None = None) -> Booking:
    """It was a meeting: the case opens (or goes on), without papers, and its record is owed the same day."""
    counselor = Staff.objects.get(pk=by.id)
    case = open_case_of(sitting.client_id) or open_case(
        by=by, at=at, client=sitting.client, counselor=counselor, deputy=deputy_of(counselor)
    )
    sitting.ended_at = sitting.ended_at or at
    booking = Booking.objects.create(
        client=sitting.client,
        case=case,
        staff=counselor,
        starts_at=sitting.began_at,
        ends_at=sitting.ended_at,
        state=State.HELD,
        booked_by=by.kind,
        booked_at=sitting.began_at,
        promise_said=promise_said,
        walked_in=True,
    )
    sitting.became, sitting.booking, sitting.case = FIRST, booking, case
    sitting.save(update_fields=["ended_at", "became", "booking", "case"])
    _they_met(by, case)
    settle_named(sitting.client, by=by, at=at)
    return booking


def _they_met(by: Actor, case: Case) -> None:
    """As after every meeting: the counselor vouches for the key, and the duty team reads no more."""
    if isinstance(by.opener, Opener):
        with suppress(Boundary):
            rings.vouch("case", case.pk, opener_of(by), client=case.client_id)
    take_back("case", case.pk, holders="duty")


def settle_named(client: Client, *, by: Actor, at: datetime) -> None:
    """Part of an act: the name that a sitting owes is there; a first meeting owes the whole form."""
    for one in Sitting.objects.filter(client=client):
        owed = client.lacks if one.became != BRIEF else [part for part in client.lacks if part == "who"]
        if not owed:
            settle(kind=DUTY, about=one, by=by.id, at=at)


@audit.act(Act.LEAVE_UNNAMED, on="sitting", facts=sitting_facts)
def leave_unnamed(*, by: Actor, at: datetime, sitting: Sitting, once: UUID | None = None) -> Sitting:
    """Unknown, or does not want to say: an answer, and nobody asks again."""
    settle(kind=DUTY, about=sitting, by=by.id, at=at)
    return sitting


@audit.act(Act.GO_ON_WITH, on=("client", "sitting"), facts=sitting_facts)
def go_on_with(*, by: Actor, at: datetime, sitting: Sitting, client: Client, once: UUID | None = None) -> Sitting:
    """It was somebody who has been here before: the sitting goes on as theirs, and hangs on their open case.

    What was sealed already stays under the key it has. The empty pseudonym stays behind and says nothing.
    """
    sitting.client, sitting.case = stands(client), open_case_of(client.pk)
    sitting.save(update_fields=["client", "case"])
    settle_named(client, by=by, at=at)
    return sitting


def sitting(key: UUID) -> Sitting | None:
    """One sitting with its client."""
    return Sitting.objects.select_related("client", "case").filter(pk=key).first()


def sitting_open(staff: UUID, at: datetime) -> Sitting | None:
    """With whom this counselor sits now, by the clock that runs; one that was forgotten hours ago is nobody's any more."""
    rows = Sitting.objects.filter(staff_id=staff, ended_at=None, signed_at=None, began_at__gt=at - FORGOTTEN)
    return rows.order_by("-began_at").first()


def unfinished(staff: UUID) -> list[Sitting]:
    """Sittings of which nobody has said yet what they were, newest first."""
    rows = Sitting.objects.filter(staff_id=staff, signed_at=None, booking=None)
    return list(rows.order_by("-began_at")[:10])


def sittings_of(client: UUID) -> list[Sitting]:
    """Where a client sat down, newest first."""
    return list(Sitting.objects.filter(client_id=client).order_by("-began_at"))


def of_case(case: UUID) -> Iterable[Sitting]:
    """The brief contacts that hang on a case, in order of time."""
    return list(Sitting.objects.filter(case_id=case, became=BRIEF).exclude(signed_at=None).order_by("began_at"))
