"""A file of any size, sealed in chunks of 64 KiB: each opens alone, none can be moved, dropped, added or cut off.

The chunks are those of STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015): their number and whether one is the last stand
in the nonce. Eight of them are one *piece*, which is what is written and read at once. FORMAT.md §4a.
"""

import secrets
from collections.abc import Iterable, Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .aead import TAG_SIZE
from .bound import Bound
from .encoding import SUITE, SUITE_BYTE, canon, u8, u32
from .errors import CannotOpen, Malformed
from .keys import KEY_ID_SIZE, expand, key_id
from .secret import Secret

CHUNK = 64 * 1024  # plain bytes of a chunk
CHUNKS = 8  # of a piece
PIECE = CHUNK * CHUNKS
SALT_SIZE = 16
SEALED_CHUNK = CHUNK + TAG_SIZE
HEAD_SIZE = 1 + KEY_ID_SIZE + SALT_SIZE
_MARK = b"\x80"


def file_key(key: Secret, bound: Bound) -> Secret:
    """The 32-byte key of one file, by HKDF-SHA256 from the key of its scope and the place it is for."""
    return expand(key, canon("file", bound.encoded()))


def pieces_of(size: int) -> int:
    """How many pieces a file of `size` bytes has: at least one, since the padding takes at least a byte."""
    return size // PIECE + 1


def seal_piece(key: Secret, number: int, plain: bytes, *, last: bool = False) -> bytes:
    """Seal piece `number` (from 0) of a file: exactly PIECE bytes, or, as the last one, what is left (0 to PIECE - 1).

    `key` is that of the file. A fresh salt each time: sealing a piece once more never meets a nonce again.
    ValueError for a piece of another size.
    """
    if not (0 <= len(plain) < PIECE if last else len(plain) == PIECE):
        raise ValueError("a piece is full, or the last one")
    return _sealed(key, number, plain, secrets.token_bytes(SALT_SIZE), last=last)


def _sealed(key: Secret, number: int, plain: bytes, salt: bytes, *, last: bool) -> bytes:
    head = SUITE_BYTE + key_id(key) + salt
    cipher = _cipher(key, head)
    whole = _padded(plain) if last else plain
    count = len(whole) // CHUNK
    sealed = [head]
    for n in range(count):
        nonce = _nonce(number * CHUNKS + n, last=last and n == count - 1)
        sealed.append(cipher.encrypt(nonce, whole[n * CHUNK : (n + 1) * CHUNK], _context(head)))
    return b"".join(sealed)


def open_piece(key: Secret, number: int, sealed: bytes, *, last: bool = False) -> bytes:
    """The bytes of piece `number`; `last` says whether the file must end with it.

    CannotOpen: altered, of another file, at another place, or the file ends too early or too late.
    """
    count = _chunks(sealed)
    if not last and count != CHUNKS:
        raise CannotOpen
    cipher = _cipher_of(key, sealed)
    plain = b"".join(_open(cipher, sealed, number, n, last=last and n == count - 1) for n in range(count))
    return _stripped(plain) if last else plain


def open_chunk(key: Secret, chunk: int, sealed: bytes, *, last: bool = False) -> bytes:
    """One chunk, by its number in the file, out of the piece that holds it (`chunk // CHUNKS`): reading from the middle."""
    number, place = divmod(chunk, CHUNKS)
    if place >= _chunks(sealed):
        raise CannotOpen
    plain = _open(_cipher_of(key, sealed), sealed, number, place, last=last)
    return _stripped(plain) if last else plain


def open_file(key: Secret, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """A whole file piece by piece. One is held back until it is known whether another follows: what is cut off is an error."""
    held: bytes | None = None
    number = 0
    for sealed in pieces:
        if held is not None:
            yield open_piece(key, number, held)
            number += 1
        held = sealed
    if held is None:
        raise CannotOpen
    yield open_piece(key, number, held, last=True)


class Sealer:
    """Seals what comes in portions of any size; gives a piece as soon as it is full, the last one at the end."""

    __slots__ = ("_held", "_key", "number", "size")

    def __init__(self, key: Secret) -> None:
        """For one file, from its beginning."""
        self._key, self._held = key, bytearray()
        self.number = self.size = 0  # pieces given, bytes taken

    def add(self, data: bytes) -> Iterator[bytes]:
        """The pieces that `data` fills."""
        self._held += data
        self.size += len(data)
        while len(self._held) >= PIECE:
            full = bytes(self._held[:PIECE])
            del self._held[:PIECE]
            self.number += 1
            yield seal_piece(self._key, self.number - 1, full)

    def end(self) -> bytes:
        """The last piece."""
        self.number += 1
        return seal_piece(self._key, self.number - 1, bytes(self._held), last=True)

    def __repr__(self) -> str:
        return "…"


def _cipher(key: Secret, head: bytes) -> AESGCM:
    return AESGCM(expand(key, canon("piece", head)).bytes())


def _nonce(chunk: int, *, last: bool) -> bytes:
    return bytes(7) + u32(chunk) + u8(int(last))


def _context(head: bytes) -> bytes:
    return canon("aead", head, canon("chunk"))


def _chunks(sealed: bytes) -> int:
    count, rest = divmod(len(sealed) - HEAD_SIZE, SEALED_CHUNK)
    if rest or not 1 <= count <= CHUNKS or sealed[0] != SUITE:
        raise Malformed("not a sealed piece of a known suite")
    return count


def _cipher_of(key: Secret, sealed: bytes) -> AESGCM:
    if sealed[1 : 1 + KEY_ID_SIZE] != key_id(key):
        raise CannotOpen
    return _cipher(key, sealed[:HEAD_SIZE])


def _open(cipher: AESGCM, sealed: bytes, number: int, place: int, *, last: bool) -> bytes:
    start = HEAD_SIZE + place * SEALED_CHUNK
    nonce = _nonce(number * CHUNKS + place, last=last)
    try:
        return cipher.decrypt(nonce, sealed[start : start + SEALED_CHUNK], _context(sealed[:HEAD_SIZE]))
    except InvalidTag:
        raise CannotOpen from None


def _padded(plain: bytes) -> bytes:
    """Byte 80, then zeros up to a whole chunk: how long a file is stays known to 64 KiB only."""
    return plain + _MARK + bytes(-(len(plain) + 1) % CHUNK)


def _stripped(plain: bytes) -> bytes:
    short = plain.rstrip(b"\0")
    if not short.endswith(_MARK) or len(plain) - len(short) >= CHUNK:
        raise CannotOpen
    return short[:-1]
