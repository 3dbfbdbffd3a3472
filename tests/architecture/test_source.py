"""The text of the program: who asks the clock, budgets, docstrings, the map, and calls that are not made here."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from tests.architecture.house import CODE, ROOT, faults_in, packages, python_files, short, templates

THE_CLOCK = "subrosa/records/audit/moment.py"
SQL_CLOCK = re.compile(
    r"\b(now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)\s*\(|\bcurrent_(timestamp|date|time)\b",
    re.IGNORECASE,
)
ASKING = {"now", "utcnow", "today", "localtime", "localdate"}
CODE_LIMIT, TEST_LIMIT, FUNCTION_LIMIT, PARAMETERS = 400, 600, 50, 5
WIDER = {  # this list only shrinks
    "subrosa/records/audit/act.py: act": 7,  # the options of one decorator, each named where it is used
    "subrosa/host/processes.py: __init__": 6,
}
NOT_COUNTED = {"self", "cls", "by", "at", "once"}
SENTENCE = re.compile(r"[^\n]{15,}\.")


def asks_the_clock(name: str, tree: ast.Module) -> Iterable[str]:
    """now(), today(), utcnow(), time.time(), auto_now, Now(), and the clocks of SQL. `moment.now` is the one place."""
    if name == THE_CLOCK:
        return
    docs = {id(doc) for node in ast.walk(tree) if (doc := _docstring(node)) is not None}
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        where = f"{name}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Attribute) and node.attr in ASKING:
            of_the_machine = name.startswith("subrosa/host/") and _is_name(node.value, "time")
            asking = id(node) in called or ast.unparse(node.value).rpartition(".")[2] in {
                "datetime",
                "date",
                "timezone",
            }
            if asking and not _is_name(node.value, "moment") and not of_the_machine:
                yield f"{where} .{node.attr}"
        elif isinstance(node, ast.Attribute) and node.attr in {"time", "time_ns"} and _is_name(node.value, "time"):
            if not name.startswith("subrosa/host/"):  # the watch over processes is about the machine, not the house
                yield f"{where} time.{node.attr}"
        elif isinstance(node, ast.ImportFrom) and node.module != "subrosa.records.audit.moment":
            for one in node.names:
                if one.name in {"now", "Now", "utcnow", "localtime", "localdate", "time_ns"} or (
                    node.module == "time" and one.name == "time"
                ):
                    yield f"{where} imports {one.name}"
        elif isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}:
            yield f"{where} {node.arg}"
        elif isinstance(node, ast.Constant) and id(node) not in docs and SQL_CLOCK.search(str(node.value)):
            yield f"{where} asks SQL for the time"


def _is_name(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _docstring(node: ast.AST) -> ast.Constant | None:
    if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) and node.body:
        first = node.body[0]
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
            return first.value
    return None


def never_called(name: str, tree: ast.Module) -> Iterable[str]:
    """No full_clean: it validates constraints in Python and misses rows that the reader may not see."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in {"full_clean", "validate_constraints", "validate_unique"}:
            yield f"{name}:{node.lineno} .{node.attr}"


def budgets(name: str, tree: ast.Module) -> Iterable[str]:
    """Functions of at most 50 lines and five parameters besides by, at and once."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            lines = (node.end_lineno or 0) - node.lineno + 1
            if lines > FUNCTION_LIMIT:
                yield f"{name}: {node.name} has {lines} lines"
            given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            counted = [one.arg for one in given if one.arg not in NOT_COUNTED]
            if len(counted) > WIDER.get(f"{name}: {node.name}", PARAMETERS) and not name.startswith("tests/"):
                yield f"{name}: {node.name} has {len(counted)} parameters: {', '.join(counted)}"


def too_long(paths: Iterable[Path], limit: int) -> list[str]:
    """Files over their limit."""
    counted = {short(path): len(path.read_text(encoding="utf-8").splitlines()) for path in paths}
    return [f"{name} has {lines} lines" for name, lines in counted.items() if lines > limit]


def sentences(docs: Mapping[str, str]) -> Iterable[str]:
    """Every package says in one sentence what it is."""
    for name, text in docs.items():
        if not SENTENCE.fullmatch(text) or re.search(r"\. [A-Z]", text):
            yield f"{name} has no docstring of one sentence"


def map_lines(text: str) -> dict[str, str]:
    """docs/map.md: package -> sentence, from lines like "- `subrosa/policy`: May this be done."."""
    return {name.replace("/", "."): words for name, words in re.findall(r"^- `(subrosa[\w/]*)`: (.+)$", text, re.M)}


def map_faults(text: str, docs: Mapping[str, str]) -> Iterable[str]:
    """The map names every package with its own sentence, and nothing that is not there."""
    lines = map_lines(text)
    for name, words in docs.items():
        if lines.get(name) != words:
            yield f"docs/map.md needs the line: - `{name.replace('.', '/')}`: {words}"
    for name in lines:
        if name not in docs:
            yield f"docs/map.md names {name}, which is not there"


@pytest.mark.parametrize("check", [asks_the_clock, never_called, budgets])
def test_every_module(check: object) -> None:
    assert faults_in(check) == []  # type: ignore[arg-type]


def test_no_template_asks_the_clock() -> None:
    asking = re.compile(r"\{%\s*now\b|\|\s*(timesince|timeuntil|naturaltime|naturalday)\b(?!:)")
    assert (
        asking.search("{% now 'Y' %}")
        and asking.search("{{ x|timesince }}")
        and not asking.search("{{ x|timesince:at }}")
    )
    assert [short(path) for path in templates() if asking.search(path.read_text(encoding="utf-8"))] == []


def test_files_stay_within_their_limit() -> None:
    styles = [path for end in ("html", "css", "js") for path in CODE.rglob(f"*.{end}")]
    assert too_long([*python_files(), *styles], CODE_LIMIT) == []
    assert too_long(python_files(ROOT / "tests"), TEST_LIMIT) == []


def test_functions_of_tests_stay_within_theirs() -> None:
    files = python_files(ROOT / "tests")
    parsed = [(short(path), ast.parse(path.read_text(encoding="utf-8"))) for path in files]
    assert [fault for name, tree in parsed for fault in budgets(name, tree)] == []


def test_every_package_says_what_it_is_and_stands_on_the_map() -> None:
    assert list(sentences(packages())) == []
    assert list(map_faults((ROOT / "docs" / "map.md").read_text(encoding="utf-8"), packages())) == []


@pytest.mark.parametrize(
    "line",
    [
        "datetime.now(UTC)",
        "timezone.now()",
        "date.today()",
        "datetime.utcnow()",
        "time.time()",
        "from django.utils.timezone import now",
        "from django.db.models.functions import Now",
        "from time import time",
        "models.DateTimeField(auto_now_add=True)",
        "cursor.execute('SELECT now()')",
        "RunSQL('... DEFAULT CURRENT_TIMESTAMP')",
        "default = timezone.now",
        "default = django.utils.timezone.now",
        "clock = D.now(UTC)",
    ],
)
def test_a_planted_clock_is_seen(line: str) -> None:
    assert list(asks_the_clock("subrosa/records/planted.py", ast.parse(line)))


@pytest.mark.parametrize(
    "line",
    [
        "moment.now()",
        "from subrosa.records.audit.moment import now",
        "time.monotonic()",
        "self.now + day",
        "def now(): 'now()'",
    ],
)
def test_what_asks_no_clock_is_left_alone(line: str) -> None:
    assert not list(asks_the_clock("subrosa/records/planted.py", ast.parse(line)))


def test_planted_calls_and_lengths_are_seen(tmp_path: Path) -> None:
    assert list(never_called("x", ast.parse("row.full_clean()")))
    long = "def f():\n" + "    pass\n" * 50
    assert list(budgets("x", ast.parse(long))) == ["x: f has 51 lines"] and not list(budgets("x", ast.parse(long[:-9])))
    assert not list(budgets("x", ast.parse("def f(self, *, by, at, once, a, b, c, d, e): ...")))
    assert list(budgets("x", ast.parse("def f(a, b, /, c, *, d, e, f): ...")))
    file = tmp_path / "long.py"
    file.write_text("\n" * 401)
    assert too_long([file], 400) == ["long.py has 401 lines"]


def test_planted_gaps_of_the_map_are_seen() -> None:
    docs = {"subrosa.policy": "May this be done, and why."}
    good = "- `subrosa/policy`: May this be done, and why.\n"
    assert list(map_faults(good, docs)) == [] and list(sentences(docs)) == []
    assert (
        len(list(map_faults("", docs))) == 1 and len(list(map_faults(good + "- `subrosa/gone`: Nothing.\n", docs))) == 1
    )
    for text in (
        "",
        "too short",
        "No full stop here at all",
        "Two sentences here. And another one.",
        "A line\n\nand more.",
    ):
        assert list(sentences({"subrosa.x": text}))
