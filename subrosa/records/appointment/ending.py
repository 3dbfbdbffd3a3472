"""An end that the client chooses: at once, without a reason; the door stays open, and nobody is pursued (CLIENT-01)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.policy.danger import Danger, DangerAnswer
from subrosa.policy.facts import AccountFacts, CareTeamFacts, EndingFacts
from subrosa.policy.rows.ending import HEARD, NOT_SAFE
from subrosa.policy.ruling import Owed
from subrosa.records import audit
from subrosa.records.case.ended import DUTY, ending, ending_facts, is_back
from subrosa.records.case.facts import own_facts
from subrosa.records.case.models import Case, Ending
from subrosa.records.case.plan import DUTY as PLAN
from subrosa.records.case.plan import how
from subrosa.records.case.queries import on_care_team
from subrosa.records.case.states import State as CaseState
from subrosa.records.consent.actions import withdraw
from subrosa.records.consent.guardian import LOOK, TALK
from subrosa.records.consent.queries import consents
from subrosa.records.duty.book import settle_of_case
from subrosa.records.duty.steps import DANGER_REPORT, open_steps, owe
from subrosa.records.notice.book import tell
from subrosa.records.person.clients import account_of
from subrosa.records.school.calendar import calendar
from subrosa.records.vault import rings
from subrosa.records.vault.opener import opener_of
from subrosa.records.vault.rings import Scope
from subrosa.records.vault.texts import close_text

from .actions import cancel
from .models import Booking, Proposal
from .states import State

CLOSED_WITHIN = 10  # school days, until the counselor closes the file of somebody who has left
WITH_THE_CLIENT: Final = (PLAN, TALK, LOOK)  # what nobody owes any more once the client has left
ENDED, CAME_AGAIN, DOOR_OPEN = "ended", "came_again", "door_open"  # notices: two to the counselor, one to the client


def _ahead(case: Case, at: datetime) -> QuerySet[Booking]:
    """What has not begun: a meeting that is under way took place."""
    return Booking.objects.filter(case=case, state=State.BOOKED, starts_at__gt=at).order_by("starts_at", "id")


def _the_closing(*, at: datetime, case: Case, **_: Any) -> Iterable[Owed]:
    """ETH-02: the counselor brings what is left to its end, in school days; a press that came a second time owes nothing."""
    if case.left_at != at:
        return []
    return [Owed(DUTY, "ETH-02", calendar().after_school_days(at, CLOSED_WITHIN), case.counselor_id)]


@audit.act(Act.END_COUNSELING, on=("case.client", "case"), facts=own_facts, owes=_the_closing)
def end_counseling(*, by: Actor, at: datetime, case: Case, words: str = "", once: UUID | None = None) -> Case:
    """The client does not want to go on: what lies ahead is given back, the signature is taken back, and it is ended.

    Words may come with it and are never asked for; only they need a key.
    """
    if case.left_at is not None or case.state != CaseState.OPEN:
        audit.goes_on()
        return case
    row = Ending(case=case, ended_at=at, how=how(by))
    if words.strip():
        ring = rings.open_ring("case", case.pk, opener_of(by), to_seal=True, client=case.client_id)
        audit.sealed(hashlib.sha256(close_text(row, "words", words, ring.key(Scope.SHARED))).digest())
    row.save(force_insert=True)
    case.left_at, case.rests_until = at, None
    case.save(update_fields=["left_at", "rests_until"])
    if any(one.withdrawn_at is None for one in consents(case.pk)):
        withdraw(by=by, at=at, case=case)
    for booking in _ahead(case, at):
        cancel(by=by, at=at, booking=booking)
    Proposal.objects.filter(client_id=case.client_id).delete()  # nor does a slip from before call anybody back
    for kind in WITH_THE_CLIENT:
        settle_of_case(kind=kind, case=case.pk, by=by.id, at=at)
    tell(to=case.counselor_id, kind=ENDED, about=case.pk, at=at)
    return case


@audit.act(Act.COME_AGAIN, on=("case.client", "case"), facts=own_facts)
def come_again(*, by: Actor, at: datetime, case: Case, once: UUID | None = None) -> Case:
    """The client would like to come again: the mark is gone. A time that the client takes says the same."""
    if case.left_at is None:
        audit.goes_on()
        return case
    is_back(case, by=by.id, at=at)
    tell(to=case.counselor_id, kind=CAME_AGAIN, about=case.pk, at=at)
    return case


def _saying_facts(*, by: Actor, case: Case, **_: Any) -> tuple[CareTeamFacts, EndingFacts, AccountFacts]:
    there = account_of(case.client_id) is not None
    return CareTeamFacts(on_care_team(case, by)), ending_facts(case), AccountFacts(there)


@audit.act(Act.SAY_DOOR_IS_OPEN, on=("case.client", "case"), facts=_saying_facts)
def say_door_is_open(*, by: Actor, at: datetime, case: Case, once: UUID | None = None) -> Ending:
    """Once, one fixed sentence in the client's own account: the door stays open. There is no field for words, on purpose."""
    row = ending(case.pk)
    assert row is not None, "the clause asked for it"
    row.told_at = at
    row.save(update_fields=["told_at"])
    tell(to=case.client_id, kind=DOOR_OPEN, about=case.pk, at=at)
    return row


def _asking_facts(
    *, by: Actor, at: datetime, case: Case, day: date | None, heard: str, **_: Any
) -> tuple[CareTeamFacts, EndingFacts]:
    known, days = ending_facts(case), calendar()
    fits = day is not None and case.left_at is not None and days.local(case.left_at) <= day <= days.local(at)
    said = EndingFacts(known.left, known.told, known.danger, known.asked, heard in HEARD, fits)
    return CareTeamFacts(on_care_team(case, by)), said


@audit.act(Act.ASK_IF_SAFE, on=("case.client", "case"), facts=_asking_facts)
def ask_if_safe(
    *, by: Actor, at: datetime, case: Case, day: date | None, heard: str, once: UUID | None = None
) -> Ending:
    """Danger was open when the client left: asked once, in person, at school. What was heard stays in the file.

    "Not safe" owes today's report like any danger, unless it is owed already.
    """
    row = ending(case.pk)
    assert row is not None and day is not None, "the clauses asked for it"
    ring = rings.open_ring("case", case.pk, opener_of(by), to_seal=True, client=case.client_id)
    audit.sealed(hashlib.sha256(close_text(row, "heard", heard, ring.key(Scope.FILE))).digest())
    row.asked_on, row.asked_at = day, at
    row.save(update_fields=["asked_on", "asked_at", "heard"])
    if heard == NOT_SAFE and not open_steps(case=case.pk).filter(kind=DANGER_REPORT).exists():
        owe(DangerAnswer(Danger.ACT), row, by=by.id, at=at)
    return row
