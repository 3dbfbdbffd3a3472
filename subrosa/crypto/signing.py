"""Sign and check: a sealed box has no sender, so certificates, grants and packages are believed only by these."""

from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from .encoding import SUITE, SUITE_BYTE, canon
from .errors import BadSignature, Malformed
from .keys import Pair
from .secret import Secret

__all__ = ["Pair", "check", "new_signing_pair", "sign", "verifying_half"]

HALF_SIZE = 1 + 32
SIGNATURE_SIZE = 1 + 64


def new_signing_pair() -> Pair:
    """A new Ed25519 pair: private half 33 bytes (suite, seed), public half 33 bytes (suite, key)."""
    private = Secret(SUITE_BYTE + Secret.random(32).bytes())
    return Pair(private, verifying_half(private))


def verifying_half(private: Secret) -> bytes:
    """The public half that belongs to a private half. Malformed if that is unreadable."""
    return SUITE_BYTE + _private_key(private).public_key().public_bytes_raw()


def sign(private: Secret, purpose: str, *parts: bytes) -> bytes:
    """65 bytes (suite, Ed25519 signature) over purpose and parts in canonical encoding (FORMAT.md §6).

    `purpose` separates the domains: a signature for one purpose is worth nothing for another.
    """
    return SUITE_BYTE + _private_key(private).sign(_message(purpose, parts))


def check(public: bytes, signature: bytes, purpose: str, *parts: bytes) -> None:
    """Return quietly if `signature` is by `public` over exactly this purpose and these parts; else BadSignature.

    An unreadable public half or signature is a BadSignature too: there is nothing to believe.
    """
    if len(public) != HALF_SIZE or len(signature) != SIGNATURE_SIZE or public[0] != SUITE or signature[0] != SUITE:
        raise BadSignature
    try:
        _verified(public[1:], signature[1:], _message(purpose, parts))
    except (InvalidSignature, ValueError):
        raise BadSignature from None


@lru_cache(maxsize=1024)
def _verified(key: bytes, signature: bytes, message: bytes) -> None:
    """The same certificate is checked on every press: what was good for exactly these bytes is good again. No secret is kept."""
    Ed25519PublicKey.from_public_bytes(key).verify(signature, message)


def _message(purpose: str, parts: tuple[bytes, ...]) -> bytes:
    return canon("sign", purpose.encode(), *parts)


def _private_key(private: Secret) -> Ed25519PrivateKey:
    held = private.bytes()
    if len(held) != HALF_SIZE or held[0] != SUITE:
        raise Malformed("not a signing half of a known suite")
    return Ed25519PrivateKey.from_private_bytes(held[1:])
