"""Put a text into a closed field of a row, and open it again: bound to school, field, row, scope, generation, revision."""

from __future__ import annotations

from subrosa.crypto.envelope import Bound, open_sealed, seal
from subrosa.crypto.errors import CannotOpen
from subrosa.policy.ruling import Boundary
from subrosa.records.school.context import current_school
from subrosa.records.school.models import SchoolRow

from .opened import Opened
from .rings import Key


def _bound(row: SchoolRow, field: str, key: Key, revision: int) -> Bound:
    number: int = row._meta.get_field(field).number  # type: ignore[union-attr]  # a closed field carries its number
    return Bound(current_school(), number, row.pk, key.scope, key.generation, revision)


def close_text(row: SchoolRow, field: str, text: str, key: Key, *, revision: int = 1) -> bytes:
    """Seal a text into the field of a row (not saved yet) and answer the ciphertext."""
    sealed = seal(key.secret, text.encode(), _bound(row, field, key, revision))
    setattr(row, field, sealed)
    return sealed


def open_text(row: SchoolRow, field: str, key: Key, *, revision: int = 1) -> Opened:
    """The text of a closed field; empty where nothing was put; a boundary where it was moved or altered."""
    sealed: bytes | None = getattr(row, field)
    if sealed is None:
        return Opened("")
    try:
        plain = open_sealed(key.secret, bytes(sealed), _bound(row, field, key, revision))
    except CannotOpen as error:
        raise Boundary("CONF-04", "a_moved_or_altered_text_opens_nothing") from error
    return Opened(plain.decode())
