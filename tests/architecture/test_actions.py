"""Verbs: every public function of actions.py is an act with keywords only; every act, clause and rule has its counterpart."""

from __future__ import annotations

import ast
import importlib
import inspect
import types
from collections.abc import Iterable, Mapping, Set
from typing import Any

from django.core.exceptions import FieldDoesNotExist  # noqa: F401  Django is set up before actions are imported

from subrosa.policy import register
from subrosa.policy.acts import Act
from subrosa.policy.charter import CHARTER, Row
from subrosa.policy.clauses.base import CLAUSES, Clause
from subrosa.policy.constraints import CONSTRAINTS
from tests.architecture.house import CODE, faults_in, house_models
from tests.policy.situations import shown


def modules() -> list[types.ModuleType]:
    names = sorted(path.parent.name for path in (CODE / "records").glob("*/actions.py"))
    return [importlib.import_module(f"subrosa.records.{name}.actions") for name in names]


def verbs(module: Any) -> Iterable[str]:
    """Faults of the public functions that a module of actions defines itself."""
    for name, function in vars(module).items():
        if name.startswith("_") or not inspect.isfunction(function) or function.__module__ != module.__name__:
            continue
        where = f"{module.__name__}.{name}"
        if not isinstance(getattr(function, "act", None), Act):
            yield f"{where} carries no act"
        given = inspect.signature(function).parameters
        if any(one.kind is not inspect.Parameter.KEYWORD_ONLY for one in given.values()):
            yield f"{where} takes more than keywords"
        if list(given)[:2] != ["by", "at"]:
            yield f"{where} does not begin with by and at"


def on_names(name: str, tree: ast.Module) -> Iterable[str]:
    """What `on=` names is an argument of the function."""
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        known = {one.arg for one in function.args.kwonlyargs}
        for call in (one for one in function.decorator_list if isinstance(one, ast.Call)):
            for keyword in call.keywords:
                if keyword.arg == "on":
                    texts = [n.value for n in ast.walk(keyword.value) if isinstance(n, ast.Constant)]
                    for text in texts:
                        if str(text).split(".")[0] not in known:
                            yield f"{name}: {function.name} locks {text}, which is no argument of it"


def writers(name: str, tree: ast.Module) -> Iterable[str]:
    """Only acts (and what they call in records) open the door: nobody else sets subrosa.act."""
    if name not in (
        "subrosa/records/audit/act.py",
        "subrosa/records/audit/sequence.py",
    ):  # the clock's places are no acts
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and "set_config('subrosa.act" in node.value
            ):
                yield f"{name}:{node.lineno} opens an act by itself"


def pages(
    charter: Mapping[Act, Row], clauses: Mapping[str, Clause[Any]], ids: Set[str], seen: Mapping[str, Set[str]]
) -> Iterable[str]:
    """The charter is complete: acts, clause functions, register and situations fit each other."""
    for act in Act:
        if act not in charter:
            yield f"{act} has no row in the charter"
    used = {rule.name for row in charter.values() for rule in row.rules}
    for name, one in clauses.items():
        if name not in used:
            yield f"no row of the charter uses {name}"
        if one.id not in ids:
            yield f"{name} is under {one.id}, which is not in the register"
        for lack in sorted({"no", "passes"} - seen.get(name, set())):
            yield f"{name} has no situation that shows: {lack}"
    for act, row in charter.items():
        for clause in row.clauses:
            if clause not in ids:
                yield f"{act} names {clause}, which is not in the register"


def test_every_public_function_is_an_act() -> None:
    assert [fault for module in modules() for fault in verbs(module)] == []


def test_what_is_locked_is_an_argument() -> None:
    assert faults_in(on_names) == []


def test_nobody_opens_an_act_by_hand() -> None:
    assert faults_in(writers) == []


def test_the_charter_is_complete() -> None:
    ids = {entry.id for entry in register.clauses()}
    known = {name: one for name, one in CLAUSES.items() if one.holds.__module__.startswith("subrosa.")}
    assert list(pages(CHARTER, known, ids, shown())) == []


def test_every_act_is_done_somewhere() -> None:
    """An act that no function carries is a promise without a deed."""
    from subrosa.records import audit  # noqa: F401

    done = {
        node.attr
        for path in (CODE / "records").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "act"
        for node in call.args
        if isinstance(node, ast.Attribute)
    }
    assert sorted({act.name for act in Act} - done) == []


def test_every_named_constraint_exists_and_its_clause_too() -> None:
    names = {one.name for model in house_models() for one in model._meta.constraints}
    assert set(CONSTRAINTS) - names == set()
    assert {kept.clause for kept in CONSTRAINTS.values()} <= {entry.id for entry in register.clauses()}


def test_the_register_says_of_no_clause_in_use_that_it_is_not_built() -> None:
    used = {clause for row in CHARTER.values() for clause in row.clauses}
    state = {entry.id: entry.state for entry in register.clauses()}
    assert sorted(clause for clause in used if state[clause] == "not_yet") == []


def test_planted_verbs_are_seen() -> None:
    planted = types.ModuleType("planted")

    def positional(by: object, *, at: object) -> None: ...
    def swapped(*, at: object, by: object) -> None: ...
    def silent(*, by: object, at: object) -> None: ...

    for function in (positional, swapped, silent):
        function.__module__ = "planted"
        setattr(planted, function.__name__, function)
    positional.act = swapped.act = Act.ENTER  # type: ignore[attr-defined]
    faults = list(verbs(planted))
    assert faults == [
        "planted.positional takes more than keywords",
        "planted.swapped does not begin with by and at",
        "planted.silent carries no act",
    ]


def test_planted_lock_is_seen() -> None:
    tree = ast.parse("@audit.act(Act.ENTER, on=('note.case', 'cas'))\ndef enter(*, by, at, note, case): ...")
    assert list(on_names("x", tree)) == ["x: enter locks cas, which is no argument of it"]
    assert list(writers("x", ast.parse("q = \"SELECT set_config('subrosa.act', 'x', true)\"")))


def test_planted_gaps_of_the_charter_are_seen() -> None:
    rule = CHARTER[Act.ENTER].rules[0]
    both = {"no", "passes"}
    one = {**CHARTER}
    del one[Act.ENTER]
    assert "enter has no row in the charter" in pages(one, {}, {c for r in CHARTER.values() for c in r.clauses}, {})
    assert f"no row of the charter uses {rule.name}" in pages({}, {rule.name: rule}, {rule.id}, {rule.name: both})
    assert f"{rule.name} is under {rule.id}, which is not in the register" in pages(
        CHARTER, {rule.name: rule}, set(), {rule.name: both}
    )
    assert f"{rule.name} has no situation that shows: passes" in pages(
        CHARTER, {rule.name: rule}, {rule.id}, {rule.name: {"no"}}
    )
    assert f"enter names {rule.id}, which is not in the register" in pages(CHARTER, {}, set(), {})
