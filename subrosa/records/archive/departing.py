"""A colleague leaves: what only that person holds goes into other hands first, then the keys end and the files stay."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.policy.facts import DepartureFacts
from subrosa.policy.roles import Role
from subrosa.records import audit
from subrosa.records.appointment.models import Booking, Opening
from subrosa.records.appointment.states import State as BookingState
from subrosa.records.case.models import CareMember, Case
from subrosa.records.case.recovering import nobody_follows
from subrosa.records.case.states import IN_HAND
from subrosa.records.duty.models import Duty
from subrosa.records.person.access import ACTIVE, LEFT, cut, departure_facts
from subrosa.records.person.models import Staff
from subrosa.records.person.teams import nobody_joins
from subrosa.records.school.calendar import calendar
from subrosa.records.vault.taking import end_pair, held_alone


@dataclass(frozen=True, slots=True)
class Holds:
    """What a colleague still holds that would be missed: numbers, no names and no text."""

    cases: int
    cases_alone: int
    bookings_ahead: int
    teams_alone: int
    owed: int
    last_custodian: bool

    @property
    def nothing_alone(self) -> bool:
        """Whether the account could be closed now."""
        return not (self.cases_alone or self.bookings_ahead or self.teams_alone or self.last_custodian)


def _second(case: OuterRef | UUID, leaver: UUID) -> QuerySet[CareMember]:
    """Colleagues who hold a file beside its counselor and stay, the first one first."""
    rows = CareMember.objects.filter(case=case, until=None, staff__state=ACTIVE).exclude(staff_id=leaver)
    return rows.order_by("since", "id")


def _alone(leaver: UUID) -> QuerySet[Case]:
    mine = Case.objects.filter(counselor_id=leaver, state__in=IN_HAND)
    return mine.exclude(Exists(_second(OuterRef("pk"), leaver)))


def holds(colleague: Staff, at: datetime) -> Holds:
    """What the page shows and the clause looks at: the same."""
    others = list(Staff.objects.filter(state=ACTIVE).exclude(pk=colleague.pk))
    custodian = Role.CUSTODIAN in colleague.roles and colleague.keypair_id is not None
    ahead = Booking.objects.filter(staff=colleague, state=BookingState.BOOKED, ends_at__gt=at).count()
    return Holds(
        cases=Case.objects.filter(counselor=colleague, state__in=IN_HAND).count(),
        cases_alone=_alone(colleague.pk).count(),
        bookings_ahead=ahead,
        teams_alone=held_alone(colleague.keypair_id, [one.keypair_id for one in others if one.keypair_id]),
        owed=Duty.objects.filter(owner=colleague, settled_at=None).exclude(kind="sign_code").count(),
        last_custodian=custodian and not any(Role.CUSTODIAN in one.roles for one in others),
    )


def _leaving(*, by: Actor, at: datetime, colleague: Staff, **_: Any) -> tuple[DepartureFacts]:
    held = holds(colleague, at)
    return (
        replace(
            departure_facts(Act.END_STAFF, by, colleague),
            last_custodian=held.last_custodian,
            cases_alone=held.cases_alone,
            bookings_ahead=held.bookings_ahead,
            teams_alone=held.teams_alone,
        ),
    )


@audit.act(Act.END_STAFF, on="colleague", facts=_leaving)
def end(*, by: Actor, at: datetime, colleague: Staff, once: UUID | None = None) -> Staff:
    """Close an account: no session, no role, no key, no hour offered. What was signed stays signed, under the same name."""
    cut(colleague, at)
    nobody_joins(colleague, at)
    nobody_follows(colleague, by=by, at=at)
    _hand_on(colleague, at)
    Opening.objects.filter(staff=colleague, until=None).update(until=calendar().local(at))
    Duty.objects.filter(owner=colleague, kind="sign_code", settled_at=None).update(settled_at=at, settled_by=by.id)
    if colleague.keypair_id:
        end_pair(colleague.keypair_id, at=at)
    colleague.state, colleague.receiving, colleague.sign_in_mark = LEFT, False, None
    colleague.save(update_fields=["state", "receiving", "sign_in_mark"])
    return colleague


def _hand_on(leaver: Staff, at: datetime) -> None:
    """Whoever holds a file beside the leaver is its counselor from now on; nobody stands in for anybody who is gone."""
    CareMember.objects.filter(staff=leaver, until=None).update(until=at)
    for case in Case.objects.filter(counselor=leaver, state__in=IN_HAND).order_by("id"):
        case.counselor_id = _second(case.pk, leaver.pk).values_list("staff_id", flat=True)[0]
        case.save(update_fields=["counselor"])
    Case.objects.filter(deputy=leaver, state__in=IN_HAND).update(deputy=None)
