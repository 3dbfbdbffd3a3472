"""Files in pieces: each file has a key of its own, made from the key of its scope and the place it is for."""

from __future__ import annotations

from dataclasses import dataclass

from subrosa.crypto.envelope import Bound
from subrosa.crypto.errors import CannotOpen
from subrosa.crypto.filing import PIECE as PIECE
from subrosa.crypto.filing import file_key, open_piece, pieces_of, seal_piece
from subrosa.crypto.secret import Secret
from subrosa.policy.ruling import Boundary
from subrosa.records.school.context import current_school
from subrosa.records.school.models import SchoolRow

from .rings import Key

__all__ = ["PIECE", "FileKey", "key_of_file", "open_part", "pieces_of", "seal_part"]


@dataclass(frozen=True, slots=True)
class FileKey:
    """The key of one file: it opens nothing else of its case."""

    secret: Secret

    def __repr__(self) -> str:
        return "…"


def key_of_file(row: SchoolRow, number: int, key: Key) -> FileKey:
    """The key of the file that `row` stands for; `number` is that of the field which holds its pieces."""
    place = Bound(current_school(), number, row.pk, key.scope, key.generation)
    return FileKey(file_key(key.secret, place))


def seal_part(key: FileKey, number: int, plain: bytes, *, last: bool = False) -> bytes:
    """One sealed piece of a file: PIECE bytes, or as the last one fewer."""
    return seal_piece(key.secret, number, plain, last=last)


def open_part(key: FileKey, number: int, sealed: bytes, *, last: bool = False) -> bytes:
    """The bytes of one piece; a boundary where it was moved, altered or cut off."""
    try:
        return open_piece(key.secret, number, sealed, last=last)
    except CannotOpen as error:
        raise Boundary("CONF-04", "a_moved_or_altered_text_opens_nothing") from error
