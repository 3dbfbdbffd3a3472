"""`subrosa charter`: an object a clause, true to the code, the tests and the register."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from subrosa.config import charter
from subrosa.policy import register
from subrosa.policy.charter import CHARTER
from subrosa.policy.clauses.base import CLAUSES
from subrosa.policy.constraints import CONSTRAINTS
from tests import collect_clauses, references
from tests.cli.conftest import subrosa

FIELDS = ["id", "built", "missing", "how", "acts", "tests"]
OUTCOMES = {"refuses", "not_yet", "passes"}
REGENERATE = "run `python -m tests.references`"


def test_one_object_a_clause_and_a_count_at_the_end() -> None:
    done = subrosa("charter", "--json")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0 and [one["id"] for one in found] == list(register.by_id())
    assert all(list(one) == FIELDS and one["built"] in register.STATES for one in found)
    assert all(isinstance(one["missing"], str) and one["missing"] for one in found if one["built"] == "part")
    whole, part = (sum(one["built"] == state for one in found) for state in ("whole", "part"))
    assert done.stderr == f"{whole} of 111 clauses built, {part} in part\n"


def test_in_words_too() -> None:
    done = subrosa("charter")
    assert done.returncode == 0 and done.stderr == ""
    lines = done.stdout.splitlines()
    assert re.fullmatch(r"\d+ of 111 clauses built, \d+ in part", lines[-1])
    assert sum(re.match(r"[A-Z]+-\d\d  ", line) is not None for line in lines) == len(register.clauses())


def test_it_needs_neither_database_nor_data_folder() -> None:
    assert subrosa("charter", SUBROSA_DATA="/nowhere", DATABASE_URL="postgresql://nobody@/nothing").returncode == 0


def test_what_is_said_to_be_built_is_used_and_what_is_not_used_is_not_yet() -> None:
    """A new clause in the charter? Give its entry in register.yaml a state, and say in both languages what is missing."""
    used = {one.id for one in charter.clauses() if one.how}
    assert used >= {name for row in CHARTER.values() for name in row.clauses}
    built = {one.id for one in register.clauses() if one.state != "not_yet"}
    assert sorted(built - used) == [], "register.yaml says built, and no rule, constraint, boundary or row keeps it"
    assert sorted(used - built) == [], "the code keeps it, and register.yaml says not_yet: set `state` and `missing`"


def test_every_rule_constraint_and_act_stands_under_its_clause() -> None:
    found = {one.id: one for one in charter.clauses()}
    for row_act, row in CHARTER.items():
        for clause in row.clauses:
            assert row_act.value in found[clause].acts
        for rule in row.rules:
            assert f"rule {rule.name}: {charter.first_line(rule)}" in found[rule.id].how
    for name, kept in CONSTRAINTS.items():
        assert any(line.startswith(f"constraint {name}:") for line in found[kept.clause].how)


def test_every_clause_function_says_its_rule_in_one_line() -> None:
    assert [rule.name for rule in CLAUSES.values() if not charter.first_line(rule).endswith(".")] == []


@pytest.mark.parametrize("name", references.REFERENCES)
def test_the_references_are_as_the_source_says(name: str) -> None:
    file = references.REFERENCE / name
    assert file.is_file() and file.read_text(encoding="utf-8") == references.REFERENCES[name](), REGENERATE


def test_without_the_source_tree_it_answers_all_the_same(tmp_path: Path) -> None:
    found = charter.clauses(tmp_path)
    assert len(found) == 111 and all(one.tests == () for one in found)


# the collector


def test_every_mark_names_a_clause_of_the_register_and_an_outcome() -> None:
    for clause, shows, test in collect_clauses.collected():
        assert clause in register.by_id() and shows in OUTCOMES, (clause, shows, test)


def test_every_rule_of_the_charter_is_shown_by_a_test() -> None:
    shown = {(clause, shows) for clause, shows, _ in collect_clauses.collected()}
    kept = {rule.id for row in CHARTER.values() for rule in row.rules}
    assert sorted(clause for clause in kept if (clause, "passes") not in shown) == []
    assert sorted(clause for clause in kept if not {(clause, "refuses"), (clause, "not_yet")} & shown) == []


SOURCE = """
import pytest

pytestmark = [pytest.mark.clause("REC-01", "passes")]

@pytest.mark.clause("ETH-01", "refuses")
@pytest.mark.parametrize("one", [pytest.param(1, marks=pytest.mark.clause("ETH-02", "not_yet"))])
def test_one(one): ...

@pytest.mark.clause("CONF-02", "refuses")
class TestAll:
    def test_two(self): ...
    def helper(self): ...

def test_three(): ...
"""


def test_marks_are_found_on_module_class_function_and_parameter(tmp_path: Path) -> None:
    file = tmp_path / "test_x.py"
    file.write_text(SOURCE)
    assert set(collect_clauses.in_file(file, tmp_path)) == {
        ("REC-01", "passes", "test_x.py::test_one"),
        ("ETH-01", "refuses", "test_x.py::test_one"),
        ("ETH-02", "not_yet", "test_x.py::test_one"),
        ("REC-01", "passes", "test_x.py::TestAll::test_two"),
        ("CONF-02", "refuses", "test_x.py::TestAll::test_two"),
        ("REC-01", "passes", "test_x.py::test_three"),
    }
