"""`subrosa backup` and `subrosa restore` as processes: a center goes out as two files and comes back in an empty database."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connections

from tests.cli.conftest import one_sentence, subrosa
from tests.conftest import _CLUSTER
from tests.records.center import Center, own_center

__all__ = ["own_center"]
EMPTY = "subrosa_restored"
WORDS = "只说过一次的一句话"


def environment(name: str, data: Path) -> dict[str, str]:
    urls = _CLUSTER.urls_for(name)
    given = {"DATABASE_URL": urls.app, "DATABASE_URL_OWNER": urls.owner, "DATABASE_URL_CLOCK": urls.clock}
    return {**given, "SUBROSA_DATA": str(data)}


@pytest.fixture
def here() -> dict[str, str]:
    """The house of these tests."""
    return environment(str(connections["default"].settings_dict["NAME"]), Path(settings.DATA_DIR))


@pytest.fixture
def there(tmp_path: Path) -> Iterator[dict[str, str]]:
    """An empty database and a data folder that holds nothing but the secrets and pins of the old house."""
    _CLUSTER.create_database(EMPTY)
    data = tmp_path / "new"
    for name in ("secrets", "pins"):
        shutil.copytree(Path(settings.DATA_DIR) / name, data / name)
    yield environment(EMPTY, data)
    _CLUSTER.drop_database(EMPTY)


def files(folder: Path) -> tuple[Path, Path]:
    (body,), (keys,) = folder.glob("subrosa-body-*.dump"), folder.glob("subrosa-keys-*.dump")
    return body, keys


def rows(where: dict[str, str], statement: str) -> int:
    with psycopg.connect(where["DATABASE_URL_OWNER"]) as connection:
        found = connection.execute(statement).fetchone()  # type: ignore[arg-type]  # written here
    assert found
    return int(found[0])


def tables(where: dict[str, str]) -> int:
    return rows(where, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")


@pytest.mark.clause("REC-04", "passes")
def test_a_house_goes_out_and_comes_back(
    own_center: Center, here: dict[str, str], there: dict[str, str], tmp_path: Path
) -> None:
    visit = own_center.visit()
    visit.book(reason=WORDS)
    out = tmp_path / "out"
    old = out / "subrosa-keys-20200101T000000Z.dump"
    out.mkdir()
    old.write_bytes(b"PGDMP old")
    done = subrosa("backup", "--to", str(out), **here)
    assert done.returncode == 0, done.stderr
    assert not old.exists() and "1 older thrown away" in done.stdout and "secrets" in done.stdout
    body, keys = files(out)
    assert {one.stat().st_mode & 0o777 for one in (body, keys)} == {0o600} and not list(out.glob("*.draft"))
    for file in (body, keys):
        assert WORDS.encode() not in file.read_bytes()

    back = subrosa("restore", str(body), "--keys", str(keys), **there)
    assert back.returncode == 0, back.stderr
    assert f"{own_center.school.host}: " in back.stdout and "the log came back to" in back.stdout
    for table in ("note_note", "vault_grant", "person_staff", "appointment_booking", "audit_leaf"):
        count = f"SELECT count(*) FROM {table}"
        assert rows(there, count) == rows(here, count) or table == "audit_leaf", table
    noted = "SELECT count(*) FROM audit_entry WHERE act = 'restore_house'"
    assert rows(there, noted) == rows(there, "SELECT count(*) FROM school_school") and rows(here, noted) == 0
    for passing in ("person_session", "person_activationcode", "person_link"):
        assert rows(there, f"SELECT count(*) FROM {passing}") == 0
    secured = "SELECT count(*) FROM pg_policies"
    assert rows(there, secured) == rows(here, secured) > 50
    verified = subrosa("ledger", "verify", "--school", own_center.school.host, **there)
    assert verified.returncode == 0 and "whole" in verified.stdout, verified.stdout + verified.stderr

    again = subrosa("restore", str(body), "--keys", str(keys), **there)
    assert again.returncode == 2 and one_sentence(again.stderr) and "house here already" in again.stderr


@pytest.mark.clause("REC-04", "passes")
def test_what_was_destroyed_stays_destroyed(
    own_center: Center, here: dict[str, str], there: dict[str, str], tmp_path: Path
) -> None:
    """An older body with the newest key file: its case is there as a number, and nothing in it opens."""
    visit = own_center.visit()
    visit.book(reason=WORDS)
    first, second = tmp_path / "monday", tmp_path / "friday"
    assert subrosa("backup", "--to", str(first), **here).returncode == 0
    with connections["owner"].cursor() as cursor:  # as destruction does it: grants and package of the case go
        cursor.execute("DELETE FROM vault_grant WHERE keyring_id = %s", [visit.case_id])
        cursor.execute("DELETE FROM vault_package WHERE keyring_id = %s", [visit.case_id])
        account = visit.client.pk
    assert subrosa("backup", "--to", str(second), **here).returncode == 0
    done = subrosa("restore", str(files(first)[0]), "--keys", str(files(second)[1]), **there)
    assert done.returncode == 0, done.stderr
    assert rows(there, f"SELECT count(*) FROM case_case WHERE id = '{visit.case_id}'") == 1
    assert rows(there, f"SELECT count(*) FROM vault_grant WHERE keyring_id = '{visit.case_id}'") == 0
    assert rows(there, f"SELECT count(*) FROM person_client WHERE id = '{account}'") == 1


def test_nothing_is_half_done(own_center: Center, here: dict[str, str], there: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert subrosa("backup", "--to", str(out), **here).returncode == 0
    body, keys = files(out)
    cut, text = tmp_path / "cut.dump", tmp_path / "text.dump"
    cut.write_bytes(body.read_bytes()[: body.stat().st_size // 2])
    text.write_text("a letter", encoding="utf-8")
    wrong = tmp_path / "wrong"
    (wrong / "secrets").mkdir(parents=True)
    tries = {
        "cannot be read": (str(tmp_path / "none"), str(keys), there),
        "not a file that": (str(body), str(text), there),
        "failed": (str(cut), str(keys), there),
        "server's key is not there": (str(body), str(keys), {**there, "SUBROSA_DATA": str(wrong)}),
    }
    for said, (first, second, where) in tries.items():
        done = subrosa("restore", first, "--keys", second, **where)
        assert done.returncode == 2 and one_sentence(done.stderr) and said in done.stderr, done.stderr
        assert tables(there) == 0, said
    shutil.copytree(Path(settings.DATA_DIR) / "pins", wrong / "pins")
    (wrong / "secrets" / "server_key").write_bytes(secrets.token_bytes(32))
    done = subrosa("restore", str(body), "--keys", str(keys), **{**there, "SUBROSA_DATA": str(wrong)})
    assert done.returncode == 2 and "not the one of this backup" in done.stderr and tables(there) == 0, done.stderr


def test_a_folder_that_cannot_be_written(here: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = subrosa("backup", "--to", str(tmp_path / "file" / "below"), **here)
    assert done.returncode == 2 and one_sentence(done.stderr) and "Nothing can be written" in done.stderr
