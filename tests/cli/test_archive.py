"""`subrosa archive verify`: a volume checked as a process, without a house, without a database and without a key."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import one_sentence, subrosa
from tests.ledger.test_volume import FILES, LINE, SHEETS, a_head, made


@pytest.fixture
def volume(tmp_path: Path) -> Path:
    file = tmp_path / "volume-3.sealed"
    file.write_bytes(made())
    return file


@pytest.mark.clause("REC-04", "passes")
def test_a_whole_volume(volume: Path, tmp_path: Path) -> None:
    done = subrosa("archive", "verify", str(volume))
    assert (done.returncode, done.stderr) == (0, "")
    assert "Volume 3 of subrosa/7: 2 files, 9 pages" in done.stdout and "whole" in done.stdout
    assert "give that with --key" in done.stdout
    with_key = subrosa("archive", "verify", str(volume), "--key", LINE)
    assert with_key.returncode == 0 and "give that with --key" not in with_key.stdout
    line = tmp_path / "7.verifier"
    line.write_text(f"{LINE}\n", encoding="utf-8")
    said = json.loads(subrosa("archive", "verify", str(volume), "--key", str(line), "--json").stdout)
    assert said["whole"] and said["trusted"] and (said["volume"], said["files"], said["pages"]) == (3, 2, 9)
    assert said["findings"] == []


@pytest.mark.clause("REC-04", "refuses")
def test_each_damage_is_named_and_exits_with_one(volume: Path) -> None:
    whole = volume.read_bytes()
    for data, words in (
        (whole[:-50], "the sheets of file 14 (pages 7 to 9) are cut off or missing"),
        (whole[:-1] + b"?", "the sheets of file 14 (pages 7 to 9) were changed"),
        (whole + b"!", "something was put behind the last sheet"),
        (whole.replace(b'"sessions":5', b'"sessions":6'), "the signature is over another index"),
        (made(a_head(*FILES), SHEETS, seed=bytes(32)), "signed by another key"),
    ):
        volume.write_bytes(data)
        done = subrosa("archive", "verify", str(volume), "--key", LINE)
        assert (done.returncode, done.stderr) == (1, "") and words in done.stdout and "NOT WHOLE" in done.stdout
        said = subrosa("archive", "verify", str(volume), "--key", LINE, "--json")
        assert said.returncode == 1 and not json.loads(said.stdout)["whole"]


def test_what_cannot_be_checked_exits_with_two(volume: Path, tmp_path: Path) -> None:
    other = tmp_path / "letter.pdf"
    other.write_bytes(b"%PDF-1.7\n")
    cut = tmp_path / "cut"
    cut.write_bytes(volume.read_bytes()[:200])
    for words, why in (
        ((str(other),), "not a volume of the archive"),
        ((str(cut),), "damaged or cut off"),
        ((str(tmp_path / "nowhere"),), "cannot be read"),
        ((str(tmp_path),), "cannot be read"),
        ((str(volume), "--key", str(tmp_path / "nokey")), "cannot be read"),
    ):
        done = subrosa("archive", "verify", *words)
        assert done.returncode == 2 and one_sentence(done.stderr) and why in done.stderr, done.stderr
    assert subrosa("archive", "verify").returncode == 2
    assert subrosa("archive").returncode == 2
