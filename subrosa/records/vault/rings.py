"""Keyrings: make one, hand it to a holder, open it. Only who can open one can grant it; every grant is signed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from subrosa.crypto.envelope import Scope as Scope
from subrosa.crypto.errors import BadSignature, CannotOpen
from subrosa.crypto.keys import derive, mark, new_root, scope_key
from subrosa.crypto.secret import Secret
from subrosa.crypto.signing import check, sign, verifying_half
from subrosa.crypto.splitting import pack_share, share_hash, split
from subrosa.crypto.wrapping import WrapInfo, holder_id, public_of, wrap, wrapped_holder
from subrosa.policy.ruling import Boundary
from subrosa.records.school.context import current_school
from subrosa.records.school.prepared import Prepared, columns, instance

from .introductions import take_over, waits
from .keys import check_certificate, lock_under_key, new_keypair, unlock_with_key
from .models import Grant, Keypair, Keyring, Package
from .opener import Opener, opener

TEAMS = ("desk", "duty", "crisis", "archive")
SEATS_NEEDED = 2


@dataclass(frozen=True, slots=True)
class Key:
    """One key to seal and open texts with: the secret, its scope and generation."""

    secret: Secret
    scope: Scope
    generation: int


@dataclass(slots=True)
class Ring:
    """An opened keyring: its root, or only the scope keys that were granted."""

    row: Keyring
    keys: dict[Scope, Secret] = field(default_factory=dict)
    checked: bool = False
    grants: list[Grant] = field(default_factory=list)  # what it was opened with

    def key(self, scope: Scope) -> Key:
        """The key of one scope; a boundary where this holder was not granted it."""
        known = self.keys.get(scope)
        if known is None:
            root = self.keys.get(Scope.ROOT)
            if root is None:
                raise Boundary("CONF-02", "only_a_holder_opens")
            known = scope_key(root, scope, current_school(), self.row.pk, self.row.generation)
            self.keys[scope] = known
        return Key(known, scope, self.row.generation)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who is to hold what: a key pair and a scope; dormant grants are handed out only in a registered absence.

    `of` is whose pair it must be: a row that points at somebody else's certified pair is noticed.
    """

    keypair: Keypair
    scope: Scope
    dormant: bool = False
    of: UUID | None = None


def _signed(ring: Keyring, grant: Grant) -> tuple[bytes, ...]:
    of_what = (current_school(), ring.pk, ring.kind, ring.of, ring.generation)
    texts = (*of_what, grant.scope, grant.holder_id, grant.clause)
    flags = (int(grant.dormant), grant.share)
    return (*(str(text).encode() for text in (*texts, *flags)), bytes(grant.wrapped))


def _grant(
    ring: Ring, holder: Holder, by: Opener, *, clause: str, at: datetime, share: tuple[int, bytes] = (0, b"")
) -> Grant:
    index, value = share
    pair = holder.keypair
    info = WrapInfo(
        current_school(), ring.row.pk, ring.row.generation, holder.scope, holder_id(bytes(pair.seal_public))
    )
    what = (
        Secret(value)
        if index
        else (ring.keys[Scope.ROOT] if holder.scope is Scope.ROOT else ring.key(holder.scope).secret)
    )
    grant = Grant(
        keyring=ring.row,
        scope=holder.scope,
        holder=pair,
        granter_id=by.keypair,
        clause=clause,
        dormant=holder.dormant,
        share=index,
        wrapped=wrap(bytes(pair.seal_public), what, info),
        at=at,
    )
    grant.signature = sign(by.sign, "grant", *_signed(ring.row, grant))
    return grant


def make(
    kind: str,
    of: UUID,
    holders: Iterable[Holder],
    by: Opener,
    *,
    clause: str,
    at: datetime,
    seats: Sequence[Keypair] = (),
) -> Ring:
    """A new keyring with a fresh root, granted to its holders and split over the seats. The maker keeps nothing else.

    Every holder's and seat's public halves are checked before anything is sealed to them.
    """
    row = Keyring.objects.create(kind=kind, of=of, made_at=at)
    ring = Ring(row, {Scope.ROOT: new_root()}, checked=True)
    grants = []
    for holder in holders:
        _check_holder(holder, by)
        grants.append(_grant(ring, holder, by, clause=clause, at=at))
    if seats:
        grants += _package(ring, seats, by, clause=clause, at=at)
    Grant.objects.bulk_create(grants)
    return ring


def _package(ring: Ring, seats: Sequence[Keypair], by: Opener, *, clause: str, at: datetime) -> list[Grant]:
    """Split the root k-of-n, a share a seat, and sign the hashes of all shares."""
    shares = split(ring.keys[Scope.ROOT], SEATS_NEEDED, len(seats))
    context = ring.row.pk.bytes
    hashes = b"".join(share_hash(share, context) for share in shares)
    texts = (str(current_school()), str(ring.row.pk), str(SEATS_NEEDED), str(len(seats)))
    Package.objects.create(
        keyring=ring.row,
        k=SEATS_NEEDED,
        n=len(seats),
        hashes=hashes,
        maker_id=by.keypair,
        signature=sign(by.sign, "package", *(text.encode() for text in texts), hashes),
        made_at=at,
    )
    grants = []
    for share, seat in zip(shares, seats, strict=True):
        check_certificate(seat)
        held = (share.index, pack_share(share).bytes())
        grants.append(_grant(ring, Holder(seat, Scope.SEATED), by, clause=clause, at=at, share=held))
    return grants


def add_package(ring: Ring, seats: Sequence[Keypair], by: Opener, *, clause: str, at: datetime) -> None:
    """Split a root that was made before the seats were there."""
    Grant.objects.bulk_create(_package(ring, seats, by, clause=clause, at=at))


def grant_to(ring: Ring, holders: Iterable[Holder], by: Opener, *, clause: str, at: datetime) -> None:
    """Hand an opened keyring to more holders; a scope that the granter does not hold cannot be handed on."""
    grants = []
    for holder in holders:
        _check_holder(holder, by)
        if holder.scope is Scope.ROOT and Scope.ROOT not in ring.keys:
            raise Boundary("CONF-02", "only_a_holder_grants")
        grants.append(_grant(ring, holder, by, clause=clause, at=at))
    awake = [grant.holder_id for grant in grants if not grant.dormant]
    Grant.objects.filter(keyring=ring.row, holder__in=awake, dormant=True).delete()  # a deputy who now holds it himself
    Grant.objects.bulk_create(grants, ignore_conflicts=True)


def opened_ring(who: Opener, kind: str, of: UUID) -> Ring:
    """A keyring that an act of this request has opened already; a boundary where none has. Opens nothing itself."""
    ring = who.rings.get((kind, of))
    if not isinstance(ring, Ring):
        raise Boundary("CONF-02", "only_a_holder_opens")
    return ring


def open_ring(kind: str, of: UUID, by: Opener, *, to_seal: bool = False, client: UUID | None = None) -> Ring:
    """Open a keyring with the actor's own grants, else through a team. Before sealing, the grant's signature is checked.

    `client` is the one client whose signature counts beside those of the desk: the client of this case.
    A boundary where the actor holds nothing of it. Opened rings are kept for the rest of the request.
    """
    known = by.rings.get((kind, of))
    if isinstance(known, Ring) and (known.checked or not to_seal):
        return known
    rows = _own_grants(kind, of, by)
    who: Opener | Mapping[UUID, Opener] = by
    if not rows and kind not in TEAMS and kind != "house":
        rows, who = _through_a_team(kind, of, by)
    if not rows:
        raise Boundary("CONF-02", "only_a_holder_opens")
    newest = max(row.keyring.generation for row in rows)
    ring = Ring(rows[0].keyring, checked=to_seal)
    for row in rows:
        if row.keyring.generation != newest:
            continue
        if to_seal:
            _check_grant(row, by, client)
        ring.row = row.keyring
        ring.grants.append(row)
        ring.keys[Scope(row.scope)] = _unwrap(row, who)
    by.rings[(kind, of)] = ring
    return ring


def vouch(kind: str, of: UUID, by: Opener, *, client: UUID | None = None) -> None:
    """Check the actor's own grants once and put the own signature under them.

    A client who booked has signed the counselor's grant, and whether that client is who the desk introduced costs the
    desk's key to ask. The first meeting asks it once; from then on the counselor believes the own signature.
    """
    ring = open_ring(kind, of, by, to_seal=True, client=client)
    for grant in ring.grants:
        if grant.granter_id != by.keypair and grant.holder_id == by.keypair:
            grant.granter_id = by.keypair
            grant.signature = sign(by.sign, "grant", *_signed(ring.row, grant))
            grant.save(update_fields=["granter", "signature"])


def _own_grants(kind: str, of: UUID, by: Opener) -> list[Grant]:
    """The actor's grants of one keyring; those that were fetched with others' are not asked for again."""
    fetched = by.fetched.pop((kind, of), None)
    rows = OWN_GRANTS.rows(kind=kind, of=of, holder=by.keypair) if fetched is None else fetched
    return [_whole(row) for row in rows]


def ask_ring(kind: str, of: UUID, by: object) -> None:
    """Send ahead what `open_ring` will read; nothing where the keys are locked or the ring is open."""
    if isinstance(by, Opener) and (kind, of) not in by.rings:
        OWN_GRANTS.ask(kind=kind, of=of, holder=by.keypair)


def _grants_of_one(kind: str, of: UUID, holder: UUID) -> QuerySet[Grant, tuple[Any, ...]]:
    return _grants(Q(keyring__kind=kind, keyring__of=of), [holder]).select_related(None).values_list(*WHOLE)


OWN_GRANTS = Prepared(_grants_of_one)
PARTS: tuple[tuple[str, type[Keyring] | type[Keypair]], ...] = (
    ("keyring", Keyring),
    ("granter", Keypair),
)
WHOLE = [*columns(Grant), *(name for path, model in PARTS for name in columns(model, f"{path}__"))]


def _whole(values: Sequence[Any]) -> Grant:
    """A grant with its keyring and granter, of one row."""
    width = len(columns(Grant))
    grant = instance(Grant, values[:width])
    for name, model in PARTS:
        size = len(columns(model))
        grant._state.fields_cache[name] = instance(model, values[width : width + size])
        width += size
    return grant


def _grants(of_what: Q, holders: Sequence[UUID]) -> QuerySet[Grant]:
    return Grant.objects.select_related("keyring", "holder", "granter").filter(
        of_what, keyring__destroyed_at=None, holder__in=holders, dormant=False, share=0
    )


def _unwrap(row: Grant, who: Opener | Mapping[UUID, Opener]) -> Secret:
    mine = (who if isinstance(who, Opener) else who[row.holder_id]).unwrapper()
    wrapped = bytes(row.wrapped)
    of_what = (current_school(), row.keyring_id, row.keyring.generation, Scope(row.scope))
    try:
        return mine.unwrap(wrapped, WrapInfo(*of_what, wrapped_holder(wrapped)))
    except CannotOpen as error:
        raise Boundary("CONF-04", "a_moved_or_altered_key_opens_nothing") from error


def _check_grant(row: Grant, by: Opener, client: UUID | None) -> None:
    """Whoever plants a key of his own making cannot sign the grant: nothing is sealed under it."""
    granter = row.granter
    public = verifying_half(by.sign) if granter.pk == by.keypair else bytes(granter.sign_public)
    try:
        if granter.pk != by.keypair:
            _check_keys(granter, by)
        if not (granter.of == client if granter.kind == "client" else granter.grants):
            raise BadSignature
        check(public, bytes(row.signature), "grant", *_signed(row.keyring, row))
    except BadSignature as error:
        raise Boundary("CONF-04", "grants_are_signed_by_a_holder") from error


def _through_a_team(kind: str, of: UUID, by: Opener) -> tuple[list[Grant], Mapping[UUID, Opener]]:
    """What the actor's teams hold of a keyring (crisis CRISIS, duty SHARED), and each team's own halves by its pair."""
    teams = {pair.pk: pair for pair in Keypair.objects.filter(kind__in=TEAMS, ended_at=None)}
    rows = list(_grants(Q(keyring__kind=kind, keyring__of=of), list(teams)))
    mine: dict[UUID, Opener] = {}
    for key in {row.holder_id for row in rows}:
        with suppress(Boundary):  # a team that the actor does not sit in
            mine[key] = team_opener(teams[key].kind, by, pair=teams[key])
    return [row for row in rows if row.holder_id in mine], mine


def _check_holder(holder: Holder, by: Opener) -> None:
    """Before something is sealed to a pair: it is that person's, and certified, or the actor's own as the session has it."""
    pair = holder.keypair
    if pair.pk != by.keypair:
        _check_keys(pair, by)
    elif public_of(by.seal) != bytes(pair.seal_public):
        raise Boundary("CONF-04", "keys_are_signed_before_anything_is_sealed_to_them")
    if holder.of is not None and holder.of != pair.of:
        raise Boundary("CONF-04", "keys_are_signed_before_anything_is_sealed_to_them")


def _check_keys(pair: Keypair, by: Opener) -> None:
    """Certified by the house, or, for a client, introduced: the desk key that says so must itself be handed on by a holder.

    A client who came by the door is taken over first: only what lies under the desk key counts.
    """
    if pair.kind != "client":
        return check_certificate(pair)
    try:
        desk: Secret | None = desk_key(by, to_seal=True).secret
    except Boundary:
        desk = None
    if desk is not None and waits(pair):
        take_over(pair, desk, team_opener("desk", by))
    return check_certificate(pair, desk=desk)


def team_id(kind: str) -> UUID:
    """Teams and the house are one of a kind in a school: their id says which."""
    return UUID(int=("house", *TEAMS).index(kind) + 1)


def desk_key(by: Opener, *, to_seal: bool = False) -> Key:
    """The desk data key, for those who hold the desk."""
    return open_ring("desk", team_id("desk"), by, to_seal=to_seal).key(Scope.DESK)


def desk_mark(desk: Key, roster_id: str) -> bytes:
    """A mark of a roster row that only the desk key can make: whoever lacks it cannot pair roster and client."""
    return mark(derive(desk.secret, "index"), str(current_school()).encode(), roster_id.encode())


def make_team(
    kind: str, members: Iterable[Keypair], by: Opener, house: Secret, *, at: datetime, seats: Sequence[Keypair] = ()
) -> Keypair:
    """A team's keyring and pair: the private halves under the team's key, the root granted to each member."""
    from .keys import certify  # noqa: PLC0415  next to its only use

    ring = make(kind, team_id(kind), [Holder(m, Scope.ROOT) for m in members], by, clause="CONF-07", at=at, seats=seats)
    pair, both = new_keypair(kind, team_id(kind), at=at)
    lock_under_key(pair, both, ring.key(Scope.TEAM).secret)
    certify(pair, house)
    pair.save()
    return pair


def team_opener(kind: str, by: Opener, *, pair: Keypair | None = None) -> Opener:
    """The team's own private halves, for its members."""
    ring = open_ring(kind, team_id(kind), by)
    row = pair or Keypair.objects.get(kind=kind, of=team_id(kind), ended_at=None)
    return opener(row.pk, unlock_with_key(row, ring.key(Scope.TEAM).secret))


def destroy(kind: str, of: UUID, *, at: datetime) -> int:
    """Delete every grant and package of a keyring: what it sealed stays unreadable. Answers how many grants went."""
    rings = list(Keyring.objects.filter(kind=kind, of=of, destroyed_at=None))
    Package.objects.filter(keyring__in=rings).delete()
    gone, _ = Grant.objects.filter(keyring__in=rings).delete()
    Keyring.objects.filter(pk__in=[ring.pk for ring in rings]).update(destroyed_at=at)
    return gone
