"""A server that somebody else runs: Debian's PostgreSQL 15, a private one in a temp folder."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from subrosa.host.databases import Urls
from subrosa.host.errors import CannotRun
from subrosa.host.postgres import Cluster, Forbidden, Foreign, the_server
from tests.host.running import Starter, left_after

DEBIAN = Path("/usr/lib/postgresql/15/bin")
ROLES = {"DATABASE_URL": "web", "DATABASE_URL_OWNER": "master", "DATABASE_URL_CLOCK": "ticker"}


@pytest.fixture(scope="module")
def environ() -> Iterator[dict[str, str]]:
    """The three addresses on a PostgreSQL 15 that is neither ours nor set up as ours."""
    if not (DEBIAN / "postgres").exists():
        pytest.skip(f"PostgreSQL 15 is not installed in {DEBIAN}: foreign servers are not tested")
    if os.geteuid() != 0:
        pytest.skip("a foreign server is started as the account postgres, and only root can do that")
    home = Path(tempfile.mkdtemp(prefix="foreign-"))
    shutil.chown(home, "postgres")
    account = {"user": "postgres", "group": "postgres", "extra_groups": [], "cwd": "/", "stdout": subprocess.DEVNULL}

    def run(*words: str) -> None:
        subprocess.run([str(DEBIAN / words[0]), "-D", str(home / "pg"), *words[1:]], check=True, **account)  # type: ignore[call-overload]  # see above

    run("initdb", "-A", "trust", "-E", "UTF8", "--no-sync")
    run("pg_ctl", "-w", "-l", str(home / "log"), "-o", f"-F -k {home} -c listen_addresses=", "start")
    with psycopg.connect(f"postgresql://postgres@/postgres?host={home}", autocommit=True) as connection:
        connection.execute("CREATE ROLE master LOGIN CREATEDB")
        connection.execute("CREATE ROLE web LOGIN")
        connection.execute("CREATE ROLE ticker LOGIN")
        connection.execute("CREATE DATABASE center OWNER master")
    yield {name: f"postgresql://{role}@/center?host={home}" for name, role in ROLES.items()}
    run("pg_ctl", "-m", "immediate", "stop")
    shutil.rmtree(home)


def test_the_house_runs_on_it_and_leaves_it_running(
    environ: dict[str, str], place: Path, port: int, start: Starter
) -> None:
    up = start(place / "data", port, **environ).ready()
    up.get("/write/mine")
    up.process.terminate()
    assert up.end() == (0, "")
    assert left_after(place / "data", 0) == {}
    assert not (place / "data" / "postgres").exists()
    with psycopg.connect(environ["DATABASE_URL"]) as connection:
        assert connection.execute("SELECT count(*) FROM line WHERE text = 'mine'").fetchone() == (1,)


def test_a_kill_is_told_there_too(environ: dict[str, str], place: Path, port: int, start: Starter) -> None:
    up = start(place / "data", port, **environ).ready()
    up.process.kill()
    assert left_after(place / "data", 2) == {}
    again = start(place / "data", port, **environ).ready()
    assert again.lines[0].startswith("recovered: the supervisor was killed at")
    again.process.terminate()
    assert again.end() == (0, "")


def test_databases_are_made_and_dropped_through_the_owner(environ: dict[str, str], place: Path) -> None:
    server = the_server(place, environ)
    assert isinstance(server, Foreign)
    server.create_database("walk")
    with psycopg.connect(server.urls_for("walk").clock) as connection:
        assert connection.execute("SELECT current_user, current_database()").fetchone() == ("ticker", "walk")
        with pytest.raises(CannotRun, match="Somebody is still connected"):
            server.drop_database("walk")
    server.drop_database("walk")


def test_a_server_that_forbids_it_is_told_from_other_errors(environ: dict[str, str]) -> None:
    weak = Foreign(environ["DATABASE_URL"], environ["DATABASE_URL"], environ["DATABASE_URL_CLOCK"])
    with pytest.raises(Forbidden, match="does not let its owner role make the database walk"):
        weak.create_database("walk")
    with pytest.raises(Forbidden, match="does not let its owner role drop the database center"):
        weak.drop_database("center")


@pytest.mark.parametrize("missing", ROLES)
def test_all_three_addresses_or_none(missing: str, place: Path) -> None:
    given = {name: f"postgresql://{role}@host/center" for name, role in ROLES.items() if name != missing}
    with pytest.raises(CannotRun, match=f"needs all of .*: {missing} missing"):
        the_server(place / "none", given)
    with pytest.raises(CannotRun, match="DATABASE_URL is not an address"):
        the_server(place / "none", {**dict.fromkeys(ROLES, "postgresql://a@b/c"), "DATABASE_URL": "mysql://a@b/c"})
    assert isinstance(the_server(place / "none", {"DATABASE_URL": " "}), Cluster)


def test_another_database_keeps_everything_else_of_an_address() -> None:
    given = Urls(*(f"postgresql://{role}:p%40ss@host:6543/center?sslmode=require" for role in ROLES.values()))
    assert given.named("a b").owner == "postgresql://master:p%40ss@host:6543/a%20b?sslmode=require"
    assert given.roles() == ("web", "ticker")
