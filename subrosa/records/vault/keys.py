"""Making, locking and certifying key pairs."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from subrosa.crypto import passphrase as slow
from subrosa.crypto.envelope import Bound, Scope, open_sealed, seal
from subrosa.crypto.errors import BadSignature, CannotOpen, Malformed
from subrosa.crypto.keys import mark
from subrosa.crypto.secret import Secret
from subrosa.crypto.signing import check, new_signing_pair, sign
from subrosa.crypto.splitting import sheet_text
from subrosa.crypto.wrapping import new_pair
from subrosa.policy.ruling import Boundary
from subrosa.records.school.context import current_school

from .models import Keypair
from .opener import HALF, bundle
from .server import pepper

FIELDS = {"locked": 1, "recovery": 2}
INTRODUCTION = 3
TEMPORARY = 1  # the number of a client's pair that lives as long as a device is handed over; the account's own has none
COST = slow.TEST if os.environ.get("SUBROSA_CHEAP_HASH") == "tests" else slow.DEFAULT
_hashers = ThreadPoolExecutor(max_workers=os.cpu_count() or 1, thread_name_prefix="slow-hash")


def new_keypair(kind: str, of: UUID, *, at: datetime, number: int = 0) -> tuple[Keypair, Secret]:
    """A pair to seal and a pair to sign, as an unsaved row and the bundle of private halves."""
    to_seal, to_sign = new_pair(), new_signing_pair()
    row = Keypair(kind=kind, of=of, number=number, seal_public=to_seal.public, sign_public=to_sign.public, made_at=at)
    return row, bundle(to_seal.private, to_sign.private)


def _bound(keypair: Keypair, field: str) -> Bound:
    return Bound(current_school(), FIELDS[field], keypair.pk, Scope.LOCKED)


def new_activation_code() -> str:
    """A code of 80 random bits for the desk's slip."""
    return slow.new_activation_code()


def code_mark(code: str) -> bytes:
    """How the database knows an activation code: SHA-256 of its 80 random bits."""
    return slow.code_hash(code)


def new_recovery_code() -> str:
    """A code to print at activation and keep in the own envelope."""
    return slow.new_recovery_code()


def tidy_code(code: str) -> str:
    """A typed code as it was made: case, spaces and look-alike letters are forgiven; ValueError for anything else."""
    try:
        return slow.normalise_code(code)
    except Malformed as error:
        raise ValueError("not a code, or mistyped") from error


def lock_under(keypair: Keypair, field: str, both: Secret, passphrase: str) -> None:
    """Lock private halves under a passphrase or recovery code, then the server key. Slow, in a thread of its own."""
    work = _hashers.submit(
        slow.lock, both.bytes(), passphrase, pepper=pepper(), bound=_bound(keypair, field), cost=COST
    )
    setattr(keypair, field, work.result())


def unlock(keypair: Keypair, field: str, passphrase: str) -> Secret | None:
    """The private halves, or None for a wrong passphrase. Slow, in a thread of its own."""
    locked = getattr(keypair, field)
    if locked is None:
        return None
    work = _hashers.submit(slow.unlock, bytes(locked), passphrase, pepper=pepper(), bound=_bound(keypair, field))
    try:
        return work.result()
    except CannotOpen:
        return None


def unlock_nothing(passphrase: str) -> None:
    """As slow as a wrong passphrase, so that an unknown name answers no sooner."""
    place = Bound(current_school(), FIELDS["locked"], UUID(int=0), Scope.LOCKED)
    _hashers.submit(slow.lock, b"\0" * 66, passphrase, pepper=pepper(), bound=place, cost=COST).result()


def lock_under_key(keypair: Keypair, both: Secret, key: Secret) -> None:
    """A team's private halves under the team's own key."""
    keypair.locked = seal(key, both.bytes(), Bound(current_school(), FIELDS["locked"], keypair.pk, Scope.TEAM))


def unlock_with_key(keypair: Keypair, key: Secret) -> Secret:
    """A team's private halves again."""
    place = Bound(current_school(), FIELDS["locked"], keypair.pk, Scope.TEAM)
    try:
        return Secret(open_sealed(key, bytes(keypair.locked or b""), place))
    except CannotOpen as error:
        raise Boundary("CONF-04", "a_moved_or_altered_key_opens_nothing") from error


def certified(keypair: Keypair) -> tuple[bytes, ...]:
    """What a certificate says: school, kind, whose, which, whether it hands keys on, and both public halves."""
    texts = (str(current_school()), keypair.kind, str(keypair.of), str(keypair.number), str(int(keypair.grants)))
    return (*(text.encode() for text in texts), bytes(keypair.seal_public), bytes(keypair.sign_public))


def certify(keypair: Keypair, house: Secret) -> None:
    """Sign public halves, whose they are and whether they hand keys on, with the house key (its signing half)."""
    keypair.certificate = sign(house, "certificate", *certified(keypair))


def introduction(code: str) -> Secret:
    """The introduction secret that an activation code carries; the hash that the database keeps is not enough to make it."""
    tidy = tidy_code(code)
    return Secret(mark(Secret(slow.code_hash(tidy)), b"introduction", tidy.encode()))


def introduce(keypair: Keypair, secret: Secret) -> None:
    """A client's certificate: an HMAC under the secret that only the desk and the slip know."""
    keypair.certificate = mark(secret, *certified(keypair))


def close_introduction(client: UUID, secret: Secret, desk: Secret) -> bytes:
    """The introduction secret under the desk key, bound to the client."""
    return seal(desk, secret.bytes(), Bound(current_school(), INTRODUCTION, client, Scope.DESK))


def open_introduction(client: UUID, sealed: bytes | None, desk: Secret) -> Secret:
    """The introduction secret again, for the desk; a boundary where it was moved or altered."""
    try:
        return Secret(
            open_sealed(desk, bytes(sealed or b""), Bound(current_school(), INTRODUCTION, client, Scope.DESK))
        )
    except CannotOpen as error:
        raise Boundary("CONF-04", "a_moved_or_altered_key_opens_nothing") from error


def sheet(both: Secret) -> str:
    """The printed text of a seat: its sealing half is enough to open shares."""
    return sheet_text(Secret(both.bytes()[:HALF]))


def house_file() -> Path:
    """Where the house key's public half is pinned, outside the database."""
    return Path(settings.DATA_DIR) / "pins" / f"house-{current_school()}.pub"


def pin_house(public: bytes) -> None:
    """Pin the house key's public half at founding."""
    file = house_file()
    file.parent.mkdir(mode=0o700, exist_ok=True)
    file.write_bytes(public)


def check_certificate(keypair: Keypair, *, desk: Secret | None = None) -> None:
    """Return quietly if these public halves are certified; a boundary otherwise. A client's needs the desk key."""
    try:
        certificate = bytes(keypair.certificate or b"")
        if keypair.kind == "client":
            _check_introduced(keypair, certificate, desk)
        else:
            check(house_file().read_bytes(), certificate, "certificate", *certified(keypair))
    except (BadSignature, CannotOpen, FileNotFoundError) as error:
        raise Boundary("CONF-04", "keys_are_signed_before_anything_is_sealed_to_them") from error


def _check_introduced(keypair: Keypair, certificate: bytes, desk: Secret | None) -> None:
    if desk is None:
        raise BadSignature
    place = Bound(current_school(), INTRODUCTION, keypair.of, Scope.DESK)
    secret = Secret(open_sealed(desk, bytes(keypair.introduction or b""), place))
    if Secret(mark(secret, *certified(keypair))) != Secret(certificate):
        raise BadSignature
