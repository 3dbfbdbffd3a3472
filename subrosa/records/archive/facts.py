"""From rows to what the clauses about the end of a case may look at. Guarded by the case row."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from subrosa.policy.actor import Actor
from subrosa.policy.facts import CareTeamFacts, ClosingFacts, RetentionFacts
from subrosa.policy.roles import Role
from subrosa.records.appointment.models import Booking
from subrosa.records.appointment.states import State as BookingState
from subrosa.records.case.models import Case
from subrosa.records.case.queries import on_care_team
from subrosa.records.case.rating import lacking
from subrosa.records.duty.book import open_kinds
from subrosa.records.note.queries import unrecorded
from subrosa.records.school.calendar import calendar

from .models import Confirmation

LETTER = ("letter",)  # the duty's kind: letters lie in a drawer beside this one


def closing_facts(*, by: Actor, case: Case, **_: Any) -> tuple[ClosingFacts, CareTeamFacts]:
    """How a case stands before it is closed or archived. Guarded by the case row."""
    ahead = Booking.objects.filter(case=case, state=BookingState.BOOKED).count()
    mine, theirs = lacking(case.pk)
    zone = calendar().zone
    missing = tuple(row.starts_at.astimezone(zone).strftime("%Y-%m-%d %H:%M") for row in unrecorded(case.pk))
    letter = bool(open_kinds(case.pk, LETTER))  # what a letter of this file is owed, from its sending to its answer
    return ClosingFacts(case.state, mine, missing, ahead, theirs, letter), CareTeamFacts(on_care_team(case, by))


def retention_facts(*, by: Actor, at: datetime, case: Case, **_: Any) -> tuple[RetentionFacts]:
    """Whether a file's time is over, and who said yes. Guarded by the case row."""
    over = case.retention_until is not None and calendar().local(at) > case.retention_until
    yes = dict(Confirmation.objects.filter(case=case).values_list("role", "staff_id"))
    lead, custodian = yes.get(Role.LEAD), yes.get(Role.CUSTODIAN)
    same = lead is not None and lead == custodian
    return (RetentionFacts(case.state, over, lead is not None, custodian is not None, same),)
