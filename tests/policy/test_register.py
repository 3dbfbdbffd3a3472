"""The published code can be read in both languages, and a register that does not fit the charter is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from subrosa.policy import register
from subrosa.policy.charter import CHARTER
from subrosa.policy.constraints import CONSTRAINTS
from subrosa.policy.register import RegisterError, check_names, clauses, read

ROWS = yaml.load(register.FILE.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))[:3]
HAN = re.compile("[一-鿿]")


def test_there_are_111_clauses_in_both_languages() -> None:
    entries = clauses()
    assert len(entries) == len({entry.id for entry in entries}) == 111
    for entry in entries:
        for words in (entry.title, entry.text, entry.kept):
            assert HAN.search(words.zh), (entry.id, words.zh)
            assert re.search("[A-Za-z]{3}", words.en) and not HAN.search(words.en), (entry.id, words.en)
        assert entry.sources and entry.kind and entry.state in register.STATES
        assert bool(entry.missing.en) == bool(entry.missing.zh)
        assert entry.state != "part" or entry.missing.en, entry.id


def test_the_charter_names_only_clauses_of_the_register() -> None:
    used = {name for row in CHARTER.values() for name in row.clauses} | {kept.clause for kept in CONSTRAINTS.values()}
    check_names(used)


def test_a_clause_that_is_not_in_the_register_is_refused_by_name() -> None:
    with pytest.raises(RegisterError, match=r"ETH-99.*register\.yaml|register\.yaml.*ETH-99"):
        check_names({"ETH-01", "ETH-99"})


def _write(tmp_path: Path, rows: object) -> Path:
    path = tmp_path / "register.yaml"
    path.write_text(yaml.safe_dump(rows, allow_unicode=True), encoding="utf-8")
    return path


def test_what_is_written_is_read(tmp_path: Path) -> None:
    assert read(_write(tmp_path, ROWS)) == clauses()[:3]


def _without(key: str) -> Callable[[dict], None]:
    return lambda row: row.pop(key)


def _put(key: str, value: object) -> Callable[[dict], None]:
    return lambda row: row.__setitem__(key, value)


BROKEN: dict[str, Callable[[dict], None]] = {
    **{f"no {key}": _without(key) for key in ("title", "text", "kept", "sources", "kind", "state")},
    **{f"{key} without Chinese": _put(key, {"en": "x", "zh": " "}) for key in ("title", "text", "kept")},
    **{f"{key} without English": _put(key, {"en": "", "zh": "文"}) for key in ("title", "text", "kept")},
    "only one language": _put("text", {"en": "x"}),
    "a text instead of two": _put("text", "x"),
    "an unknown state": _put("state", "almost"),
    "an unknown kind": _put("kind", ["hope"]),
    "a part that does not say what is missing": lambda row: row.update(state="part", missing=None),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_misshapen_clause_is_refused_by_name(fault: str, tmp_path: Path) -> None:
    rows = [dict(row) for row in ROWS]
    BROKEN[fault](rows[1])
    with pytest.raises(RegisterError, match=rows[1]["id"]):
        read(_write(tmp_path, rows))


def test_a_clause_without_an_id_is_refused(tmp_path: Path) -> None:
    rows = [dict(row) for row in ROWS]
    del rows[1]["id"]
    with pytest.raises(RegisterError, match="register"):
        read(_write(tmp_path, rows))


def test_a_clause_that_stands_there_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match=f"{ROWS[0]['id']} stands there twice"):
        read(_write(tmp_path, [*ROWS, ROWS[0]]))


@pytest.mark.parametrize("text", ["", "- just a text", "id: ETH-01", "- [", "5"])
def test_a_file_that_is_no_register_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "register.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RegisterError, match=r"register\.yaml"):
        read(path)


def test_words_follow_the_language() -> None:
    words = register.Words("door", "门")
    assert [words.in_language(code) for code in ("zh-hans", "zh", "zh-cn", "en", "en-us")] == ["门"] * 3 + ["door"] * 2
