"""Note who asked, leave a slip, send a cry, read and sort the queue. The sender learns three words and never who comes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from subrosa.policy.actor import Actor, Kind
from subrosa.policy.acts import Act
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Boundary, Owed
from subrosa.records import audit
from subrosa.records.appointment.models import Booking
from subrosa.records.duty.book import settle
from subrosa.records.notice.book import tell
from subrosa.records.person.models import Staff
from subrosa.records.school.calendar import calendar
from subrosa.records.vault import held, keys, rings
from subrosa.records.vault.opened import Opened
from subrosa.records.vault.opener import Opener, opener_of
from subrosa.records.vault.texts import open_text

from . import facts, lists, queries
from .models import Inquiry, Sorted
from .models import Slip as Slip
from .states import TRANSITIONS, State


def _lead_decides(*, by: Actor, at: datetime, asker: str, **_: Any) -> list[Owed]:
    """EXC-10: who claims a right is called back by the lead, after a documented decision."""
    if asker != lists.Asker.INSISTS:
        return []
    active = Staff.objects.filter(state="active").order_by("invited_at", "id")
    lead = next((one.pk for one in active if Role.LEAD in one.roles), by.id)
    return [Owed("insists", "EXC-10", calendar().after_school_days(at, 1), lead)]


@audit.act(Act.NOTE_INQUIRY, facts=facts.inquiry_facts, owes=_lead_decides)
def note_inquiry(*, by: Actor, at: datetime, asker: str, once: UUID | None = None) -> Inquiry:
    """Somebody asked. Which kind of caller, when and who answered: about whom it was is nowhere."""
    return Inquiry.objects.create(asker=asker, at=at, answered_by_id=by.id)


@audit.act(Act.TELL_OUTSIDER, on="inquiry", facts=facts.telling_facts)
def tell_outsider(*, by: Actor, at: datetime, inquiry: Inquiry, once: UUID | None = None) -> Inquiry:
    """Confirm to a caller whether somebody comes: the charter refuses it, and the attempt is an entry."""
    return inquiry


def _client_of(by: Actor) -> UUID | None:
    return by.id if by.kind is Kind.CLIENT else None


def _at_once(*, by: Actor, at: datetime, again: Slip | None = None, **_: Any) -> list[Owed]:
    """RISK-01: whoever holds the duty team's key owes the look now; the first who takes it settles it for all.

    What is added to a cry that nobody has taken is owed already; what came too late to be added is a cry of its own.
    """
    if again is not None and again.state == State.RECEIVED and facts.goes_on(again, _client_of(by), at):
        return []
    return [Owed(lists.Kind.CRY, "RISK-01", at, one) for one in facts.duty_team()]


def _today(*, at: datetime, urgent: bool = False, **_: Any) -> list[Owed]:
    """EDU-05: a slip that asks for today is looked at today."""
    due = calendar().end_of(calendar().local(at))
    return [Owed(lists.Kind.SLIP, "EDU-05", due, one) for one in facts.duty_team()] if urgent else []


def _sealed(slip: Slip, **said: str) -> Slip:
    """Put the words under the duty team's public half, which the house has certified."""
    pair = facts.duty_pair()
    assert pair is not None, "the clause asked for it"
    keys.check_certificate(pair)
    slip.holder = pair
    held.close_to(slip, "body", json.dumps(said, ensure_ascii=False), pair)
    slip.save(force_insert=slip._state.adding)
    return slip


@audit.act(Act.LEAVE_SLIP, days=facts.at_the_door, facts=facts.slip_facts, owes=_today)
def leave_slip(
    *,
    by: Actor,
    at: datetime,
    words: lists.Words,
    code: str,
    urgent: bool = False,
    once: UUID | None = None,
) -> Slip:
    """Somebody worries about somebody. Whom it is about and who wrote it stand in the sealed words only."""
    slip = Slip(kind=lists.Kind.SLIP, urgent=urgent, left_at=at, code_hash=keys.code_mark(keys.tidy_code(code)))
    return _sealed(slip, text=words.text, reach=words.reach, whom=words.whom, sender=words.sender)


@audit.act(Act.SEND_TO_DUTY, on="again", days=facts.at_the_door, facts=facts.cry_facts, owes=_at_once)
def send_to_duty(
    *, by: Actor, at: datetime, text: str, reach: str = "", again: Slip | None = None, once: UUID | None = None
) -> Slip:
    """A cry: sealed to the duty team at once, owed at once, and told to everybody who can open it. Words are not needed.

    `again` is a cry of the same page a moment ago: it is sealed anew with where to find the sender, and stays one cry.
    """
    client = _client_of(by)
    said = {"text": text, "reach": reach, "whom": "", "sender": ""}
    if again is not None and facts.goes_on(again, client, at):
        slip = _sealed(again, **said)
    else:
        slip = _sealed(Slip(kind=lists.Kind.CRY, client_id=client, urgent=True, left_at=at), **said)
    for one in facts.duty_team():
        tell(to=one, kind=lists.Kind.CRY, about=slip.pk, at=at)
    return slip


@dataclass(frozen=True, slots=True)
class Letter:
    """One slip or cry with its opened words; `opens` is false where somebody altered it below the program."""

    slip: Slip
    words: lists.Words
    opens: bool = True


def _opened(slip: Slip, team: Opener) -> Letter:
    try:
        said = json.loads(held.open_own(slip, "body", team))
    except Boundary:
        return Letter(slip, lists.Words(Opened("")), opens=False)
    return Letter(slip, lists.Words(**{name: Opened(text) for name, text in said.items()}))


@audit.act(Act.READ_QUEUE, on="slip", facts=facts.reading_facts, reads=True)
def read_letter(*, by: Actor, at: datetime, slip: Slip) -> Letter:
    """Open one letter: an entry that names it."""
    return _opened(slip, rings.team_opener(facts.DUTY, opener_of(by)))


@audit.act(Act.READ_QUEUE, facts=facts.reading_facts, reads=True)
def read_queue(*, by: Actor, at: datetime) -> Sequence[Letter]:
    """Open everything new at once, cries first: one entry for the page and one for each letter."""
    return [read_letter(by=by, at=at, slip=slip) for slip in queries.new_letters()]


def _move(slip: Slip, act: Act, by: Actor, at: datetime, **changes: object) -> Slip:
    """Change a letter's state; what was owed about it is settled for everybody."""
    slip.state = TRANSITIONS[(State(slip.state), act)]
    if slip.taken_at is None:
        changes |= {"taken_at": at, "taken_by_id": by.id}
    for name, value in changes.items():
        setattr(slip, name, value)
    slip.save(update_fields=["state", *(name.removesuffix("_id") for name in changes)])
    settle(kind=slip.kind, about=slip, by=by.id, at=at)
    return slip


@audit.act(Act.SORT_SLIP, on="slip", facts=facts.sorting_facts)
def sort_slip(*, by: Actor, at: datetime, slip: Slip, choice: str, once: UUID | None = None) -> Slip:
    """Today, this week, or an answer: from now on the sender reads that someone is taking care."""
    return _move(slip, Act.SORT_SLIP, by, at, choice=choice)


@audit.act(Act.CLOSE_SLIP, on="slip", facts=facts.closing_facts)
def close_slip(*, by: Actor, at: datetime, slip: Slip, answer: str, once: UUID | None = None) -> Slip:
    """Done with, with one of a few answers that stay in the house."""
    return _move(slip, Act.CLOSE_SLIP, by, at, answer=answer, closed_at=at, closed_by_id=by.id)


@audit.act(Act.READ_REQUEST, on="booking", facts=facts.request_facts, reads=True)
def read_request(*, by: Actor, at: datetime, booking: Booking) -> Opened:
    """What was said before a first meeting, read on duty or by the counselor: an entry that the client sees."""
    ring = rings.open_ring("case", booking.case_id, opener_of(by))
    return open_text(booking, "reason", ring.key(rings.Scope.SHARED))


@audit.act(Act.SORT_REQUEST, on=("booking.case", "booking"), facts=facts.request_sorting_facts)
def sort_request(*, by: Actor, at: datetime, booking: Booking, choice: str, once: UUID | None = None) -> Sorted:
    """The words of a first booking were read and sorted; the booked time stays what it is."""
    values = {"choice": choice, "at": at, "by_id": by.id}
    return Sorted.objects.update_or_create(booking=booking, defaults=values)[0]
