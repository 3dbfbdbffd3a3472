"""A PostgreSQL 15 that somebody else runs: Debian's, private, in a temp folder, with three roles that we did not make."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

DEBIAN = Path("/usr/lib/postgresql/15/bin")
ROLES = {"DATABASE_URL": "web", "DATABASE_URL_OWNER": "master", "DATABASE_URL_CLOCK": "ticker"}
GOD = "postgres"


def address(home: str, role: str, database: str = "center") -> str:
    """The address of one role; `home` is where the socket is."""
    return f"postgresql://{role}@/{database}?host={home}"


@contextmanager
def postgresql_15() -> Iterator[str]:
    """The folder of its socket. Skips with a plain sentence where there is no such server or no right to start it."""
    if not (DEBIAN / "postgres").exists():
        pytest.skip(f"PostgreSQL 15 is not installed in {DEBIAN}: foreign servers are not tested")
    if os.geteuid() != 0:
        pytest.skip("a foreign server is started as the account postgres, and only root can do that")
    home = Path(tempfile.mkdtemp(prefix="foreign-"))
    shutil.chown(home, "postgres")
    account: dict[str, Any] = {"user": "postgres", "group": "postgres", "extra_groups": [], "cwd": "/"}

    def run(*words: str) -> None:
        argv = [str(DEBIAN / words[0]), "-D", str(home / "pg"), *words[1:]]
        subprocess.run(argv, check=True, stdout=subprocess.DEVNULL, **account)

    run("initdb", "-A", "trust", "-E", "UTF8", "--no-sync")
    run("pg_ctl", "-w", "-l", str(home / "log"), "-o", f"-F -k {home} -c listen_addresses=", "start")
    try:
        with psycopg.connect(address(str(home), GOD, "postgres"), autocommit=True) as connection:
            connection.execute("CREATE ROLE master LOGIN CREATEDB")
            connection.execute("CREATE ROLE web LOGIN")
            connection.execute("CREATE ROLE ticker LOGIN")
            connection.execute("CREATE DATABASE center OWNER master")
        yield str(home)
    finally:
        run("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(home)


def addresses(home: str, **instead: str) -> dict[str, str]:
    """The three addresses as the environment gives them; `instead` names another role for one of them."""
    return {name: address(home, instead.get(name, role)) for name, role in ROLES.items()}


def databases(home: str) -> set[str]:
    """The names of the databases that are there now."""
    with psycopg.connect(address(home, GOD, "postgres")) as connection:
        return {str(row[0]) for row in connection.execute("SELECT datname FROM pg_database WHERE NOT datistemplate")}
