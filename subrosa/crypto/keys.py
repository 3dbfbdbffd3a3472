"""Symmetric keys: made, derived, named; and the keyed mark that stands for a value which must not be written."""

import hashlib
import hmac
from dataclasses import dataclass
from uuid import UUID

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from .bound import Scope
from .encoding import canon, u8, u32, u64
from .secret import Secret

KEY_SIZE = 32
KEY_ID_SIZE = 8


@dataclass(frozen=True, slots=True)
class Pair:
    """A private half (33 bytes, secret) and its public half; both begin with the suite byte."""

    private: Secret
    public: bytes


def new_root() -> Secret:
    """A new 256-bit key: a case root, a desk data key, a server key."""
    return Secret.random(KEY_SIZE)


def scope_key(root: Secret, scope: Scope, school: int, keyring: UUID, generation: int) -> Secret:
    """The 32-byte key of one scope of one keyring, by HKDF-SHA256 from its root (keys.md "Keys").

    Who holds the root can make every scope key; who holds a scope key can make neither root nor neighbour.
    ValueError for Scope.ROOT (the root is no child of itself), a root that is not 32 bytes, a number out of range.
    """
    if scope is Scope.ROOT:
        raise ValueError("the root is not derived from itself")
    return expand(root, canon("scope", u8(scope), u64(school), keyring.bytes, u32(generation)))


def derive(key: Secret, label: str) -> Secret:
    """A 32-byte key for one purpose from a 32-byte key, by HKDF-SHA256; one key, one use. ValueError: wrong size."""
    return expand(key, canon("derive", label.encode()))


def key_id(key: Secret) -> bytes:
    """8 bytes that name a 32-byte key in every ciphertext under it. ValueError: wrong size.

    It also ties the ciphertext to the key: AES-GCM-SIV alone does not commit to its key.
    """
    return hashlib.sha256(canon("key-id", _checked(key))).digest()[:KEY_ID_SIZE]


def mark(key: Secret, *parts: bytes) -> bytes:
    """32 bytes, HMAC-SHA256 over the parts: equal for equal parts, says nothing without the key (roster_mark, ...).

    Give it a key made for this one use by `derive`. ValueError when the key is not 32 bytes.
    """
    return hmac.digest(_checked(key), canon("mark", *parts), "sha256")


def expand(key: Secret, info: bytes) -> Secret:
    """A 32-byte key from a 32-byte key for what `info` says, which comes in canonical encoding. ValueError: wrong size."""
    return Secret(HKDF(algorithm=hashes.SHA256(), length=KEY_SIZE, salt=None, info=info).derive(_checked(key)))


def _checked(key: Secret) -> bytes:
    held = key.bytes()
    if len(held) != KEY_SIZE:
        raise ValueError("a symmetric key has 32 bytes")
    return held
