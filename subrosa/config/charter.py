"""`subrosa charter`: every clause, how the program keeps it, by which acts, shown by which tests. Needs no database."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import subrosa
from subrosa.policy import register
from subrosa.policy.charter import CHARTER, Row
from subrosa.policy.clauses.base import CLAUSES, Clause
from subrosa.policy.constraints import CONSTRAINTS
from subrosa.policy.roles import EVERY_STAFF, Role

# Made from the source by `python -m tests.references`; an installation without the source tree has neither.
REFERENCE = Path(subrosa.__file__).resolve().parent.parent / "docs" / "reference"
TESTS = "tests_by_clause.json"
BOUNDARIES = "boundaries_by_clause.json"
STATES = {"whole": "built", "part": "built in part", "not_yet": "not built yet"}


@dataclass(frozen=True, slots=True)
class Kept:
    """One clause: how much of it is built, what is missing, what keeps it, in which acts, and what shows that."""

    id: str
    built: str
    missing: str
    how: tuple[str, ...]
    acts: tuple[str, ...]
    tests: tuple[str, ...]


def clauses(reference: Path = REFERENCE) -> list[Kept]:
    """Every clause of the register in its order. `reference` is the folder of the generated lists."""
    tests, boundaries = _generated(reference / TESTS), _generated(reference / BOUNDARIES)
    return [
        Kept(
            one.id,
            one.state,
            one.missing.en,
            (*_rules(one.id), *_constraints(one.id), *boundaries.get(one.id, ()), *_rows(one.id)),
            tuple(act.value for act, row in CHARTER.items() if one.id in row.clauses),
            tuple(tests.get(one.id, ())),
        )
        for one in register.clauses()
    ]


def first_line(rule: Clause[Any]) -> str:
    """The sentence of a clause function."""
    return (rule.holds.__doc__ or "").strip().partition("\n")[0]


def who(row: Row) -> str:
    """Who may press, as one phrase."""
    if row.who >= EVERY_STAFF:
        return ", ".join(["every colleague", *(role for role in Role if role in row.who - EVERY_STAFF)])
    return ", ".join(role for role in Role if role in row.who)


def _rules(clause: str) -> Iterator[str]:
    in_use = {rule.name for row in CHARTER.values() for rule in row.rules}
    for rule in CLAUSES.values():
        if rule.id == clause and rule.name in in_use:
            yield f"rule {rule.name}: {first_line(rule)}"


def _constraints(clause: str) -> Iterator[str]:
    for name, kept in CONSTRAINTS.items():
        if kept.clause == clause:
            yield f"constraint {name}: {kept.rule.replace('_', ' ')}"


def _rows(clause: str) -> Iterator[str]:
    for act, row in CHARTER.items():
        if row.under == clause:
            yield f"row {act}: for {who(row)}"
        elif clause in row.keeps:
            yield f"row {act}: kept by the act itself"


def _generated(file: Path) -> Mapping[str, Sequence[str]]:
    found: Mapping[str, Sequence[str]] = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return found


def last_line(found: Sequence[Kept]) -> str:
    """The count at the end."""
    whole, part = (sum(one.built == state for one in found) for state in ("whole", "part"))
    return f"{whole} of {len(found)} clauses built, {part} in part"


def _text(one: Kept, title: str) -> Iterator[str]:
    yield f"{one.id}  {title}: {STATES[one.built]}"
    for line in one.how:
        yield f"    {line}"
    if one.acts:
        yield f"    acts: {', '.join(one.acts)}"
    if one.tests:
        yield f"    tests: {len(one.tests)}, such as {one.tests[0]}"
    if one.missing:
        yield f"    missing: {one.missing}"


def main(*, as_json: bool = False) -> int:
    """Print every clause and a last line that counts; with JSON one object a line, and the count on the other stream."""
    try:
        found = clauses()
    except register.RegisterError as error:
        print(error, file=sys.stderr)
        return 2
    titles = {one.id: one.title.en for one in register.clauses()}
    for one in found:
        if as_json:
            print(json.dumps(asdict(one), ensure_ascii=False))
        else:
            print("\n".join(_text(one, titles[one.id])))
    print(last_line(found), file=sys.stderr if as_json else sys.stdout)
    return 0
