"""`subrosa drill` and `subrosa dump-plain` as processes, on a founded center."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings

from subrosa.records.school import context
from subrosa.records.school.models import School
from tests.cli.conftest import one_sentence, subrosa
from tests.conftest import _CLUSTER
from tests.records.audit.test_ledger import many
from tests.records.center import Center, own_center

__all__ = ["own_center"]


@pytest.fixture
def where(own_center: Center) -> dict[str, str]:
    """The same database and the same server key as these tests have."""
    urls = _CLUSTER.urls
    given = {"DATABASE_URL": urls.app, "DATABASE_URL_OWNER": urls.owner, "DATABASE_URL_CLOCK": urls.clock}
    return {**given, "SUBROSA_DATA": str(settings.DATA_DIR)}


def sheets(tmp_path: Path, *texts: str) -> list[str]:
    words = []
    for number, text in enumerate(texts):
        file = tmp_path / f"sheet{number}"
        file.write_text(text, encoding="utf-8")
        words += ["--sheet", str(file)]
    return words


@pytest.mark.clause("CONF-07", "passes")
def test_two_sheets_rehearse_the_way_back(own_center: Center, where: dict[str, str], tmp_path: Path) -> None:
    school = ("--school", own_center.school.host)
    done = subrosa("drill", *school, *sheets(tmp_path, own_center.sheets[0], own_center.sheets[2]), **where)
    assert done.returncode == 0 and "gave it back" in done.stdout and "No case was touched" in done.stdout, done.stderr
    one = subrosa("drill", *school, *sheets(tmp_path, own_center.sheets[0]), **where)
    assert one.returncode == 1 and "NOT GIVEN BACK" in one.stdout
    gone = subrosa("drill", *school, "--sheet", str(tmp_path / "none"), **where)
    assert gone.returncode == 2 and one_sentence(gone.stderr)
    which = subrosa("drill", "--school", "nowhere.example", **where)
    assert which.returncode == 2 and one_sentence(which.stderr), "nobody is asked for a sheet before it is clear whose"


def test_dump_plain_prints_every_row(own_center: Center, where: dict[str, str]) -> None:
    own_center.visit("端木归晚")
    done = subrosa("dump-plain", "--school", own_center.school.host, "--json", **where)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stderr
    assert {"person_staff", "person_client", "vault_grant", "audit_entry"} <= {row["table"] for row in rows}
    assert "林知夏" in done.stdout and "端木归晚" not in done.stdout
    text = subrosa("dump-plain", "--school", own_center.school.host, **where).stdout.splitlines()
    tables = [line.partition(": id=")[0] for line in text]
    assert sorted(tables) == sorted(row["table"] for row in rows), "one line a row, whatever stands in it"


def test_without_a_school_dump_plain_shows_each(
    own_center: Center, other_school: School, at: datetime, where: dict[str, str]
) -> None:
    both = {own_center.school.pk, other_school.pk}
    with context.on(other_school):
        many(1, at)
    done = subrosa("dump-plain", "--json", **where)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0 and both <= {row["school_id"] for row in rows}, done.stderr
