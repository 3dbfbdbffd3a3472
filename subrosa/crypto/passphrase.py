"""Lock a private half under what a person knows, and then under the server key: a database copy permits no guess."""

import hashlib
import secrets
import struct
import unicodedata
from dataclasses import dataclass

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from . import aead, base32
from .bound import Bound
from .encoding import SUITE, canon
from .errors import CannotOpen, Malformed
from .keys import derive
from .padding import pad, unpad
from .secret import Secret

_HEADER = struct.Struct(">BIBB16s")  # suite, memory in KiB, passes, lanes, salt
RECOVERY_LETTERS = 27  # 135 bits
ACTIVATION_LETTERS = 16  # 80 bits (keys.md)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess costs (RFC 9106). The parser takes 1 to 256 MiB, 1 to 10 passes, 1 to 8 lanes.

    Above: a forged header must not eat the machine. Below: tests must be cheap; nobody gains by planting a cheap
    header, for to lock anything under it he needs the passphrase. ValueError outside.
    """

    memory_kib: int
    passes: int
    lanes: int

    def __post_init__(self) -> None:
        if not (1024 <= self.memory_kib <= 256 * 1024 and 1 <= self.passes <= 10 and 1 <= self.lanes <= 8):
            raise ValueError("Argon2id parameters out of bounds")


DEFAULT = Cost(memory_kib=64 * 1024, passes=3, lanes=4)  # RFC 9106 §4, second recommended option
TEST = Cost(memory_kib=1024, passes=1, lanes=1)  # the least the parser takes; never outside tests


def lock(secret: bytes, passphrase: str, *, pepper: Secret, bound: Bound, cost: Cost = DEFAULT) -> bytes:
    """`secret` sealed under Argon2id of the passphrase, then under the server key (`pepper`, 32 bytes).

    Returns header 23 (suite, cost, salt), then the outer ciphertext. Slow on purpose: 0.2 s and 64 MiB by default.
    ValueError for an empty passphrase or one that is no text (lone surrogates).
    """
    if not passphrase:
        raise ValueError("an empty passphrase locks nothing")
    salt = secrets.token_bytes(16)
    header = _HEADER.pack(SUITE, cost.memory_kib, cost.passes, cost.lanes, salt)
    place = bound.encoded()
    inner = aead.encrypt(_stretch(passphrase, salt, cost), pad(secret), canon("lock-inner", header, place))
    return header + aead.encrypt(_server_key(pepper), inner, canon("lock-outer", header, place))


def unlock(locked: bytes, passphrase: str, *, pepper: Secret, bound: Bound) -> Secret:
    """What was locked. CannotOpen: wrong passphrase, other server key, altered or moved. Malformed: unreadable.

    The outer layer covers the header and is opened first: without the server key nobody makes us run Argon2id.
    """
    header, cost, salt = _parse(locked)
    place = bound.encoded()
    inner = aead.decrypt(_server_key(pepper), locked[_HEADER.size :], canon("lock-outer", header, place))
    try:
        stretched = _stretch(passphrase, salt, cost)
    except UnicodeEncodeError:
        raise CannotOpen from None
    return Secret(unpad(aead.decrypt(stretched, inner, canon("lock-inner", header, place))))


def locked_cost(locked: bytes) -> Cost:
    """The cost a lock was made with, so that an old one can be made anew after a sign-in. Malformed if unreadable."""
    return _parse(locked)[1]


def new_recovery_code() -> str:
    """135 random bits and a check letter: 28 letters in 7 groups of 4. Printed at activation, kept by its owner."""
    return base32.grouped(_new_code(RECOVERY_LETTERS))


def new_activation_code() -> str:
    """80 random bits and a check letter: 17 letters, printed on the slip. Stored only as `code_hash`."""
    return base32.grouped(_new_code(ACTIVATION_LETTERS))


def normalise_code(code: str) -> str:
    """The bare letters of a typed recovery or activation code: lower case, spaces, dashes, O/0, I/L/1 are forgiven.

    This form is what `lock` and `unlock` are given. Malformed when the length or the check letter is wrong.
    """
    letters = base32.tidy(code)
    if len(letters) - 1 not in (RECOVERY_LETTERS, ACTIVATION_LETTERS):
        raise Malformed("letters are missing or too many")
    if base32.check_letter(letters[:-1]) != letters[-1]:
        raise Malformed("mistyped")
    return letters


def code_hash(code: str) -> bytes:
    """32 bytes, SHA-256 of the code with its label: what the database keeps. Malformed as in `normalise_code`."""
    return hashlib.sha256(canon("code", normalise_code(code).encode())).digest()


def _new_code(count: int) -> str:
    letters = "".join(secrets.choice(base32.ALPHABET) for _ in range(count))
    return letters + base32.check_letter(letters)


def _server_key(pepper: Secret) -> Secret:
    return derive(pepper, "lock")


def _stretch(passphrase: str, salt: bytes, cost: Cost) -> Secret:
    """NFKC first: the same passphrase from another keyboard or input method gives the same bytes."""
    typed = unicodedata.normalize("NFKC", passphrase).encode()
    hasher = Argon2id(salt=salt, length=32, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib)
    return Secret(hasher.derive(typed))


def _parse(locked: bytes) -> tuple[bytes, Cost, bytes]:
    header = locked[: _HEADER.size]
    if len(header) < _HEADER.size or header[0] != SUITE:
        raise Malformed("not a locked value of a known suite")
    _, memory, passes, lanes, salt = _HEADER.unpack(header)
    try:
        return header, Cost(memory, passes, lanes), salt
    except ValueError:
        raise Malformed("cost out of bounds") from None
