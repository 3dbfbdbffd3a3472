"""`subrosa backup`: the body, from which no case opens, and the key file, which is thrown away when its days are over.

The body is everything but the vault's tables and may be kept for as long as anybody likes. The key file holds the vault's
tables. Any body is restored with the newest key file: what was destroyed meanwhile stays destroyed. Sessions, codes and
one-time links are in neither.
"""

from __future__ import annotations

import os
import re
import secrets
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from subrosa.host.account import database_account
from subrosa.host.binaries import bin_folder
from subrosa.host.errors import CannotRun

from .place import house

VAULT = "public.vault_*"
PASSING = ("public.person_session", "public.person_activationcode", "public.person_link")
BODY, KEYS = "subrosa-body", "subrosa-keys"
STAMP = "%Y%m%dT%H%M%SZ"
KEY_FILE = re.compile(rf"{KEYS}-(\d{{8}}T\d{{6}}Z)\.dump")
PATIENCE = 6 * 3600.0  # seconds for one file


def main(*, data: str | None, to: str) -> int:
    """Write both files into a folder and throw away key files that are too old; answers 0, or 2 when it cannot run."""
    try:
        folder = _folder(to)
        with house(data, role="owner"):
            from subrosa.records.audit.moment import now  # noqa: PLC0415  models exist only now

            moment = now().astimezone(UTC)
            body, keys = (folder / f"{name}-{moment.strftime(STAMP)}.dump" for name in (BODY, KEYS))
            _dump(body, [f"--exclude-table-data={one}" for one in (VAULT, *PASSING)])
            _dump(keys, ["--data-only", f"--table={VAULT}"])
            days = _days_kept()
    except CannotRun as refusal:
        print(refusal, file=sys.stderr)
        return refusal.exit_code
    gone = _throw_away(folder, moment - timedelta(days=days))
    print(f"body  {body}  {_size(body)}: keep it as long as you like; no case opens from it")
    print(f"keys  {keys}  {_size(keys)}: kept {days} days, then thrown away; {gone} older thrown away now")
    print(
        "Not in them, to be kept apart from both: the folders secrets and pins of the house (keys of server and log)."
    )
    return 0


def _folder(to: str) -> Path:
    folder = Path(to).resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe = folder / f".{secrets.token_hex(8)}"
        probe.touch(0o600)
        probe.unlink()
    except OSError as error:
        raise CannotRun(f"Nothing can be written into {folder}: {error.strerror}.") from error
    return folder


def program(name: str) -> str:
    """The path of `pg_dump` or `pg_restore`: ours reads every server of its own or an older version."""
    return str(bin_folder(database_account(Path(os.environ["SUBROSA_DATA"]))) / name)


def run(command: Sequence[str], what: str, *, given: Path | None = None, into: Path | None = None) -> None:
    """Run one of PostgreSQL's programs as the owner; CannotRun with its first line when it fails.

    The files are opened here: the account that owns them need not be the one that the database runs as.
    """
    before = time.monotonic()
    handles = [
        os.open(given, os.O_RDONLY) if given else os.open(os.devnull, os.O_RDONLY),
        os.open(into, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600) if into else os.open(os.devnull, os.O_WRONLY),
    ]
    try:
        done = subprocess.run(
            command,
            stdin=handles[0],
            stdout=handles[1],
            stderr=subprocess.PIPE,
            env=_owner(),
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise CannotRun(f"{what} took longer than {int(time.monotonic() - before)} s and was given up.") from None
    finally:
        for handle in handles:
            os.close(handle)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines() or ["no word"]
        raise CannotRun(f"{what} failed: {said[0]}")


def _owner() -> dict[str, str]:
    """The owner's address in the program's environment: its words on the command line could be read by every account."""
    words = conninfo_to_dict(os.environ["DATABASE_URL_OWNER"])
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
    names |= {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT"}
    given = {names[key]: str(value) for key, value in words.items() if key in names and value is not None}
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", **given}


def _dump(file: Path, words: Sequence[str]) -> None:
    """One file, whole or not there: it gets its name when it is complete."""
    draft = file.with_suffix(".draft")
    try:
        run([program("pg_dump"), "--format=custom", "--no-owner", *words], f"Writing {file.name}", into=draft)
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def _days_kept() -> int:
    """The longest that any school of the house keeps keys in its backups."""
    from subrosa.policy.profile import profile  # noqa: PLC0415  beside the drawers, which need Django
    from subrosa.records.school.queries import all_schools  # noqa: PLC0415  models exist only now

    kinds = {one.kind for one in all_schools()} or {"cn-secondary"}
    return max(int(profile(kind)["records.backups_kept_days"]) for kind in kinds)


def _throw_away(folder: Path, before: datetime) -> int:
    """Key files of this folder from before a moment, by the time in their name."""
    old = [
        file
        for file in folder.iterdir()
        if (match := KEY_FILE.fullmatch(file.name)) and datetime.strptime(match[1], STAMP).replace(tzinfo=UTC) < before
    ]
    for file in old:
        file.unlink()
    return len(old)


def _size(file: Path) -> str:
    size = file.stat().st_size
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{size / 1000:.1f} kB"
