"""A time that others propose: held, with a neutral slip in the student's hand; only the student answers (CLIENT-01)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from subrosa.policy.actor import Actor, Kind
from subrosa.policy.acts import Act
from subrosa.policy.ending import ANSWERS, YES
from subrosa.policy.facts import ProposalFacts, SlotFacts
from subrosa.records import audit
from subrosa.records.audit.queries import answer_of
from subrosa.records.person.clients import Identity
from subrosa.records.person.models import Client
from subrosa.records.person.returning import Newcomer
from subrosa.records.school.calendar import calendar
from subrosa.records.vault import keys, rings
from subrosa.records.vault.opened import Opened
from subrosa.records.vault.opener import opener_of
from subrosa.records.vault.texts import close_text, open_text

from .actions import book
from .facts import booking_facts
from .first import first_contact
from .models import Booking
from .models import Proposal as Proposal
from .queries import Offer

NOBODY_YET = Client()  # somebody who is no client: no booking of hers can be in the way


@dataclass(frozen=True, slots=True)
class Meant:
    """Who is meant, as the desk knows it: for the slip's list and under the desk key only."""

    name: str
    class_name: str = ""

    def __repr__(self) -> str:
        return "…"


def _its_day(*, offer: Offer, **_: Any) -> Iterable[tuple[UUID, str]]:
    """The same locks as a booking's: counselor and room on that day."""
    day = calendar().local(offer.starts_at).isoformat()
    return [(key, day) for key in (offer.opening.staff_id, offer.opening.room_id)]


def _slot_facts(*, by: Actor, at: datetime, offer: Offer, client: Client | None = None, **_: Any) -> tuple[SlotFacts]:
    """The time as for a booking: free, offered, and with a counselor who receives."""
    known = client or NOBODY_YET
    slot, *_rest = booking_facts(
        by=by, at=at, client=known, opening=offer.opening, starts_at=offer.starts_at, ends_at=offer.ends_at
    )
    return (slot,)


@audit.act(Act.PROPOSE_TIME, days=_its_day, facts=_slot_facts)
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
    said = json.dumps({"name": who.name, "class_name": who.class_name}, ensure_ascii=False)
    close_text(row, "who", said, rings.desk_key(opener_of(by), to_seal=True))
    row.save(force_insert=True)
    return row


def _one_at_a_time(*, proposal: Proposal, **_: Any) -> Iterable[tuple[UUID, str]]:
    """An answer takes the row away, so it cannot be what the second of two presses waits for."""
    return [(proposal.pk, "proposal")]


def _answer_facts(*, by: Actor, at: datetime, proposal: Proposal, answer: str, **_: Any) -> tuple[ProposalFacts]:
    """The door answers with the code of the slip, an account for itself."""
    own = by.kind is Kind.DOOR or proposal.client_id is None or proposal.client_id == by.id
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
    once: UUID | None = None,
) -> Booking | None:
    """Yes holds the time as the student's own booking. Another time or no: the time is free, and nothing else is kept."""
    proposal.delete()
    Proposal.objects.filter(starts_at__lte=at).delete()  # and what has passed without an answer
    if answer != YES:
        return None
    offer = Offer(proposal.opening, proposal.starts_at, proposal.ends_at)
    if by.kind is Kind.CLIENT:
        me = Client.objects.get(pk=by.id)
        held: Booking = book(
            by=by, at=at, client=me, opening=offer.opening, starts_at=offer.starts_at, ends_at=offer.ends_at
        )
        return held
    assert newcomer is not None, "the page of the door makes one"
    made: Booking = first_contact(by=by, at=at, newcomer=newcomer, identity=identity or Identity(""), offer=offer)
    return made


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
