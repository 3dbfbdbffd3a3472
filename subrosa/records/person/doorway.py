"""Who came by the door, and how the next open desk takes them over: by name, never joined to an older client unseen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from time import monotonic
from uuid import UUID

from subrosa.policy.actor import Actor, Kind
from subrosa.policy.acts import Act
from subrosa.policy.ruling import Boundary, Refused
from subrosa.records import audit
from subrosa.records.vault import held, introductions, rings
from subrosa.records.vault.models import Keypair
from subrosa.records.vault.opener import opener_of
from subrosa.records.vault.taking import end_pair
from subrosa.records.vault.texts import close_text

from .clients import Identity
from .models import Account, Client, Session
from .returning import Newcomer

SLICE = 0.5  # seconds that a page may spend on those who wait
MOST = 40


def settle(newcomer: Newcomer, identity: Identity) -> None:
    """Save somebody who came by the door. Part of the act that holds the first time, never one itself.

    Name and introduction are sealed to the desk's certified public half: nobody can read them here, and nobody else there.
    """
    desk = held.keypair_of_desk()
    text = json.dumps(asdict(identity), ensure_ascii=False)
    held.close_to(newcomer.client, "identity_held", text, desk)
    introductions.introduce_at_the_door(newcomer.pair, desk)
    newcomer.client.save(force_insert=True)
    newcomer.pair.save(force_insert=True)
    newcomer.account.save(force_insert=True)


@contextmanager
def for_one_press(newcomer: Newcomer, identity: Identity, known: Client | None, at: datetime) -> Iterator[Actor]:
    """Part of an act: whoever holds a slip acts as a client once, with keys of this request that open nothing afterwards.

    Somebody known keeps the one file and, where there is one, the own account: its keys are not asked for.
    """
    me = newcomer.me
    if known is None:
        settle(newcomer, identity)
    else:
        me = Actor(Kind.CLIENT, known.pk, newcomer.me.opener)
        newcomer.pair.of, newcomer.account.client = known.pk, known
        introductions.introduce_at_the_door(newcomer.pair, held.keypair_of_desk())
        newcomer.pair.save(force_insert=True)
        if not Account.objects.filter(client=known).exists():
            newcomer.account.save(force_insert=True)
    yield me
    Account.objects.filter(pk=newcomer.account.pk).delete()
    end_pair(newcomer.pair.pk, at=at)


@audit.act(Act.ADOPT_CLIENT, on="client")
def adopt(*, by: Actor, at: datetime, client: Client) -> Client:
    """Take over one who came by the door: name and introduction move under the desk key."""
    if not client.waits:
        return client
    who = opener_of(by)
    desk = rings.desk_key(who, to_seal=True)
    team = rings.team_opener("desk", who)
    said = held.open_own(client, "identity_held", team)
    close_text(client, "identity", said, desk)
    client.lacks = ["who", *(part for part in Identity(**json.loads(said)).lacks if part != "who")]  # maybe a nickname
    client.identity_held, client.waits = None, False
    client.save(update_fields=["identity", "identity_held", "waits", "lacks"])
    for pair in Keypair.objects.filter(kind="client", of=client.pk, introduction=None):
        if introductions.waits(pair):
            introductions.take_over(pair, desk.secret, team)
    return client


def adopt_waiting(*, by: Actor, at: datetime, first: Iterable[UUID] = ()) -> int:
    """Take over who waits, those named on the page first, for half a second at most; answers how many.

    Each is an act of its own: one row that somebody altered is refused, noted, and keeps nobody else waiting.
    """
    wanted, begun, done = set(first), monotonic(), 0
    waiting = list(Client.objects.filter(waits=True).order_by("made_at", "id")[:MOST])
    if not waiting or not _holds_the_desk(by):
        return 0
    for row in sorted(waiting, key=lambda one: one.pk not in wanted):
        if monotonic() - begun > SLICE:
            break
        try:
            adopt(by=by, at=at, client=row)
            done += 1
        except Refused:
            continue
    return done


def let_go(client: UUID, *, at: datetime) -> None:
    """Part of an act that destroys the last of what somebody from the door left: the digits open nothing any more."""
    for account in Account.objects.filter(client_id=client):
        end_pair(account.keypair_id, at=at)
        account.delete()
    Session.objects.filter(kind=Kind.CLIENT, holder=client).delete()
    Client.objects.filter(pk=client).update(identity=None, identity_held=None, waits=False)


def _holds_the_desk(by: Actor) -> bool:
    try:
        return bool(rings.desk_key(opener_of(by), to_seal=True))
    except Boundary:
        return False
