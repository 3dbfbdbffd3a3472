"""A keyring brought back without any of its holders: k of n seat sheets, typed by the people who keep them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from subrosa.crypto.errors import BadShare, BadSignature, CannotOpen, Malformed
from subrosa.crypto.signing import check, new_signing_pair
from subrosa.crypto.splitting import Share, check_shares, from_sheet, join, unpack_share
from subrosa.crypto.wrapping import Unwrapper, WrapInfo
from subrosa.policy.ruling import Boundary
from subrosa.records.school.context import current_school

from .keys import check_certificate
from .models import Grant, Keypair, Keyring, Package
from .opener import Opener, Secret
from .rings import Ring, Scope, destroy, make

HASH = 32


@dataclass(frozen=True, slots=True)
class Typed:
    """What the typed sheets are: the seats that they open, and the places (from 1) of those that are none."""

    seats: tuple[int, ...]
    wrong: tuple[int, ...]


def _private(text: str) -> Secret | None:
    try:
        return from_sheet(text)
    except (Malformed, ValueError):
        return None


def typed(kind: str, of: UUID, sheets: Sequence[str]) -> Typed:
    """Which seats of one keyring the sheets open; nothing is joined and nothing kept."""
    keyring = _newest(kind, of)
    found, wrong = [], []
    for place, text in enumerate(sheets, 1):
        share = _share(keyring, text) if keyring else None
        if share is None:
            wrong.append(place)
        else:
            found.append(share.index)
    return Typed(tuple(found), tuple(wrong))


def recover(kind: str, of: UUID, sheets: Sequence[str], *, rehearsed: bool = False) -> Ring:
    """The keyring again, its root joined from the shares that the sheets open, each checked against the signed package.

    A boundary where the package was not signed by somebody certified, or the shares do not give its root. What a drill
    made a moment ago (`rehearsed`) is signed by nobody who is certified.
    """
    keyring = _newest(kind, of)
    package = Package.objects.select_related("maker").filter(keyring=keyring).first() if keyring else None
    if keyring is None or package is None:
        raise Boundary("CONF-07", "nothing_is_split_over_the_seats")
    if not rehearsed:
        _check_package(package, kind)
    shares = [share for text in sheets if (share := _share(keyring, text)) is not None]
    hashes = {n + 1: bytes(package.hashes)[HASH * n : HASH * (n + 1)] for n in range(package.n)}
    try:
        check_shares(shares, hashes, keyring.pk.bytes)
        root = join(shares)
    except (BadShare, CannotOpen) as error:
        raise Boundary("CONF-07", "a_wrong_share_gives_nothing_back") from error
    return Ring(keyring, {Scope.ROOT: root}, checked=True)


def _newest(kind: str, of: UUID) -> Keyring | None:
    return Keyring.objects.filter(kind=kind, of=of, destroyed_at=None).order_by("-generation").first()


def _share(keyring: Keyring, text: str) -> Share | None:
    """One seat's share of this keyring, opened with what is printed on its sheet; None for any other text."""
    private = _private(text)
    if private is None:
        return None
    seat = Unwrapper(private)
    info = WrapInfo(current_school(), keyring.pk, keyring.generation, Scope.SEATED, seat.holder)
    for grant in Grant.objects.filter(keyring=keyring, share__gt=0):
        try:
            return unpack_share(seat.unwrap(bytes(grant.wrapped), info))
        except (CannotOpen, Malformed):
            continue
    return None


def _check_package(package: Package, kind: str) -> None:
    """Who made a case may have been a client, whose certificate only the desk reads: the hashes then speak for themselves."""
    maker = package.maker
    texts = (str(current_school()), str(package.keyring_id), str(package.k), str(package.n))
    try:
        if maker.kind != "client":
            check_certificate(maker)
        elif kind != "case":
            raise BadSignature
        signed = (*(text.encode() for text in texts), bytes(package.hashes))
        check(bytes(maker.sign_public), bytes(package.signature), "package", *signed)
    except BadSignature as error:
        raise Boundary("CONF-07", "a_package_is_signed_by_its_maker") from error


def rehearsal(seats: Sequence[Keypair], *, at: datetime) -> tuple[UUID, Secret]:
    """A keyring of nothing, split over the real seats, for a drill; answers what it is of, and its root to compare with."""
    of, signer = uuid4(), new_signing_pair()
    maker = Opener(seats[0].pk, signer.private, signer.private)
    ring = make("drill", of, [], maker, clause="CONF-07", at=at, seats=seats)
    return of, ring.keys[Scope.ROOT]


def end_rehearsal(of: UUID, *, at: datetime) -> int:
    """The grants and the package of a drill go; answers how many grants there were."""
    return destroy("drill", of, at=at)
