"""Where checkpoints are seen outside the database: the key that signs them, the files they go to, what a browser keeps."""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from subrosa.ledger.checkpoint import new_seed, verifier
from subrosa.ledger.tree import HASH, check_consistency
from subrosa.records.school.context import current_school

from .reading import growth_from, latest


class NoCheckpointKey(RuntimeError):
    """The checkpoint key is not there. It lies in the data folder under secrets/checkpoint_key, or in SUBROSA_CHECKPOINT_KEY."""


def _key_file() -> Path:
    return Path(settings.DATA_DIR) / "secrets" / "checkpoint_key"


def seed() -> bytes:
    """The private half: 32 bytes from SUBROSA_CHECKPOINT_KEY (hex) or the data folder, where the first use makes it (0600)."""
    given = os.environ.get("SUBROSA_CHECKPOINT_KEY")
    if given:
        return bytes.fromhex(given)
    file = _key_file()
    with suppress(FileNotFoundError):
        return file.read_bytes()
    if not file.parent.is_dir():
        raise NoCheckpointKey(NoCheckpointKey.__doc__)
    draft = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(new_seed())
    with suppress(FileExistsError):
        os.link(draft, file)  # refuses when the name exists: the first to come wins, and all read the same
    draft.unlink()
    return file.read_bytes()


def origin() -> str:
    """What this school's ledger is called in its checkpoints. Which installation it is says the key, not the name."""
    return f"subrosa/{current_school()}"


def verifier_line() -> str:
    """The line with which anybody checks a checkpoint of this ledger."""
    return verifier(origin(), seed())


def more_lines() -> tuple[str, ...]:
    """The house key's fingerprint, where a center is founded: whoever replaces the house key changes what is printed."""
    pinned = Path(settings.DATA_DIR) / "pins" / f"house-{current_school()}.pub"
    with suppress(FileNotFoundError):
        return (f"house {sha256(pinned.read_bytes()).hexdigest()[:16]}",)
    return ()


def folder() -> Path:
    """Where checkpoints are written as files: SUBROSA_CHECKPOINTS (another machine's share, best), else the data folder."""
    given = os.environ.get("SUBROSA_CHECKPOINTS")
    return Path(given) if given else Path(settings.DATA_DIR) / "checkpoints"


def send(note: str, *, at: datetime) -> None:
    """Write a checkpoint where it may be seen: the newest, and the newest of each day. A full or absent disk stops nothing."""
    place = folder()
    name = f"{current_school()}"
    with suppress(OSError):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        for file in (place / f"{name}-latest.txt", place / f"{name}-{at:%Y-%m-%d}.txt"):
            draft = file.with_suffix(".part")
            draft.write_text(f"{note}", encoding="utf-8")
            draft.replace(file)
        (place / f"{name}.verifier").write_text(verifier_line() + "\n", encoding="utf-8")


def sent() -> list[str]:
    """The checkpoints of this school that were written as files and are still there."""
    found = []
    for file in sorted(folder().glob(f"{current_school()}-*.txt")):
        with suppress(OSError, UnicodeDecodeError):
            found.append(file.read_text(encoding="utf-8"))
    return found


@dataclass(frozen=True, slots=True)
class Seen:
    """What a browser (or a sheet of paper) keeps of a checkpoint: size and root."""

    size: int
    root: bytes

    def as_text(self) -> str:
        """For a cookie: neither secret nor telling."""
        return f"{self.size}.{base64.urlsafe_b64encode(self.root).decode().rstrip('=')}"


def seen_of(text: str) -> Seen | None:
    """What a cookie says; None for anything that is none."""
    number, _, encoded = text.partition(".")
    with suppress(ValueError, binascii.Error):
        root = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
        if len(root) == HASH and number.isdecimal() and len(number) <= len(str(10**18)):
            return Seen(int(number), root)
    return None


def newest_seen() -> Seen | None:
    """What a browser is given to keep now."""
    signed = latest()
    return Seen(signed.size, signed.root) if signed else None


def still_there(seen: Seen) -> bool:
    """Whether the ledger of now grew out of what was seen: nothing before it was changed, removed or put in."""
    grown = growth_from(seen.size)
    if grown is None:
        return seen.size == 0
    signed, proof = grown
    return check_consistency(seen.size, seen.root, signed.size, signed.root, proof)
