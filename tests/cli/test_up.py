"""`subrosa up` opens nothing that could not be kept: it says why in one sentence, and nothing is left running."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from subrosa.config import serving
from subrosa.policy.profile import HERE as PROFILES
from tests.cli.conftest import ROOT, one_sentence, subrosa
from tests.foreign import addresses


@pytest.fixture
def port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@pytest.fixture
def place() -> Iterator[Path]:
    """A place for data that the database's account can reach."""
    above = Path(tempfile.mkdtemp(prefix="subrosa-test-"))
    above.chmod(0o711)
    yield above / "data"
    shutil.rmtree(above, ignore_errors=True)


@pytest.fixture
def changed(tmp_path: Path) -> Callable[[str, str, str], Path]:
    """`changed(file, old, new)` gives a copy of the program in which one file differs in one place."""

    def change(name: str, old: str, new: str) -> Path:
        skip = shutil.ignore_patterns("__pycache__", "static")
        shutil.copytree(ROOT / "subrosa", tmp_path / "subrosa", ignore=skip)
        file = tmp_path / "subrosa" / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        return tmp_path

    return change


def test_a_profile_with_a_wrong_value_is_refused_with_its_line(
    changed: Callable[[str, str, str], Path], place: Path, port: str
) -> None:
    lines = (PROFILES / "cn-secondary.toml").read_text(encoding="utf-8").splitlines()
    line = next(n for n, text in enumerate(lines, 1) if text.startswith("code_resign_days_of_term_time"))
    wrong = changed("policy/profiles/cn-secondary.toml", "days_of_term_time = 30", 'days_of_term_time = "soon"')
    done = subrosa("up", "--data", str(place), "--port", port, root=wrong)
    assert done.returncode == 2 and done.stdout == "" and one_sentence(done.stderr)
    assert f"cn-secondary.toml, line {line}: standing.code_resign_days_of_term_time = 'soon' is not" in done.stderr


def test_a_register_that_lacks_a_clause_the_code_names_is_refused(
    changed: Callable[[str, str, str], Path], place: Path, port: str
) -> None:
    wrong = changed("policy/register.yaml", "- id: ETH-01\n", "- id: ETH-99\n")
    done = subrosa("up", "--data", str(place), "--port", port, root=wrong)
    assert done.returncode == 2 and done.stdout == "" and one_sentence(done.stderr)
    assert "not in register.yaml: ETH-01" in done.stderr


@pytest.mark.parametrize(
    ("role", "why"),
    [
        ("postgres", "superuser or bypasses row security"),
        ("master", "owns tables"),
        ("trusted", "bypasses row security"),
    ],
)
def test_a_serving_role_that_is_too_strong_is_refused(
    foreign: str, place: Path, port: str, role: str, why: str
) -> None:
    with psycopg.connect(f"postgresql://postgres@/center?host={foreign}", autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS trusted")
        connection.execute("CREATE ROLE trusted LOGIN BYPASSRLS")
        if role == "postgres":  # the first of them migrates an empty database, the others find it migrated
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public AUTHORIZATION pg_database_owner")
            connection.execute("GRANT USAGE ON SCHEMA public TO PUBLIC")
    done = subrosa("up", "--data", str(place), "--port", port, **addresses(foreign, DATABASE_URL=role))
    assert done.returncode == 2 and done.stdout == "" and one_sentence(done.stderr)
    assert why in done.stderr and "DATABASE_URL" in done.stderr


def test_a_server_that_is_not_there_is_told_in_one_sentence(place: Path, port: str, tmp_path: Path) -> None:
    done = subrosa("up", "--data", str(place), "--port", port, **addresses(str(tmp_path)))
    assert done.returncode == 2 and "does not answer" in done.stderr and one_sentence(done.stderr)


def test_two_of_three_addresses_are_not_enough(place: Path, port: str) -> None:
    given = {name: url for name, url in addresses("/nowhere").items() if name != "DATABASE_URL_CLOCK"}
    done = subrosa("up", "--data", str(place), "--port", port, **given)
    assert done.returncode == 2 and "DATABASE_URL_CLOCK" in done.stderr and one_sentence(done.stderr)


@pytest.mark.parametrize("number", ["0", "70000", "-1"])
def test_a_port_that_is_none_is_told(place: Path, number: str) -> None:
    done = subrosa("up", "--data", str(place), f"--port={number}")
    assert done.returncode == 2 and "no port" in done.stderr and one_sentence(done.stderr)


@pytest.mark.parametrize("zone", ["Asia/Shanghia", "Asia", "../etc", ""])
def test_a_time_zone_that_is_none_is_told(place: Path, port: str, zone: str) -> None:
    done = subrosa("up", "--data", str(place), "--port", port, SUBROSA_TIME_ZONE=zone)
    assert done.returncode == 2 and done.stdout == "" and one_sentence(done.stderr)
    assert f"SUBROSA_TIME_ZONE={zone!r} is no time zone" in done.stderr and not place.exists()


# the probe for a transaction pooler, which hands each statement to whichever connection is free


class Pooler:
    """A stand-in for one: every client gets the same connection to the server."""

    def __init__(self, url: str) -> None:
        self.behind = psycopg.connect(url, autocommit=True)

    def connect(self, url: str, *, autocommit: bool) -> Pooler:
        return self

    def __enter__(self) -> psycopg.Connection:
        return self.behind

    def __exit__(self, *_: object) -> None:
        pass


def _app_url() -> str:
    from tests.conftest import _CLUSTER

    return _CLUSTER.urls.app


def test_a_transaction_pooler_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    pooler = Pooler(_app_url())
    with monkeypatch.context() as patch, pooler.behind:
        patch.setattr(serving.psycopg, "connect", pooler.connect)
        with pytest.raises(serving.CannotServe, match="transaction pooler"):
            serving.check_pooler("")


def test_the_database_itself_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    serving.check_pooler(_app_url())
    serving.check_role(_app_url())


def test_the_environment_of_the_tests_is_not_read_by_what_they_start() -> None:
    assert "DATABASE_URL" not in os.environ
