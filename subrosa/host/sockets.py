"""The folder of the database's socket: short, in the temp folder, closed, and really ours."""

import hashlib
import os
import shutil
import stat
import tempfile
from pathlib import Path

from subrosa.host.account import Account
from subrosa.host.errors import CannotRun

# sun_path holds 108 bytes with its end mark; PostgreSQL's file is ".s.PGSQL.5432" and briefly its ".lock".
LONGEST = 107 - len("/.s.PGSQL.5432.lock")


def socket_folder(data: Path, account: Account) -> Path:
    """Where the socket of this data goes: named by a hash, since a path to the data may be long or not ASCII."""
    name = f"subrosa-{hashlib.sha256(os.fsencode(os.path.realpath(data))).hexdigest()[:16]}"
    for place in (Path(tempfile.gettempdir()), Path("/tmp")):
        if len(os.fsencode(place / name)) <= LONGEST and account.reaches(place):
            return place / name
    raise CannotRun(f"The account {account.name} cannot reach the temp folder: set TMPDIR to one that it can.")


def make_socket_folder(folder: Path, account: Account) -> None:
    """Make it new and closed (0700); CannotRun when somebody else sits at that name."""
    if os.path.lexists(folder):
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (account.uid, os.geteuid()):
            raise CannotRun(f"{folder} belongs to somebody else: remove it, or set TMPDIR to another folder.")
        shutil.rmtree(folder)
    folder.mkdir(mode=0o700)
    if account.switch:
        os.chown(folder, account.uid, account.gid)
