"""`subrosa clock --once`: one round over all schools, then the end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import subrosa
from tests.conftest import _CLUSTER


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """What `up` gives to the clock: its own role in the place of the serving one, and a data folder with secrets."""
    urls = _CLUSTER.urls
    (tmp_path / "secrets").mkdir()
    return {"DATABASE_URL": urls.clock, "SUBROSA_ROLE_CLOCK": urls.roles()[1], "SUBROSA_DATA": str(tmp_path)}


def test_one_round_and_the_end(environment: dict[str, str]) -> None:
    done = subrosa("clock", "--once", **environment)
    assert done.returncode == 0 and len(done.stdout.splitlines()) == 1
    others = [line for line in done.stderr.splitlines() if "the log cannot grow" not in line]
    assert others == [], "logs that other tests tore are named, and nothing else is said"


def test_with_json_one_object_of_counts(environment: dict[str, str]) -> None:
    done = subrosa("clock", "--once", "--json", **environment)
    (line,) = done.stdout.splitlines()
    assert done.returncode == 0 and all(isinstance(count, int) for count in json.loads(line).values())
