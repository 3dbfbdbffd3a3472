"""The server key: what the school knows anyway, addresses, and the pepper of passphrases. A file, never in the database."""

from __future__ import annotations

import base64
import binascii
import os
import zlib
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from django.conf import settings

from subrosa.crypto import base32
from subrosa.crypto.envelope import Bound, Scope, open_sealed, seal
from subrosa.crypto.errors import CannotOpen, Malformed
from subrosa.crypto.keys import derive, mark
from subrosa.crypto.secret import Secret
from subrosa.records.school.context import current_school
from subrosa.records.school.models import SchoolRow

from .opened import Opened


class NoServerKey(RuntimeError):
    """The server key is not there. It lies in the data folder under secrets/server_key, or in SUBROSA_SERVER_KEY."""


@lru_cache(maxsize=1)
def server_key() -> Secret:
    """32 bytes from SUBROSA_SERVER_KEY (hex) or the data folder; raises NoServerKey."""
    given = os.environ.get("SUBROSA_SERVER_KEY")
    if given:
        return Secret(bytes.fromhex(given))
    file = Path(settings.DATA_DIR) / "secrets" / "server_key"
    if not file.is_file():
        raise NoServerKey(NoServerKey.__doc__)
    return Secret(file.read_bytes())


@lru_cache(maxsize=8)
def _derived(label: str) -> Secret:
    return derive(server_key(), label)


def pepper() -> Secret:
    """What lies over every locked private half: a database copy alone permits no guessing."""
    return _derived("pepper")


def marked(purpose: str, *parts: str) -> bytes:
    """An HMAC under the server key: equal for equal parts of one school and purpose, and otherwise unreadable."""
    texts = (purpose, str(current_school()), *parts)
    return mark(_derived("marks"), *(text.encode() for text in texts))


def printed_code(purpose: str, *parts: str) -> str:
    """A code to print that the same parts always give, in the form of an activation code: for an answer that got lost."""
    letters = base32.encode(marked(purpose, *parts)[:CODE_BYTES])
    return base32.grouped(letters + base32.check_letter(letters))


def _bound(row: SchoolRow, field: str) -> Bound:
    number: int = row._meta.get_field(field).number  # type: ignore[union-attr]  # a PersonalField carries its number
    return Bound(current_school(), number, row.pk, Scope.PERSONAL)


def close_personal(row: SchoolRow, field: str, text: str) -> None:
    """Put a text into a personal field of a row, under the server key."""
    setattr(row, field, seal(_derived("personal"), text.encode(), _bound(row, field)))


def open_personal(row: SchoolRow, field: str) -> Opened:
    """The text of a personal field; empty where nothing was put."""
    sealed: bytes | None = getattr(row, field)
    if sealed is None:
        return Opened("")
    return Opened(open_sealed(_derived("personal"), bytes(sealed), _bound(row, field)).decode())


def opens_personal(row: SchoolRow, field: str) -> bool:
    """Whether the server key in this folder is the one under which this field lies."""
    try:
        open_personal(row, field)
    except CannotOpen:
        return False
    return True


CODE_BYTES = 10  # 80 bits, as an activation code
STAMP = 8  # bytes of the moment until which a token opens
MOST_UNPACKED = 64 * 1024 * 1024


def close_token(purpose: str, text: str, *, of: UUID, until: datetime) -> str:
    """A text that travels through a browser's hidden field and is stored nowhere: for one person, until a moment."""
    held = int(until.timestamp()).to_bytes(STAMP, "big") + zlib.compress(text.encode())
    place = Bound(current_school(), 0, of, Scope.PERSONAL)
    return base64.urlsafe_b64encode(seal(_derived(f"token {purpose}"), held, place)).decode()


def open_token(purpose: str, token: str, *, of: UUID, at: datetime) -> str | None:
    """The text again; None for a token that is altered, too old, of somebody else or for another purpose."""
    place = Bound(current_school(), 0, of, Scope.PERSONAL)
    try:
        sealed = base64.b64decode(token.encode("ascii"), altchars=b"-_", validate=True)
        held = open_sealed(_derived(f"token {purpose}"), sealed, place)
    except (CannotOpen, Malformed, binascii.Error, ValueError):
        return None
    if at.timestamp() > int.from_bytes(held[:STAMP], "big"):
        return None
    return zlib.decompressobj().decompress(held[STAMP:], MOST_UNPACKED).decode()
