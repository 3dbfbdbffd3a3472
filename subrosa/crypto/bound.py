"""What a ciphertext is tied to: the place it belongs to. Moved to another place it does not open."""

import struct
from dataclasses import dataclass
from enum import IntEnum
from uuid import UUID

_PLACE = struct.Struct(">QI16sBII")


class Scope(IntEnum):
    """Under which kind of key something lies. The numbers are part of the format and are never reused."""

    ROOT = 1  # a case root itself
    FILE = 2  # notes, plans, drafts, attachments
    SHARED = 3  # what the client opens too
    CRISIS = 4  # what the crisis team opens too
    PERSONAL = 5  # the server key: roster, staff contact data, addresses in the outbox
    DESK = 6  # the desk key: who a client is
    OWN = 7  # a person's own bundle
    SESSION = 8  # private half under the key in the browser's cookie
    SEATED = 9  # one share of a recovery package, for one seat
    LOCKED = 10  # private half under a passphrase, recovery code or quick-unlock digits
    TEAM = 11  # private half of a pair that a team holds (desk, duty, crisis, assessment, archive)
    HOUSE = 12  # private half of the house key, for lead and deputy
    HELD = 13  # text sealed to a public half, waiting for its next unlock


@dataclass(frozen=True, slots=True)
class Bound:
    """The place of one sealed value (keys.md "Sealing a text").

    school      id of the school, 0 to 2^64-1
    field       the fixed number of the sealed field (table in FORMAT.md), 0 to 2^32-1; 0 is for tests
    row         id of the row, made in Python
    scope       kind of key
    generation  of the key, 0 to 2^32-1
    revision    of the text, 0 to 2^32-1; raised with every finished rewrite
    """

    school: int
    field: int
    row: UUID
    scope: Scope
    generation: int = 1
    revision: int = 1

    def encoded(self) -> bytes:
        """Exactly 37 bytes: school 8, field 4, row 16, scope 1, generation 4, revision 4. ValueError out of range."""
        numbers = (self.scope, self.generation, self.revision)
        try:
            return _PLACE.pack(self.school, self.field, self.row.bytes, *numbers)
        except struct.error as error:
            raise ValueError("number out of range for its place in the format") from error
