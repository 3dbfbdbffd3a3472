"""Reads `situations/*.yaml`: who presses what, with which facts, and what the charter must answer."""

from __future__ import annotations

import dataclasses
import enum
import typing
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml

from subrosa.policy import facts as facts_module
from subrosa.policy.acts import Act
from subrosa.policy.charter import CHARTER, decide
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Outcome, Ruling

FOLDER = Path(__file__).parent / "situations"
KEYS = {"situation", "act", "roles", "facts", "outcome", "rule", "clauses", "missing"}


@dataclass(frozen=True)
class Situation:
    """One case in words, and the answer that it must get."""

    words: str
    act: Act
    roles: frozenset[Role]
    facts: tuple[object, ...]
    outcome: Outcome
    rules: tuple[str, ...]
    clauses: tuple[str, ...]
    missing: tuple[str, ...]

    def ruling(self) -> Ruling:
        return decide(self.act, roles=self.roles, facts=self.facts)

    def passed(self) -> set[str]:
        """The clause functions that let this situation pass."""
        known = {type(fact): fact for fact in self.facts}
        if self.outcome is not Outcome.DONE:
            return set()
        return {rule.name for rule in CHARTER[self.act].rules if rule.holds(known[rule.needs])}


def _value(kind: Any, value: Any) -> Any:
    if typing.get_origin(kind) is tuple:
        return tuple(_value(typing.get_args(kind)[0], one) for one in value)
    if typing.get_origin(kind) is frozenset:
        return frozenset(_value(typing.get_args(kind)[0], one) for one in value)
    if isinstance(kind, type) and issubclass(kind, (enum.Enum, UUID)):
        return kind(value)
    return value


def _fact(name: str, given: dict[str, Any]) -> object:
    kind = getattr(facts_module, name)
    hints = typing.get_type_hints(kind)
    assert set(given) <= {field.name for field in dataclasses.fields(kind)}, f"{name} has no such fields: {given}"
    return kind(**{key: _value(hints[key], value) for key, value in given.items()})


def _read(row: dict[str, Any]) -> Situation:
    assert set(row) <= KEYS, f"{row.get('situation')}: unknown key {set(row) - KEYS}"
    return Situation(
        row["situation"],
        Act(row["act"]),
        frozenset(Role(role) for role in row["roles"]),
        tuple(_fact(name, given) for name, given in (row.get("facts") or {}).items()),
        Outcome(row["outcome"]),
        tuple(row.get("rule", ())),
        tuple(row["clauses"]),
        tuple(row.get("missing", ())),
    )


@lru_cache(maxsize=1)
def situations() -> list[Situation]:
    """All of them, by file name and place."""
    files = sorted(FOLDER.glob("*.yaml"))
    return [_read(row) for file in files for row in yaml.safe_load(file.read_text(encoding="utf-8"))]


@lru_cache(maxsize=1)
def shown() -> dict[str, set[str]]:
    """For each clause function, which of "no" and "passes" some situation shows."""
    seen: dict[str, set[str]] = {}
    for one in situations():
        for name in one.rules:
            seen.setdefault(name, set()).add("no")
        for name in one.passed():
            seen.setdefault(name, set()).add("passes")
    return seen
