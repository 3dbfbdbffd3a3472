"""The server key: what the school knows anyway, addresses, and the pepper of passphrases. A file, never in the database."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from subrosa.crypto.envelope import Bound, Scope, open_sealed, seal
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
