"""The data folder: where it may be, its lock, its secrets; and the journal in it."""

import contextlib
import json
import os
import re
import secrets
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from subrosa.host import binaries, folder
from subrosa.host.account import Account, database_account
from subrosa.host.errors import CannotRun
from subrosa.host.folder import DataFolder, choose_data_folder
from subrosa.host.journal import Journal
from tests.host.running import Starter, living

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the database as another account")


@pytest.fixture
def closed() -> Iterator[Path]:
    """A folder that only its owner can enter."""
    above = Path(tempfile.mkdtemp(prefix="subrosa-test-"))
    (above / "守 closed").mkdir(mode=0o700)
    yield above / "守 closed"
    shutil.rmtree(above)


def test_a_secret_is_made_once_also_when_many_ask_at_once(tmp_path: Path) -> None:
    data = DataFolder(tmp_path / "data")
    found: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: found.append(data.secret("key", lambda: secrets.token_bytes(32))))
        for _ in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 20
    assert len(set(found)) == 1
    assert [file.name for file in data.secrets.iterdir()] == ["key"]


def test_the_lock_names_the_holder_and_is_given_back(tmp_path: Path) -> None:
    first, second = DataFolder(tmp_path / "data"), DataFolder(tmp_path / "data")
    first.lock("http://127.0.0.1:8000/")
    with pytest.raises(CannotRun, match=re.escape(f"at http://127.0.0.1:8000/ (process {os.getpid()}")):
        second.lock("http://127.0.0.1:8001/")
    first.unlock()
    second.lock("http://127.0.0.1:8001/")
    second.unlock()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotRun, match="is of no use"):
        DataFolder(tmp_path / "file" / "data")
    with pytest.raises(CannotRun, match="is a file"):
        choose_data_folder(str(tmp_path / "file" / "data"))


@as_root
def test_root_in_a_closed_folder_gets_another_place(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(closed)
    closed.parent.chmod(0o711)
    monkeypatch.setattr(folder, "SYSTEM_PLACE", closed.parent / "system")
    found = choose_data_folder(None)
    assert found.parent == closed.parent / "system"
    with pytest.raises(CannotRun, match=re.escape(f"use DATA={found}")):
        choose_data_folder("data")
    closed.chmod(0o711)
    assert choose_data_folder(None) == closed / "data"


@as_root
def test_data_that_exists_is_found_again_or_refused_never_passed_over(
    closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(closed)
    closed.parent.chmod(0o711)
    monkeypatch.setattr(folder, "SYSTEM_PLACE", closed.parent / "system")
    elsewhere = choose_data_folder(None)
    elsewhere.mkdir(parents=True)
    closed.chmod(0o711)
    assert choose_data_folder(None) == elsewhere
    (closed / "data").mkdir()
    assert choose_data_folder(None) == closed / "data"
    closed.chmod(0o700)
    with pytest.raises(CannotRun, match="cannot reach"):
        choose_data_folder(None)


@as_root
def test_the_house_opens_from_a_closed_folder(closed: Path, port: int, start: Starter) -> None:
    system = closed.parent / "system"
    closed.parent.chmod(0o711)
    up = start(None, port, cwd=closed, stub_system_place=system).ready()
    assert up.lines[-1].startswith(f"data {system}/")
    up.process.terminate()
    assert up.end() == (0, "")
    assert living(system) == {}
    code, errors = start(closed / "data", port, stub_system_place=system).end()
    assert (code, errors.count("\n")) == (2, 1)
    assert f"cannot reach {closed}/data: use DATA={system}/" in errors


@as_root
def test_the_programs_are_copied_once_when_the_account_cannot_reach_them(
    closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed.parent.chmod(0o711)
    (closed / "site-packages").symlink_to(binaries._wheel_folder())
    monkeypatch.setattr(binaries, "_wheel_folder", lambda: closed / "site-packages")
    monkeypatch.setattr(binaries, "COPIES", closed.parent / "var" / "programs")
    account = database_account()
    found = binaries.bin_folder(account)
    assert found.is_relative_to(closed.parent / "var")
    assert account.reaches(found / "initdb")
    made = found.stat().st_mtime_ns, found.stat().st_ino
    assert binaries.bin_folder(account) == found
    assert (found.stat().st_mtime_ns, found.stat().st_ino) == made
    from subrosa.host.founding import _run  # the copy has to run, with its libraries beside it

    _run(account, [str(found / "initdb"), "--version"])
    _run(account, [str(found / "postgres"), "--version"])


def test_a_system_without_a_wheel_is_told_what_to_give(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "PACKAGE", "no_such_wheel")
    with pytest.raises(CannotRun, match="give DATABASE_URL"):
        binaries.bin_folder(Account("me", os.geteuid(), os.getegid(), switch=False))


@as_root
def test_another_account_opens_the_house_too(port: int, start: Starter) -> None:
    python = Path(f"/usr/bin/python{sys.version_info.major}.{sys.version_info.minor}")
    if not python.exists():
        pytest.skip(f"there is no {python}, and the account nobody may not be able to run another")
    home = Path(tempfile.mkdtemp(prefix="subrosa-test-"))
    try:
        shutil.chown(home, "nobody")
        up = start(home / "我 data", port, user="nobody", python=python, cwd="/").ready()
        assert up.get("/")
        assert (home / "我 data").stat().st_mode & 0o777 == 0o700
        up.process.terminate()
        assert up.end() == (0, "")
        assert living(home) == {}
        closed = home / "closed"
        closed.mkdir(mode=0o700)  # made by root, so nobody cannot enter it
        code, errors = start(closed / "data", port, user="nobody", python=python, cwd="/").end()
        assert (code, errors.count("\n")) == (2, 1)
        assert "The account nobody cannot write in" in errors
    finally:
        shutil.rmtree(home)


def test_what_was_recovered_is_told_until_it_has_its_entry(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    assert journal.recovered() == []
    journal.begin()
    assert journal.died("web", -9).startswith("the web was killed at ")
    second = Journal(tmp_path)
    told = second.recovered()
    assert len(told) == 1
    assert second.recovered() == told
    second.begin()  # and is killed before the entry was made
    third = Journal(tmp_path)
    assert [re.sub(r" at .*", "", text) for text in third.recovered()] == [
        "recovered: the supervisor was killed",
        "recovered: the web was killed",
    ]
    third.begin()
    third.reported()
    third.end()
    assert Journal(tmp_path).recovered() == []


def test_a_machine_that_stopped_and_a_spoilt_journal_are_told(tmp_path: Path) -> None:
    Journal(tmp_path).begin()
    state = json.loads((tmp_path / "journal.json").read_text())
    (tmp_path / "journal.json").write_text(json.dumps({**state, "boot": "another"}))
    os.utime(tmp_path / "journal.json", (0, 86_400 * 365))
    assert "the machine stopped on 1971-01-01 at" in Journal(tmp_path).recovered()[0]
    for spoilt in ("", "{", "[1]", '"x"'):
        (tmp_path / "journal.json").write_text(spoilt)
        assert "the supervisor was killed" in Journal(tmp_path).recovered()[0]


def test_the_folder_module_keeps_no_open_file(tmp_path: Path) -> None:
    data = DataFolder(tmp_path / "data")
    before = len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").exists() else 0
    for _ in range(10):
        data.lock("x")
        with contextlib.suppress(CannotRun):
            DataFolder(tmp_path / "data").lock("y")
        data.unlock()
    after = len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").exists() else 0
    assert after == before
