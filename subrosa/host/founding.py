"""Founding a cluster: its files, its four roles, its first database; all before any server listens."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from subrosa.host.account import Account
from subrosa.host.errors import CannotRun

DATABASE = "subrosa"
SUPER, OWNER, APP, CLOCK = ROLES = ("subrosa_super", "subrosa_owner", "subrosa_app", "subrosa_clock")
ENVIRONMENT = {"LC_ALL": "C", "PATH": "/usr/bin:/bin", "TZ": "UTC"}
# The text order is the code points' own: the same on every system. Chinese is sorted in the application.
INITDB = (
    *("-U", SUPER, "-E", "UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
    *("--data-checksums", "--auth=reject", "--no-instructions"),
)


def found(programs: Path, account: Account, files: Path, passwords: Mapping[str, str]) -> None:
    """Make the cluster in a draft folder and rename it when it is complete: `files` is whole or it is not there."""
    home = files.parent
    home.mkdir(mode=0o700, exist_ok=True)
    if account.switch:
        os.chown(home, account.uid, account.gid)
    for left_behind in home.glob(f"{files.name}.new-*"):
        shutil.rmtree(left_behind, ignore_errors=True)
    # A name of its own: a founding that was killed may still be writing into its draft.
    draft = home / f"{files.name}.new-{os.getpid()}"
    _run(account, [str(programs / "initdb"), "-D", str(draft), *INITDB])
    handle = os.open(draft / "pg_hba.conf", os.O_WRONLY | os.O_TRUNC | os.O_NOFOLLOW)
    with os.fdopen(handle, "w") as rules:
        rules.write("local all all scram-sha-256\n")
    run_single(programs, account, draft, [*_roles(), *set_passwords(passwords), *_first_database()])
    draft.rename(files)


def run_single(programs: Path, account: Account, files: Path, statements: list[str]) -> None:
    """Run statements with no server at all: so that the superuser needs no way in."""
    words = ["--single", "-D", str(files), "-c", "exit_on_error=on", "-c", "log_min_error_statement=panic", "postgres"]
    _run(account, [str(programs / "postgres"), *words], "".join(f"{statement};\n" for statement in statements))


def set_passwords(passwords: Mapping[str, str]) -> list[str]:
    """Statements that give the roles their passwords, which are URL-safe base64 and need no quoting."""
    return [f"ALTER ROLE {role} PASSWORD '{password}'" for role, password in passwords.items()]


def _roles() -> list[str]:
    plain = "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE"
    return [
        f"CREATE ROLE {OWNER} {plain} CREATEDB",
        f"CREATE ROLE {APP} {plain} NOCREATEDB",
        f"CREATE ROLE {CLOCK} {plain} NOCREATEDB",
        f"GRANT pg_signal_backend TO {OWNER}",  # to drop a database that somebody is still connected to
    ]


def _first_database() -> list[str]:
    return [
        f"CREATE DATABASE {DATABASE} OWNER {OWNER}",
        *(f"REVOKE ALL ON DATABASE {name} FROM PUBLIC" for name in (DATABASE, "postgres", "template1")),
        f"GRANT CONNECT ON DATABASE {DATABASE} TO {APP}, {CLOCK}",
        f"GRANT CONNECT ON DATABASE postgres TO {OWNER}",  # from there test databases are made
    ]


def _run(account: Account, argv: list[str], given: str = "") -> None:
    who: dict[str, Any] = {}
    if account.switch:
        who = {"user": account.uid, "group": account.gid, "extra_groups": []}
    done = subprocess.run(
        argv,
        input=given,
        capture_output=True,
        text=True,
        env=ENVIRONMENT,
        cwd="/",
        check=False,
        umask=0o077,
        start_new_session=True,
        **who,
    )
    if done.returncode != 0:
        last = (done.stderr.strip() or done.stdout.strip()).rpartition("\n")[2]
        raise CannotRun(f"The database could not be made ({Path(argv[0]).name}: {last}).")
