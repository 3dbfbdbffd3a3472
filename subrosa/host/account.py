"""Which account of the operating system the database runs as, and what that account can reach."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from subrosa.host.errors import CannotRun

CANDIDATES = ("subrosa", "postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """An account of the operating system; `switch` is true when this process has to become it (it is root)."""

    name: str
    uid: int
    gid: int
    switch: bool

    def reaches(self, path: Path) -> bool:
        """Whether the account can step into (a folder) or run (a file) `path`; false when it does not exist."""
        if not self.switch:
            return os.access(path, os.X_OK)
        # Asked by trying: reading mode bits would be blind to access lists and mount options.
        asked = subprocess.run(
            ["/bin/sh", "-c", 'test -x "$1"', "sh", str(path)],
            user=self.uid, group=self.gid, extra_groups=[], cwd="/", env={"LC_ALL": "C"}, check=False,
        )  # fmt: skip
        return asked.returncode == 0


def database_account(cluster_folder: Path | None = None) -> Account:
    """The account for the database: our own; PostgreSQL refuses root, so root gets the first of CANDIDATES that exists.

    A cluster that exists keeps the account that owns it, also when a better candidate appears later.
    Raises CannotRun when root finds no candidate.
    """
    if os.geteuid() != 0:
        return Account(_name_of(os.geteuid()), os.geteuid(), os.getegid(), switch=False)
    if cluster_folder is not None and cluster_folder.exists() and cluster_folder.stat().st_uid != 0:
        owner = cluster_folder.stat()
        return Account(_name_of(owner.st_uid), owner.st_uid, owner.st_gid, switch=True)
    for name in CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Account(name, entry.pw_uid, entry.pw_gid, switch=True)
    raise CannotRun("PostgreSQL does not run as root: create an account named subrosa, or start as another account.")


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
