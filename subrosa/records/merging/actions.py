"""Put two clients together who are one student, after asking; take them apart again where it was a mistake."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.policy.ruling import Boundary
from subrosa.records import audit
from subrosa.records.appointment.sitting import settle_named
from subrosa.records.case.models import Case
from subrosa.records.correspondence.actions import RING
from subrosa.records.correspondence.models import Letter
from subrosa.records.notice.book import tell
from subrosa.records.person.clients import CODE_DAYS, NO_CONTACT, Identity, accounts_of, identities
from subrosa.records.person.models import ActivationCode, Client
from subrosa.records.vault import rings
from subrosa.records.vault.models import Keypair
from subrosa.records.vault.opener import Opener, opener_of
from subrosa.records.vault.rings import Holder, Scope
from subrosa.records.vault.texts import close_text, open_text

from .facts import apart_facts, files_of, merge_facts
from .files import Along, continue_file, resume_file
from .models import Merge
from .rows import introduce, move, move_back, part_keys
from .since import came_along, follow, owe_names_again

CLAUSE = "APPT-01"
TAKEN_OVER: Final = ("name", "number", "class_name", "phone", "urgent", "born")  # where the first knew less


@audit.act(Act.PUT_TOGETHER, on=("older", "client"), facts=merge_facts)
def put_together(
    *,
    by: Actor,
    at: datetime,
    client: Client,
    older: Client,
    agreed: bool = False,
    seen: bool = False,
    once: UUID | None = None,
) -> Merge:
    """`client` turned out to be `older`, and agreed: one identity, one page of the own things, every way in stays.

    Where both have an open file, one goes on in the other. What a key holds stays under it; the ways in are handed what is
    shared of the other's files as far as the actor can open them, the rest is owed as after any new account.
    """
    if client.waits or older.waits:
        raise Boundary("CONF-05", "who_came_by_the_door_is_taken_over_first")
    who, files, along = opener_of(by), files_of(client, older), Along([])
    main, ended = files.goes_on(by), files.ends(by)
    if main is not None and ended is not None:
        continue_file(by=by, at=at, case=ended, into=main, along=along)
    merge = Merge(client=older, was=client, case=main, ended=ended, by_id=by.id, at=at)
    _one_identity(merge, who)
    pairs = Keypair.objects.filter(kind="client", of=client.pk).order_by("pk")
    codes = ActivationCode.objects.filter(client=client)
    moved = [*introduce(pairs, codes, older.pk, who), *move(client.pk, older.pk)]
    client.joined = older
    client.save(update_fields=["joined"])
    merge.moved, merge.along = list(dict.fromkeys(moved)), list(dict.fromkeys(along.rows))
    merge.save(force_insert=True)
    for one in Case.objects.filter(client=older).order_by("pk"):
        _share("case", one.pk, older.pk, who, at)
    for letter in Letter.objects.filter(client=older, case=None).order_by("pk"):
        _share(RING, letter.pk, older.pk, who, at)
    settle_named(older, by=by, at=at)
    tell(to=older.pk, kind="put_together", about=merge.pk, at=at)
    return merge


def _one_identity(merge: Merge, who: Opener) -> None:
    """The name stays that of the list; what the desk did not know of it is taken over from the other."""
    desk = rings.desk_key(who, to_seal=True)
    known = identities(who, [merge.client_id, merge.was_id])
    before, said = (known.get(key, Identity("")) for key in (merge.client_id, merge.was_id))
    close_text(merge, "before", json.dumps(asdict(before), ensure_ascii=False), desk)
    reach = said.reach if said.reach == NO_CONTACT or not before.reach else before.reach
    of_age = before.of_age or (said.of_age and not before.born)  # a day of birth says more than a tick
    taken = {name: getattr(before, name) or getattr(said, name) for name in TAKEN_OVER}
    now = replace(before, reach=reach, of_age=of_age, **taken)
    close_text(merge, "after", json.dumps(asdict(now), ensure_ascii=False), desk)
    _know(merge.client, now, who)


def _know(client: Client, identity: Identity, who: Opener) -> None:
    desk = rings.desk_key(who, to_seal=True)
    close_text(client, "identity", json.dumps(asdict(identity), ensure_ascii=False), desk)
    client.lacks = identity.lacks
    client.save(update_fields=["identity", "lacks"])


def _share(kind: str, of: UUID, client: UUID, who: Opener, at: datetime) -> None:
    """Every way in of this client opens what is shared, where the actor can hand it on."""
    with suppress(Boundary):
        ring = rings.open_ring(kind, of, who, to_seal=True, client=client)
        ring.key(Scope.SHARED)
        mine = [Holder(one.keypair, Scope.SHARED, of=client) for one in accounts_of(client)]
        rings.grant_to(ring, mine, who, clause=CLAUSE, at=at)


@audit.act(Act.TAKE_APART, on=("merge.client", "merge"), facts=apart_facts)
def take_apart(*, by: Actor, at: datetime, merge: Merge, once: UUID | None = None) -> Merge:
    """It was not the same student, or the student thought again: each has the own things back, and neither opens the other's."""
    who, was = opener_of(by), Client.objects.select_for_update(no_key=True).get(pk=merge.was_id)
    pairs = Keypair.objects.filter(pk__in=merge.moved).order_by("pk")
    codes = ActivationCode.objects.filter(pk__in=merge.moved)
    introduce(pairs, codes, was.pk, who)
    given = ActivationCode.objects.filter(client=merge.client_id, until__gte=merge.at + timedelta(days=CODE_DAYS))
    given.exclude(pk__in=merge.moved).delete()  # a slip that was given since is in nobody knows whose pocket
    move_back(merge)
    was.joined = None
    was.save(update_fields=["joined"])
    if merge.case is not None and merge.ended is not None:
        ended, main = (Case.objects.get(pk=one.pk) for one in (merge.ended, merge.case))
        resume_file(by=by, at=at, case=ended, out_of=main, along=Along(came_along(merge)))
        follow(merge, ended)
    part_keys(merge.client_id, was.pk)
    _as_known_before(merge, who)
    owe_names_again(merge, [was.pk, merge.client_id])
    for one in (was, merge.client):
        settle_named(one, by=by, at=at)
    merge.apart_at = at
    merge.save(update_fields=["apart_at"])
    return merge


def _as_known_before(merge: Merge, who: Opener) -> None:
    """What the desk took over of the other is forgotten; what was corrected since stays."""
    desk = rings.desk_key(who)
    before, after = (json.loads(open_text(merge, name, desk)) for name in ("before", "after"))
    now = identities(who, [merge.client_id]).get(merge.client_id, Identity(**after))
    back = {name: said for name, said in before.items() if getattr(now, name) == after[name]}
    _know(merge.client, replace(now, **back), who)
