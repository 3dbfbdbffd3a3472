"""The one symmetric ciphertext: suite, key id, nonce, AES-256-GCM-SIV. Envelope and passphrase are built on it."""

import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from .encoding import SUITE, SUITE_BYTE, canon
from .errors import CannotOpen, Malformed
from .keys import KEY_ID_SIZE, key_id
from .secret import Secret

NONCE_SIZE = 12
TAG_SIZE = 16
_HEAD = 1 + KEY_ID_SIZE
OVERHEAD = _HEAD + NONCE_SIZE + TAG_SIZE  # 37 bytes


@dataclass(frozen=True, slots=True)
class Sealed:
    """A ciphertext taken apart: suite 1, key id 8, nonce 12, body (ciphertext and 16-byte tag)."""

    suite: int
    key_id: bytes
    nonce: bytes
    body: bytes

    @classmethod
    def parse(cls, sealed: bytes) -> "Sealed":
        """Take apart; Malformed when too short or of an unknown suite."""
        if len(sealed) < OVERHEAD or sealed[0] != SUITE:
            raise Malformed("not a sealed value of a known suite")
        return cls(sealed[0], sealed[1:_HEAD], sealed[_HEAD : _HEAD + NONCE_SIZE], sealed[_HEAD + NONCE_SIZE :])

    def printed(self) -> bytes:
        """The same bytes that were parsed."""
        return bytes([self.suite]) + self.key_id + self.nonce + self.body


def encrypt(key: Secret, plain: bytes, context: bytes) -> bytes:
    """Suite, key id, random nonce, ciphertext with tag: 37 bytes more than `plain`.

    `context` is what it is tied to, in canonical encoding; it is authenticated and not stored.
    """
    head = SUITE_BYTE + key_id(key)
    nonce = secrets.token_bytes(NONCE_SIZE)
    return head + nonce + AESGCMSIV(key.bytes()).encrypt(nonce, plain, canon("aead", head, context))


def decrypt(key: Secret, sealed: bytes, context: bytes) -> bytes:
    """What `encrypt` was given. CannotOpen for another key, context or any altered byte; Malformed if unreadable."""
    parts = Sealed.parse(sealed)
    head = sealed[:_HEAD]
    if parts.key_id != key_id(key):
        raise CannotOpen
    try:
        return AESGCMSIV(key.bytes()).decrypt(parts.nonce, parts.body, canon("aead", head, context))
    except InvalidTag:
        raise CannotOpen from None
