"""Founding a center: the lead's key, the house key, the desk, three seats of which any two recover."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.policy.roles import Role
from subrosa.records import audit
from subrosa.records.vault import keys, rings, server
from subrosa.records.vault.models import Keypair
from subrosa.records.vault.opener import Opener, opener, opener_of

from .facts import founding_facts
from .marks import sign_in_mark
from .models import Session, Staff


@audit.act(Act.FOUND_CENTER, facts=founding_facts)
def found(
    *, by: Actor, at: datetime, name: str, sign_in: str, keypair: Keypair, private: Opener, session: Session
) -> Staff:
    """The first act of a center: its lead, the house key (sealed to the lead, its public half pinned), the desk."""
    house, house_private = keys.new_keypair("house", rings.team_id("house"), at=at)
    house_opener = opener(house.pk, house_private)
    keys.pin_house(bytes(house.sign_public))
    keypair.grants = True
    for pair in (keypair, house):
        keys.certify(pair, house_opener.sign)
    keypair.save(force_insert=True)
    ring = rings.make(
        "house", rings.team_id("house"), [rings.Holder(keypair, rings.Scope.ROOT)], private, clause="MGMT-01", at=at
    )
    keys.lock_under_key(house, house_private, ring.key(rings.Scope.TEAM).secret)
    house.save(force_insert=True)
    rings.make_team("desk", [keypair], private, house_opener.sign, at=at)
    lead = Staff(
        pk=keypair.of,
        roles=[Role.LEAD],
        state="active",
        keypair=keypair,
        sign_in_mark=sign_in_mark(sign_in),
        invited_at=at,
    )
    server.close_personal(lead, "name", name)
    lead.save(force_insert=True)
    session.save(force_insert=True)
    return lead


@audit.act(Act.SHOW_SEAT_SHEET, facts=founding_facts)
def seat(*, by: Actor, at: datetime, number: int, pair: Keypair) -> Keypair:
    """One seat: its public half is certified and kept; its private half is on the sheet that is shown now and nowhere else."""
    keys.certify(pair, rings.team_opener("house", opener_of(by)).sign)
    pair.save(force_insert=True)
    return pair


@audit.act(Act.SEAL_FOUNDING, facts=founding_facts)
def seal(*, by: Actor, at: datetime, once: UUID | None = None) -> None:
    """Split house and desk key over the three seats."""
    who = opener_of(by)
    seats = list(Keypair.objects.filter(kind="seat").order_by("number"))
    for kind in ("house", "desk"):
        ring = rings.open_ring(kind, rings.team_id(kind), who)
        rings.add_package(ring, seats, who, clause="CONF-07", at=at)


def new_seat(number: int, at: datetime) -> tuple[Keypair, str]:
    """A seat's pair as an unsaved row, and the text of its sheet."""
    pair, both = keys.new_keypair("seat", UUID(int=number), at=at, number=number)
    return pair, keys.sheet(both)
