"""The canonical bytes of one ledger entry. One entry has one encoding: `parse(encode(e)) == e` and the reverse.

Layout (version 1): the byte 0x01, then each field as a 4-byte big-endian length and its bytes, in the order of `Entry`.
Texts are UTF-8, times are ISO 8601 in UTC with microseconds, ids 16 bytes, lists are fields joined by the byte 0x1F.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

VERSION = b"\x01"
FIELDS = 14
SEPARATOR = "\x1f"
_TIME = "%Y-%m-%dT%H:%M:%S.%fZ"


class BadEntry(ValueError):
    """These bytes are not one canonical entry."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one act or one refusal leaves. Ids name staff, clients and cases; never the roster. No content."""

    id: UUID
    school: int
    at: datetime
    act: str
    outcome: str
    actor_kind: str
    actor: UUID | None
    about: str
    client: UUID | None
    case: UUID | None
    clauses: tuple[str, ...]
    missing: tuple[str, ...]
    within: str
    digest: bytes


def _uuid(value: UUID | None) -> bytes:
    return b"" if value is None else value.bytes


def _joined(parts: tuple[str, ...]) -> bytes:
    if any(not part or SEPARATOR in part for part in parts):
        raise BadEntry("a list holds an empty part or a separator: it would read back as another list")
    return SEPARATOR.join(parts).encode()


def encode(entry: Entry) -> bytes:
    """The canonical bytes of an entry; raises BadEntry for one that would not read back as itself."""
    if entry.at.tzinfo is None:
        raise BadEntry("a time without a zone")
    parts = (
        entry.id.bytes,
        str(entry.school).encode(),
        entry.at.astimezone(UTC).strftime(_TIME).encode(),
        entry.act.encode(),
        entry.outcome.encode(),
        entry.actor_kind.encode(),
        _uuid(entry.actor),
        entry.about.encode(),
        _uuid(entry.client),
        _uuid(entry.case),
        _joined(entry.clauses),
        _joined(entry.missing),
        entry.within.encode(),
        entry.digest,
    )
    return VERSION + b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def _split(data: bytes) -> list[bytes]:
    if data[:1] != VERSION:
        raise BadEntry("unknown version")
    parts, place = [], 1
    while place < len(data):
        end = place + 4 + int.from_bytes(data[place : place + 4], "big")
        if end > len(data) or place + 4 > len(data):
            raise BadEntry("cut short")
        parts.append(data[place + 4 : end])
        place = end
    if len(parts) != FIELDS:
        raise BadEntry(f"{len(parts)} fields instead of {FIELDS}")
    return parts


def _list(part: bytes) -> tuple[str, ...]:
    return tuple(part.decode().split(SEPARATOR)) if part else ()


def parse(data: bytes) -> Entry:
    """Read canonical bytes back; raises BadEntry for anything that `encode` would not have written."""
    try:
        p = _split(data)
        entry = Entry(
            id=UUID(bytes=p[0]),
            school=int(p[1]),
            at=datetime.strptime(p[2].decode(), _TIME).replace(tzinfo=UTC),
            act=p[3].decode(),
            outcome=p[4].decode(),
            actor_kind=p[5].decode(),
            actor=UUID(bytes=p[6]) if p[6] else None,
            about=p[7].decode(),
            client=UUID(bytes=p[8]) if p[8] else None,
            case=UUID(bytes=p[9]) if p[9] else None,
            clauses=_list(p[10]),
            missing=_list(p[11]),
            within=p[12].decode(),
            digest=p[13],
        )
    except (ValueError, UnicodeDecodeError) as error:
        raise BadEntry(str(error)) from error
    if encode(entry) != data:
        raise BadEntry("not the canonical encoding")
    return entry
