"""What lies between browser and database: private halves under a key that only the cookie holds."""

from __future__ import annotations

import base64
import binascii
from uuid import UUID

from subrosa.crypto.envelope import Bound, Scope, open_sealed, seal
from subrosa.crypto.errors import CannotOpen
from subrosa.crypto.keys import mark
from subrosa.crypto.secret import Secret
from subrosa.records.school.context import current_school

from .opener import Opener, opener
from .server import pepper

SESSION, HANDED = 15, 12
SIZE = 48  # 16 bytes of id, 32 of key


def new_key() -> Secret:
    """A fresh cookie key."""
    return Secret.random(32)


def cookie(session: UUID, key: Secret) -> str:
    """What the browser holds: id and key."""
    return base64.urlsafe_b64encode(session.bytes + key.bytes()).decode()


def read_cookie(value: str) -> tuple[UUID, Secret] | None:
    """Id and key of a cookie or link, or None for anything else."""
    try:
        held = base64.b64decode(value.encode("ascii"), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    return (UUID(bytes=held[:16]), Secret(held[16:])) if len(held) == SIZE else None


def key_mark(key: Secret) -> bytes:
    """How the database knows the key without having it."""
    return mark(pepper(), b"session", key.bytes())


def close_private(session: UUID, keypair: UUID, both: Secret, key: Secret, *, field: int = SESSION) -> bytes:
    """Private halves, with the id of their pair, under the cookie's key."""
    return seal(key, keypair.bytes + both.bytes(), Bound(current_school(), field, session, Scope.SESSION))


def open_private(session: UUID, sealed: bytes, key: Secret, *, field: int = SESSION) -> Opener | None:
    """The opener of a session, or None where the cookie does not fit."""
    try:
        held = open_sealed(key, sealed, Bound(current_school(), field, session, Scope.SESSION))
    except CannotOpen:
        return None
    return opener(UUID(bytes=held[:16]), Secret(held[16:]))
