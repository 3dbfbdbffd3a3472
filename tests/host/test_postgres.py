"""The embedded server: founding, starting, stopping, what it lets in and what it writes down."""

import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from subrosa.host import postgres, sockets
from subrosa.host.account import Account, database_account
from subrosa.host.errors import CannotRun
from subrosa.host.postgres import Cluster
from tests.host.running import ROOT, left_after, living


@pytest.fixture(scope="module")
def cluster(place: Path) -> Iterator[Cluster]:
    made = Cluster(place / "data")
    made.start()
    yield made
    made.stop()


def ask(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(question.encode()).fetchone()  # bytes: not a literal string, and it is only a test
        return row[0] if row else None


def test_the_three_roles_have_what_they_need_and_no_more(cluster: Cluster) -> None:
    columns = "current_user, rolsuper, rolcreatedb, rolbypassrls, rolcreaterole"
    question = f"SELECT ({columns})::text FROM pg_roles WHERE rolname = current_user"
    assert ask(cluster.urls.owner, question) == "(subrosa_owner,f,t,f,f)"
    assert ask(cluster.urls.app, question) == "(subrosa_app,f,f,f,f)"
    assert ask(cluster.urls.clock, question) == "(subrosa_clock,f,f,f,f)"
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(cluster.urls.app, "CREATE TABLE mine ()")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(cluster.urls.app, "CREATE TEMP TABLE mine ()")


def test_it_is_set_up_as_decided(cluster: Cluster) -> None:
    columns = "pg_encoding_to_char(encoding), datlocprovider, datlocale"
    question = f"SELECT ({columns})::text FROM pg_database WHERE datname = 'subrosa'"
    assert ask(cluster.urls.app, question) == "(UTF8,b,C.UTF-8)"
    shown = {name: ask(cluster.urls.owner, f"SHOW {name}") for name in ("fsync", "data_checksums", "listen_addresses")}
    assert shown == {"fsync": "on", "data_checksums": "on", "listen_addresses": ""}
    assert ask(cluster.urls.owner, "SHOW max_connections") == "60"


def test_without_the_password_nobody_comes_in_not_even_the_superuser(cluster: Cluster) -> None:
    for role in ("subrosa_super", "subrosa_owner", "subrosa_app"):
        with pytest.raises(psycopg.OperationalError, match="no password supplied"):
            psycopg.connect(f"postgresql://{role}@/subrosa", host=str(cluster.sockets), port=5432, passfile="/dev/null")
    rules = (cluster.files / "pg_hba.conf").read_text()
    assert rules == "local all all scram-sha-256\n"


def test_the_socket_is_in_a_closed_folder_with_a_short_name(cluster: Cluster) -> None:
    found = cluster.sockets.lstat()
    assert (stat.S_IMODE(found.st_mode), found.st_uid) == (0o700, cluster.account.uid)
    assert len(os.fsencode(cluster.sockets / ".s.PGSQL.5432")) <= 107
    assert "心" not in str(cluster.sockets)


def test_secrets_are_closed(cluster: Cluster) -> None:
    assert stat.S_IMODE(cluster.folder.secrets.stat().st_mode) == 0o700
    modes = {stat.S_IMODE(file.stat().st_mode) for file in cluster.folder.secrets.iterdir()}
    assert modes == {0o600}
    assert stat.S_IMODE(cluster.folder.path.stat().st_mode) & 0o007 == 0


def test_nothing_that_was_typed_reaches_the_log(cluster: Cluster) -> None:
    with psycopg.connect(cluster.urls.owner, autocommit=True) as connection:
        connection.execute("CREATE TABLE told (text text PRIMARY KEY)")
        told_twice, not_a_number = "INSERT INTO told VALUES (%s), (%s)", "SELECT %s::integer + length(%s)"
        for statement in (told_twice, not_a_number, "SELECT %s, %s FROM nowhere"):
            with pytest.raises(psycopg.Error):
                connection.execute(statement, ["沉默的秘密", "沉默的秘密"])
        with pytest.raises(psycopg.Error):
            connection.execute("DO $$ BEGIN RAISE WARNING '沉默的秘密'; RAISE EXCEPTION '沉默的秘密'; END $$")
    written = (cluster.folder.path / "postgres.log").read_text()
    assert "ready to accept connections" in written
    assert "沉默的秘密" not in written
    assert "told" not in written


def test_another_database_has_the_same_rights_and_goes_away_under_its_users(cluster: Cluster) -> None:
    cluster.create_database("walk")
    urls = cluster.urls_for("walk")
    assert ask(urls.clock, "SELECT current_database()") == "walk"
    with pytest.raises(CannotRun, match="exists already"):
        cluster.create_database("walk")
    with psycopg.connect(urls.app):
        cluster.drop_database("walk")
    cluster.drop_database("walk")
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(urls.app)


def test_a_second_launcher_on_the_same_data_is_told_so(cluster: Cluster) -> None:
    with pytest.raises(CannotRun, match="already run by another program"):
        Cluster(cluster.folder.path).start()
    assert ask(cluster.urls.app, "SELECT 1") == 1


def test_stop_and_second_start_keep_the_rows_and_are_quick(place: Path) -> None:
    cluster = Cluster(place / "again", durable=False)
    cluster.start()
    assert ask(cluster.urls.owner, "SHOW fsync") == "off"
    with psycopg.connect(cluster.urls.owner) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    cluster.stop()
    assert left_after(place / "again", 0) == {}
    assert not cluster.sockets.exists()
    begun = time.monotonic()
    cluster.start()
    assert time.monotonic() - begun < 1
    assert ask(cluster.urls.owner, "SELECT number FROM kept") == 7
    cluster.stop()


def test_what_a_killed_founding_left_is_cleared_away_and_lost_secrets_are_made_anew(place: Path) -> None:
    cluster = Cluster(place / "half", durable=False)
    (cluster.home / "18.new-1").mkdir(parents=True)
    (cluster.home / "18.new-1" / "PG_VERSION").write_text("18\n")
    cluster.start()
    cluster.stop()
    assert [entry.name for entry in cluster.home.iterdir()] == ["18"]
    for secret in cluster.folder.secrets.iterdir():
        secret.unlink()
    cluster.start()
    assert ask(cluster.urls.clock, "SELECT 1") == 1
    cluster.stop()


def test_a_killed_launcher_takes_the_server_with_it_and_stale_files_do_not_hinder(place: Path) -> None:
    data = place / "killed"
    program = (
        "import sys, pathlib, threading, time, psycopg; from subrosa.host.postgres import Cluster\n"
        "cluster = Cluster(pathlib.Path(sys.argv[1]))\n"
        # Started by a thread that ends: the kernel's promise must not be tied to it.
        "thread = threading.Thread(target=cluster.start); thread.start(); thread.join(); time.sleep(0.3)\n"
        "busy = psycopg.connect(cluster.urls.owner)\n"
        "threading.Thread(target=busy.execute, args=['SELECT count(*) FROM generate_series(1, 10000000000)']).start()\n"
        "print('open', flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(data)], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}
    ) as launcher:
        assert launcher.stdout
        assert launcher.stdout.readline() == b"open\n"
        time.sleep(0.2)
        assert len(living(data, besides=launcher.pid)) > 5
        launcher.send_signal(signal.SIGKILL)
        launcher.wait()
        assert left_after(data, 2) == {}
    # A number that somebody else has now: a naive start would believe that the old server still runs.
    (data / "postgres" / "18" / "postmaster.pid").write_text(f"{os.getpid()}\n{data}\n0\n5432\n/tmp\n\n0 0\nready\n")
    cluster = Cluster(data)
    cluster.start()
    assert ask(cluster.urls.app, "SELECT 1") == 1
    cluster.stop()


def test_a_server_that_lost_its_launcher_is_ended_by_the_next(place: Path) -> None:
    data = place / "orphan"
    first = Cluster(data, durable=False)
    first.start()
    assert first.process
    assert first._lock
    os.close(first._lock)  # as if the launcher were gone, and the kernel had not told the server
    first._lock = None
    second = Cluster(data, durable=False)
    second.start()
    assert first.process.wait(2)
    assert ask(second.urls.app, "SELECT 1") == 1
    second.stop()
    assert living(data) == {}


def test_a_server_that_does_not_start_says_why_in_one_sentence(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cluster = Cluster(place / "odd", durable=False)
    monkeypatch.setitem(cluster.settings, "shared_buffers", "many")
    with pytest.raises(CannotRun, match=r"did not start .*shared_buffers"):
        cluster.start()
    assert living(place / "odd") == {}


def test_a_long_temp_folder_is_not_used_for_the_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    account = Account("me", os.geteuid(), os.getegid(), switch=False)
    long = tmp_path / ("very" * 25)
    long.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    assert sockets.socket_folder(tmp_path, account).parent == Path("/tmp")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to somebody else")
def test_a_socket_folder_of_somebody_else_is_refused() -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        os.chown(folder, 54321, 54321)
        with pytest.raises(CannotRun, match="belongs to somebody else"):
            sockets.make_socket_folder(folder, database_account())
        folder.rmdir()
        folder.symlink_to("/tmp")
        with pytest.raises(CannotRun, match="belongs to somebody else"):
            sockets.make_socket_folder(folder, database_account())
    finally:
        folder.unlink()


def test_the_names_that_others_rely_on_are_there() -> None:
    assert {"Cluster", "Foreign", "Urls", "the_server", "Forbidden", "CannotRun"} == set(postgres.__all__)
