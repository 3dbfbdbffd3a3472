"""A time that others propose: held, with a neutral slip in the student's hand; only the student answers (CLIENT-01).

A yes at the door is the same for everybody, so that a slip in the wrong hand says nothing about whom it was for. Somebody
known gets the time in the one file there is; somebody unknown becomes a client by it. Nobody is shown return digits: for
somebody known they would open a second way to an old file. Who wants them takes a time at the door as anybody does; who comes
gets a code from the desk. The keys of that press seal nothing and are gone with it, so there is no box for words either.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from subrosa.policy.actor import Actor, Kind
from subrosa.policy.acts import Act
from subrosa.policy.facts import ConsentFacts, ProposalFacts, ProposingFacts, SlotFacts
from subrosa.policy.rows.ending import ANSWERS, YES
from subrosa.policy.ruling import Boundary
from subrosa.records import audit
from subrosa.records.audit.queries import answer_of
from subrosa.records.person.clients import Identity
from subrosa.records.person.doorway import for_one_press
from subrosa.records.person.models import Client
from subrosa.records.person.returning import Newcomer
from subrosa.records.school.calendar import calendar
from subrosa.records.vault import keys, rings
from subrosa.records.vault.opened import Opened
from subrosa.records.vault.opener import opener_of
from subrosa.records.vault.texts import close_text, open_text

from .actions import book
from .facts import booking_facts
from .models import Booking
from .models import Proposal as Proposal
from .queries import Offer

NOBODY_YET = Client()  # somebody who is no client: no booking of hers can be in the way


@dataclass(frozen=True, slots=True)
class Meant:
    """Who is meant, as the desk knows it: for the slip's list and under the desk key only. `roster`: the row of the list."""

    name: str
    class_name: str = ""
    roster: str = ""

    def __repr__(self) -> str:
        return "…"


def _its_day(*, offer: Offer, who: Meant, **_: Any) -> Iterable[tuple[UUID, str]]:
    """The same locks as a booking's, counselor and room on that day; and one of who is meant."""
    day = calendar().local(offer.starts_at).isoformat()
    locks = [(key, day) for key in (offer.opening.staff_id, offer.opening.room_id)]
    return [*locks, (UUID(who.roster), "proposed")] if who.roster else locks


def _is_waiting(by: Actor, at: datetime, who: Meant, client: Client | None) -> bool:
    """Whether something is proposed to this student and not answered; who is meant only the desk key tells."""
    rows = Proposal.objects.filter(starts_at__gt=at)
    if client is not None and rows.filter(client=client).exists():
        return True
    if not who.roster:
        return False
    try:
        desk = rings.desk_key(opener_of(by))
    except Boundary:  # whoever lacks it proposes nothing anyhow
        return False
    return any(json.loads(open_text(row, "who", desk)).get("roster") == who.roster for row in rows)


def _proposing_facts(
    *, by: Actor, at: datetime, offer: Offer, who: Meant, client: Client | None = None, **_: Any
) -> tuple[SlotFacts, ConsentFacts, ProposingFacts]:
    """The time as for a booking, so that a yes to it is not refused for a reason that only somebody known could have."""
    known = client or NOBODY_YET
    slot, _own, consent = booking_facts(
        by=by, at=at, client=known, opening=offer.opening, starts_at=offer.starts_at, ends_at=offer.ends_at
    )
    return slot, consent, ProposingFacts(_is_waiting(by, at, who, client))


@audit.act(Act.PROPOSE_TIME, days=_its_day, facts=_proposing_facts)
def propose(
    *,
    by: Actor,
    at: datetime,
    offer: Offer,
    who: Meant,
    code: str,
    client: Client | None = None,
    once: UUID | None = None,
) -> Proposal:
    """Hold a time for somebody who has not said yes to anything. What has passed without an answer is swept away."""
    Proposal.objects.filter(starts_at__lte=at).delete()
    row = Proposal(opening=offer.opening, client=client, starts_at=offer.starts_at, ends_at=offer.ends_at, made_at=at)
    row.staff_id, row.room_id = offer.opening.staff_id, offer.opening.room_id
    row.code_hash = keys.code_mark(keys.tidy_code(code))
    said = json.dumps(asdict(who), ensure_ascii=False)
    close_text(row, "who", said, rings.desk_key(opener_of(by), to_seal=True))
    row.save(force_insert=True)
    return row


def _one_at_a_time(*, proposal: Proposal, **_: Any) -> Iterable[tuple[UUID, str]]:
    """An answer takes the row away, so it cannot be what the second of two presses waits for."""
    return [(proposal.pk, "proposal")]


def _answer_facts(
    *, by: Actor, at: datetime, proposal: Proposal, answer: str, code: str = "", **_: Any
) -> tuple[ProposalFacts]:
    """Whoever holds the slip answers, signed in or not; without it an account only for itself."""
    in_hand = bool(code) and keys.code_mark(keys.tidy_code(code)) == bytes(proposal.code_hash)
    own = by.kind is Kind.DOOR or in_hand or proposal.client_id is None or proposal.client_id == by.id
    there = Proposal.objects.filter(pk=proposal.pk, starts_at__gt=at).exists()
    return (ProposalFacts(own=own, open=there, listed=answer in ANSWERS),)


@audit.act(Act.ANSWER_PROPOSAL, days=_one_at_a_time, facts=_answer_facts)
def answer_proposal(
    *,
    by: Actor,
    at: datetime,
    proposal: Proposal,
    answer: str,
    newcomer: Newcomer | None = None,
    identity: Identity | None = None,
    code: str = "",
    once: UUID | None = None,
) -> Booking | None:
    """Yes holds the time as the student's own booking. Another time or no: the time is free, and nothing else is kept."""
    Proposal.objects.filter(pk=proposal.pk).delete()
    Proposal.objects.filter(starts_at__lte=at).delete()  # and what has passed without an answer
    if answer != YES:
        return None
    if by.kind is Kind.CLIENT:
        return _booked(by, at, proposal, Client.objects.get(pk=by.id))
    assert newcomer is not None, "the page of the door makes one"
    with for_one_press(newcomer, identity or Identity(""), proposal.client, at) as me:
        return _booked(me, at, proposal, proposal.client or newcomer.client)


def _booked(by: Actor, at: datetime, row: Proposal, client: Client) -> Booking:
    times: dict[str, Any] = {"opening": row.opening, "starts_at": row.starts_at, "ends_at": row.ends_at}
    made: Booking = book(by=by, at=at, client=client, **times)
    return made


@audit.act(Act.WITHDRAW_PROPOSAL, days=_one_at_a_time)
def withdraw_proposal(*, by: Actor, at: datetime, proposal: Proposal, once: UUID | None = None) -> None:
    """The desk takes it back: the slip is lost, the wrong student, the counselor ill. What was answered is gone already."""
    Proposal.objects.filter(pk=proposal.pk).delete()


def proposal(key: UUID) -> Proposal | None:
    """One proposal that stands."""
    return Proposal.objects.filter(pk=key).first()


def proposal_for(typed: str, at: datetime) -> Proposal | None:
    """The open proposal of a typed code; ValueError for what is no code."""
    mark = keys.code_mark(keys.tidy_code(typed))
    rows = Proposal.objects.select_related("opening__staff", "room", "client").filter(code_hash=mark)
    return rows.filter(starts_at__gt=at).first()


def proposals_to(client: UUID, at: datetime) -> list[Proposal]:
    """What is proposed to a client and not answered, the nearest first."""
    rows = Proposal.objects.select_related("opening__staff", "room").filter(client_id=client, starts_at__gt=at)
    return list(rows.order_by("starts_at"))


@dataclass(frozen=True, slots=True)
class Waiting:
    """One proposal that nobody has answered, with who is meant."""

    row: Proposal
    name: Opened
    class_name: Opened


@audit.act(Act.READ_IDENTITIES, reads=True)
def read_proposals(*, by: Actor, at: datetime) -> list[Waiting]:
    """The desk's list of what is proposed and not answered: one entry, whatever the number."""
    desk = rings.desk_key(opener_of(by))
    rows = Proposal.objects.select_related("room").filter(starts_at__gt=at).order_by("starts_at", "id")[:50]
    said = [(row, json.loads(open_text(row, "who", desk))) for row in rows]
    return [Waiting(row, Opened(one["name"]), Opened(one["class_name"])) for row, one in said]


def held_by(once: UUID) -> Booking | None:
    """The booking that a press made whose answer never arrived: the proposal itself is gone by then."""
    label, _, key = answer_of(once).partition(":")
    return Booking.objects.select_related("room").filter(pk=key).first() if label == Booking._meta.label else None
