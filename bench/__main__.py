"""`python -m bench [--quick] [--only PART ...]`: a table on the screen, the same as JSON in bench/results.json."""

from __future__ import annotations

import argparse
import contextlib
import functools
import io
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

os.environ.setdefault("SUBROSA_CHEAP_HASH", "tests")  # passphrases are not what is measured

from subrosa.walk.place import place, settle_in

RESULTS = Path(__file__).with_name("results.json")
PARTS = ("acts", "notes", "text", "ledger", "roster", "desk", "sockets", "race", "search", "attach")


@contextlib.contextmanager
def center() -> Iterator[Any]:
    """A center with one case, on a server that commits as in earnest; the walk founds it, up to the signed agreement."""
    with place(None, keep=False, durable=True) as found:
        settle_in(found)
        from subrosa.demo.prepare import close_all, ready
        from subrosa.demo.roster import small_school

        ready()
        from subrosa.records.school import context
        from subrosa.walk import (
            steps_agreement,
            steps_booking,
            steps_code,
            steps_credentials,
            steps_founding,
            steps_school,
            steps_session,
        )
        from subrosa.walk.walk import Walk

        walk = Walk(as_json=True, cards=small_school())
        parts = (steps_founding, steps_credentials, steps_code, steps_school, steps_booking)
        every = [step for part in parts for step in part.STEPS]
        signed = steps_session.STEPS.index(steps_session.the_client_signs) + 1
        with contextlib.redirect_stdout(io.StringIO()):
            walk.go([*every, *steps_session.STEPS[:signed], *steps_agreement.UNDERSTOOD])
        assert walk.faults == 0, "the walk founds what is measured"
        try:
            with context.on(walk.schools["first"]):
                yield walk
        finally:
            close_all()


def _inside(parts: Sequence[str], *, times: int, size: int) -> tuple[list[Any], dict[str, Any]]:
    with center() as walk:
        from . import acts, desk, ledger, notes, roster, search, text
        from .measure import machine

        measured: dict[str, Callable[..., list[Any]]] = {
            "acts": acts.lines,
            "notes": notes.lines,
            "text": text.lines,
            "ledger": functools.partial(ledger.lines, size=size),
            "roster": roster.lines,
            "search": search.lines,
            "desk": desk.lines,
        }
        found = [line for name in measured if name in parts for line in measured[name](walk, times=times)]
        return found, machine()


def _table(lines: Sequence[Any], facts: dict[str, Any]) -> Iterator[str]:
    width = max(len(line.name) for line in lines)
    for line in lines:
        word = "kept" if line.kept else "NOT KEPT"
        beside = ", ".join(f"{key} {value}" for key, value in line.facts.items())
        yield f"{line.name:<{width}}  {line.value:>7g}{line.unit or ' '}  limit {line.limit:g}  {word:<8}  {beside}"
    yield "  ".join(f"{key}: {value}" for key, value in facts.items())


def main(argv: Sequence[str] | None = None) -> int:
    """Measure; answers 0 when every limit is kept."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure the house, as ratios.")
    parser.add_argument("--quick", action="store_true", help="fewer rounds, pauses of 5 s instead of 60")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="measure only these parts")
    parser.add_argument("--size", type=int, default=0, help="entries of the larger ledger (a million; quick: 200,000)")
    given = parser.parse_args(argv)
    lines, facts = _inside(given.only, times=60 if given.quick else 300, size=given.size)
    if "sockets" in given.only:
        from . import sockets

        lines += sockets.lines(seconds=4 if given.quick else 10, pause=5 if given.quick else 60)
    if "race" in given.only:
        from . import race

        lines += race.lines()
    if "attach" in given.only:
        from . import attach

        lines += attach.lines(quick=given.quick)
    results = {"machine": facts, "quick": given.quick, "lines": [line.as_object() for line in lines]}
    RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print("\n".join(_table(lines, facts)))
    broken = sum(not line.kept for line in lines)
    print(f"{len(lines)} measures, {broken} of them not kept" if broken else f"{len(lines)} measures, all kept")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
