"""Seal a text under a key and tie it to its place; open it again only there."""

from .aead import Sealed, decrypt, encrypt
from .bound import Bound, Scope
from .encoding import canon
from .padding import LEAST, pad, unpad
from .secret import Secret

__all__ = ["Bound", "Scope", "open_sealed", "seal", "sealed_key_id"]


def seal(key: Secret, plain: bytes, bound: Bound, *, least: int = LEAST) -> bytes:
    """Pad `plain`, then seal it under the 32-byte `key` for the place `bound` (FORMAT.md §4).

    `least` is the least padded size in bytes: give answer sheets of one kind the same, above their longest.
    Returns suite 1, key id 8, nonce 12, ciphertext, tag 16. ValueError: key of wrong size, number out of range.
    """
    return encrypt(key, pad(plain, least), canon("text", bound.encoded()))


def open_sealed(key: Secret, sealed: bytes, bound: Bound) -> bytes:
    """The text that `seal` was given, for the same key and place.

    CannotOpen: wrong key, altered, or moved (any part of `bound` differs). Malformed: not a sealed value at all.
    """
    return unpad(decrypt(key, sealed, canon("text", bound.encoded())))


def sealed_key_id(sealed: bytes) -> bytes:
    """The 8-byte id of the key a value is sealed under, read without opening it. Malformed if unreadable."""
    return Sealed.parse(sealed).key_id
