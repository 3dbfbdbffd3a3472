"""FORMAT.md is part of the program: its labels, scopes and table of sealed fields are read by machine here."""

import ast
import re
from pathlib import Path

from subrosa.crypto.bound import Scope

FOLDER = Path(__file__).parents[2] / "subrosa" / "crypto"
PAGE = (FOLDER / "FORMAT.md").read_text(encoding="utf-8")
CALLS = [
    call
    for path in FOLDER.glob("*.py")
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
]


def test_the_labels_on_the_page_are_those_in_the_code() -> None:
    given = [call.args[0] for call in CALLS if isinstance(call.func, ast.Name) and call.func.id == "canon"]
    used = {label.value for label in given if isinstance(label, ast.Constant)}
    listed = re.search(r"Labels in use: `([a-z\s-]+)`", PAGE)
    assert listed is not None
    assert len(used) > 10
    assert set(listed[1].split()) == used


def test_the_scopes_on_the_page_are_those_in_the_code() -> None:
    line = PAGE.split("Scopes, never reused:")[1].split(". ")[0]
    assert {name: int(number) for number, name in re.findall(r"(\d+) ([A-Z]+)", line)} == {s.name: s for s in Scope}


def test_the_table_of_fields_can_be_read_and_reuses_no_number() -> None:
    rows = [
        [cell.strip() for cell in line.strip("|\n").split("|")] for line in PAGE.splitlines() if line.startswith("|")
    ]
    start = rows.index(["number", "model.field", "class", "scope"])
    fields = rows[start + 2 :]
    assert fields[0][0] == "0"
    numbers = [int(row[0]) for row in fields]
    assert numbers == sorted(set(numbers))
    for _, name, kind, scope in fields[1:]:
        assert re.fullmatch(r"(gone )?\w+\.\w+\.\w+(, \w+\.\w+\.\w+)*", name)
        assert kind in {"personal", "desk", "sealed"}
        assert set(scope.split(", ")) <= set(Scope.__members__)


def test_the_package_is_pure() -> None:
    """Standard library and `cryptography` only; no Django, no other room of the house."""
    allowed = {"cryptography", "hashlib", "hmac", "secrets", "struct", "unicodedata", "uuid", "enum", "dataclasses"}
    allowed |= {"collections", "functools", "typing"}
    for path in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level == 0:
                assert str(node.module).split(".")[0] in allowed
            if isinstance(node, ast.ImportFrom):
                assert node.level <= 1
            if isinstance(node, ast.Import):
                assert {alias.name.split(".")[0] for alias in node.names} <= allowed
