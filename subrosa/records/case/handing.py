"""Client mode: the center's device in a client's hands. The staff session locks, and a client session of five minutes opens.

A client need not have an account. The session carries a temporary key pair, introduced under the desk key; where the
colleague holds the case it is granted what is shared of this one case. Whatever ends the session ends grant and pair too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from subrosa.policy.actor import Actor, Kind
from subrosa.policy.acts import Act
from subrosa.policy.facts import CareTeamFacts, EndingFacts, OwnFacts
from subrosa.policy.roles import Role
from subrosa.records import audit
from subrosa.records.person import queries as people
from subrosa.records.person.clients import stands
from subrosa.records.person.entrance import new_session
from subrosa.records.person.models import Client, Session
from subrosa.records.school.calendar import school_profile
from subrosa.records.vault import keys, rings
from subrosa.records.vault.models import Keypair
from subrosa.records.vault.opener import Opener, Secret, opener_of
from subrosa.records.vault.rings import Holder, Scope
from subrosa.records.vault.taking import end_pair, holds

from .ended import ending_facts
from .models import Case as Case
from .models import Handed as Handed
from .queries import on_care_team

MINUTE = 60


@dataclass(frozen=True, slots=True)
class Device:
    """What is made before the act: the client session (not saved), the cookie that opens it, and its temporary pair.

    `to_book`: it is handed over on the page of times, so that a next one is held.
    """

    session: Session
    cookie: str
    keypair: Keypair
    to_book: bool = False

    def __repr__(self) -> str:
        return "…"


def prepare(client: UUID, *, at: datetime, to_book: bool = False) -> Device:
    """A session of a shared device with keys of its own, introduced by a secret that nobody keeps but the desk."""
    pair, both = keys.new_keypair("client", client, at=at, number=keys.TEMPORARY)
    session, cookie = new_session(Kind.CLIENT, client, pair.pk, both, at=at)
    session.idle_seconds = school_profile()["devices.idle_lock_minutes"]["shared"] * MINUTE
    return Device(session, cookie, pair, to_book)


def _handing_facts(
    *, by: Actor, client: Client, device: Device, case: Case | None = None, **_: Any
) -> tuple[CareTeamFacts, EndingFacts]:
    """Without a case nothing of one is handed on; with one only by its care team, and to its own client."""
    team = CareTeamFacts(case is None or (case.client_id == client.pk and on_care_team(case, by)))
    return team, ending_facts(case) if case is not None and device.to_book else EndingFacts()


@audit.act(Act.HAND_OVER_DEVICE, on=("client", "case"), facts=_handing_facts)
def hand_over(
    *,
    by: Actor,
    at: datetime,
    client: Client,
    device: Device,
    locking: UUID | None = None,
    case: Case | None = None,
    back_to: str = "/",
    once: UUID | None = None,
) -> Handed:
    """Lock the staff session `locking` and open a client session in its place. An earlier one of this client ends."""
    who, pair = opener_of(by), device.keypair
    for earlier in Handed.objects.filter(client=stands(client), ended_at=None):
        _end(earlier, at)
    _introduce(pair, client, who)
    if case is not None:
        ring = rings.open_ring("case", case.pk, who, to_seal=True, client=client.pk)
        mine = Holder(pair, Scope.SHARED, of=client.pk)
        rings.grant_to(ring, [mine], who, clause="CON-01", at=at)
    if locking is not None:
        Session.objects.filter(pk=locking, kind=Kind.STAFF).update(private=None)
    device.session.save(force_insert=True)
    return Handed.objects.create(
        client=client,
        staff_id=by.id,
        case=case,
        keypair=pair,
        session=device.session.pk,
        back_to=back_to,
        began_at=at,
    )


def _introduce(pair: Keypair, client: Client, who: Opener) -> None:
    secret, desk = Secret.random(32), rings.desk_key(who, to_seal=True)
    keys.introduce(pair, secret)
    pair.introduction = keys.close_introduction(client.pk, secret, desk.secret)
    pair.save(force_insert=True)


def _end(handed: Handed, at: datetime) -> None:
    """Session, grant and pair in one. What the pair signed stays signed, so its public halves stay."""
    Session.objects.filter(pk=handed.session).delete()
    end_pair(handed.keypair_id, at=at)
    handed.ended_at = at
    handed.save(update_fields=["ended_at"])


def _back_facts(*, by: Actor, handed: Handed, **_: Any) -> tuple[OwnFacts]:
    return (OwnFacts(own=by.kind is not Kind.CLIENT or by.id == handed.client_id),)


@audit.act(Act.TAKE_DEVICE_BACK, on="handed", facts=_back_facts)
def take_back(*, by: Actor, at: datetime, handed: Handed, once: UUID | None = None) -> Handed:
    """I am done, or nobody touched it for too long: nothing of the session opens anything any more."""
    if handed.ended_at is None:
        _end(handed, at)
    return handed


class ClientStanding(people.ClientStanding):
    """A client acts as a client while the account is there, or while the center's device is in the client's hands."""

    def roles(self, actor: Actor, *, lock: bool) -> frozenset[Role]:
        """Read the answer; only who has no account is looked for among the devices."""
        roles = super().roles(actor, lock=lock)
        if roles:
            return roles
        rows = Handed.objects.filter(client_id=actor.id, ended_at=None)
        here = rows.select_for_update(no_key=True).first() if lock else rows.first()
        return frozenset({Role.CLIENT}) if here is not None else frozenset()


def in_client_mode(by: Actor) -> bool:
    """Whether these keys are those of a device that was handed over and not taken back."""
    if by.kind is not Kind.CLIENT or not isinstance(by.opener, Opener):
        return False
    return Handed.objects.filter(keypair=by.opener.keypair, ended_at=None).exists()


def of_session(session: UUID) -> Handed | None:
    """The handing over that a client's session belongs to, ended or not; None for a session on an own account."""
    return Handed.objects.filter(session=session).first()


def timed_out(at: datetime) -> Iterable[Handed]:
    """Devices that nobody touched for too long, or whose session is gone: a key must not lie about."""
    rows = list(Handed.objects.filter(ended_at=None))
    sessions = {one.pk: one for one in Session.objects.filter(pk__in=[row.session for row in rows])}
    return [row for row in rows if not _lives(sessions.get(row.session), at)]


def _lives(session: Session | None, at: datetime) -> bool:
    return (
        session is not None
        and session.private is not None
        and at - session.last_use <= timedelta(seconds=session.idle_seconds)
    )


def holds_shared(by: Actor, case: Case) -> bool:
    """Whether these keys open what is shared of a case: an account older than it, or a device that came with it."""
    return isinstance(by.opener, Opener) and holds("case", case.pk, by.opener.keypair)
