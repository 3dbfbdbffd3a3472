"""Which tests show which clause: read from the source, by the marker `@pytest.mark.clause("ETH-01", "refuses")`.

The situations of `tests/policy/situations/` carry the mark of each clause that their ruling names, so they are listed too.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.policy.situations import situations

ROOT = Path(__file__).resolve().parent.parent
SHOWS = {"done": "passes", "not_yet": "not_yet", "refused": "refuses"}
SITUATIONS = "tests/policy/test_situations.py::test_situation"
Shown = tuple[str, str, str]  # clause, what it is seen to do, test


def _marks(node: ast.AST) -> Iterator[tuple[str, str]]:
    """Every `pytest.mark.clause(id, outcome)` with constants in a piece of source, those of `pytest.param` among them."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "pytest.mark.clause":
            words = [word.value for word in call.args if isinstance(word, ast.Constant)]
            if len(words) == 2:
                yield str(words[0]), str(words[1])


def _tests(tree: ast.AST, name: str, inherited: list[tuple[str, str]]) -> Iterator[Shown]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef):
            above = [mark for part in node.decorator_list for mark in _marks(part)]
            yield from _tests(node, f"{name}::{node.name}", [*inherited, *above])
        elif isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
            own = [mark for part in node.decorator_list for mark in _marks(part)]
            for clause, shows in dict.fromkeys([*inherited, *own]):
                yield clause, shows, f"{name}::{node.name}"


def in_file(file: Path, root: Path = ROOT) -> list[Shown]:
    """The marks of one test file: of the module (`pytestmark`), its classes and functions."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    whole = [
        mark
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark"
        for mark in _marks(node.value)
    ]
    return list(_tests(tree, str(file.relative_to(root)), whole))


def of_situations() -> list[Shown]:
    """One line a situation and clause."""
    return [
        (clause, SHOWS[one.outcome], f"{SITUATIONS}[{one.words}]") for one in situations() for clause in one.clauses
    ]


def collected() -> list[Shown]:
    """Every mark of the tree, in order."""
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    return sorted({shown for file in files for shown in in_file(file)} | set(of_situations()))


def by_clause() -> dict[str, list[str]]:
    """For each clause the lines "refuses: tests/…::test_…"."""
    lists: dict[str, list[str]] = {}
    for clause, shows, test in collected():
        lists.setdefault(clause, []).append(f"{shows}: {test}")
    return lists
