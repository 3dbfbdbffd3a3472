"""A second reader of the log, written from FORMAT.md alone: it shares no line with the package and knows no tiles.

Anything unexpected is an assertion or the library's own error.
"""

import base64
import hashlib
import re
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

NAMES = [
    "id",
    "school",
    "at",
    "act",
    "outcome",
    "actor_kind",
    "actor",
    "about",
    "client",
    "case",
    "clauses",
    "missing",
    "within",
    "digest",
]


def entry(data: bytes) -> dict[str, object]:
    """The fields of one entry (FORMAT.md, 1)."""
    assert data[0] == 1
    rest, found = data[1:], []
    while rest:
        length = int.from_bytes(rest[:4], "big")
        assert len(rest) >= 4 + length
        found.append(rest[4 : 4 + length])
        rest = rest[4 + length :]
    assert len(found) == len(NAMES)
    fields: dict[str, object] = {}
    for name, value in zip(NAMES, found, strict=True):
        if name in ("id", "actor", "client", "case"):
            fields[name] = UUID(bytes=value) if value else None
        elif name in ("clauses", "missing"):
            fields[name] = value.decode().split("\x1f") if value else []
        else:
            fields[name] = value if name == "digest" else value.decode()
    return fields


def leaf(data: bytes) -> bytes:
    return hashlib.sha256(b"\0" + data).digest()


def root(hashes: list[bytes]) -> bytes:
    """The root, as RFC 6962 writes it down: recursively, from the top (FORMAT.md, 2)."""
    if len(hashes) <= 1:
        return hashes[0] if hashes else hashlib.sha256(b"").digest()
    half = 1
    while half * 2 < len(hashes):
        half *= 2
    return hashlib.sha256(b"\1" + root(hashes[:half]) + root(hashes[half:])).digest()


def sides(place: int, size: int) -> list[bool]:
    """Whether the other hash stands on the left, from the leaf upwards."""
    if size == 1:
        return []
    half = 1
    while half * 2 < size:
        half *= 2
    return [*sides(place, half), False] if place < half else [*sides(place - half, size - half), True]


def leads_to(data: bytes, place: int, size: int, way: list[bytes]) -> bytes:
    """The root to which a proof leads."""
    found, turns = leaf(data), sides(place, size)
    assert len(turns) == len(way)
    for other, left in zip(way, turns, strict=True):
        found = hashlib.sha256(b"\1" + (other + found if left else found + other)).digest()
    return found


def checkpoint(note: str, line: str) -> tuple[int, bytes]:
    """Size and root of a signed checkpoint, with the line that others check with (FORMAT.md, 4)."""
    name, marked, encoded = line.split("+", 2)
    key = base64.b64decode(encoded)
    assert key[0] == 1 and hashlib.sha256(name.encode() + b"\n" + key).digest()[:4].hex() == marked
    text, signature = note.split("\n\n")
    who, signed = re.fullmatch(r"— (\S+) (\S+)\n", signature).groups()  # type: ignore[union-attr]
    signed_bytes = base64.b64decode(signed)
    assert who == name and signed_bytes[:4].hex() == marked
    Ed25519PublicKey.from_public_bytes(key[1:]).verify(signed_bytes[4:], f"{text}\n".encode())
    origin, size, encoded_root = text.split("\n")[:3]
    assert origin == name
    return int(size), base64.b64decode(encoded_root)


def proofs(page: str) -> tuple[int, bytes, list[tuple[bytes, int, int, list[bytes]]]]:
    """A client's page of proofs: size and root that were signed; per entry its bytes, place, size and way (FORMAT.md, 5)."""
    line = next(one for one in page.split("\n") if re.fullmatch(r"subrosa/\d+\+[0-9a-f]{8}\+\S+", one))
    found = re.search(r"^subrosa/\d+\n\d+\n.*?\n\n— \S+ \S+\n", page, re.MULTILINE | re.DOTALL)
    assert found
    size, signed = checkpoint(found[0], line)
    told = []
    # The place stands in the reader's language, so its numbers are taken and not its words.
    for where, data, way in re.findall(r"\n  (.*\d.*)\n  entry (\S+)((?:\n  way \S+)*)", page):
        place, of = (int(number) for number in re.findall(r"\d+", where)[:2])
        assert of == size
        ways = [base64.b64decode(one) for one in re.findall(r"way (\S+)", way)]
        told.append((base64.b64decode(data), place, size, ways))
    return size, signed, told
