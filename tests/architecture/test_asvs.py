"""docs/reference/asvs.md: each requirement once, each file and name behind an answer there, each number as the source has it."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.conf import settings

from subrosa.desks.client import account
from subrosa.desks.common import doors
from subrosa.records.attachment.about import MOST
from subrosa.records.person import actions, entrance
from subrosa.records.roster.sheet import workbook
from tests.architecture.house import ROOT

PAGE = ROOT / "docs" / "reference" / "asvs.md"
LEVELS = ROOT / "docs" / "reference" / "asvs_levels.json"
ROW = re.compile(r"^\| (V\d+\.\d+\.\d+) \| (\d) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.M)
BEHIND = re.compile(r"`((?:subrosa|tests|docs)/[^`]+|[A-Z]+\.md|pyproject\.toml|requirements\.txt)`")
DEEPER = ("V11.", "V13.3.", "V16.")  # level 3 too: cryptography, secrets, the log
STATES = {"kept", "n/a", "open"}


def asked() -> dict[str, int]:
    """The requirements that this house answers, and the level of each."""
    sections = json.loads(LEVELS.read_text(encoding="utf-8"))
    levels = {f"{section}.{n}": level for section, ones in sections.items() for n, level in enumerate(ones, 1)}
    return {name: level for name, level in levels.items() if level < 3 or name.startswith(DEEPER)}


def wrong_rows(text: str) -> Iterable[str]:
    """Requirements without a row or with two, rows with a wrong level or state, and answers with nothing behind them."""
    rows, wanted = ROW.findall(text), asked()
    counted = Counter(name for name, *_rest in rows)
    yield from (f"{name} stands there {counted[name]} times" for name in wanted if counted[name] != 1)
    yield from (f"{name} is not asked" for name in counted if name not in wanted)
    yield from (
        f"{line[:60]} is no row" for line in text.splitlines() if line.startswith("| V") and not ROW.match(line)
    )
    for name, level, _words, state, behind in rows:
        if wanted.get(name) != int(level):
            yield f"{name} is not of level {level}"
        if state not in STATES:
            yield f"{name}: {state} is no state"
        if state == "kept" and not BEHIND.search(behind) and "above" not in behind:
            yield f"{name}: nothing stands behind it"
        if state != "kept" and len(behind) < 7:
            yield f"{name}: no reason"


def _names(path: Path) -> set[str]:
    """What a module defines at its top, imports by name, or has inside its classes."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = [node for one in tree.body if isinstance(one, ast.ClassDef) for node in one.body]
    found: set[str] = set()
    for node in [*tree.body, *inside]:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {target.id for target in targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.ImportFrom):
            found |= {one.asname or one.name for one in node.names}
    return found


def missing(text: str) -> Iterable[str]:
    """Files that are not there, and names that their file does not hold."""
    for given in dict.fromkeys(BEHIND.findall(text)):
        file, _, name = given.partition("::")
        path = ROOT / file
        if not path.exists():
            yield f"{given}: no such file"
        elif name and name not in _names(path):
            yield f"{given}: no such name"


def test_each_requirement_has_one_row_with_a_state_and_a_reason() -> None:
    assert list(wrong_rows(PAGE.read_text(encoding="utf-8"))) == []


def test_what_stands_behind_an_answer_is_there() -> None:
    assert list(missing(PAGE.read_text(encoding="utf-8"))) == []


def test_the_standard_is_whole() -> None:
    sections = json.loads(LEVELS.read_text(encoding="utf-8"))
    assert Counter(level for ones in sections.values() for level in ones) == {1: 70, 2: 183, 3: 92}


def test_the_page_counts_right() -> None:
    text = PAGE.read_text(encoding="utf-8")
    counted = Counter(state for _name, _level, _words, state, _behind in ROW.findall(text))
    said = re.search(
        r"Of (\d+) rows (\d+) are \*\*kept\*\*, (\d+) do not apply \(\*\*n/a\*\*\), and (\d+) are \*\*open\*\*", text
    )
    assert said and tuple(map(int, said.groups())) == (
        counted.total(),
        counted["kept"],
        counted["n/a"],
        counted["open"],
    )


def test_each_limit_is_what_the_source_says() -> None:
    text = PAGE.read_text(encoding="utf-8")
    profile = tomllib.loads((ROOT / "subrosa/policy/profiles/cn-secondary.toml").read_text(encoding="utf-8"))
    own, shared = profile["devices"]["idle_lock_minutes"]["own"], profile["devices"]["idle_lock_minutes"]["shared"]
    limits = [
        f"{own} minutes; a shared device {shared}",
        f"{entrance.LONGEST.total_seconds() / 3600:.0f} hours, then the passphrase",
        f"{profile['sessions']['wrong_codes_per_hour']} an hour and code",
        f"after {actions.LINK_DAYS} days",
        f"{settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024**2} MB, {settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:,} fields",
        f"{workbook.MOST_BYTES // 1024**2} MB and {workbook.MOST_MARKS:,} elements unpacked",
        f"any type, {MOST // 1024**3} GB",
        f"({doors.SHORTEST} characters at least)",
    ]
    assert [limit for limit in limits if limit not in text] == []
    assert doors.SHORTEST == account.SHORTEST


@pytest.mark.parametrize(
    ("planted", "seen"),
    [
        ("| V1.1.1 | 2 | x | kept | `SECURITY.md` |", "V1.1.1 stands there 2 times"),
        ("| V99.1.1 | 2 | x | kept | `SECURITY.md` |", "V99.1.1 is not asked"),
        ("| V1.1.9 | x | no row |", "| V1.1.9 | x | no row | is no row"),
    ],
)
def test_a_planted_row_is_seen(planted: str, seen: str) -> None:
    assert seen in list(wrong_rows(f"{PAGE.read_text(encoding='utf-8')}\n{planted}\n"))


def test_planted_faults_of_a_row_are_seen() -> None:
    text = PAGE.read_text(encoding="utf-8")
    row = next(one for one in text.splitlines() if one.startswith("| V1.1.2 |"))
    for other, said in (
        ("| V1.1.2 | 1 | x | kept | `SECURITY.md` |", "not of level"),
        ("| V1.1.2 | 2 | x | surely | `SECURITY.md` |", "no state"),
        ("| V1.1.2 | 2 | x | kept | by us all |", "nothing stands behind"),
        ("| V1.1.2 | 2 | x | open | - |", "no reason"),
        ("", "stands there 0 times"),
    ):
        assert any(said in fault for fault in wrong_rows(text.replace(row, other)))


def test_a_planted_name_is_seen() -> None:
    there = "`subrosa/crypto/aead.py::encrypt` `tests/architecture/test_asvs.py::ROW` `SECURITY.md`"
    assert list(missing(there)) == []
    gone = "`subrosa/crypto/gone.py` `subrosa/crypto/aead.py::gone` `GONE.md`"
    assert len(list(missing(gone))) == 3
