"""The data folder: its lock, its secrets and the journal of what runs on it."""

import fcntl
import hashlib
import json
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from subrosa.host.account import database_account
from subrosa.host.errors import CannotRun

SYSTEM_PLACE = Path("/var/lib/subrosa")


class DataFolder:
    """One installation's data: made closed (0700; root lets only the database's group pass), locked by one `up`."""

    def __init__(self, path: Path) -> None:
        """Make the folder when it is missing; CannotRun when that is not possible."""
        self.path = Path(os.path.realpath(path))
        self._lock: int | None = None
        try:
            self._make()
        except OSError as error:
            raise CannotRun(f"The data folder {self.path} is of no use ({error.strerror}): choose another.") from error

    def _make(self) -> None:
        if not self.path.exists():
            self.path.mkdir(parents=True, mode=0o700)
            account = database_account()
            if account.switch:
                # The database's account must pass through to its own folder, and nobody else.
                os.chown(self.path, 0, account.gid)
                self.path.chmod(0o710)
        self.secrets.mkdir(mode=0o700, exist_ok=True)

    @property
    def secrets(self) -> Path:
        return self.path / "secrets"

    def secret(self, name: str, make: Callable[[], bytes]) -> bytes:
        """The secret of that name (0600), made by `make` on first use; two that ask at once get the same one."""
        target = self.secrets / name
        with suppress(FileNotFoundError):
            return target.read_bytes()
        draft = self.secrets / f".{name}.{secrets.token_hex(8)}"
        write_whole(draft, make())
        try:
            # link, not rename: it refuses when the name exists, so the first to come wins and all read the same.
            with suppress(FileExistsError):
                os.link(draft, target)
        finally:
            draft.unlink()
        return target.read_bytes()

    def lock(self, url: str) -> None:
        """Take the folder for this process until it ends; CannotRun says where the other one is when it is taken."""
        handle = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = _read_json(self.path / "lock")
            os.close(handle)
            where = f" at {holder['url']}" if holder.get("url") else ""
            raise CannotRun(
                f"Subrosa already runs on this data{where} (process {holder.get('pid', 'unknown')}, {self.path})."
            ) from None
        self._lock = handle
        os.ftruncate(handle, 0)
        os.pwrite(handle, json.dumps({"pid": os.getpid(), "url": url}).encode(), 0)

    def unlock(self) -> None:
        """Give the folder back."""
        if self._lock is not None:
            os.ftruncate(self._lock, 0)
            os.close(self._lock)
            self._lock = None


def write_whole(path: Path, content: bytes) -> None:
    """Write a private file (0600) that is either whole and on the disk or not there."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.part")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def choose_data_folder(explicit: str | None) -> Path:
    """Where the data goes: `explicit`, else ./data, else (root in a closed folder) a place below /var/lib/subrosa.

    CannotRun names a better place when `explicit` cannot be reached by the account that the database runs as.
    """
    wanted = Path(os.path.realpath(explicit or "data"))
    account = database_account(wanted / "postgres")
    fallback = SYSTEM_PLACE / hashlib.sha256(os.fsencode(wanted)).hexdigest()[:12]
    # os.path: a folder that we may not look into counts as missing here, where Path.exists would raise.
    standing = next(folder for folder in (wanted, *wanted.parents) if os.path.exists(folder))
    if not standing.is_dir():
        raise CannotRun(f"The data folder {wanted} cannot be made: {standing} is a file.")
    if account.switch:
        if explicit is None and fallback.exists() and not wanted.exists():
            return fallback  # also when this folder was opened since: the data is there
        # A folder that does not exist yet is made passable; one that exists has to be so already.
        if account.reaches(standing):
            return wanted
        # Data that exists here is never passed over in silence for an empty place.
        if explicit is None and not wanted.exists():
            return fallback
        raise CannotRun(
            f"The database runs as the account {account.name}, which cannot reach {wanted}: use DATA={fallback}."
        )
    if os.access(standing, os.W_OK | os.X_OK):
        return wanted
    raise CannotRun(f"The account {account.name} cannot write in {standing}: give DATA= a folder that it can write in.")


def _read_json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
