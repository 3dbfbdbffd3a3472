"""From rows to what the clauses about callers, the door and letters may look at."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from subrosa.policy.actor import NOBODY, Actor, Kind
from subrosa.policy.facts import BoxFacts, InquiryFacts, LetterFacts, RequestFacts
from subrosa.records.appointment.models import Booking
from subrosa.records.appointment.states import State as Booked
from subrosa.records.case.queries import on_care_team
from subrosa.records.person.teams import members
from subrosa.records.school.calendar import school_profile
from subrosa.records.vault import rings
from subrosa.records.vault.models import Grant, Keypair
from subrosa.records.vault.opener import Opener

from . import lists
from .models import Inquiry, Slip
from .states import State

HOUR = timedelta(hours=1)
DUTY = "duty"


def inquiry_facts(*, asker: str, **_: Any) -> tuple[InquiryFacts]:
    """Who asks, and nothing else: about whom it is cannot be given to this act."""
    return (InquiryFacts(listed=asker in set(lists.Asker)),)


def telling_facts(*, inquiry: Inquiry, **_: Any) -> tuple[InquiryFacts]:
    """An inquiry is of nobody in particular, so no disclosure can belong to it: what is disclosed goes the way of EXC-01."""
    return (InquiryFacts(listed=True, disclosed=False),)


def duty_pair() -> Keypair | None:
    """The duty team's key pair in force; None before the teams are founded."""
    return Keypair.objects.filter(kind=DUTY, of=rings.team_id(DUTY), ended_at=None).first()


def duty_team() -> list[UUID]:
    """The colleagues who hold the duty team's key, read from the grants themselves."""
    return members([DUTY])[DUTY]


def on_duty_team(by: Actor) -> bool:
    """Whether the actor holds it; a key that was opened in this request is not asked for again."""
    opened = isinstance(by.opener, Opener) and (DUTY, rings.team_id(DUTY)) in by.opener.rings
    return by.kind is Kind.STAFF and (opened or by.id in duty_team())


def at_the_door(**_: Any) -> tuple[tuple[UUID, str]]:
    """One after the other, so that what came in this hour is counted while nothing comes in."""
    return ((NOBODY, "door"),)


def _door(by: Actor, at: datetime, kind: lists.Kind, most: str) -> tuple[BoxFacts]:
    team, nameless = duty_pair() is not None, by.kind is Kind.DOOR
    if not nameless:
        return (BoxFacts(team, nameless=False),)
    waiting = Slip.objects.filter(kind=kind, client=None, left_at__gt=at - HOUR).exclude(state=State.CLOSED)
    return (BoxFacts(team, True, waiting.count(), school_profile()[most]),)


def slip_facts(*, by: Actor, at: datetime, **_: Any) -> tuple[BoxFacts]:
    """A worry slip about to be left. Guarded by the door's lock."""
    return _door(by, at, lists.Kind.SLIP, "duty.slips_per_hour")


def goes_on(cry: Slip, client: UUID | None, at: datetime) -> bool:
    """Whether something may still be added to a cry: by the same sender, within the hour, while nobody has closed it."""
    same = cry.kind == lists.Kind.CRY and cry.client_id == client
    return same and cry.state != State.CLOSED and at - cry.left_at < HOUR


def cry_facts(*, by: Actor, at: datetime, again: Slip | None = None, **_: Any) -> tuple[BoxFacts]:
    """A cry about to be sent; from an account, or added to one sent, it is never too many. Guarded by the door's lock."""
    if again is not None and goes_on(again, by.id if by.kind is Kind.CLIENT else None, at):
        return (BoxFacts(duty_pair() is not None, nameless=False),)
    return _door(by, at, lists.Kind.CRY, "duty.cries_per_hour")


def reading_facts(*, by: Actor, **_: Any) -> tuple[LetterFacts]:
    """Whether the actor is on the duty team."""
    return (LetterFacts(on_duty_team(by)),)


def sorting_facts(*, by: Actor, slip: Slip, choice: str, **_: Any) -> tuple[LetterFacts]:
    """A letter about to be sorted. Guarded by its row."""
    return (LetterFacts(on_duty_team(by), slip.state != State.CLOSED, choice in set(lists.Choice)),)


def closing_facts(*, by: Actor, slip: Slip, answer: str, **_: Any) -> tuple[LetterFacts]:
    """A letter about to be closed. Guarded by its row."""
    return (LetterFacts(on_duty_team(by), slip.state != State.CLOSED, answer in set(lists.Answer)),)


def request_facts(*, by: Actor, booking: Booking, **_: Any) -> tuple[RequestFacts]:
    """A request, and who would read it: the care team, or who is on duty while the first meeting lies ahead.

    What the duty team may read is read from the grant itself, which goes with the first meeting. Guarded by the case row.
    """
    held = Grant.objects.filter(
        keyring__kind="case", keyring__of=booking.case_id, keyring__destroyed_at=None, holder__kind=DUTY, share=0
    )
    met = Booking.objects.filter(case=booking.case_id, state=Booked.HELD)
    duty = on_duty_team(by) and held.exists()
    return (RequestFacts(on_care_team(booking.case, by), duty_holds=duty, met=met.exists()),)


def request_sorting_facts(*, by: Actor, booking: Booking, choice: str, **_: Any) -> tuple[RequestFacts, LetterFacts]:
    """A request about to be sorted, by who may read it. Guarded by the case row."""
    (request,) = request_facts(by=by, booking=booking)
    return request, LetterFacts(on_team=True, listed=choice in set(lists.Choice))
