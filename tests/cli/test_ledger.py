"""`subrosa ledger`: verify and checkpoint as processes, on the database of these tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from subrosa.records.school import context
from subrosa.records.school.models import School
from tests.cli.conftest import TEMPORARY, one_sentence, subrosa
from tests.conftest import _CLUSTER
from tests.ground import new_school
from tests.records.audit.test_ledger import many


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A foreign server, as far as the command can tell, and a data folder of its own for the checkpoint key."""
    urls = _CLUSTER.urls
    (tmp_path / "secrets").mkdir()
    return {
        "DATABASE_URL": urls.app,
        "DATABASE_URL_OWNER": urls.owner,
        "DATABASE_URL_CLOCK": urls.clock,
        "SUBROSA_DATA": str(tmp_path),
        "TMPDIR": str(TEMPORARY),
    }


@pytest.fixture
def school(at: Any) -> School:
    made = new_school()
    with context.on(made):
        many(300, at)
    return made


def test_a_checkpoint_and_what_it_finds_later(environment: dict[str, str], school: School, tmp_path: Path) -> None:
    where = ("--school", school.host, "--data", str(tmp_path))
    printed = subrosa("ledger", "checkpoint", "--json", *where, **environment)
    assert (printed.returncode, printed.stderr) == (0, "")
    kept = json.loads(printed.stdout)
    assert kept["size"] == 300 and kept["note"].splitlines()[1] == "300" and kept["verifier"].startswith("subrosa/")
    file = tmp_path / "kept.txt"
    file.write_text(kept["note"], encoding="utf-8")
    whole = subrosa("ledger", "verify", *where, "--against", str(file), **environment)
    assert whole.returncode == 0 and "300 entries" in whole.stdout and "whole" in whole.stdout, whole.stderr
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "UPDATE audit_entry SET bytes = 'x' WHERE id = (SELECT id FROM audit_leaf WHERE school_id = %s AND place = 7)",
            [school.pk],
        )
    found = subrosa("ledger", "verify", "--json", *where, "--against", str(file), **environment)
    said = json.loads(found.stdout)
    assert found.returncode == 1 and not said["whole"]
    assert {"what": "tile", "at": 7, "more": ""} in said["findings"]
    words = subrosa("ledger", "verify", *where, **environment)
    assert words.returncode == 1 and "the entry at place 7" in words.stdout and "--against" in words.stdout


def test_without_a_school_every_ledger_is_read(
    environment: dict[str, str], school: School, at: Any, tmp_path: Path
) -> None:
    other = new_school()
    with context.on(other):
        many(3, at)
    where = ("--data", str(tmp_path))
    for host in (school.host, other.host):  # the clock's work: what is waiting gets its place
        assert subrosa("ledger", "checkpoint", "--school", host, *where, **environment).returncode == 0
    whole = [
        json.loads(one) for one in subrosa("ledger", "verify", "--json", *where, **environment).stdout.splitlines()
    ]
    sizes = {one["school"]: one["size"] for one in whole}
    assert (sizes[school.host], sizes[other.host]) == (300, 3)
    with connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET bytes = 'x' WHERE school_id = %s", [other.pk])
    found = subrosa("ledger", "verify", *where, **environment)
    assert found.returncode == 1, "one school that is not whole is enough"
    assert f"{other.host}: 3 entries" in found.stdout and "NOT WHOLE" in found.stdout
    file = tmp_path / "kept.txt"
    file.write_text("a checkpoint", encoding="utf-8")
    which = subrosa("ledger", "verify", "--against", str(file), *where, **environment)
    assert which.returncode == 2 and one_sentence(which.stderr) and other.host in which.stderr


@pytest.mark.parametrize("text", ["", "nonsense", "subrosa/1\n5\nAAAA\n\n\u2014 subrosa/1 AAAA\n"])
def test_a_file_that_is_no_checkpoint(environment: dict[str, str], school: School, tmp_path: Path, text: str) -> None:
    file = tmp_path / "kept.txt"
    file.write_text(text, encoding="utf-8")
    where = ("--school", school.host, "--data", str(tmp_path))
    done = subrosa("ledger", "verify", *where, "--against", str(file), **environment)
    assert done.returncode == 2 and one_sentence(done.stderr) and "no checkpoint of this ledger" in done.stderr


def test_bad_words_on_the_command_line(environment: dict[str, str], school: School, tmp_path: Path) -> None:
    gone = subrosa("ledger", "verify", "--against", str(tmp_path / "no"), **environment)
    assert gone.returncode == 2 and one_sentence(gone.stderr)
    which = subrosa("ledger", "verify", "--school", "nowhere.example", "--data", str(tmp_path), **environment)
    assert which.returncode == 2 and one_sentence(which.stderr) and school.host in which.stderr
    none = subrosa("ledger", "checkpoint", "--data", str(TEMPORARY / "empty"))
    assert none.returncode == 2 and one_sentence(none.stderr) and "no house" in none.stderr
    binary = tmp_path / "binary"
    binary.write_bytes(b"\xff\xfe\x00")
    assert subrosa("ledger", "verify", "--against", str(binary), **environment).returncode == 2
