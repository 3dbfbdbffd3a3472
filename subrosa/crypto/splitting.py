"""Shamir's secret sharing over GF(2^8): any k of n custodians, and the sheet on which a seat's private half stands."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from . import base32
from .encoding import SUITE, SUITE_BYTE, canon, u8
from .errors import BadShare, CannotOpen, Malformed
from .secret import Secret

CHECK_SIZE = 8  # joined too few or wrong shares: noticed but for one time in 2^64
SHEET_CHECK_SIZE = 7
HALF_SIZE = 33
MOST = 255  # shares: the non-zero elements of the field


@dataclass(frozen=True, slots=True)
class Share:
    """One share: index 1 to 255 (its x), value 8 bytes longer than the secret (one y per byte)."""

    index: int
    value: Secret


def _tables() -> tuple[list[int], list[int]]:
    """Powers and logarithms of the generator 3 in GF(2^8) modulo x^8+x^4+x^3+x+1 (the field of AES)."""
    exp, log, value = [0] * 510, [0] * 256, 1
    for power in range(255):
        exp[power] = exp[power + 255] = value
        log[value] = power
        value ^= value << 1 ^ (0x11B if value & 0x80 else 0)
    return exp, log


# Table lookups leak through the cache to someone who runs code on the same processor; such a one reads our memory
# anyway (keys.md, "root on the running server"). Nothing here is timed by a remote party: joining is one act a case.
_EXP, _LOG = _tables()


def split(secret: Secret, k: int, n: int) -> tuple[Share, ...]:
    """n shares, any k of which give `secret` back; k - 1 say nothing at all about it (Shamir 1979).

    2 <= k <= n <= 255, secret of 1 byte or more; else ValueError. The random numbers are the system's.
    """
    held = secret.bytes()
    if not (2 <= k <= n <= MOST and held):
        raise ValueError("two or more of at most 255, and something to split")
    rows = [bytes([*secrets.token_bytes(k - 1), byte]) for byte in held + _check(held)]
    return tuple(Share(x, Secret(bytes(_at(row, x) for row in rows))) for x in range(1, n + 1))


def join(shares: Sequence[Share]) -> Secret:
    """The secret, from k or more of its shares.

    CannotOpen: too few, or one is wrong (`check_shares` names it). BadShare: a repeated index, one out of 1..255,
    or a length unlike the first one's.
    """
    if not shares:
        raise CannotOpen
    seen: set[int] = set()
    size = len(shares[0].value.bytes())
    for share in shares:
        if share.index in seen or not 1 <= share.index <= MOST or len(share.value.bytes()) != size:
            raise BadShare(share.index)
        seen.add(share.index)
    weights = [_weight(share.index, seen) for share in shares]
    columns = zip(*(share.value.bytes() for share in shares), strict=True)
    whole = bytes(_dot(weights, column) for column in columns)
    held, tail = whole[:-CHECK_SIZE], whole[-CHECK_SIZE:]
    if not held or not hmac.compare_digest(tail, _check(held)):
        raise CannotOpen
    return Secret(held)


def share_hash(share: Share, context: bytes) -> bytes:
    """32 bytes, SHA-256 of context, index and value: kept in the package, so that a wrong share is named.

    `context` says which package (school, keyring, generation ... in the caller's canonical encoding).
    """
    return hashlib.sha256(canon("share", context, u8(share.index), share.value.bytes())).digest()


def check_shares(shares: Sequence[Share], hashes: Mapping[int, bytes], context: bytes) -> None:
    """Return quietly if every share has the hash that the package holds for its index; else BadShare with it."""
    for share in shares:
        if not hmac.compare_digest(hashes.get(share.index, b""), share_hash(share, context)):
            raise BadShare(share.index)


def pack_share(share: Share) -> Secret:
    """Suite 1, index 1, value: the form in which a share is wrapped for its seat."""
    return Secret(SUITE_BYTE + u8(share.index) + share.value.bytes())


def unpack_share(packed: Secret) -> Share:
    """The share in a packed form. Malformed if unreadable."""
    held = packed.bytes()
    if len(held) < 2 + 1 + CHECK_SIZE or held[0] != SUITE or held[1] == 0:
        raise Malformed("not a share of a known suite")
    return Share(held[1], Secret(held[2:]))


def sheet_text(private: Secret) -> str:
    """A private half (33 bytes, hybrid or signing) as 4 lines of 4 groups of 4 letters, for the printed sheet.

    Letters are Crockford's base 32 of private half 33 and checksum 7. ValueError when it is no private half.
    """
    held = private.bytes()
    if len(held) != HALF_SIZE or held[0] != SUITE:
        raise ValueError("only a private half of a known suite is printed")
    letters = base32.encode(held + _sheet_check(held))
    return "\n".join(base32.grouped(letters[at : at + 16]) for at in range(0, 64, 16))


def from_sheet(text: str) -> Secret:
    """The private half on a typed sheet; case, spaces, dashes, line ends, O/0, I/L/1 are forgiven.

    Malformed for any other difference: the checksum misses a typing error once in 2^56.
    """
    data = base32.decode(base32.tidy(text))
    held, tail = data[:HALF_SIZE], data[HALF_SIZE:]
    if len(data) != HALF_SIZE + SHEET_CHECK_SIZE or held[0] != SUITE or tail != _sheet_check(held):
        raise Malformed("mistyped, or not a sheet")
    return Secret(held)


def _check(held: bytes) -> bytes:
    return hashlib.sha256(canon("split", held)).digest()[:CHECK_SIZE]


def _sheet_check(held: bytes) -> bytes:
    return hashlib.sha256(canon("sheet", held)).digest()[:SHEET_CHECK_SIZE]


def _times(a: int, b: int) -> int:
    return _EXP[_LOG[a] + _LOG[b]] if a and b else 0


def _at(row: bytes, x: int) -> int:
    """The polynomial's value at x; coefficients from the highest down, the secret byte last (Horner)."""
    total = 0
    for coefficient in row:
        total = _times(total, x) ^ coefficient
    return total


def _weight(index: int, indexes: set[int]) -> int:
    """Lagrange's factor of one share at x = 0: the product of j / (j - i) over the others."""
    weight = 1
    for other in indexes - {index}:
        weight = _times(weight, _EXP[_LOG[other] + 255 - _LOG[other ^ index]])
    return weight


def _dot(weights: list[int], column: tuple[int, ...]) -> int:
    total = 0
    for weight, value in zip(weights, column, strict=True):
        total ^= _times(weight, value)
    return total
