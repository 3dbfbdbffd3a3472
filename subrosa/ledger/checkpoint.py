"""A signed statement of a ledger's size and root, in the text form of C2SP tlog-checkpoint and signed-note (Ed25519).

    <origin>\\n<size>\\n<root in base64>\\n[<more lines>\\n]\\n— <name> <base64 of 4 bytes of key id and 64 of signature>\\n

What protects a ledger is that such texts are seen elsewhere: in browsers, on paper, in a file. Anybody with the verifier
line (`name+id+key`) can check one without this program.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from .tree import HASH

ALGORITHM = b"\x01"  # Ed25519, in the numbering of signed-note
KEY_ID = 4
SEED = 32
SIGNATURE = 64
DASH = "\u2014"
_SIZE = re.compile(r"0|[1-9][0-9]{0,17}")
_NAME = re.compile(r"[^\s+]{1,200}")


class BadCheckpoint(ValueError):
    """This is no checkpoint of this ledger: unreadable, altered, or signed by another key."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Size and root of a ledger called `origin`; `more` are further lines, such as the house key's fingerprint."""

    origin: str
    size: int
    root: bytes
    more: tuple[str, ...] = ()

    def text(self) -> str:
        """What is signed. BadCheckpoint where it would not read back as itself."""
        lines = (self.origin, str(self.size), base64.b64encode(self.root).decode(), *self.more)
        bad = not _NAME.fullmatch(self.origin) or len(self.root) != HASH or not 0 <= self.size < 10**18
        if bad or any(not line or not line.isprintable() for line in lines):
            raise BadCheckpoint("an origin, size, root or line that no checkpoint has")
        return "".join(f"{line}\n" for line in lines)


def new_seed() -> bytes:
    """32 random bytes: the private half of a checkpoint key."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def _key_id(name: str, public: bytes) -> bytes:
    return sha256(name.encode() + b"\n" + ALGORITHM + public).digest()[:KEY_ID]


def verifier(name: str, seed: bytes) -> str:
    """The line that others check with: name, key id in hex, key in base64, joined by `+`."""
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    return f"{name}+{_key_id(name, public).hex()}+{base64.b64encode(ALGORITHM + public).decode()}"


def under_name(name: str, verifier_line: str) -> str:
    """The line of the same key under another name. BadCheckpoint where this is no verifier line."""
    _name, _key_id_of, public = _verifying(verifier_line)
    return f"{name}+{_key_id(name, public).hex()}+{base64.b64encode(ALGORITHM + public).decode()}"


def sign(checkpoint: Checkpoint, name: str, seed: bytes) -> str:
    """The signed note."""
    text = checkpoint.text()
    key = Ed25519PrivateKey.from_private_bytes(seed)
    signed = _key_id(name, key.public_key().public_bytes_raw()) + key.sign(text.encode())
    return f"{text}\n{DASH} {name} {base64.b64encode(signed).decode()}\n"


def _verifying(line: str) -> tuple[str, bytes, bytes]:
    """Name, key id and public key of a verifier line."""
    name, _, rest = line.strip().partition("+")
    marked, _, encoded = rest.partition("+")
    try:
        key = base64.b64decode(encoded, validate=True)
        key_id = bytes.fromhex(marked)
    except (binascii.Error, ValueError) as error:
        raise BadCheckpoint("not a verifier line") from error
    if key[:1] != ALGORITHM or len(key) != 1 + SEED or key_id != _key_id(name, key[1:]):
        raise BadCheckpoint("not a verifier line")
    return name, key_id, key[1:]


def read(note: str, verifier_line: str) -> Checkpoint:
    """The checkpoint of a signed note; BadCheckpoint unless this key signed exactly this text."""
    name, key_id, public = _verifying(verifier_line)
    text, blank, signatures = note.partition("\n\n")
    if not blank:
        raise BadCheckpoint("no signature")
    text += "\n"
    if not signatures.endswith("\n"):
        raise BadCheckpoint("cut short")
    for line in signatures[:-1].split("\n"):
        signed = _signature(line, name)
        if signed is None or signed[:KEY_ID] != key_id:
            continue  # others may have signed beside us
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(signed[KEY_ID:], text.encode())
        except InvalidSignature:
            raise BadCheckpoint("the signature does not fit the text") from None
        return _parsed(text)
    raise BadCheckpoint("not signed by this ledger's key")


def _signature(line: str, name: str) -> bytes | None:
    begins = f"{DASH} {name} "
    if not line.startswith(begins):
        return None
    encoded = line[len(begins) :]
    try:
        signed = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise BadCheckpoint("a signature that cannot be read") from None
    if len(signed) != KEY_ID + SIGNATURE or base64.b64encode(signed).decode() != encoded:
        raise BadCheckpoint("a signature that cannot be read")
    return signed


def _parsed(text: str) -> Checkpoint:
    lines = text.split("\n")[:-1]
    if len(lines) < 3 or not _SIZE.fullmatch(lines[1]):
        raise BadCheckpoint("not the lines of a checkpoint")
    try:
        root = base64.b64decode(lines[2], validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadCheckpoint("not the lines of a checkpoint") from error
    found = Checkpoint(lines[0], int(lines[1]), root, tuple(lines[3:]))
    if found.text() != text:
        raise BadCheckpoint("not the lines of a checkpoint")
    return found
