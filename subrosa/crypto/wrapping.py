"""Give a key, or a text, to the holder of a public half: hybrid HPKE (X25519 + ML-KEM-768, "X-Wing")."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import NoReturn
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from .bound import Bound, Scope
from .encoding import SUITE, SUITE_BYTE, canon, u8, u32, u64
from .errors import CannotOpen, Malformed
from .keys import Pair
from .padding import LEAST, pad, unpad
from .secret import Secret

__all__ = ["Pair", "WrapInfo", "holder_id", "new_pair", "open_with", "seal_to", "unwrap", "wrap", "wrapped_holder"]

PUBLIC_SIZE = 1 + 1184 + 32  # suite, ML-KEM-768 encapsulation key, X25519 public key
PRIVATE_SIZE = 1 + 32  # suite, X-Wing seed
HOLDER_SIZE = 16
ENC_SIZE = 1088 + 32
TAG_SIZE = 16
_HEAD = 1 + HOLDER_SIZE
_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


@dataclass(frozen=True, slots=True)
class WrapInfo:
    """What a wrapped key is tied to (keys.md "Granting").

    school      id of the school
    keyring     id of the keyring (of a case, a team, the house) whose key this is
    generation  of that key
    scope       which key of the keyring
    holder      16-byte id of the public half it is wrapped for
    """

    school: int
    keyring: UUID
    generation: int
    scope: Scope
    holder: bytes

    def encoded(self) -> bytes:
        """The HPKE `info`, in canonical encoding. ValueError for numbers out of range or a holder not of 16 bytes."""
        if len(self.holder) != HOLDER_SIZE:
            raise ValueError("a holder id has 16 bytes")
        numbers = u64(self.school) + self.keyring.bytes + u32(self.generation) + u8(self.scope)
        return canon("wrap", SUITE_BYTE, numbers, self.holder)


def new_pair() -> Pair:
    """A new hybrid pair: private half 33 bytes (suite, seed), public half 1217 bytes."""
    private = Secret(SUITE_BYTE + Secret.random(32).bytes())
    return Pair(private, public_of(private))


def public_of(private: Secret) -> bytes:
    """The public half that belongs to a private half. Malformed if that is unreadable."""
    return _public_bytes(*_expand(private))


def holder_id(public: bytes) -> bytes:
    """16 bytes that name a public half. Malformed if it is none."""
    _public_key(public)
    return _name(public)


def wrap(public: bytes, secret: Secret, info: WrapInfo) -> bytes:
    """A key (1 to 255 bytes) for the holder of `public`: suite 1, holder id 16, HPKE enc 1120, ciphertext, tag 16.

    A box has no sender: sign what you hand out. ValueError when `info.holder` is not this public half or the
    secret has a size no key has; Malformed when the public half is unreadable.
    """
    if not hmac.compare_digest(info.holder, _name(public)):
        raise ValueError("the info names another holder")
    if not 1 <= len(secret.bytes()) <= 255:
        raise ValueError("a wrapped key has 1 to 255 bytes")
    return _hpke_seal(public, secret.bytes(), info.encoded())


def unwrap(private: Secret, wrapped: bytes, info: WrapInfo) -> Secret:
    """The key that `wrap` was given. CannotOpen: not for this holder, altered, another info. Malformed: unreadable."""
    wrapped_holder(wrapped)  # what is unreadable is told before the key is looked at
    return Unwrapper(private).unwrap(wrapped, info)


def seal_to(public: bytes, plain: bytes, bound: Bound, *, least: int = LEAST) -> bytes:
    """A text for the holder of `public`, padded like every text and tied to its place; same layout as `wrap`.

    Needs no open vault: what is typed at the moment of locking is kept so. Malformed: unreadable public half.
    """
    return _hpke_seal(public, pad(plain, least), _text_info(bound, _name(public)))


def open_with(private: Secret, sealed: bytes, bound: Bound) -> bytes:
    """The text that `seal_to` was given, for the same place. CannotOpen or Malformed as in `unwrap`."""
    return unpad(_hpke_open(private, sealed, _text_info(bound, wrapped_holder(sealed))))


def wrapped_holder(wrapped: bytes) -> bytes:
    """The 16-byte id of the holder something is wrapped for, read without opening. Malformed if unreadable."""
    if len(wrapped) < _HEAD + ENC_SIZE + TAG_SIZE or wrapped[0] != SUITE:
        raise Malformed("not a wrapped value of a known suite")
    return wrapped[1:_HEAD]


def _text_info(bound: Bound, holder: bytes) -> bytes:
    return canon("text-to", SUITE_BYTE, bound.encoded(), holder)


def _name(public: bytes) -> bytes:
    return hashlib.sha256(canon("holder", public)).digest()[:HOLDER_SIZE]


def _hpke_seal(public: bytes, plain: bytes, info: bytes) -> bytes:
    key = _public_key(public)
    try:
        return SUITE_BYTE + _name(public) + _SUITE.encrypt(plain, key, info)
    except ValueError:  # an X25519 point of low order gives no secret
        raise Malformed("not a usable public half") from None


class Unwrapper:
    """One private half made ready for everything that it opens in a request: the seed is expanded once.

    Never printed, never pickled; it goes when the request ends.
    """

    __slots__ = ("_curve", "_key", "_lattice")

    def __init__(self, private: Secret) -> None:
        """Malformed if the private half is unreadable."""
        self._lattice, self._curve = _expand(private)
        self._key = MLKEM768X25519PrivateKey(self._lattice, self._curve)

    @property
    def holder(self) -> bytes:
        """The 16 bytes that name the public half; made only where somebody asks."""
        return _name(_public_bytes(self._lattice, self._curve))

    def unwrap(self, wrapped: bytes, info: WrapInfo) -> Secret:
        """As `unwrap`."""
        if not hmac.compare_digest(wrapped_holder(wrapped), info.holder):
            raise CannotOpen
        return Secret(self.open(wrapped, info.encoded()))

    def open(self, sealed: bytes, info: bytes) -> bytes:
        """The bytes of a box for this holder under exactly this info; CannotOpen otherwise. Malformed: unreadable."""
        wrapped_holder(sealed)  # whose it says it is stands in the info, so a box for another does not open
        try:
            return _SUITE.decrypt(sealed[_HEAD:], self._key, info)
        except (InvalidTag, ValueError):
            raise CannotOpen from None

    def __repr__(self) -> str:
        return "…"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("an unwrapper is never pickled or copied")


def _hpke_open(private: Secret, sealed: bytes, info: bytes) -> bytes:
    wrapped_holder(sealed)  # what is unreadable is told before the key is looked at
    return Unwrapper(private).open(sealed, info)


def _expand(private: Secret) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    """Seed to key pair as X-Wing says: SHAKE-256 to 96 bytes, 64 for ML-KEM-768 (d, z), 32 for X25519."""
    held = private.bytes()
    if len(held) != PRIVATE_SIZE or held[0] != SUITE:
        raise Malformed("not a private half of a known suite")
    expanded = hashlib.shake_256(held[1:]).digest(96)
    return MLKEM768PrivateKey.from_seed_bytes(expanded[:64]), X25519PrivateKey.from_private_bytes(expanded[64:])


def _public_bytes(lattice: MLKEM768PrivateKey, curve: X25519PrivateKey) -> bytes:
    return SUITE_BYTE + lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()


def _public_key(public: bytes) -> MLKEM768X25519PublicKey:
    if len(public) != PUBLIC_SIZE or public[0] != SUITE:
        raise Malformed("not a public half of a known suite")
    try:
        lattice = MLKEM768PublicKey.from_public_bytes(public[1:1185])
    except ValueError:
        raise Malformed("not a public half of a known suite") from None
    return MLKEM768X25519PublicKey(lattice, X25519PublicKey.from_public_bytes(public[1185:]))
