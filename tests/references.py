"""What stands in docs/reference is made from the source: `python -m tests.references` writes it, a test compares it."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import ModuleType

from subrosa.config.charter import BOUNDARIES, REFERENCE, TESTS, first_line, who
from subrosa.desks.common.lives_found import leaves, lives
from subrosa.policy import register
from subrosa.policy.acts import Act
from subrosa.policy.charter import CHARTER
from subrosa.policy.ruling import Outcome
from tests.collect_clauses import ROOT, by_clause

MADE = "Made by `python -m tests.references`; a test compares it with the source."
SAYS = {Outcome.REFUSED: "refused", Outcome.NOT_YET: "not yet"}


def _json(lists: Mapping[str, list[str]]) -> str:
    return json.dumps(dict(sorted(lists.items())), ensure_ascii=False, indent=1) + "\n"


def _boundaries() -> dict[str, list[str]]:
    """What the rooms below the charter refuse themselves: each `Boundary("CONF-04", "a_rule")` of the source."""
    lists: dict[str, set[str]] = {}
    for file in sorted((ROOT / "subrosa" / "records").rglob("*.py")):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "Boundary":
                words = [word.value for word in call.args if isinstance(word, ast.Constant)]
                if len(words) == 2:
                    place = file.relative_to(ROOT / "subrosa").with_suffix("").as_posix()
                    line = f"boundary {words[1]}: {str(words[1]).replace('_', ' ')} ({place})"
                    lists.setdefault(str(words[0]), set()).add(line)
    return {clause: sorted(lines) for clause, lines in lists.items()}


def _act(act: Act) -> Iterator[str]:
    row, titles = CHARTER[act], register.by_id()
    kept = f"; keeps {', '.join(row.keeps)}" if row.keeps else ""
    yield f"\n## {act.value.replace('_', ' ')}\n"
    yield f"For {who(row)}. Under {row.under} ({titles[row.under].title.en}){kept}.\n"
    for rule in row.rules:
        yield f"- {rule.id} `{rule.name}`: {first_line(rule)} Otherwise *{SAYS[rule.otherwise]}*."


def _charter() -> str:
    head = ["# The charter: who may press what, under which clauses", "", MADE]
    return "\n".join([*head, *(line for act in Act if act in CHARTER for line in _act(act))]) + "\n"


def _life(module: ModuleType, room: str) -> Iterator[str]:
    yield f"\n## {room}\n\nEach state is answered for by: {module.OWNER}.\n\n```mermaid\nstateDiagram-v2"
    states = list(module.State)
    yield f"    [*] --> {states[0].value}"
    for (before, act), after in module.TRANSITIONS.items():
        yield f"    {before.value} --> {after.value}: {act.value.replace('_', ' ')}"
    yield from (f"    {state.value} --> [*]" for state in states if not leaves(module, state))
    yield "```"


def _states() -> str:
    lines = [line for room, module in lives() for line in _life(module, room)]
    return "\n".join(["# The states: what a row may become, and by which act", "", MADE, *lines]) + "\n"


REFERENCES: Mapping[str, Callable[[], str]] = {
    TESTS: lambda: _json(by_clause()),
    BOUNDARIES: lambda: _json(_boundaries()),
    "charter.md": _charter,
    "states.md": _states,
}


def write(folder: Path = REFERENCE) -> list[str]:
    """Write what differs; answers the names of the files that were written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, make in REFERENCES.items():
        text, file = make(), folder / name
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8")
            written.append(name)
    return written


if __name__ == "__main__":
    print("\n".join(f"written: docs/reference/{name}" for name in write()) or "docs/reference is as the source says")
